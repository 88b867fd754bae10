import type { Grid } from '../geometry/index.ts';

/**
 * A change of labels as a value with an inverse: constant runs of voxels, in ascending order, that do not overlap.
 * Run r changes voxels starts[r] … starts[r] + lengths[r] − 1 from before[r] to after[r].
 */
export interface VoxelPatch {
  /** Flat offsets of the first voxel of each run. */
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * Writes the patch into `values` in place. Throws, and changes nothing, when a voxel does not hold the value the patch was made
 * from: a patch applied to other labels would make undo a lie.
 */
export function applyPatch(values: Uint8Array, patch: VoxelPatch): void {
  const { starts, lengths, before, after } = patch;
  for (let run = 0; run < starts.length; run += 1) {
    const start = starts[run]!;
    const end = start + lengths[run]!;
    const expected = before[run]!;
    if (end > values.length) throw new RangeError(`The patch reaches voxel ${end} of ${values.length}`);
    for (let offset = start; offset < end; offset += 1) {
      if (values[offset] !== expected) {
        throw new Error(`The patch expects label ${expected} at voxel ${offset}, found ${values[offset]!}`);
      }
    }
  }
  for (let run = 0; run < starts.length; run += 1) {
    values.fill(after[run]!, starts[run], starts[run]! + lengths[run]!);
  }
}

/** The patch that undoes `patch`. */
export function inversePatch(patch: VoxelPatch): VoxelPatch {
  return { starts: patch.starts, lengths: patch.lengths, before: patch.after, after: patch.before };
}

/** Memory a patch holds, in bytes; what a bounded history adds up. */
export function patchBytes(patch: VoxelPatch): number {
  return patch.starts.byteLength + patch.lengths.byteLength + patch.before.byteLength + patch.after.byteLength;
}

/** Number of voxels a patch changes. */
export function patchVoxels(patch: VoxelPatch): number {
  let count = 0;
  for (const length of patch.lengths) count += length;
  return count;
}

/** The slices (k) a patch touches, ascending. */
export function changedSlices(grid: Grid, patch: VoxelPatch): readonly number[] {
  const slice = grid.size[0] * grid.size[1];
  const touched: number[] = [];
  for (let run = 0; run < patch.starts.length; run += 1) {
    const start = patch.starts[run]!;
    const last = Math.floor((start + patch.lengths[run]! - 1) / slice);
    let next = Math.floor(start / slice);
    if (touched.length > 0) next = Math.max(next, touched.at(-1)! + 1);
    for (; next <= last; next += 1) touched.push(next);
  }
  return touched;
}
