export { createKernels } from './kernel-memory.ts';
export type { KernelMemory } from './kernel-memory.ts';
export { addToWords, addToWordsPlainly } from './add-to-words.ts';
export type { Extremes, WordCoding } from './add-to-words.ts';
export { countBytes, countBytesPlainly } from './count-bytes.ts';
export { digestLanes, digestWords, digestWordsPlainly, prime1, prime2, wordsInRound } from './digest-words.ts';
