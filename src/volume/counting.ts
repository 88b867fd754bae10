import { toWorld, voxelIndex } from '../geometry/index.ts';
import type { Grid, WorldPoint } from '../geometry/index.ts';
import type { Labels } from './volume.ts';

/** A box of whole voxels: low corner, and size along i, j and k. */
export interface VoxelBox {
  readonly low: readonly [number, number, number];
  readonly size: readonly [number, number, number];
}

/** The whole of a grid as a box. */
export function wholeBox(grid: Grid): VoxelBox {
  return { low: [0, 0, 0], size: grid.size };
}

/** A table for 256 labels with 1 at the given ones; the form in which sets of labels are passed to loops. */
export function labelSet(members: Iterable<number>): Uint8Array {
  const table = new Uint8Array(256);
  for (const label of members) {
    if (!Number.isInteger(label) || label < 0 || label > 255) throw new RangeError(`Labels are 0 to 255, got ${label}`);
    table[label] = 1;
  }
  return table;
}

/** The bytes from the first 4-byte boundary on as 32-bit words; `lead` bytes come before them. */
function wordsOf(values: Uint8Array): { readonly lead: number; readonly words: Uint32Array } {
  const lead = (4 - (values.byteOffset & 3)) & 3;
  if (values.length < lead + 4) return { lead: values.length, words: new Uint32Array(0) };
  return { lead, words: new Uint32Array(values.buffer, values.byteOffset + lead, (values.length - lead) >>> 2) };
}

/** Number of voxels of each label, as 256 whole numbers. */
export function labelHistogram(values: Uint8Array): Float64Array {
  const counts = new Float64Array(256);
  const { lead, words } = wordsOf(values);
  for (let offset = 0; offset < lead; offset += 1) counts[values[offset]!]! += 1;
  // Labels come in long constant stretches: count equal words together and open them only when they change.
  let word = 0;
  let repeats = 0;
  const count = (): void => {
    counts[word & 255]! += repeats;
    counts[(word >>> 8) & 255]! += repeats;
    counts[(word >>> 16) & 255]! += repeats;
    counts[word >>> 24]! += repeats;
  };
  for (let index = 0; index < words.length; index += 1) {
    if (words[index] !== word) {
      count();
      word = words[index]!;
      repeats = 0;
    }
    repeats += 1;
  }
  count();
  for (let offset = lead + words.length * 4; offset < values.length; offset += 1) counts[values[offset]!]! += 1;
  return counts;
}

/**
 * Calls `visit` with the flat offsets start … end − 1 of every stretch of non-background voxels within one row, ascending.
 * Empty stretches are skipped four voxels at a time.
 */
export function forEachOccupied(
  labels: Labels,
  visit: (start: number, end: number, j: number, k: number) => void,
): void {
  const { values, grid } = labels;
  const [nx, ny, nz] = grid.size;
  const { lead, words } = wordsOf(values);
  let row = 0;
  for (let k = 0; k < nz; k += 1) {
    for (let j = 0; j < ny; j += 1, row += nx) {
      const rowEnd = row + nx;
      let at = row;
      while (at < rowEnd) {
        if (values[at] === 0) {
          if (((at - lead) & 3) === 0 && at >= lead) {
            let word = (at - lead) >>> 2;
            const lastWord = (rowEnd - lead) >>> 2;
            while (word < lastWord && words[word] === 0) word += 1;
            at = Math.max(at + 1, word * 4 + lead);
          } else {
            at += 1;
          }
          continue;
        }
        const start = at;
        while (at < rowEnd && values[at] !== 0) at += 1;
        visit(start, at, j, k);
      }
    }
  }
}

/** The smallest box that holds every voxel whose label is a member (1 in the table of 256), or null when there is none. */
export function boundingBox(labels: Labels, isMember: Uint8Array): VoxelBox | null {
  if (isMember[0] === 1) throw new RangeError('Background is a member of no structure');
  const { values, grid } = labels;
  const nx = grid.size[0];
  const low = [Infinity, Infinity, Infinity];
  const high = [-1, -1, -1];
  forEachOccupied(labels, (start, end, j, k) => {
    let first = start;
    while (first < end && isMember[values[first]!] === 0) first += 1;
    if (first === end) return;
    let last = end - 1;
    while (isMember[values[last]!] === 0) last -= 1;
    const row = start - (start % nx);
    low[0] = Math.min(low[0]!, first - row);
    high[0] = Math.max(high[0]!, last - row);
    low[1] = Math.min(low[1]!, j);
    high[1] = Math.max(high[1]!, j);
    low[2] = Math.min(low[2]!, k);
    high[2] = k;
  });
  if (high[0]! < 0) return null;
  return {
    low: [low[0]!, low[1]!, low[2]!],
    size: [high[0]! - low[0]! + 1, high[1]! - low[1]! + 1, high[2]! - low[2]! + 1],
  };
}

/** The members inside `box` as bytes 0 and 1 with `margin` layers of zeros around, `i` fastest; `low` is the corner with its margin. */
export function memberMask(
  labels: Labels,
  isMember: Uint8Array,
  box: VoxelBox,
  margin: number,
): {
  readonly low: readonly [number, number, number];
  readonly size: readonly [number, number, number];
  readonly values: Uint8Array;
} {
  const [nx, ny] = labels.grid.size;
  const width = box.size[0] + 2 * margin;
  const height = box.size[1] + 2 * margin;
  const depth = box.size[2] + 2 * margin;
  const values = new Uint8Array(width * height * depth);
  for (let k = 0; k < box.size[2]; k += 1) {
    for (let j = 0; j < box.size[1]; j += 1) {
      const from = box.low[0] + nx * (box.low[1] + j + ny * (box.low[2] + k));
      const to = margin + width * (margin + j + height * (margin + k));
      for (let i = 0; i < box.size[0]; i += 1) values[to + i] = isMember[labels.values[from + i]!]!;
    }
  }
  return {
    low: [box.low[0] - margin, box.low[1] - margin, box.low[2] - margin],
    size: [width, height, depth],
    values,
  };
}

/** The middle (centre of mass) of the voxels with a label, LPS mm; null when there are none. */
export function middleOfLabel(labels: Labels, label: number): WorldPoint | null {
  const { values, grid } = labels;
  const nx = grid.size[0];
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  forEachOccupied(labels, (start, end, j, k) => {
    const row = start - (start % nx);
    let own = 0;
    for (let at = start; at < end; at += 1) {
      if (values[at] !== label) continue;
      own += 1;
      sum[0] += at - row;
    }
    sum[1] += own * j;
    sum[2] += own * k;
    count += own;
  });
  return count === 0 ? null : toWorld(grid, voxelIndex(sum[0] / count, sum[1] / count, sum[2] / count));
}
