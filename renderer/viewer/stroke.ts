import { dot, toIndex } from '../../src/geometry/index.ts';
import type { Direction, Grid, ViewFrame, WorldPoint } from '../../src/geometry/index.ts';
import type { PlaneLookup } from './label-overlay.ts';

/**
 * Voxels of one slice (in an oblique plane: samples of the picture) touched by a stroke: 1 where the voxel's centre is within the radius
 * of the path. Columns run fastest.
 */
export interface StrokeMask {
  readonly mask: Uint8Array;
  readonly columns: number;
  readonly rows: number;
}

/** An untouched mask for the slices of `frame`. */
export function emptyStroke(grid: Grid, frame: ViewFrame): StrokeMask {
  const columns = grid.size[frame.across.axis];
  const rows = grid.size[frame.down.axis];
  return { mask: new Uint8Array(columns * rows), columns, rows };
}

/** Adds the stretch of a round brush from `from` to `to` (both in the slice) to the mask, in place. */
export function stampStretch(
  stroke: StrokeMask,
  grid: Grid,
  frame: ViewFrame,
  from: WorldPoint,
  to: WorldPoint,
  radiusMm: number,
): void {
  const stepX = grid.spacing[frame.across.axis];
  const stepY = grid.spacing[frame.down.axis];
  const place = (point: WorldPoint): readonly [number, number] => {
    const index = toIndex(grid, point);
    return [index[frame.across.axis] * stepX, index[frame.down.axis] * stepY];
  };
  const [ax, ay] = place(from);
  const [bx, by] = place(to);
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  // The same slack as the stroke itself has, so that a voxel exactly on the rim is previewed as it will be painted.
  const reach = (radiusMm + 1e-6) ** 2;
  const first = (a: number, b: number, step: number): number =>
    Math.max(0, Math.ceil((Math.min(a, b) - radiusMm) / step - 1e-6));
  const last = (a: number, b: number, step: number, count: number): number =>
    Math.min(count - 1, Math.floor((Math.max(a, b) + radiusMm) / step + 1e-6));
  for (let row = first(ay, by, stepY); row <= last(ay, by, stepY, stroke.rows); row += 1) {
    for (let column = first(ax, bx, stepX); column <= last(ax, bx, stepX, stroke.columns); column += 1) {
      const x = column * stepX - ax;
      const y = row * stepY - ay;
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / length));
      const away = (x - along * dx) ** 2 + (y - along * dy) ** 2;
      if (away <= reach) stroke.mask[column + row * stroke.columns] = 1;
    }
  }
}

/** An untouched mask for the samples of an oblique plane. */
export function emptyPlaneStroke({ width, height }: PlaneLookup): StrokeMask {
  return { mask: new Uint8Array(width * height), columns: width, rows: height };
}

/**
 * The same in an oblique plane: marks the samples whose voxel the stretch paints, in place. With a normal lengths count as seen along it
 * (a disc), without one in space (a ball), as in the stroke itself.
 */
export function stampPlane(
  stroke: StrokeMask,
  lookup: PlaneLookup,
  normal: Direction | null,
  from: WorldPoint,
  to: WorldPoint,
  radiusMm: number,
): void {
  const { grid, first, across, down } = lookup;
  const { spacing } = grid;
  const inMm = (index: readonly [number, number, number]) =>
    [index[0] * spacing[0], index[1] * spacing[1], index[2] * spacing[2]] as const;
  const minus = (a: readonly [number, number, number], b: readonly [number, number, number]) =>
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]] as const;
  // Everything in mm along the grid's axes.
  const [a, b] = [inMm(toIndex(grid, from)), inMm(toIndex(grid, to))];
  const [stepRight, stepDown, corner] = [inMm(across), inMm(down), inMm(first)];
  const n = normal === null ? null : ([0, 1, 2] as const).map((axis) => dot(normal, grid.axes[axis]));
  const heightOf = (x: number, y: number, z: number): number => (n === null ? 0 : x * n[0]! + y * n[1]! + z * n[2]!);
  const way = minus(b, a);
  const rise = heightOf(...way);
  const length = dot(way, way) - rise * rise;
  const reach = (radiusMm + 1e-6) ** 2;
  // A voxel's centre lies at most half its diagonal from the sample that shows it.
  const margin = radiusMm + Math.hypot(...spacing) / 2;
  const range = (step: readonly [number, number, number], count: number): readonly [number, number] => {
    const size = dot(step, step);
    const at = [a, b].map((place) => dot(minus(place, corner), step) / size);
    const wide = margin / Math.sqrt(size);
    return [Math.max(0, Math.floor(Math.min(...at) - wide)), Math.min(count - 1, Math.ceil(Math.max(...at) + wide))];
  };
  const [left, right] = range(stepRight, stroke.columns);
  const [top, bottom] = range(stepDown, stroke.rows);
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const centre = (axis: 0 | 1 | 2): number =>
        Math.floor(first[axis] + column * across[axis] + row * down[axis] + 0.5) * spacing[axis] - a[axis];
      const [x, y, z] = [centre(0), centre(1), centre(2)];
      const height = heightOf(x, y, z);
      const along = x * way[0] + y * way[1] + z * way[2] - height * rise;
      const share = length > 0 ? Math.min(1, Math.max(0, along / length)) : 0;
      if (x * x + y * y + z * z - height * height - share * (2 * along - share * length) <= reach)
        stroke.mask[column + row * stroke.columns] = 1;
    }
  }
}
