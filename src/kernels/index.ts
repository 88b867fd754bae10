export { createKernels, joinKernels, wordsIn } from './kernel-memory.ts';
export type { KernelMemory, Kernels, SharedKernels } from './kernel-memory.ts';
export { addToWords, addToWordsPlainly } from './add-to-words.ts';
export type { Extremes, WordCoding } from './add-to-words.ts';
export { countBytes, countBytesPlainly } from './count-bytes.ts';
export {
  digestLanes,
  digestOf,
  digestWords,
  digestWordsPlainly,
  freshLanes,
  prime2,
  wordsInRound,
} from './digest-words.ts';
export { settleWords } from './settle-words.ts';
export type { SettledWords } from './settle-words.ts';
