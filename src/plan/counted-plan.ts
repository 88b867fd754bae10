import { checkMeasurement } from '../assessment/index.ts';
import type { BaselineDenominator, CountedFrom, DatedRemnant, IsoDate } from '../assessment/index.ts';
import { measure, prepareMeasurement } from '../liver/index.ts';
import type { Interval } from '../liver/index.ts';
import { success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';
import { checksum } from './checksum.ts';
import { encodeRuns } from './label-runs.ts';
import { openPlan } from './plan-file.ts';
import type { Plan } from './plan.ts';

/** A plan file with its volumes counted anew from its own masks and cuts. Volumes in mL; null where nothing is resected. */
export interface CountedPlan {
  readonly plan: Plan;
  readonly remnantMl: number | null;
  readonly remnantIntervalMl: Interval<number> | null;
  readonly functionalMl: number;
  readonly functionalIntervalMl: Interval<number> | null;
  readonly flrPercent: number | null;
  /** Digest of masks and cuts, 16 hexadecimal digits: the same plan counts the same. */
  readonly digest: string;
}

/**
 * Opens a plan file and counts its volumes: a file holds no figure that could be believed. It needs no images, because the masks lie in
 * the file with their grid. Null for a file of cuts alone; refused as `openPlan` refuses.
 */
export function countPlan(bytes: Uint8Array): Outcome<CountedPlan | null> {
  const file = openPlan(bytes);
  if (!file.ok) return file;
  const { plan, masks } = file.value;
  if (plan === null || masks === null) return success(null);
  const { remnantMl, functionalMl, flrPercent, intervals, units } = measure(prepareMeasurement(masks), plan.cuts, null);
  const isPlanned = remnantMl !== null && units.resected !== 0;
  const cuts = new TextEncoder().encode(JSON.stringify(plan.cuts));
  return success({
    plan,
    remnantMl: isPlanned ? remnantMl : null,
    remnantIntervalMl: isPlanned ? (intervals.remnantMl ?? null) : null,
    functionalMl,
    functionalIntervalMl: intervals.functionalMl ?? null,
    flrPercent: isPlanned ? flrPercent : null,
    digest: checksum(encodeRuns(masks.values)) + checksum(cuts),
  });
}

/** By whom and when a plan is counted. */
export interface Counting {
  /** The version of this program. */
  readonly software: string;
  readonly countedOn: IsoDate;
}

/** The remnant of a counted plan as a dated measurement, with the record of what was counted; null without a day or a remnant. */
export function datedRemnant(counted: CountedPlan, counting: Counting): DatedRemnant | null {
  const on = counted.plan.series.scan?.takenOn ?? null;
  const { remnantMl, remnantIntervalMl } = counted;
  // Less than a millilitre is no remnant, and no plausible volume of the inputs.
  if (on === null || remnantMl === null || remnantMl < 1) return null;
  const intervalMl =
    remnantIntervalMl === null ? null : ([Math.max(1, remnantIntervalMl[0]), remnantIntervalMl[1]] as const);
  const one = { on, flrMl: remnantMl, intervalMl, countedFrom: recordOf(counted, counting) };
  // A day that a header gives by mistake is none that a plan may hold.
  return checkMeasurement(one).ok ? one : null;
}

/** The functional liver of a counted plan as the denominator to lock; null without a liver. */
export function functionalDenominator(counted: CountedPlan, counting: Counting): BaselineDenominator | null {
  const { functionalMl, functionalIntervalMl } = counted;
  if (!(functionalMl >= 1)) return null;
  const record = recordOf(counted, counting);
  return { kind: 'functional', volumeMl: functionalMl, intervalMl: functionalIntervalMl, countedFrom: record };
}

function recordOf({ plan, digest }: CountedPlan, { software, countedOn }: Counting): CountedFrom {
  const { seriesInstanceUid } = plan.series;
  return { seriesInstanceUid, planDigest: digest, software, countedOn, reviewedBy: plan.segmentation.reviewedBy };
}
