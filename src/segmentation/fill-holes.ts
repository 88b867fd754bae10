import { boundingBox, createPatchBuilder, failure, labelSet, memberMask, success } from '../volume/index.ts';
import type { Labels, Outcome, VoxelPatch } from '../volume/index.ts';
import type { FillHolesRequest } from './request.ts';

/**
 * Background that the label encloses becomes that label: in space (6 neighbours), or slice by slice along an axis (4 neighbours).
 * Other structures in a hole stay what they are. Refused when the label has no voxel.
 */
export function fillHoles(labels: Labels, request: FillHolesRequest): Outcome<VoxelPatch> {
  const isMember = labelSet([request.label]);
  const box = boundingBox(labels, isMember);
  if (box === null) return failure('structure_empty', 'The structure has no voxels yet: paint or import it first.');
  // What lies outside the box is outside the structure, so the flood starts from one layer around it.
  const mask = memberMask(labels, isMember, box, 1);
  const reached = floodFromOutside(mask.values, mask.size, request.axis);
  const patch = createPatchBuilder();
  const { grid, values } = labels;
  for (let k = 1; k <= box.size[2]; k += 1) {
    for (let j = 1; j <= box.size[1]; j += 1) {
      const row = mask.low[0] + grid.size[0] * (mask.low[1] + j + grid.size[1] * (mask.low[2] + k));
      const from = mask.size[0] * (j + mask.size[1] * k);
      for (let i = 1; i <= box.size[0]; i += 1) {
        if (reached[from + i] === 0 && values[row + i] === 0) patch.add(row + i, 0, request.label);
      }
    }
  }
  return success(patch.build());
}

/** 1 where the mask is set or the outside can be reached without crossing it (nor leaving the slice along `axis`). */
function floodFromOutside(
  mask: Uint8Array,
  size: readonly [number, number, number],
  axis: 0 | 1 | 2 | null,
): Uint8Array {
  const reached = Uint8Array.from(mask);
  const [width, height, depth] = size;
  const jumps = [1, width, width * height].filter((_, along) => along !== axis).flatMap((jump) => [jump, -jump]);
  const waiting: number[] = [];
  const reach = (at: number): void => {
    if (reached[at] !== 0) return;
    reached[at] = 1;
    waiting.push(at);
  };
  for (let k = 0, at = 0; k < depth; k += 1) {
    for (let j = 0; j < height; j += 1) {
      for (let i = 0; i < width; i += 1, at += 1) {
        if (i === 0 || j === 0 || k === 0 || i === width - 1 || j === height - 1 || k === depth - 1) reach(at);
      }
    }
  }
  // The rim is reached as a whole, so a step never leaves the box: steps are taken from inner voxels, and from the rim inwards.
  const inner = (at: number): boolean => at >= 0 && at < reached.length;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const jump of jumps) if (inner(at + jump)) reach(at + jump);
  }
  return reached;
}
