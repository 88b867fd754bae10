import type { Outcome } from '../volume/index.ts';
import { failure, success } from '../volume/index.ts';
import { daysBetween } from './calendar.ts';
import type { BaselineDenominator, DatedRemnant } from './inputs.ts';
import { denominatorSchema, measurementsSchema } from './inputs.ts';

/** A measurement as it was given, or the sentence why it can not be one: its day, its volume, its interval. */
export function checkMeasurement(given: DatedRemnant): Outcome<DatedRemnant> {
  const checked = measurementsSchema.safeParse([given]);
  if (checked.success) return success(given);
  return failure('measurement_invalid', sentence(checked.error.issues[0]!.message));
}

/** A denominator as it was given, or the sentence why it can not be one. */
export function checkDenominator(given: BaselineDenominator): Outcome<BaselineDenominator> {
  const checked = denominatorSchema.safeParse(given);
  if (checked.success) return success(given);
  return failure('denominator_invalid', sentence(checked.error.issues[0]!.message));
}

/** The measurements with one more, by date; one of the same day is replaced. */
export function withMeasurement(measurements: readonly DatedRemnant[], one: DatedRemnant): readonly DatedRemnant[] {
  return [...measurements.filter(({ on }) => on !== one.on), one].sort((a, b) => daysBetween(b.on, a.on));
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
