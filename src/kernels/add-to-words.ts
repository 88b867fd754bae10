import type { KernelMemory } from './kernel-memory.ts';

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
  kernels: KernelMemory,
  words: Uint8Array | Uint16Array,
  target: Int16Array,
  { left, right, signed, intercept }: WordCoding,
): Extremes {
  const { memory, exports, countsAt } = kernels;
  const count = words.byteLength >> 1;
  if (words.buffer !== memory.buffer || target.buffer !== memory.buffer || target.length < count) {
    throw new RangeError('The words and their target must lie in the memory of the kernels');
  }
  exports.addToWords(words.byteOffset, target.byteOffset, count, left, right, signed ? 1 : 0, intercept, countsAt);
  const [smallest, largest] = new Int32Array(memory.buffer, countsAt, 2);
  return { smallest: smallest!, largest: largest! };
}
