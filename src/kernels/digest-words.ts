import type { Kernels } from './kernel-memory.ts';

/** The two primes of the round. */
const prime1 = 0x9e37_79b1;
export const prime2 = 0x85eb_ca77;

/** Lanes of a digest; each takes a word of 32 bits in a round. */
export const digestLanes = 16;

/** 16-bit words in a round of all lanes. */
export const wordsInRound = 32;

/** Takes 16-bit words, a multiple of `wordsInRound`, two by two into the lanes of a digest (xxHash32's round): the plain definition. */
export function digestWordsPlainly(lanes: Int32Array, words: Int16Array): void {
  for (let from = 0; from < words.length; from += wordsInRound) {
    for (let lane = 0; lane < digestLanes; lane += 1) {
      const at = from + 2 * lane;
      const word = (words[at]! & 0xffff) | (words[at + 1]! << 16);
      const sum = (lanes[lane]! + Math.imul(word, prime2)) | 0;
      lanes[lane] = Math.imul((sum << 13) | (sum >>> 19), prime1);
    }
  }
}

/** The same by the kernel, where there is one: in place when the words lie in its memory, else through a window that they are copied along. */
export function digestWords(kernels: Kernels | null, lanes: Int32Array, words: Int16Array): void {
  if (kernels === null) {
    digestWordsPlainly(lanes, words);
    return;
  }
  const { memory, exports, countsAt, windowAt, windowBytes } = kernels;
  const state = new Int32Array(memory.buffer, countsAt, digestLanes);
  state.set(lanes);
  const inPlace = words.buffer === memory.buffer;
  const step = inPlace ? words.length : Math.floor(windowBytes / (2 * wordsInRound)) * wordsInRound;
  for (let from = 0; from < words.length; from += step) {
    const part = words.subarray(from, from + step);
    if (!inPlace) new Int16Array(memory.buffer, windowAt, part.length).set(part);
    exports.digestWords(inPlace ? part.byteOffset : windowAt, part.byteLength, countsAt);
  }
  lanes.set(state);
}

/** The digest of any number of 16-bit words, with zeros behind them to the end of a round: sixteen lanes. */
export function digestOf(words: Int16Array, kernels: Kernels | null): Int32Array {
  const lanes = freshLanes();
  const whole = words.length - (words.length % wordsInRound);
  digestWords(kernels, lanes, words.subarray(0, whole));
  digestWords(kernels, lanes, lastRound(words));
  return lanes;
}

/** The words behind the last whole round, which may be none, with zeros to the end of theirs. */
function lastRound(words: Int16Array): Int16Array {
  const last = new Int16Array(wordsInRound);
  last.set(words.subarray(words.length - (words.length % wordsInRound)));
  return last;
}

const firstLanes = Int32Array.from({ length: digestLanes }, (_, lane) => Math.imul(prime1, lane + 1));

/** The lanes of an empty digest: no two begin alike, so that words that change places change the digest. */
export function freshLanes(): Int32Array {
  return firstLanes.slice();
}
