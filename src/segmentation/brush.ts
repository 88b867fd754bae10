import { dot, toIndex } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import { createPatchBuilder, failure, success } from '../volume/index.ts';
import type { Labels, Outcome, Volume, VoxelPatch } from '../volume/index.ts';
import { writerOf } from './paint-target.ts';
import type { BrushRequest } from './request.ts';

/** Three numbers along the grid's axes, in mm from the centre of voxel (0, 0, 0). */
type Triple = readonly [number, number, number];

/** Slack in mm against rounding where a voxel lies exactly on the rim or the plane exactly between two slices. */
const slack = 1e-6;

/**
 * A stroke of a round brush: every voxel whose centre lies within the radius of the path (a swept ball), or, with a normal, every
 * voxel that the plane through the path crosses and whose centre, seen along the normal, lies within the radius (a swept disc one
 * voxel thick). Lengths are mm on any grid; the cost is that of the voxels under the brush.
 */
export function paintBrush(volume: Volume, labels: Labels, request: BrushRequest): Outcome<VoxelPatch> {
  const { grid } = labels;
  if (!(request.radiusMm > 0) || !Number.isFinite(request.radiusMm)) {
    return failure('brush_radius', `The brush needs a radius above 0 mm, got ${request.radiusMm}.`);
  }
  const path = request.path.map((point): Triple => {
    const index = toIndex(grid, point);
    return [index[0] * grid.spacing[0], index[1] * grid.spacing[1], index[2] * grid.spacing[2]];
  });
  const patch = createPatchBuilder();
  const normal = request.normal;
  const disc =
    normal === null
      ? null
      : ([dot(normal, grid.axes[0]), dot(normal, grid.axes[1]), dot(normal, grid.axes[2])] as const);
  const reach = reachOf(grid, request.radiusMm, disc);
  const box = boxAround(grid, path, reach);
  if (box === null) return success(patch.build());

  const [width, height, depth] = box.size;
  const touched = new Uint8Array(width * height * depth);
  path.forEach((to, index) => {
    if (index > 0 || path.length === 1) {
      sweep(grid, box, touched, path[Math.max(0, index - 1)]!, to, request.radiusMm, disc, reach);
    }
  });
  const write = writerOf(volume, labels, request, patch);
  for (let k = 0, at = 0; k < depth; k += 1) {
    for (let j = 0; j < height; j += 1) {
      const row = box.low[0] + grid.size[0] * (box.low[1] + j + grid.size[1] * (box.low[2] + k));
      for (let i = 0; i < width; i += 1, at += 1) if (touched[at] === 1) write(row + i);
    }
  }
  return success(patch.build());
}

/** Half the extent of a voxel along the normal: a plane nearer to its centre crosses it. */
function halfThickness(grid: Grid, normal: Triple): number {
  return (
    (Math.abs(normal[0]) * grid.spacing[0] +
      Math.abs(normal[1]) * grid.spacing[1] +
      Math.abs(normal[2]) * grid.spacing[2]) /
    2
  );
}

/** How far along each axis a dab reaches from its centre, in mm. */
function reachOf(grid: Grid, radius: number, normal: Triple | null): Triple {
  if (normal === null) return [radius, radius, radius];
  const thickness = halfThickness(grid, normal);
  const along = (n: number): number => radius * Math.sqrt(Math.max(0, 1 - n * n)) + thickness * Math.abs(n);
  return [along(normal[0]), along(normal[1]), along(normal[2])];
}

interface Box {
  readonly low: Triple;
  readonly size: Triple;
}

/** The voxels within reach of the points, or null when they all lie outside the grid. */
function boxAround(grid: Grid, points: readonly Triple[], reach: Triple): Box | null {
  if (points.length === 0) return null;
  const range = ([0, 1, 2] as const).map((axis) => {
    const along = points.reduce<readonly [number, number]>(
      ([low, high], point) => [Math.min(low, point[axis]), Math.max(high, point[axis])] as const,
      [Infinity, -Infinity],
    );
    const low = Math.max(0, Math.ceil((along[0] - reach[axis] - slack) / grid.spacing[axis]));
    const high = Math.min(grid.size[axis] - 1, Math.floor((along[1] + reach[axis] + slack) / grid.spacing[axis]));
    return [low, high - low + 1] as const;
  });
  if (range.some(([, count]) => count <= 0)) return null;
  return {
    low: [range[0]![0], range[1]![0], range[2]![0]],
    size: [range[0]![1], range[1]![1], range[2]![1]],
  };
}

/** Marks the voxels of `box` under a dab moved straight from `from` to `to`. */
function sweep(
  grid: Grid,
  box: Box,
  touched: Uint8Array,
  from: Triple,
  to: Triple,
  radius: number,
  normal: Triple | null,
  reach: Triple,
): void {
  const part = boxAround(grid, [from, to], reach);
  if (part === null) return;
  const move: Triple = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const rise = normal === null ? 0 : dot(move, normal);
  // For a disc, lengths count as seen along the normal: take the normal's part out.
  const moved = dot(move, move) - rise * rise;
  const limit = (radius + slack) ** 2;
  const half = normal === null ? 0 : halfThickness(grid, normal);
  for (let k = part.low[2]; k < part.low[2] + part.size[2]; k += 1) {
    for (let j = part.low[1]; j < part.low[1] + part.size[1]; j += 1) {
      const row = box.size[0] * (j - box.low[1] + box.size[1] * (k - box.low[2])) - box.low[0];
      for (let i = part.low[0]; i < part.low[0] + part.size[0]; i += 1) {
        const x = i * grid.spacing[0] - from[0];
        const y = j * grid.spacing[1] - from[1];
        const z = k * grid.spacing[2] - from[2];
        const height = normal === null ? 0 : x * normal[0] + y * normal[1] + z * normal[2];
        const along = x * move[0] + y * move[1] + z * move[2] - height * rise;
        const share = moved > 0 ? Math.min(1, Math.max(0, along / moved)) : 0;
        const squared = x * x + y * y + z * z - height * height - share * (2 * along - share * moved);
        if (squared > limit) continue;
        if (normal !== null) {
          const above = height - share * rise;
          if (above <= -half + slack || above > half + slack) continue;
        }
        touched[row + i] = 1;
      }
    }
  }
}
