/** A thread that reads one order of slices from the last on, beside the one that started it, and then ends. */
import { parentPort } from 'node:worker_threads';
import { joinKernels } from '../../src/kernels/index.ts';
import type { ReadingOrder } from './reader-beside.ts';
import { readSlices } from './read-slices.ts';

parentPort!.once('message', ({ kernels, slices }: ReadingOrder) => {
  readSlices(slices, joinKernels(kernels), 'last');
});
