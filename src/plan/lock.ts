import { createPatchBuilder } from '../volume/index.ts';
import type { VoxelPatch } from '../volume/index.ts';
import type { Plan, StructureEntry } from './plan.ts';

/** The locked structures of a plan. */
export function lockedStructures(plan: Plan): readonly StructureEntry[] {
  return plan.structures.filter((one) => one.isLocked === true);
}

/** The locked structures that a patch would change: take voxels from, or give voxels to. */
export function lockedIn(plan: Plan, patch: VoxelPatch): readonly StructureEntry[] {
  return lockedStructures(plan).filter(({ label }) => patch.before.includes(label) || patch.after.includes(label));
}

/** What is left of a patch when every locked structure stays as it is. The only gate through which voxels reach a plan: see `perform`. */
export function sparing(plan: Plan, patch: VoxelPatch): VoxelPatch {
  if (lockedIn(plan, patch).length === 0) return patch;
  const locked = new Set(lockedStructures(plan).map(({ label }) => label));
  const builder = createPatchBuilder();
  patch.starts.forEach((start, run) => {
    const [before, after] = [patch.before[run]!, patch.after[run]!];
    if (!locked.has(before) && !locked.has(after)) builder.addRun(start, patch.lengths[run]!, before, after);
  });
  return builder.build();
}
