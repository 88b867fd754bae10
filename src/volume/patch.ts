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
