import type { VoxelPatch } from '../volume/index.ts';
import type { Plan } from './plan.ts';

/** One undoable change: the plan before and after, and the voxels that changed with it. One gesture is one edit. */
export interface Edit {
  /** What undo will say it undoes, e.g. "Brush liver". */
  readonly label: string;
  readonly before: Plan;
  readonly after: Plan;
  readonly patch: VoxelPatch | null;
}
