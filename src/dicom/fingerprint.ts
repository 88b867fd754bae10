import type { Grid } from '../geometry/index.ts';
import type { Volume } from '../volume/index.ts';

const prime1 = 0x9e37_79b1;
const prime2 = 0x85eb_ca77;
const prime3 = 0xc2b2_ae3d;

function turned(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function mixed(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85eb_ca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2_ae35);
  return h ^ (h >>> 16);
}

/** Four lanes of xxHash32's round over 32-bit words, folded to 64 bits: quick, and any changed voxel changes it. Not cryptographic. */
class Digest {
  private a = prime1;
  private b = prime2;
  private c = 0;
  private d = -prime1 | 0;
  private words = 0;

  /** Takes words in groups of four; missing ones count as zero, and the number of words is part of the digest. */
  add(words: Int32Array): void {
    let { a, b, c, d } = this;
    const whole = words.length - (words.length % 4);
    for (let index = 0; index < whole; index += 4) {
      a = Math.imul(turned((a + Math.imul(words[index]!, prime2)) | 0, 13), prime1);
      b = Math.imul(turned((b + Math.imul(words[index + 1]!, prime2)) | 0, 13), prime1);
      c = Math.imul(turned((c + Math.imul(words[index + 2]!, prime2)) | 0, 13), prime1);
      d = Math.imul(turned((d + Math.imul(words[index + 3]!, prime2)) | 0, 13), prime1);
    }
    for (let index = whole; index < words.length; index++) {
      a = Math.imul(turned((a + Math.imul(words[index]!, prime3)) | 0, 17), prime1);
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.words += words.length;
  }

  /** 16 hexadecimal digits. */
  finish(): string {
    const { a, b, c, d, words } = this;
    const high = mixed((turned(a, 1) + turned(b, 7) + Math.imul(turned(c, 12), prime3) + turned(d, 18) + words) | 0);
    const low = mixed((Math.imul(a ^ turned(c, 9), prime2) + turned(b ^ turned(d, 15), 5) + high) | 0);
    return [high, low].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

/** Grid numbers to a nanometre: beyond that, two engines may differ in the last bit of a square root. */
function gridWords(grid: Grid): Int32Array {
  const numbers = [...grid.size, ...grid.spacing, ...grid.origin, ...grid.axes.flat()];
  const rounded = Float64Array.from(numbers, (value) => Math.round(value * 1e6) + 0);
  return new Int32Array(rounded.buffer);
}

/** A digest of a volume's grid and voxels (16 hexadecimal digits): the same for the same series in any order of files. */
export function fingerprint(volume: Volume): string {
  const { values, grid } = volume;
  const digest = new Digest();
  digest.add(gridWords(grid));
  const even = values.length - (values.length % 2);
  const aligned = values.byteOffset % 4 === 0 ? values : values.slice();
  digest.add(new Int32Array(aligned.buffer, aligned.byteOffset, even / 2));
  if (even < values.length) digest.add(Int32Array.of(values[even]!));
  return digest.finish();
}
