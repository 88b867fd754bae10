import { cross, dot, turnedFrame } from '../../src/geometry/index.ts';
import type { Grid, Rotation, SliceViewName, ViewFrame, WorldPoint } from '../../src/geometry/index.ts';
import { toCanvas } from './projection.ts';
import type { CanvasPoint, Projection } from './projection.ts';

/** A line of the crosshair: where another view cuts this one. */
export interface CrosshairLine {
  /** The view that cuts here. */
  readonly of: SliceViewName;
  /** Its direction on the canvas, of length 1. */
  readonly along: readonly [x: number, y: number];
  /** Places where it can be taken hold of and turned. */
  readonly handles: readonly CanvasPoint[];
}

const views: readonly SliceViewName[] = ['axial', 'coronal', 'sagittal'];

/** The two lines of the crosshair in a view, with their handles well inside the canvas. */
export function crosshairLines(
  grid: Grid,
  frame: ViewFrame,
  turn: Rotation | null,
  projection: Projection,
  focus: WorldPoint,
): readonly CrosshairLine[] {
  const centre = toCanvas(projection, focus);
  const arm = 0.36 * Math.min(projection.width, projection.height);
  return views
    .filter((view) => view !== frame.view)
    .map((of) => {
      const way = cross(frame.normal, turnedFrame(grid, of, turn).normal);
      const along = [dot(way, projection.right), -dot(way, projection.up)] as const;
      const handles = [1, -1].flatMap((side): CanvasPoint[] => {
        const length = Math.min(arm, 0.85 * wayToEdge(centre, [side * along[0], side * along[1]], projection));
        return length < 0.12 * arm
          ? []
          : [[centre[0] + side * along[0] * length, centre[1] + side * along[1] * length]];
      });
      return { of, along, handles };
    });
}

/** How far it is from a place on the canvas to its edge in a direction, in pixels; 0 from outside. */
function wayToEdge([x, y]: CanvasPoint, [dx, dy]: readonly [number, number], size: Projection): number {
  if (x < 0 || y < 0 || x > size.width || y > size.height) return 0;
  const across = dx > 0 ? (size.width - x) / dx : dx < 0 ? -x / dx : Infinity;
  const down = dy > 0 ? (size.height - y) / dy : dy < 0 ? -y / dy : Infinity;
  return Math.min(across, down);
}

/** Whether a handle of the crosshair lies within `reach` pixels. */
export function holdsHandle(lines: readonly CrosshairLine[], at: CanvasPoint, reach: number): boolean {
  return lines.some(({ handles }) => handles.some(([x, y]) => Math.hypot(x - at[0], y - at[1]) <= reach));
}
