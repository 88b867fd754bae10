import type { ReaderBeside } from '../../electron/cli/reader-beside.ts';
import { readSlices } from '../../electron/cli/read-slices.ts';
import { joinKernels } from '../../src/kernels/index.ts';

/** A reader beside that does its part before this thread begins with its own: all of it, or one slice of it and another half. */
export function readerOf(part: 'all' | 'one, then it dies'): ReaderBeside {
  return {
    read: ({ kernels, slices: { slices, results } }) => {
      const own = joinKernels(kernels);
      if (part === 'all') readSlices({ slices, results }, own, 'last');
      else {
        const [room, last] = [results.length / slices.length, slices.length - 1];
        readSlices({ slices: slices.slice(last), results: results.subarray(last * room) }, own, 'last');
        // Taken, and never read.
        results[(last - 1) * room] = 1;
      }
      return Promise.resolve();
    },
    stop: () => undefined,
  };
}
