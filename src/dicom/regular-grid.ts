import { createGrid, dot } from '../geometry/index.ts';
import type { Direction, Grid } from '../geometry/index.ts';
import type { Remark } from '../volume/index.ts';

/** How the slices of an uneven or leaning stack lie on a regular, upright grid. */
export interface RegularGrid {
  readonly grid: Grid;
  /** Height of each slice, counted in slices of `grid`; ascending. */
  readonly heights: readonly number[];
  /** Column and row of `grid` at which the first pixel of each slice lies (fractions). */
  readonly shifts: readonly (readonly [number, number])[];
  /** What every result must say. */
  readonly remark: Remark;
}

/** Gaps wider than this are not filled by interpolation (mm). */
export const widestFilledGap = 10;
/** Gantries tilt by 30° at most; slices shifted further (mm for each mm of height) are no tilted stack. */
const steepest = Math.tan((35 * Math.PI) / 180);
/** The grid grows by the shift; more than this would be mostly empty. */
const largestGrowth = 3;

/**
 * The regular grid on which slices at these positions (ascending along the normal) can be interpolated; null where that would invent
 * too much. Steps are the smallest distance of two slices, but at least half of the usual one.
 */
export function regularGridFor(stack: {
  readonly positions: readonly (readonly [number, number, number])[];
  readonly axes: readonly [Direction, Direction, Direction];
  /** Between columns, between rows, mm. */
  readonly pixelSpacing: readonly [number, number];
  readonly size: readonly [number, number];
  /** Whether the slices lie straight above each other within tolerance: then they are not moved in their plane. */
  readonly isUpright: boolean;
}): RegularGrid | null {
  const { positions, axes, pixelSpacing, size } = stack;
  const lowest = positions[0]!;
  const offsets = positions.map((position) => {
    const offset = [position[0] - lowest[0], position[1] - lowest[1], position[2] - lowest[2]] as const;
    return axes.map((axis) => dot(offset, axis)) as unknown as readonly [number, number, number];
  });
  const along = offsets.map((offset) => offset[2]);
  const gaps = along.slice(1).map((height, index) => height - along[index]!);
  const sorted = [...gaps].sort((a, b) => a - b);
  const [smallest, widest] = [sorted[0]!, sorted[sorted.length - 1]!];
  if (positions.length < 3 || !(smallest > 0) || widest > widestFilledGap) return null;
  const usual = sorted[Math.floor((sorted.length - 1) / 2)]!;
  const extent = along[along.length - 1]!;
  const steps = Math.max(1, Math.round(extent / Math.max(smallest, usual / 2)));
  const step = extent / steps;
  const sideways = offsets.map(([u, v]): readonly [number, number] =>
    stack.isUpright ? [0, 0] : [u / pixelSpacing[0], v / pixelSpacing[1]],
  );
  const spread = [0, 1]
    .map((axis) => offsets.map((offset) => offset[axis]!))
    .map((all) => Math.max(...all) - Math.min(...all));
  if (!stack.isUpright && Math.hypot(...spread) > steepest * extent) return null;
  const least = [0, 1].map((axis) => Math.min(...sideways.map((shift) => shift[axis]!))) as [number, number];
  const shifts = sideways.map(([x, y]): readonly [number, number] => [x - least[0], y - least[1]]);
  const grown = [0, 1].map((axis) => size[axis]! + Math.ceil(Math.max(...shifts.map((shift) => shift[axis]!)) - 1e-6));
  if (grown.some((count, axis) => count > size[axis]! * largestGrowth)) return null;
  const [u, v] = [least[0] * pixelSpacing[0], least[1] * pixelSpacing[1]];
  const origin = [0, 1, 2].map((d) => lowest[d]! + u * axes[0][d]! + v * axes[1][d]!) as [number, number, number];
  const grid = createGrid({
    size: [grown[0]!, grown[1]!, steps + 1],
    spacing: [pixelSpacing[0], pixelSpacing[1], step],
    origin,
    axes,
  });
  return {
    grid,
    heights: along.map((height) => height / step),
    shifts,
    remark: remarkOf(stack.isUpright, sorted, step),
  };
}

function remarkOf(isUpright: boolean, sorted: readonly number[], step: number): Remark {
  const say = (value: number): string => `${Number(value.toFixed(3))} mm`;
  const [smallest, widest] = [sorted[0]!, sorted[sorted.length - 1]!];
  const steps =
    widest - smallest < 0.01
      ? `slices ${say(step)} apart`
      : `unevenly spaced slices (${say(smallest)} to ${say(widest)} apart)`;
  const leaning = isUpright ? '' : ' of a tilted gantry';
  return {
    code: 'resampled_to_regular_grid',
    message: `On request the ${steps}${leaning} were interpolated to a regular upright grid with slices ${say(step)} apart. Volumes rest on interpolated voxels${widest > 5 ? `; no image was taken inside gaps of up to ${say(widest)}` : ''}.`,
  };
}

/** Lays slices onto a regular grid as they come. Given in ascending order, at most two are held; any order gives the same voxels. */
export interface SliceResampler {
  readonly add: (index: number, values: Int16Array, size: readonly [number, number]) => void;
}

/** A resampler that writes into `target` (the voxels of `regular.grid`): linear between slices and, when shifted, inside them. */
export function createSliceResampler(regular: RegularGrid, target: Int16Array, outside: number): SliceResampler {
  const { grid, heights, shifts } = regular;
  const perSlice = grid.size[0] * grid.size[1];
  const held = new Map<number, Int16Array>();
  const done = new Set<number>();
  const last = heights.length - 1;

  const between = (index: number): void => {
    const [low, high] = [held.get(index)!, held.get(index + 1)!];
    const [from, to] = [heights[index]!, heights[index + 1]!];
    const first = index === 0 ? 0 : Math.floor(from + 1e-9) + 1;
    for (let k = first; k <= Math.min(grid.size[2] - 1, Math.floor(to + 1e-9)); k++) {
      const weight = Math.max(0, Math.min(1, (k - from) / (to - from)));
      const out = target.subarray(k * perSlice, (k + 1) * perSlice);
      for (let at = 0; at < perSlice; at++) out[at] = Math.round(low[at]! + weight * (high[at]! - low[at]!));
    }
    done.add(index);
    for (const one of [index, index + 1]) {
      const below = one === 0 || done.has(one - 1);
      const above = one === last || done.has(one);
      if (below && above) held.delete(one);
    }
  };

  return {
    add: (index, values, size) => {
      held.set(index, shifted(values, size, shifts[index]!, [grid.size[0], grid.size[1]], outside));
      if (index > 0 && held.has(index - 1) && !done.has(index - 1)) between(index - 1);
      if (index < last && held.has(index + 1) && !done.has(index)) between(index);
    },
  };
}

/** A slice moved in its plane, bilinear; `outside` where it does not reach. */
function shifted(
  values: Int16Array,
  [columns, rows]: readonly [number, number],
  [x, y]: readonly [number, number],
  [wide, high]: readonly [number, number],
  outside: number,
): Int16Array {
  const out = new Int16Array(wide * high).fill(outside);
  // The pixel at column c of the grid lies at column c − x of the slice.
  const [wholeX, wholeY] = [Math.ceil(x - 1e-6), Math.ceil(y - 1e-6)];
  const [fx, fy] = [Math.max(0, wholeX - x), Math.max(0, wholeY - y)];
  const [nextX, nextY] = [fx > 1e-6 ? 1 : 0, fy > 1e-6 ? columns : 0];
  const lastRow = rows - (nextY === 0 ? 0 : 1);
  const lastColumn = columns - nextX;
  for (let row = 0; row < lastRow; row++) {
    const from = row * columns;
    const to = (row + wholeY) * wide + wholeX;
    for (let column = 0; column < lastColumn; column++) {
      const at = from + column;
      const upper = values[at]! + fx * (values[at + nextX]! - values[at]!);
      const lower = values[at + nextY]! + fx * (values[at + nextY + nextX]! - values[at + nextY]!);
      out[to + column] = Math.round(upper + fy * (lower - upper));
    }
  }
  return out;
}
