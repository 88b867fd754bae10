import { connect, portOf } from '../../src/boundary/index.ts';
import type { ComputeApi, Connected } from '../../src/boundary/index.ts';
import address from './compute.ts?worker&url';
import { trustedScript } from './trusted-script.ts';

/** Starts the compute worker and connects to it. `onCrash` is told when the worker itself fails, which is a bug. */
export function connectCompute(onCrash: (message: string) => void): Connected<ComputeApi<File>> {
  const worker = new Worker(trustedScript(address), { type: 'module', name: 'compute' });
  worker.addEventListener('error', (event) => onCrash(event.message));
  return connect<ComputeApi<File>>(portOf(worker));
}
