import { offsetOf } from '../geometry/index.ts';
import {
  connectedComponents,
  createPatchBuilder,
  failure,
  labelSet,
  largestComponent,
  rowRunsOf,
  success,
} from '../volume/index.ts';
import type { Labels, Outcome, VoxelPatch } from '../volume/index.ts';
import type { KeepLargestRequest } from './request.ts';

/** All but the largest face-connected part of a label becomes background; refused when the label has no voxel. */
export function keepLargest(labels: Labels, request: KeepLargestRequest): Outcome<VoxelPatch> {
  const runs = rowRunsOf(labels, labelSet([request.label]));
  const components = connectedComponents(runs);
  const largest = largestComponent(components);
  if (largest === null) {
    return failure('structure_empty', 'The structure has no voxels yet: paint or import it first.');
  }
  const patch = createPatchBuilder();
  components.partOfRun.forEach((part, run) => {
    if (part === largest) return;
    const start = offsetOf(labels.grid, runs.start[run]!, runs.rowJ[run]!, runs.rowK[run]!);
    patch.addRun(start, runs.end[run]! - runs.start[run]!, request.label, 0);
  });
  return success(patch.build());
}
