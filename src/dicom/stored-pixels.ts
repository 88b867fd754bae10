import type { SliceHeader } from './slice-header.ts';

/** How many bytes the pixels of a slice take in its file. */
export function pixelBytes(header: SliceHeader): number {
  return header.columns * header.rows * (header.format.bitsAllocated / 8);
}

/** What became of values that do not fit a signed 16-bit whole number. */
export interface Losses {
  /** Voxels whose value lay outside −32 768 … 32 767 and was set to the nearer end. */
  readonly clamped: number;
  /** Whether slope or intercept made fractions that were rounded. */
  readonly rounded: boolean;
}

/** The stored words of an uncompressed slice: a view of the file's bytes where they are aligned, a copy where not. */
export function storedWords(header: SliceHeader, file: Uint8Array): Uint8Array | Uint16Array {
  const { offset, swapped } = header.pixels;
  const end = offset + pixelBytes(header);
  if (file.length < end) throw new RangeError(`${header.name} is shorter than its pixels`);
  if (swapped) return swappedWords(header, file.subarray(offset, Math.min(end + (end % 2), file.length)));
  if (header.format.bitsAllocated === 8) return file.subarray(offset, end);
  const start = file.byteOffset + offset;
  // Four, not two: the quick path takes two words at a time.
  if (start % 4 === 0) return new Uint16Array(file.buffer, start, header.columns * header.rows);
  // Not `slice`: Node's Buffer is a Uint8Array whose slice is a view of the same, possibly shared, memory.
  const copy = new Uint8Array(end - offset);
  copy.set(file.subarray(offset, end));
  return new Uint16Array(copy.buffer);
}

/** Words whose bytes are in big-endian order, turned round; 8-bit pixels in them come in swapped pairs. */
function swappedWords(header: SliceHeader, bytes: Uint8Array): Uint8Array | Uint16Array {
  const count = header.columns * header.rows;
  const turned = new Uint8Array(bytes.length + (bytes.length % 2));
  for (let index = 0; index < bytes.length; index++) turned[index ^ 1] = bytes[index]!;
  return header.format.bitsAllocated === 8 ? turned.subarray(0, count) : new Uint16Array(turned.buffer, 0, count);
}

/** Rescales one slice into `target`: stored bits masked and sign-extended, times slope plus intercept, rounded, clamped to 16 bits. */
export type Rescaler = (stored: Uint8Array | Uint16Array, target: Int16Array) => Losses;

/** The rescaler for slices of one coding. `padding` values are treated like all others: they keep their rescaled value. */
export function createRescaler(format: SliceHeader['format'], slope: number, intercept: number): Rescaler {
  const { bitsStored, highBit, signed } = format;
  // Bits above HighBit and below the stored ones may hold overlays or noise: shifting both ways masks and extends the sign at once.
  const left = 31 - highBit;
  const right = 32 - bitsStored;
  const rounded = !Number.isInteger(slope) || !Number.isInteger(intercept);
  let table: { readonly values: Int16Array; readonly outside: Uint8Array } | null = null;
  return (stored, target) => {
    if (slope === 1 && Number.isInteger(intercept)) {
      if (!signed && addToPairs(stored, target, (2 << highBit) - 1, right, intercept))
        return { clamped: 0, rounded: false };
      const overflow = signed
        ? addSigned(stored, target, left, right, intercept)
        : addUnsigned(stored, target, left, right, intercept);
      if (overflow === 0) return { clamped: 0, rounded: false };
    }
    table ??= tableOf(stored.BYTES_PER_ELEMENT * 8, (word) => {
      const value = signed ? (word << left) >> right : (word << left) >>> right;
      return value * slope + intercept;
    });
    return { clamped: lookUp(stored, target, table.values, table.outside), rounded };
  };
}

/**
 * Adds the intercept to two unsigned words at a time, the load's hot loop. False (and `target` undefined) when the words can not be
 * taken in pairs, hold bits outside the stored ones, or could leave 16 bits.
 */
function addToPairs(
  stored: Uint8Array | Uint16Array,
  target: Int16Array,
  mask: number,
  right: number,
  intercept: number,
): boolean {
  const startsAtBitZero = mask === 2 ** (32 - right) - 1;
  if (!startsAtBitZero || stored.BYTES_PER_ELEMENT !== 2 || stored.length % 2 !== 0) return false;
  if (stored.byteOffset % 4 !== 0 || target.byteOffset % 4 !== 0 || intercept < -32_768 || intercept > 32_767)
    return false;
  const pairs = new Int32Array(stored.buffer, stored.byteOffset, stored.length / 2);
  const sums = new Int32Array(target.buffer, target.byteOffset, stored.length / 2);
  const both = (intercept << 16) | (intercept & 0xffff);
  // The top bit of each half is added without carry, so that no half reaches into its neighbour.
  const low = both & 0x7fff_7fff;
  const top = both & 0x8000_8000;
  const length = pairs.length;
  let seen = 0;
  for (let index = 0; index < length; index++) {
    const pair = pairs[index]!;
    seen |= pair;
    sums[index] = ((pair & 0x7fff_7fff) + low) ^ ((pair ^ top) & 0x8000_8000);
  }
  const largest = (seen | (seen >>> 16)) & 0xffff;
  return (largest & ~mask) === 0 && largest + intercept <= 32_767;
}

/** Adds the intercept; answers with bits set where a sum did not fit into 16 bits. No branch in the loop. */
function addUnsigned(
  stored: Uint8Array | Uint16Array,
  target: Int16Array,
  left: number,
  right: number,
  intercept: number,
): number {
  let overflow = 0;
  for (let index = 0; index < stored.length; index++) {
    const value = (((stored[index]! << left) >>> right) + intercept) | 0;
    target[index] = value;
    overflow |= value ^ ((value << 16) >> 16);
  }
  return overflow;
}

function addSigned(
  stored: Uint8Array | Uint16Array,
  target: Int16Array,
  left: number,
  right: number,
  intercept: number,
): number {
  let overflow = 0;
  for (let index = 0; index < stored.length; index++) {
    const value = (((stored[index]! << left) >> right) + intercept) | 0;
    target[index] = value;
    overflow |= value ^ ((value << 16) >> 16);
  }
  return overflow;
}

/** One entry per stored word: cheaper than arithmetic per voxel, and rounding and clamping are settled once. */
function tableOf(bits: number, valueOf: (word: number) => number): { values: Int16Array; outside: Uint8Array } {
  const values = new Int16Array(1 << bits);
  const outside = new Uint8Array(1 << bits);
  for (let word = 0; word < values.length; word++) {
    const value = Math.round(valueOf(word));
    values[word] = Math.max(-32_768, Math.min(32_767, value));
    outside[word] = value < -32_768 || value > 32_767 ? 1 : 0;
  }
  return { values, outside };
}

function lookUp(stored: Uint8Array | Uint16Array, target: Int16Array, values: Int16Array, outside: Uint8Array): number {
  let clamped = 0;
  for (let index = 0; index < stored.length; index++) {
    const word = stored[index]!;
    target[index] = values[word]!;
    clamped += outside[word]!;
  }
  return clamped;
}
