import type { Kernels } from './kernel-memory.ts';

/** How 16-bit words are coded, and what is added to them: `((word << left) >> right) + intercept` in 16 bits. */
export interface WordCoding {
  readonly left: number;
  readonly right: number;
  readonly signed: boolean;
  readonly intercept: number;
}

/** The smallest and the largest word before the intercept is added. */
export interface Extremes {
  readonly smallest: number;
  readonly largest: number;
}

/** Writes the words to `target`, wrapped to 16 bits: the plain definition. Of no words the extremes are the wrong way round. */
export function addToWordsPlainly(words: Uint16Array, target: Int16Array, coding: WordCoding): Extremes {
  const { left, right, signed, intercept } = coding;
  let [smallest, largest] = signed ? [32_767, -32_768] : [65_535, 0];
  for (const [index, word] of words.entries()) {
    const shifted = (word << left) & 0xffff;
    const value = signed ? ((shifted << 16) >> 16) >> right : shifted >>> right;
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
    target[index] = value + intercept;
  }
  return { smallest, largest };
}

/** The same by the kernel. `words` and `target` lie in its memory (anywhere, also at odd addresses of bytes): apart, or in one place. */
export function addToWords(
  kernels: Kernels,
  words: Uint8Array | Uint16Array,
  target: Int16Array,
  coding: WordCoding,
): Extremes {
  const { memory, exports, countsAt } = kernels;
  const { mask, low, sign, add } = bitsOf(coding);
  const count = words.byteLength >> 1;
  if (words.buffer !== memory.buffer || target.buffer !== memory.buffer || target.length < count) {
    throw new RangeError('The words and their target must lie in the memory of the kernels');
  }
  exports.addToWords(words.byteOffset, target.byteOffset, count, mask, low, sign, add, countsAt);
  return extremesAt(kernels, countsAt, sign);
}

/** The same for the kernels: which bits are the number, how far from the lowest, the bit of its sign, and what is added then. */
export function bitsOf({ left, right, signed, intercept }: WordCoding): {
  readonly mask: number;
  readonly low: number;
  readonly sign: number;
  readonly add: number;
} {
  const bits = 16 - right;
  const low = right - left;
  const sign = signed ? 1 << (bits - 1) : 0;
  return { mask: ((1 << bits) - 1) << low, low, sign, add: intercept - sign };
}

/** What a kernel left of numbers whose bit of the sign it had turned round. */
export function extremesAt({ memory }: Kernels, at: number, sign: number): Extremes {
  const [smallest, largest] = new Int32Array(memory.buffer, at, 2);
  return { smallest: smallest! - sign, largest: largest! - sign };
}
