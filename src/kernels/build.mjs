/** Compiles the kernels to src/kernels/kernels.wasm (not committed; part of `npm ci`). */
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = dirname(fileURLToPath(import.meta.url));

/** Throws with the compiler's own words when the kernels do not compile. */
export async function buildKernels() {
  const { error, stderr } = await asc.main([
    join(here, 'assembly', 'index.ts'),
    '--outFile',
    join(here, 'kernels.wasm'),
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--importMemory',
    '--sharedMemory',
    '--initialMemory',
    '16',
    '--maximumMemory',
    '65536',
    '--enable',
    'simd',
    '--enable',
    'threads',
    '--enable',
    'bulk-memory',
  ]);
  if (error) throw new Error(`The kernels do not compile: ${error.message}\n${stderr.toString()}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
