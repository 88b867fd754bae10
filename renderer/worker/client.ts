import { connect, portOf } from '../../src/boundary/index.ts';
import type { ComputeApi, Connected } from '../../src/boundary/index.ts';
import address from './compute.ts?worker&url';

/** The one policy of the page under Trusted Types; it lets only the page's own worker through. */
interface TrustedPolicies {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string };
}

/** Starts the compute worker and connects to it. `onCrash` is told when the worker itself fails, which is a bug. */
export function connectCompute(onCrash: (message: string) => void): Connected<ComputeApi<File>> {
  const policies = (window as unknown as { readonly trustedTypes?: TrustedPolicies }).trustedTypes;
  const createScriptURL = (wanted: string): string => {
    if (wanted !== address) throw new TypeError(`${wanted} is not a script of this app`);
    return wanted;
  };
  const trusted =
    policies === undefined ? address : policies.createPolicy('app', { createScriptURL }).createScriptURL(address);
  const worker = new Worker(trusted, { type: 'module', name: 'compute' });
  worker.addEventListener('error', (event) => onCrash(event.message));
  return connect<ComputeApi<File>>(portOf(worker));
}
