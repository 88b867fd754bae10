import { dot, toIndex, voxelIndex } from '../geometry/index.ts';
import type { Direction, Grid, VoxelIndex, WorldPoint } from '../geometry/index.ts';
import type { Labels, Volume } from './volume.ts';

/** A picture plane in the patient: pixel (column, row) has its centre at origin + column·step·right + row·step·down. */
export interface SliceFrame {
  /** Centre of the first pixel, LPS mm. */
  readonly origin: WorldPoint;
  readonly right: Direction;
  readonly down: Direction;
  readonly width: number;
  readonly height: number;
  /** Side of a pixel in mm. */
  readonly step: number;
}

/** The voxel nearest to a continuous index as a flat offset, or −1 when the index lies outside every voxel of the grid. */
export function nearestOffset(grid: Grid, index: VoxelIndex): number {
  const [nx, ny, nz] = grid.size;
  const i = Math.floor(index[0] + 0.5);
  const j = Math.floor(index[1] + 0.5);
  const k = Math.floor(index[2] + 0.5);
  if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz) return -1;
  return i + nx * (j + ny * k);
}

/** The image value at a place, linear between voxel centres; NaN outside the voxels of the volume. */
export function valueAt(volume: Volume, point: WorldPoint): number {
  const [i, j, k] = toIndex(volume.grid, point);
  return trilinear(volume.values, volume.grid.size, i, j, k);
}

/** The label of the voxel that holds the place; 0 outside. */
export function labelAt(labels: Labels, point: WorldPoint): number {
  const offset = nearestOffset(labels.grid, toIndex(labels.grid, point));
  return offset < 0 ? 0 : labels.values[offset]!;
}

/**
 * Linear interpolation in a flat array at a continuous index. Between the outermost centres and the outer faces of the voxels
 * (half a voxel) the outermost value holds; beyond that NaN.
 */
export function trilinear(
  values: Int16Array | Uint8Array | Float32Array,
  size: readonly [number, number, number],
  i: number,
  j: number,
  k: number,
): number {
  const [nx, ny, nz] = size;
  if (!(i >= -0.5 && i <= nx - 0.5 && j >= -0.5 && j <= ny - 0.5 && k >= -0.5 && k <= nz - 0.5)) return NaN;
  const x = Math.min(Math.max(i, 0), nx - 1);
  const y = Math.min(Math.max(j, 0), ny - 1);
  const z = Math.min(Math.max(k, 0), nz - 1);
  const i0 = Math.floor(x);
  const j0 = Math.floor(y);
  const k0 = Math.floor(z);
  const di = i0 + 1 < nx ? 1 : 0;
  const dj = j0 + 1 < ny ? nx : 0;
  const dk = k0 + 1 < nz ? nx * ny : 0;
  const u = x - i0;
  const v = y - j0;
  const w = z - k0;
  const at = i0 + nx * (j0 + ny * k0);
  const front =
    (values[at]! * (1 - u) + values[at + di]! * u) * (1 - v) +
    (values[at + dj]! * (1 - u) + values[at + dj + di]! * u) * v;
  const back =
    (values[at + dk]! * (1 - u) + values[at + dk + di]! * u) * (1 - v) +
    (values[at + dk + dj]! * (1 - u) + values[at + dk + dj + di]! * u) * v;
  return front * (1 - w) + back * w;
}

/** Calls `visit` for every pixel of the frame, row by row, with its continuous voxel index in `grid`. */
function walkFrame(
  grid: Grid,
  frame: SliceFrame,
  visit: (pixel: number, i: number, j: number, k: number) => void,
): void {
  const start = toIndex(grid, frame.origin);
  const along = (to: Direction): readonly [number, number, number] => [
    (dot(to, grid.axes[0]) * frame.step) / grid.spacing[0],
    (dot(to, grid.axes[1]) * frame.step) / grid.spacing[1],
    (dot(to, grid.axes[2]) * frame.step) / grid.spacing[2],
  ];
  const right = along(frame.right);
  const down = along(frame.down);
  for (let row = 0; row < frame.height; row += 1) {
    for (let column = 0; column < frame.width; column += 1) {
      visit(
        row * frame.width + column,
        start[0] + column * right[0] + row * down[0],
        start[1] + column * right[1] + row * down[1],
        start[2] + column * right[2] + row * down[2],
      );
    }
  }
}

/** The image on any plane, linear between voxel centres, row by row; NaN where the plane leaves the volume. */
export function sampleSlice(volume: Volume, frame: SliceFrame): Float32Array {
  const picture = new Float32Array(frame.width * frame.height);
  const { values, grid } = volume;
  walkFrame(grid, frame, (pixel, i, j, k) => {
    picture[pixel] = trilinear(values, grid.size, i, j, k);
  });
  return picture;
}

/** The labels on any plane, nearest voxel, row by row; 0 where the plane leaves the grid. */
export function sampleLabelSlice(labels: Labels, frame: SliceFrame): Uint8Array {
  const picture = new Uint8Array(frame.width * frame.height);
  const { values, grid } = labels;
  walkFrame(grid, frame, (pixel, i, j, k) => {
    const offset = nearestOffset(grid, voxelIndex(i, j, k));
    if (offset >= 0) picture[pixel] = values[offset]!;
  });
  return picture;
}
