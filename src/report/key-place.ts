import { toWorld, voxelIndex, worldPoint } from '../geometry/index.ts';
import type { WorldPoint } from '../geometry/index.ts';
import { cutField, isResected, kindOf } from '../liver/index.ts';
import type { Cut } from '../liver/index.ts';
import type { Labels } from '../volume/index.ts';

/** Where the key images are taken and how much they have to show. */
export interface KeyPlace {
  /** In the middle of the cut inside the liver, else in the middle of the liver; always a voxel of the liver. */
  readonly point: WorldPoint;
  /** Corners of the box around the liver, LPS, mm. */
  readonly low: WorldPoint;
  readonly high: WorldPoint;
}

/** Every second voxel along each axis is enough to find a middle. */
const step = 2;

/** Finds the place for the key images; null when no voxel belongs to the liver. */
export function keyPlace(labels: Labels, cuts: readonly Cut[]): KeyPlace | null {
  const { grid, values } = labels;
  const [nx, ny, nz] = grid.size;
  const counts = Array.from({ length: 256 }, (_, label) => {
    const kind = kindOf(label);
    return kind !== null && kind !== 'outside';
  });
  const field = cutField(grid, cuts);
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const inside: number[] = [];
  const onCut: number[] = [];
  for (let k = 0; k < nz; k += 1) {
    for (let j = 0; j < ny; j += step) {
      for (let i = 0; i < nx; i += step) {
        const offset = i + nx * (j + ny * k);
        if (!counts[values[offset]!]!) continue;
        inside.push(offset);
        const world = toWorld(grid, voxelIndex(i, j, k));
        for (const axis of [0, 1, 2] as const) {
          low[axis] = Math.min(low[axis]!, world[axis]);
          high[axis] = Math.max(high[axis]!, world[axis]);
        }
        if (cuts.length === 0) continue;
        const side = isResected(field, i, j, k);
        if (
          side !== isResected(field, i + step, j, k) ||
          side !== isResected(field, i, j + step, k) ||
          side !== isResected(field, i, j, k + 1)
        ) {
          onCut.push(offset);
        }
      }
    }
  }
  if (inside.length === 0) return null;
  const chosen = nearestToMean(onCut.length > 0 ? onCut : inside, nx, ny);
  return {
    point: toWorld(grid, voxelIndex(...chosen)),
    low: worldPoint(low[0]!, low[1]!, low[2]!),
    high: worldPoint(high[0]!, high[1]!, high[2]!),
  };
}

/** The voxel among `offsets` that lies nearest to their mean, so that the key images always meet the liver. */
function nearestToMean(offsets: readonly number[], nx: number, ny: number): readonly [number, number, number] {
  const place = (offset: number): [number, number, number] => [
    offset % nx,
    Math.floor(offset / nx) % ny,
    Math.floor(offset / (nx * ny)),
  ];
  const mean = [0, 0, 0];
  for (const offset of offsets) place(offset).forEach((value, axis) => (mean[axis]! += value / offsets.length));
  let best = place(offsets[0]!);
  let least = Infinity;
  for (const offset of offsets) {
    const here = place(offset);
    const distance = Math.hypot(here[0] - mean[0]!, here[1] - mean[1]!, here[2] - mean[2]!);
    if (distance < least) {
      least = distance;
      best = here;
    }
  }
  return best;
}
