export { createKernels } from './kernel-memory.ts';
export type { KernelMemory } from './kernel-memory.ts';
export { countBytes, countBytesPlainly } from './count-bytes.ts';
