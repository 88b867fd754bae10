import { percent } from '../geometry/index.ts';
import type { Percent } from '../geometry/index.ts';
import type { AssessmentInput, DenominatorVerdict, Light, Option, Prediction, WithheldOption } from './assessment.ts';
import { decide, situationOf } from './decision-table.ts';
import type { Situation } from './decision-table.ts';
import { decimalsFor, printed, printedValue } from './figures.ts';
import { neededRelativeGrowth, predictGrowth, reachOf } from './growth.ts';
import type { Reach } from './growth.ts';
import { citationOf } from './rules.ts';
import type { GrowthRule, OptionRule, RuleBase } from './rules.ts';
import { growthCaveat, scanDenominator } from './texts.ts';

/** What may be discussed under this light, least invasive first; listed with reason and source, never chosen. */
export function optionsFor(
  input: AssessmentInput,
  light: Light,
  verdicts: readonly DenominatorVerdict[],
  rules: RuleBase,
): { readonly options: readonly Option[]; readonly withheld: readonly WithheldOption[] } {
  const { parenchyma } = input;
  if (light === 'grey' || parenchyma === 'unknown') return { options: [], withheld: [] };
  const shortest = shortfall(verdicts);
  const situation = situationOf(input, parenchyma, light, rules);
  const options: Option[] = [];
  const withheld: WithheldOption[] = [];
  for (const rule of rules.options) {
    const decision = decide(rule, situation);
    const { id, row, title, citations } = rule;
    if (decision.kind === 'withheld') withheld.push({ id, row, title, reason: decision.reason, citations });
    if (decision.kind !== 'listed') continue;
    const option = describeOption(rule, growthOf(rule, situation), shortest, verdicts, light, input);
    options.push({
      ...option,
      reason: [...decision.because, option.reason].join(' '),
      verify: [...option.verify, ...decision.verify],
    });
  }
  return { options, withheld };
}

/** The published growth of an option; its lower end falls, and never rises, where growth is known to be impaired (C3). */
function growthOf(option: OptionRule, { inputs, rules }: Situation): GrowthRule | null {
  const growth = rules.growth.find(({ id }) => id === option.growth) ?? null;
  const impaired = rules.growth.find(({ parenchyma }) => parenchyma.length === 1 && parenchyma[0] === 'cirrhosis');
  const many = (inputs.bevacizumab?.cycles ?? 0) >= 6;
  const fibrotic = (inputs.liver.fibrosisStage ?? 0) >= 3;
  if (growth === null || impaired === undefined || (!many && !fibrotic)) return growth;
  const why = many ? 'six or more cycles of bevacizumab' : `fibrosis F${inputs.liver.fibrosisStage ?? 0}`;
  const low = Math.min(growth.value.low, impaired.value.low);
  const note = `lower end taken from cirrhosis for ${why} (unverified)`;
  return { ...growth, value: { ...growth.value, low }, note: growth.note === null ? note : `${growth.note}; ${note}` };
}

/** The denominator that is furthest from its threshold, and from where to where the remnant would have to grow. */
interface Shortfall {
  readonly line: DenominatorVerdict;
  readonly now: Percent;
  /** The point, or the lower bound where only that falls short. */
  readonly bound: 'point' | 'lower';
  readonly threshold: Percent;
  readonly needed: Percent;
}

/** Null when nothing falls short, and when there is nothing that could grow. */
function shortfall(verdicts: readonly DenominatorVerdict[]): Shortfall | null {
  const lines = verdicts.flatMap((line): readonly Shortfall[] => {
    const { verdict, percent: point, interval, thresholdPercent: threshold } = line;
    if (verdict === 'none' || verdict === 'above') return [];
    if (point === null || interval === null || threshold === null) return [];
    const bound = point < threshold ? 'point' : 'lower';
    const now = bound === 'point' ? point : interval[0];
    return now > 0 ? [{ line, now, bound, threshold, needed: neededRelativeGrowth(threshold, now) }] : [];
  });
  const points = lines.filter(({ bound }) => bound === 'point');
  return (points.length > 0 ? points : lines).sort((a, b) => b.needed - a.needed)[0] ?? null;
}

function describeOption(
  rule: OptionRule,
  growth: GrowthRule | null,
  shortest: Shortfall | null,
  verdicts: readonly DenominatorVerdict[],
  light: Light,
  input: AssessmentInput,
): Option {
  const { volumetry } = input;
  const baseline = baselineShare(input);
  const now = baseline.percent;
  const tumourLeft = volumetry.tumourLeftMl ?? 0;
  const cleared =
    rule.id === 'two_stage' && tumourLeft > 0 ? `Tumour of ${printed(tumourLeft, 1)} mL lies in the remnant. ` : '';
  return {
    id: rule.id,
    title: rule.title,
    reason: cleared + (light === 'green' ? clearReason : reasonOf(growth, shortest)),
    expectedGrowth: growth === null ? null : describeGrowth(growth),
    predictedPercent: growth === null || now === null ? null : predictGrowth(now, growth.value),
    verify: rule.verify,
    citation: citationOf(rule),
    citations: rule.citations,
    row: rule.row,
    augmentation: rule.augmentation,
    prediction: growth === null || now === null ? null : predictionOf(growth, now, baseline, verdicts),
  };
}

interface BaselineShare {
  readonly percent: Percent | null;
  readonly kind: 'functional' | 'standard';
  readonly over: string;
}

/** The remnant over the baseline denominator: locked where growth is measured, else the functional liver of this scan. */
function baselineShare({ volumetry, growth }: AssessmentInput): BaselineShare {
  if (growth === undefined || growth === null || volumetry.remnantMl === null) {
    return { percent: volumetry.flrPercent, kind: 'functional', over: scanDenominator };
  }
  const { kind, volumeMl } = growth.denominator;
  const over = `baseline ${kind === 'functional' ? 'functional liver' : 'standard liver volume'} of ${printed(volumeMl, 0)} mL`;
  return { percent: percent((volumetry.remnantMl / volumeMl) * 100), kind, over };
}

function predictionOf(
  growth: GrowthRule,
  now: Percent,
  { kind, over }: Pick<BaselineShare, 'kind' | 'over'>,
  verdicts: readonly DenominatorVerdict[],
): Prediction {
  const { low, central, high } = growth.value;
  const centres = central === null ? [] : typeof central === 'number' ? [central] : central;
  return {
    low: percent(now * low),
    central: centres.map((factor) => percent(now * factor)),
    high: percent(now * high),
    weeks: growth.weeks,
    over,
    // The threshold of the same denominator: no other can stand on the axis of these shares.
    thresholdPercent: verdicts.find(({ denominator }) => denominator === kind)?.thresholdPercent ?? null,
    caveat: growthCaveat,
  };
}

function describeGrowth(growth: GrowthRule): string {
  const { low, central, high } = growth.value;
  const factor = (value: number): string => printed(value, 2);
  const centre =
    central === null
      ? ''
      : typeof central === 'number'
        ? `, central ${factor(central)}`
        : `, measured centres ${factor(central[0])} to ${factor(central[1])}`;
  const [from, to] = growth.weeks;
  const weeks = from === to ? `in about ${from} weeks` : `in ${from}–${to} weeks`;
  const note = growth.note === null ? '' : `; ${growth.note}`;
  const unread = growth.verified ? '' : '; unverified';
  return `FLR × ${factor(low)}–${factor(high)}${centre} ${weeks}${note}${unread}; ${growthCaveat}`;
}

const clearReason = 'The whole interval lies above the threshold for every denominator.';

const reachWords: Readonly<Record<Reach, string>> = {
  all: 'all of the published range reaches it',
  centre: 'the published centre reaches it, the lower part of the range does not',
  part: 'only the upper part of the published range reaches it',
  none: 'the published range does not reach it',
};

const baselines = {
  functional: 'functional liver',
  standard: 'the standard liver volume',
  bodyWeight: 'body weight',
} as const;

function reasonOf(growth: GrowthRule | null, shortest: Shortfall | null): string {
  if (shortest === null) return 'No parenchyma remains that could grow.';
  const { line, now, bound, threshold, needed } = shortest;
  const decimals = decimalsFor(line);
  const show = (value: number): string => `${printed(value, decimals)} %`;
  const subject = bound === 'point' ? show(now) : `The lower bound ${show(now)}`;
  const demand =
    needed > 0
      ? `needs +${printed(needed, needed < 1 ? 2 : 0)} % relative growth to reach ${printedValue(threshold)} %`
      : `lies at the threshold of ${printedValue(threshold)} % and has to exceed it`;
  const needs = `${subject} of ${baselines[line.denominator]} ${demand}`;
  if (growth === null) return `${needs}, or a smaller resection.`;
  const predicted = predictGrowth(now, growth.value);
  const centre = sayCentre(growth, now, show);
  const range = `${printed(predicted.low, decimals)}–${show(predicted.high)}`;
  return `${needs}; published growth leads to ${range}${centre}: ${reachWords[reachOf(threshold, now, growth.value)]}.`;
}

function sayCentre(growth: GrowthRule, now: Percent, show: (value: number) => string): string {
  const { central } = growth.value;
  if (central === null) return '';
  if (typeof central === 'number') return `, centrally to ${show(percent(now * central))}`;
  return `, centrally to ${show(percent(now * central[0]))} or ${show(percent(now * central[1]))}`;
}
