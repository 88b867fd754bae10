import type { Grid } from '../geometry/index.ts';
import { digestLanes, digestOf, digestWords, freshLanes, prime2, wordsInRound } from '../kernels/index.ts';
import type { Kernels } from '../kernels/index.ts';
import type { Volume } from '../volume/index.ts';

/** A fingerprint in the making, that takes the slices of a volume in any order. */
export interface FingerprintInProgress {
  /** Takes the `digestOf` slice `index`, once. */
  readonly add: (index: number, digest: Int32Array) => void;
  /** 32 hexadecimal digits. */
  readonly finish: () => string;
}

/**
 * Each slice is digested for itself in sixteen lanes of xxHash32's round, so that none waits for those before it; the grid and these
 * digests in the order of the slices are digested again and folded to 128 bits. Quick, and any changed voxel changes it; not cryptographic.
 */
export function startFingerprint(grid: Grid, kernels: Kernels | null = null): FingerprintInProgress {
  const digests = new Int32Array(grid.size[2] * digestLanes);
  return {
    add: (index, digest) => digests.set(digest, index * digestLanes),
    finish: () => {
      const lanes = freshLanes();
      for (const { buffer } of [gridWords(grid), digests]) digestWords(kernels, lanes, new Int16Array(buffer));
      return [1, 2, 3, 4]
        .map((start) => hexOf(lanes.reduce((sum, lane) => mixed(Math.imul(sum, prime2) + lane), start)))
        .join('');
    },
  };
}

/** A digest of a volume's grid and voxels (32 hexadecimal digits): the same for the same series in any order of files. */
export function fingerprint({ grid, values }: Volume): string {
  const making = startFingerprint(grid);
  const perSlice = grid.size[0] * grid.size[1];
  for (let index = 0; index < grid.size[2]; index += 1) {
    making.add(index, digestOf(values.subarray(index * perSlice, (index + 1) * perSlice), null));
  }
  return making.finish();
}

/** Grid numbers to a nanometre, in whole rounds: beyond that, two engines may differ in the last bit of a square root. */
function gridWords(grid: Grid): Float64Array {
  const numbers = [...grid.size, ...grid.spacing, ...grid.origin, ...grid.axes.flat()];
  const inRound = (wordsInRound * Int16Array.BYTES_PER_ELEMENT) / Float64Array.BYTES_PER_ELEMENT;
  const words = new Float64Array(Math.ceil(numbers.length / inRound) * inRound);
  words.set(numbers.map((value) => Math.round(value * 1e6) + 0));
  return words;
}

/** The last mixing of MurmurHash3: every bit reaches every other. */
function mixed(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85eb_ca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2_ae35);
  return h ^ (h >>> 16);
}

function hexOf(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
