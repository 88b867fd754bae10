import { offsetOf } from '../geometry/index.ts';
import type { Labels, Remark } from '../volume/index.ts';
import { totalMembers } from './measure.ts';

/** The faces of the volume: an axis, and whether it is the far end of it. */
const faces = [
  { axis: 2, isFar: false, name: 'the first slice' },
  { axis: 2, isFar: true, name: 'the last slice' },
  { axis: 0, isFar: false, name: 'the edge of the images' },
  { axis: 0, isFar: true, name: 'the edge of the images' },
  { axis: 1, isFar: false, name: 'the edge of the images' },
  { axis: 1, isFar: true, name: 'the edge of the images' },
] as const;

/** A remark when the segmented liver reaches a face of the volume: what lies beyond was not scanned and is missing from every figure. */
export function fieldOfViewRemark(labels: Labels): Remark | null {
  const reached = faces.filter(({ axis, isFar }) => reaches(labels, axis, isFar)).map(({ name }) => name);
  if (reached.length === 0) return null;
  const where = [...new Set(reached)].join(' and ');
  return {
    code: 'liver_cut_by_field_of_view',
    message: `The liver mask reaches ${where} of the scan: part of the liver probably lies outside of it and is missing from the volumes.`,
  };
}

function reaches({ grid, values }: Labels, axis: 0 | 1 | 2, isFar: boolean): boolean {
  const from = [0, 0, 0];
  const to = [...grid.size];
  if (isFar) from[axis] = grid.size[axis] - 1;
  else to[axis] = 1;
  for (let k = from[2]!; k < to[2]!; k++) {
    for (let j = from[1]!; j < to[1]!; j++) {
      for (let i = from[0]!; i < to[0]!; i++) {
        if (totalMembers[values[offsetOf(grid, i, j, k)]!] !== 0) return true;
      }
    }
  }
  return false;
}
