import { toIndex, toWorld } from './grid.ts';
import type { Grid } from './grid.ts';
import { cross, direction, dot, voxelIndex } from './points.ts';
import type { Direction, WorldPoint } from './points.ts';

/** The three planes of anatomy that 2D views look at. */
export type SliceViewName = 'axial' | 'coronal' | 'sagittal';
/** An axis of the voxels. */
export type GridAxis = 0 | 1 | 2;

/** One way along a grid axis. */
export interface GridStep {
  readonly axis: GridAxis;
  readonly sign: 1 | -1;
}

/**
 * How a 2D view looks at a grid. The three views follow the grid's own axes, each given to the anatomical plane it is nearest to, so
 * that every view shows true slices of voxels also in an oblique acquisition; the letters then name the oblique directions.
 */
export interface ViewFrame {
  readonly view: SliceViewName;
  /** Where the screen's right and its bottom point in the grid. */
  readonly across: GridStep;
  readonly down: GridStep;
  /** The axis the slices are stacked along. */
  readonly through: GridAxis;
  readonly right: Direction;
  readonly up: Direction;
  /** From the picture towards the viewer: right × up. */
  readonly normal: Direction;
  /** Whether it looks along the grid: then the picture is one slice of voxels and can be drawn in. */
  readonly isStraight: boolean;
}

/** Screen right and screen bottom in LPS: the patient's left and back (axial), left and feet (coronal), back and feet (sagittal). */
const anatomical = {
  axial: { across: [1, 0, 0], down: [0, 1, 0], right: 0, bottom: 1 },
  coronal: { across: [1, 0, 0], down: [0, 0, -1], right: 0, bottom: 2 },
  sagittal: { across: [0, 1, 0], down: [0, 0, -1], right: 1, bottom: 2 },
} as const satisfies Record<SliceViewName, unknown>;

const permutations: readonly (readonly [GridAxis, GridAxis, GridAxis])[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

/** Which grid axis runs (nearest to) left, back and head: the assignment with the greatest sum of cosines. */
export function anatomicalAxes(grid: Grid): readonly [left: GridAxis, back: GridAxis, head: GridAxis] {
  const closeness = (axes: readonly [GridAxis, GridAxis, GridAxis]): number =>
    axes.reduce<number>((sum, axis, component) => sum + Math.abs(grid.axes[axis][component]!), 0);
  return permutations.reduce((best, next) => (closeness(next) > closeness(best) + 1e-9 ? next : best));
}

/** The frame of a 2D view on `grid`, in radiological convention. */
export function viewFrame(grid: Grid, view: SliceViewName): ViewFrame {
  const axes = anatomicalAxes(grid);
  const wanted = anatomical[view];
  const step = (component: 0 | 1 | 2, towards: readonly [number, number, number]): GridStep => {
    const axis = axes[component];
    return { axis, sign: dot(grid.axes[axis], towards) >= 0 ? 1 : -1 };
  };
  const across = step(wanted.right, wanted.across);
  const down = step(wanted.bottom, wanted.down);
  const right = along(grid, across);
  const up = along(grid, { axis: down.axis, sign: down.sign === 1 ? -1 : 1 });
  return {
    view,
    across,
    down,
    through: (3 - across.axis - down.axis) as GridAxis,
    right,
    up,
    normal: cross(right, up),
    isStraight: true,
  };
}

function along(grid: Grid, step: GridStep): Direction {
  const [x, y, z] = grid.axes[step.axis];
  return direction(x * step.sign, y * step.sign, z * step.sign);
}

/** The slice of the view that shows `point`: the nearest one, kept inside the grid. */
export function sliceAt(grid: Grid, frame: ViewFrame, point: WorldPoint): number {
  const last = grid.size[frame.through] - 1;
  return Math.min(last, Math.max(0, Math.round(toIndex(grid, point)[frame.through])));
}

/** `point` moved along the view's axis to the middle of `slice`; the other two coordinates stay. */
export function onSlice(grid: Grid, frame: ViewFrame, point: WorldPoint, slice: number): WorldPoint {
  const index = [...toIndex(grid, point)] as [number, number, number];
  index[frame.through] = slice;
  return toWorld(grid, voxelIndex(...index));
}

/** `point` kept inside the box of voxel centres. */
export function insideGrid(grid: Grid, point: WorldPoint): WorldPoint {
  const index = toIndex(grid, point);
  const kept = ([0, 1, 2] as const).map((axis) => Math.min(grid.size[axis] - 1, Math.max(0, index[axis])));
  return toWorld(grid, voxelIndex(kept[0]!, kept[1]!, kept[2]!));
}

/** Extent of the view's picture in mm: whole voxels, edge to edge. */
export function pictureSize(grid: Grid, frame: ViewFrame): readonly [width: number, height: number] {
  const extent = (axis: GridAxis): number => grid.size[axis] * grid.spacing[axis];
  return [extent(frame.across.axis), extent(frame.down.axis)];
}
