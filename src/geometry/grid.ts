import { cross, direction, dot, voxelIndex, worldPoint } from './points.ts';
import type { Direction, VoxelIndex, WorldPoint } from './points.ts';
import { millilitres, millimetres } from './units.ts';
import type { Millilitres, Millimetres } from './units.ts';

/** Number of voxels along i, j and k: whole and positive. */
export type GridSize = readonly [number, number, number];

/**
 * The sampling grid of a volume: voxel (i, j, k) has its centre at origin + i·spacing₀·axes₀ + j·spacing₁·axes₁ + k·spacing₂·axes₂.
 * `i` runs fastest in memory. Axes are orthonormal and right- or left-handed as the scan has them; nothing here has a default.
 */
export interface Grid {
  readonly size: GridSize;
  /** Distance between voxel centres in mm along each axis, from positions, never from SliceThickness. */
  readonly spacing: readonly [Millimetres, Millimetres, Millimetres];
  /** Centre of voxel (0, 0, 0). */
  readonly origin: WorldPoint;
  readonly axes: readonly [Direction, Direction, Direction];
}

/** How far from orthogonal two axes may be (cosine): six-digit direction cosines pass, a gantry tilt of 0.1° does not. */
const orthogonalTolerance = 1e-3;

/** A grid from plain numbers; throws RangeError on empty sizes, spacings that are not positive, or axes that are not orthogonal. */
export function createGrid(parts: {
  readonly size: readonly [number, number, number];
  readonly spacing: readonly [number, number, number];
  readonly origin: readonly [number, number, number];
  readonly axes: readonly [
    readonly [number, number, number],
    readonly [number, number, number],
    readonly [number, number, number],
  ];
}): Grid {
  for (const count of parts.size) {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`A grid needs whole positive sizes, got ${count}`);
  }
  for (const step of parts.spacing) {
    if (!(step > 0) || !Number.isFinite(step)) throw new RangeError(`A grid needs positive spacing, got ${step}`);
  }
  const axes = parts.axes.map((axis) => direction(...axis)) as unknown as Grid['axes'];
  const pairs = [dot(axes[0], axes[1]), dot(axes[0], axes[2]), dot(axes[1], axes[2])];
  if (pairs.some((cosine) => Math.abs(cosine) > orthogonalTolerance)) {
    throw new RangeError(`The axes of a grid must be orthogonal; their cosines are ${pairs.join(', ')}`);
  }
  const [x, y, z] = parts.spacing;
  return {
    size: [...parts.size],
    spacing: [millimetres(x), millimetres(y), millimetres(z)],
    origin: worldPoint(...parts.origin),
    axes,
  };
}

/** Where the (continuous) voxel index lies in the patient. */
export function toWorld(grid: Grid, index: VoxelIndex): WorldPoint {
  const { origin, axes, spacing } = grid;
  const i = index[0] * spacing[0];
  const j = index[1] * spacing[1];
  const k = index[2] * spacing[2];
  return worldPoint(
    origin[0] + i * axes[0][0] + j * axes[1][0] + k * axes[2][0],
    origin[1] + i * axes[0][1] + j * axes[1][1] + k * axes[2][1],
    origin[2] + i * axes[0][2] + j * axes[1][2] + k * axes[2][2],
  );
}

/** The continuous voxel index of a place in the patient (exact inverse for orthonormal axes; may lie outside the grid). */
export function toIndex(grid: Grid, point: WorldPoint): VoxelIndex {
  const { origin, axes, spacing } = grid;
  const offset = [point[0] - origin[0], point[1] - origin[1], point[2] - origin[2]] as const;
  return voxelIndex(
    dot(offset, axes[0]) / spacing[0],
    dot(offset, axes[1]) / spacing[1],
    dot(offset, axes[2]) / spacing[2],
  );
}

/** Volume of one voxel in mL. */
export function voxelVolume(grid: Grid): Millilitres {
  return millilitres((grid.spacing[0] * grid.spacing[1] * grid.spacing[2]) / 1000);
}

/** Number of voxels in the grid. */
export function voxelCount(grid: Grid): number {
  return grid.size[0] * grid.size[1] * grid.size[2];
}

/** Position of voxel (i, j, k) in a flat array, `i` fastest. No bounds check. */
export function offsetOf(grid: Grid, i: number, j: number, k: number): number {
  return i + grid.size[0] * (j + grid.size[1] * k);
}

/** Centre of the box of voxels. */
export function gridCentre(grid: Grid): WorldPoint {
  return toWorld(grid, voxelIndex((grid.size[0] - 1) / 2, (grid.size[1] - 1) / 2, (grid.size[2] - 1) / 2));
}

/** Whether two grids sample the same places: same size, and all eight corner voxels within `tolerance` mm (default 0.01). */
export function sameGrid(a: Grid, b: Grid, tolerance = 0.01): boolean {
  if (a.size.some((count, axis) => count !== b.size[axis])) return false;
  const far = [0, 1] as const;
  for (const u of far) {
    for (const v of far) {
      for (const w of far) {
        const corner = voxelIndex(u * (a.size[0] - 1), v * (a.size[1] - 1), w * (a.size[2] - 1));
        const p = toWorld(a, corner);
        const q = toWorld(b, corner);
        if (Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) > tolerance) return false;
      }
    }
  }
  return true;
}

/** Whether the axes form a right-handed system (axis₀ × axis₁ = axis₂). */
export function isRightHanded(grid: Grid): boolean {
  return dot(cross(grid.axes[0], grid.axes[1]), grid.axes[2]) > 0;
}
