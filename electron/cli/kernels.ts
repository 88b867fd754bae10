import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { fileURLToPath } from 'node:url';
import { createKernels } from '../../src/kernels/index.ts';
import type { KernelMemory } from '../../src/kernels/index.ts';

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The compiled kernels with memory of their own, in which the voxels of one series lie; null where they were not built (or are older than
 * this program), which is slower and gives the same numbers.
 */
export function createSeriesKernels(): KernelMemory | null {
  // They run at full speed from the first slice on: the engine's quick first version is three times slower, and its better one comes late
  // where all processors are busy. The kernels are a few hundred lines; decoders, which are large, are compiled as usual.
  setFlagsFromString('--no-liftoff');
  try {
    return createKernels(readFileSync(join(projectFolder, 'src', 'kernels', 'kernels.wasm')));
  } catch {
    return null;
  } finally {
    setFlagsFromString('--liftoff');
  }
}
