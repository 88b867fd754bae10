import { createPatchBuilder, forEachOccupied, success } from '../volume/index.ts';
import type { Labels, Outcome, VoxelPatch } from '../volume/index.ts';
import type { ClearRequest } from './request.ts';

/** Every voxel of a label becomes background. */
export function clearLabel(labels: Labels, request: ClearRequest): Outcome<VoxelPatch> {
  const patch = createPatchBuilder();
  forEachOccupied(labels, (start, end) => {
    for (let offset = start; offset < end; offset += 1) {
      if (labels.values[offset] === request.label) patch.add(offset, request.label, 0);
    }
  });
  return success(patch.build());
}
