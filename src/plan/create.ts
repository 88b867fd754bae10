import type { Cut } from '../liver/index.ts';
import { liverLabel, structureName } from '../liver/index.ts';
import type { VoxelPatch } from '../volume/index.ts';
import type { Edit } from './edit.ts';
import { sparing } from './lock.ts';
import type { MaskRemark, Plan, SeriesReference, StructureEntry } from './plan.ts';
import { remarksAfterHand, remarksAfterImport } from './remarks.ts';

/** An empty plan for a series: no cuts, nothing known, nothing reviewed. */
export function createPlan(series: SeriesReference): Plan {
  return {
    version: 1,
    series,
    structures: [{ label: liverLabel, name: structureName(liverLabel) }],
    cuts: [],
    heightCm: null,
    weightKg: null,
    parenchyma: 'unknown',
    phase: null,
    confirmed: [],
    segmentation: { author: null, edited: false, reviewedBy: null },
    plannedBy: null,
    remarks: [],
  };
}

/** An edit of the plan alone, without voxels and without cuts. */
export function changePlan(
  plan: Plan,
  change: Partial<Omit<Plan, 'version' | 'series' | 'cuts'>>,
  label: string,
): Edit {
  return { label, before: plan, after: { ...plan, ...change }, patch: null };
}

/**
 * An edit of the cuts. The confirmations are taken back with it: inflow, outflow, bile and segments were confirmed of the remnant
 * that the old cuts left.
 */
export function changeCuts(plan: Plan, cuts: readonly Cut[], label: string): Edit {
  return { label, before: plan, after: { ...plan, cuts, confirmed: [] }, patch: null };
}

/** An edit that adds a cut; its index is the number of cuts before. */
export function addCut(plan: Plan, cut: Cut, label: string): Edit {
  return changeCuts(plan, [...plan.cuts, cut], label);
}

/** An edit that puts `cut` in the place of cut `index`; throws RangeError when there is none. */
export function replaceCut(plan: Plan, index: number, cut: Cut, label: string): Edit {
  mustHaveCut(plan, index);
  return changeCuts(plan, plan.cuts.with(index, cut), label);
}

/** An edit that removes cut `index`; throws RangeError when there is none. */
export function removeCut(plan: Plan, index: number, label: string): Edit {
  mustHaveCut(plan, index);
  return changeCuts(plan, plan.cuts.toSpliced(index, 1), label);
}

function mustHaveCut(plan: Plan, index: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= plan.cuts.length) {
    throw new RangeError(`There is no cut ${index}; the plan has ${plan.cuts.length}`);
  }
}

/**
 * An edit of voxels by hand: the masks count as edited, the review is taken back, and what was said of the structures it changes lapses.
 * Locked structures stay as they are; a patch of which nothing is left changes nothing.
 */
export function changeVoxels(plan: Plan, patch: VoxelPatch, label: string): Edit {
  const spared = sparing(plan, patch);
  if (spared.starts.length === 0) return { label, before: plan, after: plan, patch: null };
  const segmentation = { ...plan.segmentation, edited: true, reviewedBy: null };
  const remarks = remarksAfterHand(plan.remarks, spared);
  return { label, before: plan, after: { ...plan, segmentation, remarks }, patch: spared };
}

/** What an import brings beside its voxels. */
export interface ImportedFrom {
  /** The file or the person the masks come from. */
  readonly author: string;
  readonly structures: readonly StructureEntry[];
  /** What is to be said on every result, such as a resampling. */
  readonly remarks: readonly MaskRemark[];
  /** Whether the file holds the whole case, so that nothing of what was there before is left. */
  readonly isWhole?: boolean;
}

/**
 * An edit of voxels by an import: not "edited by hand", but a review of what was there before is taken back all the same, and what was
 * said of the imported structures before lapses. Locked structures stay as they are.
 */
export function importVoxels(plan: Plan, patch: VoxelPatch, from: ImportedFrom, label: string): Edit {
  const authors = plan.segmentation.author === null ? [] : plan.segmentation.author.split('; ');
  const known = new Set(from.structures.map((structure) => structure.label));
  const spared = sparing(plan, patch);
  const after: Plan = {
    ...plan,
    structures: [
      ...plan.structures.filter((structure) => !known.has(structure.label)),
      ...from.structures.map((one) => ({ ...plan.structures.find(({ label }) => label === one.label), ...one })),
    ].sort((a, b) => a.label - b.label),
    segmentation: {
      author: [...authors.filter((author) => author !== from.author), from.author].join('; '),
      edited: plan.segmentation.edited,
      reviewedBy: null,
    },
    remarks: remarksAfterImport(plan.remarks, from),
  };
  return { label, before: plan, after, patch: spared.starts.length === 0 ? null : spared };
}
