import { percent } from '../geometry/index.ts';
import type { Percent } from '../geometry/index.ts';
import type { Figure, Interval } from '../liver/index.ts';
import type { AssessedFigures, AssessmentInput, Denominator, DenominatorVerdict, Verdict } from './assessment.ts';
import { citationOf, decidingRule } from './rules.ts';
import type { RuleBase, RuleDenominator, ThresholdRule } from './rules.ts';

/** Every denominator that is shown, in the order of the sheet. */
export const denominators: readonly Denominator[] = ['functional', 'standard', 'bodyWeight'];

const figures = {
  functional: 'flrPercent',
  standard: 'sflrPercent',
  bodyWeight: 'flrBodyWeightPercent',
} as const satisfies Record<Denominator, Figure>;

/** A remnant over one denominator with its interval (in the rule's unit), null where it is not known. */
export interface RelatedRemnant {
  readonly value: number | null;
  readonly interval: Interval<number> | null;
}

/** The remnant over the denominator of a rule; the standard volume by Urata is not computed here and gives nulls. */
export function relatedRemnant(volumetry: AssessedFigures, denominator: RuleDenominator): RelatedRemnant {
  if (denominator === 'standardUrata') return { value: null, interval: null };
  if (denominator === 'bodySurface') {
    const { remnantMl, bsaM2, intervals } = volumetry;
    if (remnantMl === null || bsaM2 === null) return { value: null, interval: null };
    const ends = intervals.remnantMl;
    return { value: remnantMl / bsaM2, interval: ends === undefined ? null : [ends[0] / bsaM2, ends[1] / bsaM2] };
  }
  const figure = figures[denominator];
  const value = volumetry[figure];
  return { value, interval: value === null ? null : (volumetry.intervals[figure] ?? null) };
}

/** Where a 90 % interval lies against a rule; for a rule that is a range, `above` and `below` mean all of it. */
export function compare(interval: Interval<number>, rule: Pick<ThresholdRule, 'operator' | 'value'>): Verdict {
  const [least, most] = typeof rule.value === 'number' ? [rule.value, rule.value] : rule.value;
  const [low, high] = interval;
  if (rule.operator === '>') {
    if (low > most) return 'above';
    return high <= least ? 'below' : 'crosses';
  }
  if (low >= most) return 'above';
  return high < least ? 'below' : 'crosses';
}

/** One line per denominator. `silent` (something essential is missing) shows figure and threshold, but gives no verdict. */
export function judgeDenominators(
  input: AssessmentInput,
  rules: RuleBase,
  silent: boolean,
): readonly DenominatorVerdict[] {
  const { parenchyma, volumetry } = input;
  return denominators.map((denominator) => {
    const { value, interval } = relatedRemnant(volumetry, denominator);
    const rule = parenchyma === 'unknown' ? null : decidingRule(rules, parenchyma, denominator);
    return {
      denominator,
      percent: value === null ? null : percent(value),
      interval: interval === null ? null : percents(interval),
      thresholdPercent: rule === null ? null : percent(rule.value),
      verdict: silent || rule === null || interval === null ? 'none' : compare(interval, rule),
      ruleId: rule?.id ?? null,
      citation: rule === null ? null : citationOf(rule),
    };
  });
}

function percents([low, high]: Interval<number>): Interval<Percent> {
  return [percent(low), percent(high)];
}
