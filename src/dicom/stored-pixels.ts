import { addToWords } from '../kernels/index.ts';
import type { Extremes, KernelMemory, WordCoding } from '../kernels/index.ts';
import type { SliceHeader } from './slice-header.ts';

/** The stored words of one slice: a view of the file where that is possible, else a copy. */
export type StoredWords = Uint8Array | Uint16Array;

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
export function storedWords(header: SliceHeader, file: Uint8Array): StoredWords {
  const { offset, swapped } = header.pixels;
  const end = offset + pixelBytes(header);
  if (file.length < end) throw new RangeError(`${header.name} is shorter than its pixels`);
  if (swapped) return swappedWords(header, file.subarray(offset, Math.min(end + (end % 2), file.length)));
  if (header.format.bitsAllocated === 8) return file.subarray(offset, end);
  const start = file.byteOffset + offset;
  if (start % 2 === 0) return new Uint16Array(file.buffer, start, header.columns * header.rows);
  // Not `slice`: Node's Buffer is a Uint8Array whose slice is a view of the same, possibly shared, memory.
  const copy = new Uint8Array(end - offset);
  copy.set(file.subarray(offset, end));
  return new Uint16Array(copy.buffer);
}

/** Words whose bytes are in big-endian order, turned round; 8-bit pixels in them come in swapped pairs. */
function swappedWords(header: SliceHeader, bytes: Uint8Array): StoredWords {
  const count = header.columns * header.rows;
  const turned = new Uint8Array(bytes.length + (bytes.length % 2));
  for (let index = 0; index < bytes.length; index++) turned[index ^ 1] = bytes[index]!;
  return header.format.bitsAllocated === 8 ? turned.subarray(0, count) : new Uint16Array(turned.buffer, 0, count);
}

/** Rescales one slice into `target`: stored bits masked and sign-extended, times slope plus intercept, rounded, clamped to 16 bits. */
export type Rescaler = (stored: StoredWords, target: Int16Array) => Losses;

/**
 * The rescaler for slices of one coding. `padding` values are treated like all others: they keep their rescaled value. With `kernels`
 * it is quick where `stored` and `target` lie in their memory.
 */
export function createRescaler(
  format: SliceHeader['format'],
  slope: number,
  intercept: number,
  kernels: KernelMemory | null = null,
): Rescaler {
  const { bitsStored, highBit, signed } = format;
  const rounded = !Number.isInteger(slope) || !Number.isInteger(intercept);
  const isSum = isSumOf(slope, intercept);
  const coding = codingOf(format, intercept);
  let table: { readonly values: Int16Array; readonly outside: Uint8Array } | null = null;
  return (stored, target) => {
    if (isSum && kernels !== null && stored.BYTES_PER_ELEMENT === 2 && liesIn(kernels, stored, target)) {
      if (staysInWords(addToWords(kernels, stored, target, coding), intercept)) return { clamped: 0, rounded: false };
    }
    table ??= tableOf(stored.BYTES_PER_ELEMENT * 8, (word) => {
      const raised = word << (31 - highBit);
      return (signed ? raised >> (32 - bitsStored) : raised >>> (32 - bitsStored)) * slope + intercept;
    });
    return { clamped: lookUp(stored, target, table.values, table.outside), rounded };
  };
}

/** How words of 16 bits are rescaled where they lie, when that only adds a whole number to them; null for any other coding. */
export function sumCoding(format: SliceHeader['format'], slope: number, intercept: number): WordCoding | null {
  return format.bitsAllocated === 16 && isSumOf(slope, intercept) ? codingOf(format, intercept) : null;
}

/** Bits above HighBit and below the stored ones may hold overlays or noise: shifting both ways masks and extends the sign at once. */
function codingOf({ bitsStored, highBit, signed }: SliceHeader['format'], intercept: number): WordCoding {
  return { left: 15 - highBit, right: 16 - bitsStored, signed, intercept };
}

/** Whether the sums with `intercept` of stored values between these fit into 16 bits. */
export function staysInWords({ smallest, largest }: Extremes, intercept: number): boolean {
  return smallest + intercept >= -32_768 && largest + intercept <= 32_767;
}

/** Whether rescaling only adds a whole number that two words of 16 bits can hold. */
function isSumOf(slope: number, intercept: number): boolean {
  return slope === 1 && Number.isInteger(intercept) && Math.abs(intercept) <= 65_535;
}

function liesIn({ memory }: KernelMemory, stored: StoredWords, target: Int16Array): boolean {
  return stored.buffer === memory.buffer && target.buffer === memory.buffer;
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

function lookUp(stored: StoredWords, target: Int16Array, values: Int16Array, outside: Uint8Array): number {
  let clamped = 0;
  for (let index = 0; index < stored.length; index++) {
    const word = stored[index]!;
    target[index] = values[word]!;
    clamped += outside[word]!;
  }
  return clamped;
}
