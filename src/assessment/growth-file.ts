import { z } from 'zod';
import { success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';
import type { AssessmentInputs, BaselineDenominator, DatedRemnant } from './inputs.ts';
import { augmentationSchema, denominatorSchema, measurementsSchema } from './inputs.ts';
import { faultOf, optional } from './input-checks.ts';

/** Dated measurements of one patient as they stand in a file. */
export interface GrowthFile {
  readonly denominator: BaselineDenominator;
  readonly augmentation: AssessmentInputs['augmentation'];
  /** Two or more, by date. */
  readonly measurements: readonly DatedRemnant[];
}

const schema = z.strictObject({
  version: z.literal(1),
  denominator: denominatorSchema,
  augmentation: optional(augmentationSchema),
  measurements: measurementsSchema.min(2, 'growth needs two measurements or more'),
});

/** Reads a parsed file of measurements. Refused as `growth_invalid`, or by the code of the value that can not be. */
export function readGrowthFile(json: unknown): Outcome<GrowthFile> {
  const checked = schema.safeParse(json);
  if (!checked.success) return faultOf(checked.error, 'growth_invalid', 'the measurements');
  const { denominator, augmentation, measurements } = checked.data;
  return success({ denominator, augmentation, measurements });
}
