import type { Grid } from '../geometry/index.ts';
import { forEachOccupied } from './counting.ts';
import type { Labels } from './volume.ts';

/**
 * The voxels of some structures as runs of one label along i: run r covers start[r] … end[r] − 1 of row (rowJ[r], rowK[r]).
 * Runs ascend in memory order and do not overlap. Counting on either side of a cut costs rows instead of voxels.
 */
export interface RowRuns {
  readonly grid: Grid;
  readonly rowJ: Uint32Array;
  readonly rowK: Uint32Array;
  /** First voxel of the run along i. */
  readonly start: Uint32Array;
  /** One past the last voxel of the run along i. */
  readonly end: Uint32Array;
  readonly label: Uint8Array;
}

/** The runs of every label that is a member (1 in the table of 256; background can not be one, RangeError). */
export function rowRunsOf(labels: Labels, isMember: Uint8Array): RowRuns {
  if (isMember[0] === 1) throw new RangeError('Background is a member of no structure');
  const { values, grid } = labels;
  const rowJ: number[] = [];
  const rowK: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const label: number[] = [];
  const nx = grid.size[0];
  forEachOccupied(labels, (start, end, j, k) => {
    const row = start - (start % nx);
    let at = start;
    while (at < end) {
      const from = at;
      const value = values[at]!;
      while (at < end && values[at] === value) at += 1;
      if (isMember[value] === 0) continue;
      rowJ.push(j);
      rowK.push(k);
      starts.push(from - row);
      ends.push(at - row);
      label.push(value);
    }
  });
  return {
    grid,
    rowJ: Uint32Array.from(rowJ),
    rowK: Uint32Array.from(rowK),
    start: Uint32Array.from(starts),
    end: Uint32Array.from(ends),
    label: Uint8Array.from(label),
  };
}
