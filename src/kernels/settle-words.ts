import { bitsOf, extremesAt } from './add-to-words.ts';
import type { Extremes, WordCoding } from './add-to-words.ts';
import { digestLanes, freshLanes } from './digest-words.ts';
import type { Kernels } from './kernel-memory.ts';

/** What became of words that were rescaled where they lie. */
export interface SettledWords {
  /** Of the words before the intercept was added, from which overflow is judged. */
  readonly extremes: Extremes;
  /** Of the values, as `digestOf` gives it. */
  readonly digest: Int32Array;
}

/** `addToWords` where the words lie in the memory of the kernels, and `digestOf` what became of them, in one pass. */
export function settleWords(kernels: Kernels, words: Int16Array, coding: WordCoding): SettledWords {
  const { memory, exports, countsAt } = kernels;
  const { mask, low, sign, add } = bitsOf(coding);
  const lanes = new Int32Array(memory.buffer, countsAt + 32, digestLanes);
  lanes.set(freshLanes());
  exports.settle(words.byteOffset, words.length, mask, low, sign, add, countsAt);
  return { extremes: extremesAt(kernels, countsAt, sign), digest: lanes.slice() };
}
