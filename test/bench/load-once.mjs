/** Loads the series of a folder once by the built command line, and prints what it took: milliseconds, then the peak of memory in MiB. */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { buildProgram } from '../../electron/cli/program.mjs';

await buildProgram();
const { loadSeries, scanFolder } = await import('../../dist/cli/folder.js');
const before = performance.now();
const { volume } = await loadSeries(await scanFolder(process.argv[2]), null);
const took = performance.now() - before;
const { values } = volume;
const digest = createHash('sha256')
  .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  .digest('hex');
console.log(
  JSON.stringify({
    took,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    voxelsMiB: values.byteLength / 2 ** 20,
    digest,
  }),
);
