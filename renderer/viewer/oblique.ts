import { between, cross, dot, gridCentre, moved, rotate, shortestTurn } from '../../src/geometry/index.ts';
import type { Direction, Grid, Rotation, WorldPoint } from '../../src/geometry/index.ts';
import { insideGrid, viewFrame } from './frame.ts';
import type { SliceViewName, ViewFrame } from './frame.ts';
import { toCanvas } from './projection.ts';
import type { CanvasPoint, Projection } from './projection.ts';

/**
 * The frame of a view when the crosshair is turned. The normals of the three views turn together and stay at right angles; each picture
 * is brought there the shortest way, so that turning in one view leaves its own picture where it is.
 */
export function turnedFrame(grid: Grid, view: SliceViewName, turn: Rotation | null): ViewFrame {
  const straight = viewFrame(grid, view);
  if (turn === null) return straight;
  const normal = rotate(turn, straight.normal);
  // A hundredth of a mm over half a metre.
  if (normal.every((share, axis) => Math.abs(share - straight.normal[axis]!) < 2e-5)) return straight;
  const way = shortestTurn(straight.normal, normal, straight.up);
  return { ...straight, right: rotate(way, straight.right), up: rotate(way, straight.up), normal, isStraight: false };
}

/** How far an oblique view is tilted from its straight one, in degrees. */
export function tiltOf(grid: Grid, frame: ViewFrame): number {
  const { normal } = viewFrame(grid, frame.view);
  return (Math.acos(Math.min(1, Math.max(-1, dot(normal, frame.normal)))) * 180) / Math.PI;
}

/** The distance between two planes of a view that a notch of the wheel passes, in mm: the spacing of the voxels seen that way. */
export function stepOf(grid: Grid, { normal }: ViewFrame): number {
  return Math.hypot(...grid.axes.map((axis, order) => dot(axis, normal) * grid.spacing[order]!));
}

/** The middle of the picture: the point of the plane through `focus` that is nearest to the middle of the grid. */
export function planeCentre(grid: Grid, frame: ViewFrame, focus: WorldPoint): WorldPoint {
  const middle = gridCentre(grid);
  return moved(middle, frame.normal, dot(between(middle, focus), frame.normal));
}

/** Where the plane through `focus` lies in the box of voxel centres along the normal: 0 at the first corner, 1 at the last. */
export function shareAlong(grid: Grid, frame: ViewFrame, focus: WorldPoint): number {
  const half = halfDepth(grid, frame.normal);
  return half === 0 ? 0.5 : 0.5 + dot(between(gridCentre(grid), focus), frame.normal) / (2 * half);
}

function halfDepth(grid: Grid, normal: Direction): number {
  return grid.axes.reduce(
    (sum, axis, order) => sum + (Math.abs(dot(axis, normal)) * (grid.size[order]! - 1) * grid.spacing[order]!) / 2,
    0,
  );
}

/**
 * `focus` moved by `mm` along the view, kept inside the box of voxel centres without leaving its new plane; where the plane would miss
 * the box the focus stays.
 */
export function movedAlong(grid: Grid, frame: ViewFrame, focus: WorldPoint, mm: number): WorldPoint {
  const wanted = moved(focus, frame.normal, mm);
  let place = wanted;
  // Onto the plane and into the box in turn: this goes to a place in both, when there is one.
  for (let round = 0; round < 60; round += 1) {
    const inside = insideGrid(grid, place);
    const off = dot(between(inside, wanted), frame.normal);
    if (Math.abs(off) < 1e-6) return inside;
    place = moved(inside, frame.normal, off);
  }
  return focus;
}

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
