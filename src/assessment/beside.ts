import type { Remark } from '../volume/index.ts';
import type { AssessedFigures, DenominatorVerdict, OtherThreshold } from './assessment.ts';
import { decimalsFor, listed, printed, printedInterval, printedValue } from './figures.ts';
import { citationOf, sourcesOf } from './rules.ts';
import type { KnownParenchyma, RuleBase, RuleDenominator, ThresholdRule } from './rules.ts';
import { verdictLabels } from './texts.ts';
import { compare, relatedRemnant } from './verdicts.ts';

const related: Readonly<Record<RuleDenominator, string>> = {
  functional: 'measured liver',
  standard: 'standard liver volume',
  standardUrata: 'standard liver volume by Urata',
  bodyWeight: 'body weight',
  bodySurface: 'body surface',
};

/** The sign of a rule as printed. */
export function printedOperator(operator: ThresholdRule['operator']): string {
  return operator === '>' ? '>' : '≥';
}

/** A rule as printed, with what it relates the remnant to: "≥ 26.6 % of measured liver", "≥ 250 mL/m² of body surface". */
export function printedRule(rule: ThresholdRule): string {
  return `${printedOperator(rule.operator)} ${printedValue(rule.value)} ${rule.unit} of ${related[rule.denominator]}`;
}

/** Thresholds of the same parenchyma that do not decide: shown as text with their scope, never as colour. */
export function otherThresholds(
  rules: RuleBase,
  state: KnownParenchyma,
  volumetry: AssessedFigures,
): readonly OtherThreshold[] {
  return besideRules(rules, state).map((rule) => ({
    ruleId: rule.id,
    text: `${printedRule(rule)}${sayHere(rule, volumetry)}: ${rule.population}`,
    citation: citationOf(rule),
    verified: rule.verified,
  }));
}

/** The patient's own figure where the verdict sheet does not show it against a threshold. */
function sayHere(rule: ThresholdRule, volumetry: AssessedFigures): string {
  if (rule.denominator !== 'bodySurface' && rule.denominator !== 'bodyWeight') return '';
  const { value } = relatedRemnant(volumetry, rule.denominator);
  return value === null ? '' : ` (here ${printed(value, rule.denominator === 'bodyWeight' ? 2 : 0)})`;
}

function besideRules(rules: RuleBase, state: KnownParenchyma): readonly ThresholdRule[] {
  return rules.thresholds.filter((rule) => rule.use !== 'verdict' && rule.parenchyma.includes(state));
}

/** Says that denominators fall on different sides; null when none does. Said, never averaged. */
export function denominatorDisagreement(verdicts: readonly DenominatorVerdict[]): Remark | null {
  const sides = verdicts.filter(({ verdict }) => verdict === 'above' || verdict === 'below');
  if (new Set(sides.map(({ verdict }) => verdict)).size < 2) return null;
  const each = verdicts.filter(({ verdict }) => verdict !== 'none').map(sayVerdict);
  return {
    code: 'denominators_disagree',
    message: `The denominators disagree: ${listed(each)}. Decide which denominator suits this patient; they are not averaged.`,
  };
}

function sayVerdict(line: DenominatorVerdict): string {
  const { denominator, percent, interval, thresholdPercent, verdict } = line;
  const decimals = decimalsFor(line);
  const figure = percent === null ? '' : ` ${printed(percent, decimals)} %`;
  const range = interval === null ? '' : ` (${printedInterval(interval, decimals)})`;
  const threshold = thresholdPercent === null ? '' : ` of ${printedValue(thresholdPercent)} %`;
  return `of ${related[denominator]}${figure}${range}: ${verdictLabels[verdict]}${threshold}`;
}

/**
 * Says which published thresholds of the same parenchyma the figures fall on another side of than on the chosen one. Compared only on
 * a denominator that has a verdict: what is only displayed for this liver decides nothing here either.
 */
export function sourceDisagreement(
  rules: RuleBase,
  state: KnownParenchyma,
  volumetry: AssessedFigures,
  verdicts: readonly DenominatorVerdict[],
): Remark | null {
  const others = besideRules(rules, state).flatMap((rule) => {
    const chosen = verdicts.find(({ denominator }) => denominator === rule.denominator)?.verdict ?? 'none';
    const { interval } = relatedRemnant(volumetry, rule.denominator);
    if (chosen === 'none' || interval === null) return [];
    const verdict = compare(interval, rule);
    return verdict === chosen
      ? []
      : [{ id: rule.id, said: `${verdictLabels[verdict]} ${printedRule(rule)} (${rule.name})` }];
  });
  if (others.length === 0) return null;
  return {
    code: 'sources_disagree',
    message: `Sources disagree. By other published thresholds the remnant falls otherwise: ${others.map(({ said }) => said).join('; ')}.`,
    ...sourcesOf(
      rules,
      others.map(({ id }) => id),
    ),
  };
}
