import {
  dataPaths,
  selfTestFunction,
  type ComputeApi,
  type Connected,
  type SelfTestCase,
  type SelfTestChecks,
} from '../src/boundary/index.ts';
import type { HostClient } from './host.ts';

/** Lets the host run its self-test in this page: only when the address says `#self-test`. */
export function offerSelfTest(host: HostClient, compute: Connected<ComputeApi<File>>): void {
  if (window.location.hash !== '#self-test') return;
  Object.assign(window, { [selfTestFunction]: (prepared: SelfTestCase) => selfTest(prepared, host, compute) });
}

async function selfTest(
  { grant, packedBytes, packedDigest }: SelfTestCase,
  host: HostClient,
  compute: Connected<ComputeApi<File>>,
): Promise<SelfTestChecks> {
  const passes = (check: () => Promise<boolean>) => check().catch(() => false);
  return {
    isolated: window.crossOriginIsolated && typeof SharedArrayBuffer !== 'undefined',
    worker: await passes(async () => {
      // The folder holds no images: an answer that says so comes from a worker that has read it.
      const answer = await compute.scan({ source: { kind: 'host', grant } });
      return answer.ok ? answer.value.skipped > 0 : answer.error.code !== 'cancelled';
    }),
    rpc: await passes(async () => {
      const right = await host.api.about({});
      const wrong = await host.api.forgetPlan({ id: '../..' });
      return right.ok && !wrong.ok && wrong.error.code === 'bad_request';
    }),
    data: await passes(async () => {
      const listing = (await (await fetch(dataPaths.folder(grant))).json()) as readonly { readonly id: string }[];
      const body = JSON.stringify({ ids: listing.map(({ id }) => id) });
      const packed = await (await fetch(dataPaths.pack(grant), { method: 'POST', body })).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', packed));
      const hexadecimal = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return packed.byteLength === packedBytes && hexadecimal === packedDigest;
    }),
    plan: await passes(async () => {
      const id = crypto.randomUUID();
      const bytes = crypto.getRandomValues(new Uint8Array(4099));
      const stored = await host.writePlan(id, bytes, { title: 'Self-test', grant });
      const reopened = await host.readPlan(id);
      const listed = await host.api.recentPlans({});
      const forgotten = await host.api.forgetPlan({ id });
      return (
        stored.ok &&
        reopened.ok &&
        reopened.value.length === bytes.length &&
        reopened.value.every((byte, at) => byte === bytes[at]) &&
        listed.ok &&
        listed.value.some((plan) => plan.id === id && plan.folder?.grant === grant) &&
        forgotten.ok
      );
    }),
  };
}
