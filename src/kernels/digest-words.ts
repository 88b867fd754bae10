import type { KernelMemory } from './kernel-memory.ts';

/** The two primes of the round. */
export const prime1 = 0x9e37_79b1;
export const prime2 = 0x85eb_ca77;

/** Turns the bits of a 32-bit word to the left. */
export function turned(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Takes words, a multiple of four of them, into the four lanes of a digest (xxHash32's round): the plain definition. */
export function digestWordsPlainly(lanes: Int32Array, words: Int32Array): void {
  let [a, b, c, d] = [lanes[0]!, lanes[1]!, lanes[2]!, lanes[3]!];
  for (let index = 0; index < words.length; index += 4) {
    a = Math.imul(turned((a + Math.imul(words[index]!, prime2)) | 0, 13), prime1);
    b = Math.imul(turned((b + Math.imul(words[index + 1]!, prime2)) | 0, 13), prime1);
    c = Math.imul(turned((c + Math.imul(words[index + 2]!, prime2)) | 0, 13), prime1);
    d = Math.imul(turned((d + Math.imul(words[index + 3]!, prime2)) | 0, 13), prime1);
  }
  lanes.set([a, b, c, d]);
}

/** The same by the kernel: in place when the words lie in its memory, else through a window that they are copied along. */
export function digestWords(kernels: KernelMemory, lanes: Int32Array, words: Int32Array): void {
  const { memory, exports, countsAt, windowAt, windowBytes } = kernels;
  const state = new Int32Array(memory.buffer, countsAt, 4);
  state.set(lanes);
  const inPlace = words.buffer === memory.buffer;
  const step = inPlace ? words.length : Math.floor(windowBytes / 16) * 4;
  for (let from = 0; from < words.length; from += step) {
    const part = words.subarray(from, from + step);
    if (!inPlace) new Int32Array(memory.buffer, windowAt, part.length).set(part);
    exports.digestWords(inPlace ? part.byteOffset : windowAt, part.byteLength, countsAt);
  }
  lanes.set(state);
}
