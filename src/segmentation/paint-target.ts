import { labelSet } from '../volume/index.ts';
import type { Labels, PatchBuilder, Volume } from '../volume/index.ts';
import type { PaintTarget } from './request.ts';

/**
 * A function that writes the target's label at a flat offset, where the voxel's label and image value allow it.
 * Throws RangeError on labels beyond 0 … 255.
 */
export function writerOf(
  volume: Volume,
  labels: Labels,
  target: PaintTarget,
  patch: PatchBuilder,
): (offset: number) => void {
  labelSet([target.label]);
  const over = target.over === null ? new Uint8Array(256).fill(1) : labelSet(target.over);
  const [low, high] = target.range ?? [-Infinity, Infinity];
  return (offset) => {
    const before = labels.values[offset]!;
    if (before === target.label || over[before] === 0) return;
    const value = volume.values[offset]!;
    if (value >= low && value <= high) patch.add(offset, before, target.label);
  };
}
