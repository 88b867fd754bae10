import { gridCentre } from './grid.ts';
import type { Grid } from './grid.ts';
import { between, dot, moved } from './points.ts';
import type { Direction, WorldPoint } from './points.ts';
import { rotate, shortestTurn } from './rotation.ts';
import type { Rotation } from './rotation.ts';
import { insideGrid, onSlice, sliceAt, viewFrame } from './view-frame.ts';
import type { SliceViewName, ViewFrame } from './view-frame.ts';

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
  return stepAlong(grid, normal);
}

/** The spacing of the voxels seen in a direction, mm: that of the axis along an axis, in between the distance of an ellipsoid's surface. */
export function stepAlong(grid: Grid, way: Direction): number {
  return Math.hypot(...grid.axes.map((axis, order) => dot(axis, way) * grid.spacing[order]!));
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

/** Which patient coordinate the slices of a view are stacked along. */
const stacked = { axial: 2, coronal: 1, sagittal: 0 } as const satisfies Record<SliceViewName, 0 | 1 | 2>;

/**
 * `focus` moved so that the view shows the plane `steps` further to the head, the back or the left (negative: feet, front, right): whole
 * slices while the view is straight, else its own spacing along its own normal. It stays where there is no further plane.
 */
export function scrolled(grid: Grid, frame: ViewFrame, focus: WorldPoint, steps: number): WorldPoint {
  const component = stacked[frame.view];
  if (frame.isStraight) {
    const way = grid.axes[frame.through][component] >= 0 ? 1 : -1;
    const slice = Math.min(grid.size[frame.through] - 1, Math.max(0, sliceAt(grid, frame, focus) + way * steps));
    return onSlice(grid, frame, focus, slice);
  }
  // The normal of the straight view decides, so that the way does not turn round while the view is turned.
  const way = viewFrame(grid, frame.view).normal[component] >= 0 ? 1 : -1;
  return movedAlong(grid, frame, focus, way * steps * stepOf(grid, frame));
}
