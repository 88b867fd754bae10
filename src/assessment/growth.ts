import { percent } from '../geometry/index.ts';
import type { Percent } from '../geometry/index.ts';
import type { Option } from './assessment.ts';
import type { GrowthRule } from './rules.ts';

/**
 * The relative growth in % that lifts `now` to `threshold` over the same baseline denominator: threshold / now − 1. Negative when it
 * is reached already. Throws RangeError unless both are positive: nothing grows from nothing.
 */
export function neededRelativeGrowth(threshold: Percent, now: Percent): Percent {
  if (!(threshold > 0) || !(now > 0)) throw new RangeError(`No growth leads from ${now} % to ${threshold} %`);
  return percent((threshold / now - 1) * 100);
}

/** The FLR % over the baseline denominator after published growth: now × factor, a population range. */
export function predictGrowth(now: Percent, growth: GrowthRule['value']): NonNullable<Option['predictedPercent']> {
  return {
    low: percent(now * growth.low),
    // Where sources disagree about the centre there is a range of centres, and no single one is chosen for the reader.
    central: typeof growth.central === 'number' ? percent(now * growth.central) : null,
    high: percent(now * growth.high),
  };
}

/** How much of a published range of growth reaches a threshold. */
export type Reach = 'all' | 'centre' | 'part' | 'none';

/** How much of the growth published for a rule lifts `now` to `threshold`. */
export function reachOf(threshold: Percent, now: Percent, growth: GrowthRule['value']): Reach {
  if (now * growth.low >= threshold) return 'all';
  if (now * growth.high < threshold) return 'none';
  const centre = typeof growth.central === 'number' ? growth.central : growth.central?.[0];
  return centre !== undefined && now * centre >= threshold ? 'centre' : 'part';
}
