/** Loads the series of a folder once by the built command line, and prints what it took: milliseconds, then the peak of memory in MiB. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { buildProgram } from '../../electron/cli/program.mjs';

/** What `resourceUsage` tells begins, on Linux, with the memory of the process that started this one. */
function peakMiB() {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status);
  return (peak === null ? process.resourceUsage().maxRSS : Number(peak[1])) / 1024;
}

await buildProgram();
// As the command line does, while the rest of it is loaded.
const { startReaderBeside } = await import('../../dist/cli/reader-beside.js');
startReaderBeside();
const { loadFolder } = await import('../../dist/cli/folder.js');
const [before, processors] = [performance.now(), process.cpuUsage()];
const { volume } = await loadFolder(process.argv[2], null);
const took = performance.now() - before;
const { user, system } = process.cpuUsage(processors);
const { values } = volume;
const digest = createHash('sha256')
  .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  .digest('hex');
console.log(
  JSON.stringify({
    took,
    processorMs: (user + system) / 1000,
    peakMiB: peakMiB(),
    voxelsMiB: values.byteLength / 2 ** 20,
    digest,
  }),
);
