import type { Interval } from '../liver/index.ts';
import type {
  AssessedFigures,
  Assessment,
  Denominator,
  DenominatorVerdict,
  Parenchyma,
  Verdict,
} from './assessment.ts';
import { decimalsFor, listed, printed, printedInterval, printedValue } from './figures.ts';
import { printedOperator, printedRule } from './beside.ts';
import type { MeasuredGrowth, Ranged } from './measured-growth.ts';
import { ruleBase } from './rules.ts';
import type { RuleBase, ThresholdRule } from './rules.ts';
import {
  growthCaveat,
  intervalCaveat,
  missingLabels,
  parenchymaLabels,
  safetyWording,
  scanDenominator,
} from './texts.ts';

/** What the conclusion says of the plan beside its figures. */
export interface PlanFacts {
  /** What stays, as "S2+S3+S1"; null when it is not named. */
  readonly remnantName: string | null;
  readonly parenchyma: Parenchyma;
  readonly reviewedBy: string | null;
  /** Growth measured after an augmentation; left out or null where there is none. */
  readonly growth?: MeasuredGrowth | null;
}

/** The conclusion as plain text in the form of C4 of the rule base, for the report and for copying; one sentence group a line. */
export function conclusionText(
  facts: PlanFacts,
  volumetry: AssessedFigures,
  assessment: Assessment,
  rules: RuleBase = ruleBase,
): string {
  const { light, missing } = assessment.overall;
  const named = listOptions(assessment);
  const paragraphs = [
    sayFigures(facts, volumetry, assessment.verdicts),
    light === 'grey' && assessment.verdicts.every(({ verdict }) => verdict === 'none')
      ? sayThreshold(facts, assessment, rules)
      : `${sayThreshold(facts, assessment, rules)} ${sayVerdicts(assessment.verdicts)}`,
    light === 'grey' ? 'No overall statement.' : '',
    missing.length === 0 ? '' : `Missing: ${missing.map((code) => missingLabels[code]).join(' ')}`,
    sayOthers(assessment, rules),
    sayGrowth(facts.growth ?? null),
    named,
    assessment.remarks.map(({ message }) => message).join(' '),
    `Masks reviewed by: ${facts.reviewedBy ?? 'nobody'}. Rules: ${assessment.rules}.`,
    safetyWording,
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n');
}

function sayFigures(facts: PlanFacts, volumetry: AssessedFigures, verdicts: readonly DenominatorVerdict[]): string {
  const { remnantMl, intervals, bsaM2 } = volumetry;
  const digits = decimalsByDenominator(verdicts);
  if (remnantMl === null) {
    const total = withInterval(volumetry.totalMl, intervals.totalMl, 0, 'mL');
    return `No resection is planned. Total liver ${total}.`;
  }
  const name = facts.remnantName === null ? 'Remnant' : `Remnant ${facts.remnantName}`;
  const remnant = withInterval(remnantMl, intervals.remnantMl, 0, 'mL');
  const bsa = bsaM2 === null ? '' : ` BSA ${printed(bsaM2, 2)}`;
  const shares = [
    share(volumetry.flrPercent, intervals.flrPercent, digits.functional, 'tumour-free measured TLV'),
    share(volumetry.sflrPercent, intervals.sflrPercent, digits.standard, `standardised TLV (Vauthey, Mosteller${bsa})`),
    share(volumetry.flrBodyWeightPercent, intervals.flrBodyWeightPercent, digits.bodyWeight, 'body weight'),
  ].filter((text) => text !== null);
  const given = shares.length === 0 ? '' : ` ${shares.join('; ')}.`;
  return `${name}, ${remnant}.${given} ${intervalCaveat} Intervals are provisional.`;
}

function decimalsByDenominator(verdicts: readonly DenominatorVerdict[]): Readonly<Record<Denominator, number>> {
  const digits = Object.fromEntries(verdicts.map((line) => [line.denominator, decimalsFor(line)]));
  return { functional: 1, standard: 1, bodyWeight: 2, ...digits };
}

function withInterval(value: number, interval: Interval<number> | undefined, decimals: number, unit: string): string {
  const range = interval === undefined ? '' : ` (90 % interval ${printedInterval(interval, decimals)})`;
  return `${printed(value, decimals)} ${unit}${range}`;
}

function share(
  value: number | null,
  interval: Interval<number> | undefined,
  decimals: number,
  of: string,
): string | null {
  if (value === null) return null;
  const range = interval === undefined ? '' : ` (${printedInterval(interval, decimals)})`;
  return `${printed(value, decimals)} % of ${of}${range}`;
}

function sayThreshold(facts: PlanFacts, assessment: Assessment, rules: RuleBase): string {
  if (facts.parenchyma === 'unknown') return 'No rule chosen: the state of the liver is unknown.';
  const of = { functional: 'measured TLV', standard: 'standardised TLV', bodyWeight: 'body weight' } as const;
  const applied = assessment.verdicts.flatMap(({ denominator, ruleId }) => {
    const rule = rules.thresholds.find(({ id }) => id === ruleId);
    return rule === undefined ? [] : [`${sayRule(rule)} of ${of[denominator]} (${sayName(rule)})`];
  });
  return `Chosen rules: ${parenchymaLabels[facts.parenchyma]} ${applied.join(', ')}.`;
}

function sayRule(rule: ThresholdRule): string {
  return `${printedOperator(rule.operator)} ${printedValue(rule.value)} ${rule.unit}`;
}

function sayName(rule: ThresholdRule): string {
  return rule.verified ? rule.name : `${rule.name}, unverified`;
}

const verdictWords: Readonly<Record<Exclude<Verdict, 'none'>, string>> = {
  above: 'above',
  crosses: 'crossing',
  below: 'below',
};

function sayVerdicts(verdicts: readonly DenominatorVerdict[]): string {
  const given = verdicts.flatMap(({ denominator, verdict }) => (verdict === 'none' ? [] : [{ denominator, verdict }]));
  const words = [...new Set(given.map(({ verdict }) => verdict))];
  const counts = ['', 'in the only denominator that can be judged', 'in both', 'in all three'];
  if (words.length === 1) {
    const word = verdictWords[words[0]!];
    return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${counts[given.length]!}.`;
  }
  const of = { functional: 'measured TLV', standard: 'standardised TLV', bodyWeight: 'body weight' } as const;
  const sides = words.map(
    (word) =>
      `${verdictWords[word]} by ${listed(given.filter(({ verdict }) => verdict === word).map(({ denominator }) => of[denominator]))}`,
  );
  const sentence = sides.join(', ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function sayOthers(assessment: Assessment, rules: RuleBase): string {
  const others = assessment.otherThresholds.flatMap(({ ruleId }) => {
    const rule = rules.thresholds.find(({ id }) => id === ruleId);
    return rule === undefined ? [] : [`${printedRule(rule)} (${sayName(rule)})`];
  });
  return others.length === 0 ? '' : `Other published thresholds: ${others.join(', ')}.`;
}

/** The growth up to the judged scan, or else up to the last one. */
function sayGrowth(growth: MeasuredGrowth | null): string {
  const step = growth?.judged ?? growth?.steps.at(-1) ?? null;
  if (growth === null || step === null) return '';
  const { kind, volumeMl } = growth.denominator;
  const show = ({ value, interval }: Ranged<number>, decimals: number): string =>
    `${printed(value, decimals)}${interval === null ? '' : ` (${printed(interval[0], decimals)} to ${printed(interval[1], decimals)})`}`;
  const over = `${kind === 'standard' ? 'standard liver volume' : 'functional liver'} of ${printed(volumeMl, 0)} mL`;
  return (
    `Growth from ${step.from} to ${step.on} on the locked ${over}: degree of hypertrophy ${show(step.degree, 1)} percentage points, ` +
    `relative growth ${show(step.relative, 0)} %, kinetic growth rate ${show(step.kinetic, 2)} points a week, ${show(step.daily, 1)} mL a day.`
  );
}

function listOptions(assessment: Assessment): string {
  if (assessment.options.length === 0) return '';
  const options = assessment.options.map(({ title, prediction }) => {
    if (prediction === null) return title;
    const { low, high, over } = prediction;
    const of = over === scanDenominator ? 'measured TLV' : `the ${over}`;
    return `${title}: to ${printed(low, 1)}–${printed(high, 1)} % of ${of}`;
  });
  const caveat = assessment.options.some(({ prediction }) => prediction !== null)
    ? ` Predicted shares are over the baseline volume: ${growthCaveat}.`
    : '';
  return `Options to discuss at MDT: ${options.join('; ')}.${caveat}`;
}
