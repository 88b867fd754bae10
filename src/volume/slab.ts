import { moved } from '../geometry/index.ts';
import type { Direction, WorldPoint } from '../geometry/index.ts';
import { valueAt } from './sampling.ts';
import type { Volume } from './volume.ts';

/** What a thick slab shows of the values one behind the other. */
export type SlabMode = 'maximum' | 'minimum' | 'mean';

/**
 * The value of a slab of `thicknessMm` with its middle at `point`, seen along `normal`: maximum, minimum or mean of linearly interpolated
 * samples from face to face, at most half the smallest spacing apart. NaN when the slab lies outside the volume there.
 */
export function slabValueAt(
  volume: Volume,
  point: WorldPoint,
  normal: Direction,
  thicknessMm: number,
  mode: SlabMode,
): number {
  const half = Math.max(1, Math.ceil(thicknessMm / Math.min(...volume.grid.spacing)));
  let count = 0;
  let sum = 0;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let step = -half; step <= half; step += 1) {
    const value = valueAt(volume, moved(point, normal, (step / half) * (thicknessMm / 2)));
    if (Number.isNaN(value)) continue;
    count += 1;
    sum += value;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  if (count === 0) return NaN;
  return { maximum: highest, minimum: lowest, mean: sum / count }[mode];
}
