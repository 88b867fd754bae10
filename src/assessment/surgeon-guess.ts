import { z } from 'zod';
import { percent, percentagePoints } from '../geometry/index.ts';
import type { Percent, PercentagePoints } from '../geometry/index.ts';
import type { IsoDate } from './calendar.ts';
import { calendarDay, inRange, optional } from './input-checks.ts';

/** What a surgeon guessed of the remnant before the figure was shown: FLR in % of the functional liver. */
export interface SurgeonGuess {
  /** Null when the question was skipped: the figure was seen without a guess. */
  readonly flrPercent: number | null;
  readonly by: string | null;
  readonly on: IsoDate | null;
  /** The figure that was shown then: the guess was made of that resection and those masks, whatever became of them. */
  readonly shownPercent: number | null;
  /** An estimate given again when the figure had been seen, as plans of before may hold it: never counted. */
  readonly laterPercent?: number | undefined;
}

/** A guess as it stands in a plan file. */
export const guessSchema = z.strictObject({
  flrPercent: optional(inRange('a guessed FLR', 'guess_implausible', 0, 100, '%')),
  by: optional(z.string().trim().min(1)),
  on: optional(calendarDay),
  shownPercent: optional(inRange('a shown FLR', 'guess_implausible', 0, 100, '%')),
  laterPercent: inRange('a guessed FLR', 'guess_implausible', 0, 100, '%').optional(),
});
guessSchema satisfies z.ZodType<SurgeonGuess>;

/** One case with its guess and its measured FLR. */
export interface GuessedCase {
  readonly guessed: Percent;
  readonly measured: Percent;
}

/** How well guesses agree with the measurement, in percentage points; limits are null under three cases. */
export interface Calibration {
  readonly cases: number;
  /** Guess minus measurement: positive where the remnant is thought larger than it is. */
  readonly meanError: PercentagePoints;
  readonly meanAbsoluteError: PercentagePoints;
  /** Mean of guess over measurement − 1, in % of the measured remnant: what is published of such guesses. Never points. */
  readonly meanRelativeError: Percent;
  /** Mean ± 1.96 standard deviations of the error (Bland and Altman). */
  readonly limits: readonly [low: PercentagePoints, high: PercentagePoints] | null;
}

/** Cases below which limits of agreement mean nothing. */
const fewestForLimits = 3;

/** The guess with its measurement; null where either is missing, or nothing remained to be guessed. */
export function guessedCase({ flrPercent, shownPercent }: SurgeonGuess): GuessedCase | null {
  if (flrPercent === null || shownPercent === null || !(shownPercent > 0)) return null;
  return { guessed: percent(flrPercent), measured: percent(shownPercent) };
}

/** The calibration of one surgeon over their own cases; null without any. To be shown to that surgeon only. */
export function calibrateGuesses(cases: readonly GuessedCase[]): Calibration | null {
  if (cases.length === 0) return null;
  const errors = cases.map(({ guessed, measured }) => guessed - measured);
  const mean = average(errors);
  const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1);
  const reach = 1.96 * Math.sqrt(variance);
  return {
    cases: cases.length,
    meanError: percentagePoints(mean),
    meanAbsoluteError: percentagePoints(average(errors.map(Math.abs))),
    meanRelativeError: percent(average(cases.map(({ guessed, measured }) => (guessed / measured - 1) * 100))),
    limits: cases.length < fewestForLimits ? null : [percentagePoints(mean - reach), percentagePoints(mean + reach)],
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
