import type { Interval } from '../liver/index.ts';
import type { AssessedFigures, Assessment, AssessmentInput, Verdict } from './assessment.ts';
import { printedRule } from './beside.ts';
import { emptyInputs } from './inputs.ts';
import type { Quantities } from './quantities.ts';
import { citationOf } from './rules.ts';
import type { ReferenceRule, RuleBase, RuleDenominator, ThresholdRule } from './rules.ts';
import { compare, relatedRemnant } from './verdicts.ts';

/** One threshold against one denominator. Only the deciding one takes part in the light; the others are text. */
export interface SheetThreshold {
  readonly ruleId: string;
  readonly text: string;
  readonly value: number | readonly [low: number, high: number];
  readonly decides: boolean;
  /** Where the interval lies; `none` while something essential is missing or no interval is known. */
  readonly verdict: Verdict;
  readonly population: string;
  readonly evidence: string;
  readonly citation: string;
  readonly address: string | null;
  readonly verified: boolean;
}

/** One denominator with its figure and every published threshold for this state of the liver. */
export interface SheetLine {
  readonly denominator: RuleDenominator;
  readonly label: string;
  readonly unit: '%' | 'mL/m²';
  readonly value: number | null;
  readonly interval: Interval<number> | null;
  readonly thresholds: readonly SheetThreshold[];
}

/** A function test or a measure of extent beside its published cut-off: shown, never the ground of the light. */
export interface SheetFinding {
  readonly ruleId: string;
  readonly quantity: string;
  readonly value: number;
  readonly unit: string;
  readonly cutoff: number | readonly [low: number, high: number];
  /** Whether the published condition holds; null where a range is given. */
  readonly holds: boolean | null;
  readonly population: string;
  readonly citation: string;
  readonly address: string | null;
}

/** The verdict sheet: denominators by thresholds, function tests, and what the sources disagree about. */
export interface VerdictSheet {
  readonly lines: readonly SheetLine[];
  readonly findings: readonly SheetFinding[];
  readonly overall: Assessment['overall'];
  /** What the light means, from the rule base. */
  readonly condition: string | null;
  /** Disagreement between denominators and between sources, as sentences; never averaged. */
  readonly disagreements: readonly string[];
}

const labels: Readonly<Record<RuleDenominator, string>> = {
  functional: 'functional liver (tumour-free measured volume)',
  standard: 'standard liver volume (Vauthey, Mosteller)',
  standardUrata: 'standard liver volume (Urata, Mosteller)',
  bodyWeight: 'body weight',
  bodySurface: 'body surface (Mosteller)',
};
const order = Object.keys(labels) as readonly RuleDenominator[];

/** The sheet of one assessment; `quantities` and `assessment` must come from the same input. */
export function verdictSheet(
  input: AssessmentInput,
  assessment: Assessment,
  quantities: Quantities,
  rules: RuleBase,
): VerdictSheet {
  const silent = assessment.verdicts.every(({ verdict }) => verdict === 'none');
  const { parenchyma } = input;
  const lines = order.map((denominator): SheetLine => {
    const { value, interval } = related(denominator, input.volumetry, quantities);
    const applying = rules.thresholds.filter(
      (rule) => rule.denominator === denominator && parenchyma !== 'unknown' && rule.parenchyma.includes(parenchyma),
    );
    return {
      denominator,
      label: labels[denominator],
      unit: denominator === 'bodySurface' ? 'mL/m²' : '%',
      value,
      interval,
      thresholds: applying.map((rule) => thresholdOf(rule, silent ? null : interval)),
    };
  });
  const { light } = assessment.overall;
  return {
    lines,
    findings: findingsOf(input, rules),
    overall: assessment.overall,
    condition: rules.lights.find((rule) => rule.light === light)?.condition ?? null,
    disagreements: assessment.remarks
      .filter(({ code }) => code === 'denominators_disagree' || code === 'sources_disagree')
      .map(({ message }) => message),
  };
}

function related(
  denominator: RuleDenominator,
  volumetry: AssessedFigures,
  quantities: Quantities,
): { readonly value: number | null; readonly interval: Interval<number> | null } {
  if (denominator !== 'standardUrata') return relatedRemnant(volumetry, denominator);
  const urata = quantities.standardShares.find(({ id }) => id === 'slv-urata');
  return { value: urata?.percent ?? null, interval: urata?.interval ?? null };
}

function thresholdOf(rule: ThresholdRule, interval: Interval<number> | null): SheetThreshold {
  const { id, value, use, population, evidence, address, verified } = rule;
  return {
    ruleId: id,
    text: printedRule(rule),
    value,
    decides: use === 'verdict',
    verdict: interval === null ? 'none' : compare(interval, rule),
    ...{ population, evidence, citation: citationOf(rule), address, verified },
  };
}

/** The figures that the inputs give for the rules of function and extent. */
function findingsOf(input: AssessmentInput, rules: RuleBase): readonly SheetFinding[] {
  const { functionTests, laboratory, disease } = input.inputs ?? emptyInputs;
  const given: Readonly<Record<string, number | null>> = {
    'hbs-2.69': functionTests.hbsPercentPerMinPerM2,
    'hbs-biliary': disease.diagnosis === 'biliary' ? functionTests.hbsPercentPerMinPerM2 : null,
    'limax-315': functionTests.limaxMicrogramsPerKgPerHour,
    'limax-140': functionTests.limaxMicrogramsPerKgPerHour,
    'icg-10': functionTests.icgR15Percent,
    'platelets-100': laboratory.platelets,
    'involved-70': disease.involvedPercent,
    'involved-6-segments': disease.involvedSegments,
    'ablation-3-cm': disease.largestCm,
  };
  return rules.references.flatMap((rule) => {
    const value = given[rule.id] ?? null;
    if (value === null) return [];
    const { id, quantity, unit, population, address } = rule;
    const citation = citationOf(rule);
    return [
      {
        ruleId: id,
        quantity,
        value,
        unit,
        cutoff: rule.value,
        holds: holds(value, rule),
        population,
        citation,
        address,
      },
    ];
  });
}

function holds(value: number, { operator, value: cutoff }: ReferenceRule): boolean | null {
  if (typeof cutoff !== 'number' || operator === 'range') return null;
  if (operator === '>=') return value >= cutoff;
  if (operator === '<=') return value <= cutoff;
  return operator === '>' ? value > cutoff : value < cutoff;
}
