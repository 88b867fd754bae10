import type { Grid } from '../geometry/index.ts';
import { digestWords, digestWordsPlainly, prime1, prime2, turned } from '../kernels/index.ts';
import type { KernelMemory } from '../kernels/index.ts';
import type { Volume } from '../volume/index.ts';

const prime3 = 0xc2b2_ae3d;
/** Two voxels are a word, and four words a round. */
const voxelsInRound = 8;

function mixed(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85eb_ca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2_ae35);
  return h ^ (h >>> 16);
}

/** Grid numbers to a nanometre: beyond that, two engines may differ in the last bit of a square root. */
function gridWords(grid: Grid): Int32Array {
  const numbers = [...grid.size, ...grid.spacing, ...grid.origin, ...grid.axes.flat()];
  const rounded = Float64Array.from(numbers, (value) => Math.round(value * 1e6) + 0);
  return new Int32Array(rounded.buffer);
}

/** A fingerprint in the making, that takes the voxels of a volume in their order, however they are cut into parts. */
export interface FingerprintInProgress {
  readonly add: (voxels: Int16Array) => void;
  /** 16 hexadecimal digits. */
  readonly finish: () => string;
}

/**
 * Four lanes of xxHash32's round over 32-bit words, folded to 64 bits: quick, and any changed voxel changes it. Not cryptographic.
 * Missing words of the last round count for themselves, and the number of words is part of the digest.
 */
export function startFingerprint(grid: Grid, kernels: KernelMemory | null = null): FingerprintInProgress {
  const lanes = Int32Array.of(prime1, prime2, 0, -prime1);
  let words = 0;
  const left = new Int16Array(voxelsInRound);
  let leftCount = 0;
  const take = (part: Int32Array): void => {
    if (kernels === null) digestWordsPlainly(lanes, part);
    else digestWords(kernels, lanes, part);
    words += part.length;
  };
  take(gridWords(grid));
  return {
    add: (voxels) => {
      let from = 0;
      if (leftCount > 0) {
        from = Math.min(voxelsInRound - leftCount, voxels.length);
        left.set(voxels.subarray(0, from), leftCount);
        leftCount += from;
        if (leftCount < voxelsInRound) return;
        take(new Int32Array(left.buffer));
        leftCount = 0;
      }
      const whole = from + Math.floor((voxels.length - from) / voxelsInRound) * voxelsInRound;
      if (whole > from) {
        const part = voxels.subarray(from, whole);
        const aligned = part.byteOffset % 4 === 0 ? part : part.slice();
        take(new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length / 2));
      }
      leftCount = voxels.length - whole;
      left.set(voxels.subarray(whole));
    },
    finish: () => {
      const last = [...new Int32Array(left.buffer, 0, leftCount >> 1), ...left.subarray(leftCount & ~1, leftCount)];
      const [b, c, d] = [lanes[1]!, lanes[2]!, lanes[3]!];
      const a = last.reduce(
        (sum, word) => Math.imul(turned((sum + Math.imul(word, prime3)) | 0, 17), prime1),
        lanes[0]!,
      );
      const count = words + last.length;
      const high = mixed((turned(a, 1) + turned(b, 7) + Math.imul(turned(c, 12), prime3) + turned(d, 18) + count) | 0);
      const low = mixed((Math.imul(a ^ turned(c, 9), prime2) + turned(b ^ turned(d, 15), 5) + high) | 0);
      return [high, low].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
}

/** A digest of a volume's grid and voxels (16 hexadecimal digits): the same for the same series in any order of files. */
export function fingerprint({ grid, values }: Volume): string {
  const making = startFingerprint(grid);
  making.add(values);
  return making.finish();
}
