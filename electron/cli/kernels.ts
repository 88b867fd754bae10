import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKernels } from '../../src/kernels/index.ts';
import type { KernelMemory } from '../../src/kernels/index.ts';

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

let made: KernelMemory | null | undefined;

/** The compiled kernels; null where they were not built (or are older than this program), which is slower and gives the same numbers. */
export function kernels(): KernelMemory | null {
  if (made === undefined) made = load();
  return made;
}

function load(): KernelMemory | null {
  try {
    return createKernels(readFileSync(join(projectFolder, 'src', 'kernels', 'kernels.wasm')));
  } catch {
    return null;
  }
}
