import { toIndex } from '../../src/geometry/index.ts';
import type { Grid, WorldPoint } from '../../src/geometry/index.ts';
import type { ViewFrame } from './frame.ts';

/** Voxels of one slice touched by a stroke: 1 where the voxel's centre is within the radius of the path. Columns run fastest. */
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
