import { createKernels } from '../../src/kernels/index.ts';
import type { KernelMemory } from '../../src/kernels/index.ts';
// eslint-disable-next-line no-restricted-imports -- the compiled kernels are bytes, not a module of src
import wasm from '../../src/kernels/kernels.wasm?url&no-inline';

let made: Promise<KernelMemory> | null = null;

/** The compiled kernels, fetched once from the bundle. */
export function loadKernels(): Promise<KernelMemory> {
  made ??= fetch(wasm).then(async (response) => {
    if (!response.ok) throw new Error('The kernels are missing from this build');
    return createKernels(await response.arrayBuffer());
  });
  return made;
}
