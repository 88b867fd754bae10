import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKernels } from '../../src/kernels/index.ts';
import type { KernelMemory } from '../../src/kernels/index.ts';

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The compiled kernels with memory of their own, in which the voxels of one series lie; null where they were not built (or are older than
 * this program), which is slower and gives the same numbers.
 */
export function createSeriesKernels(): KernelMemory | null {
  try {
    return createKernels(readFileSync(join(projectFolder, 'src', 'kernels', 'kernels.wasm')));
  } catch {
    return null;
  }
}
