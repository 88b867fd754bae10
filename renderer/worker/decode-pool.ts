import { connect, portOf } from '../../src/boundary/index.ts';
import type { Connected } from '../../src/boundary/index.ts';
import address from './decode.ts?worker&url';
import type { DecodeApi } from './decode.ts';
import { trustedScript } from './trusted-script.ts';

/** How many decoders run side by side: more gain little, and each holds memory of its own. */
const decoders = 2;

/** A few decode workers that live until closed. */
export interface DecodePool {
  /** Gives the task the worker with the fewest tasks. Rejects when a worker can not start, which is a bug. */
  readonly run: <Answer>(task: (decoder: Connected<DecodeApi>) => Promise<Answer>) => Promise<Answer>;
  readonly close: () => void;
}

/** A pool whose workers start with its first task. */
export function createDecodePool(): DecodePool {
  interface Decoder {
    readonly worker: Worker;
    readonly api: Connected<DecodeApi>;
    readonly failed: Promise<never>;
    tasks: number;
  }
  let pool: readonly Decoder[] | null = null;
  const start = (): Decoder => {
    const worker = new Worker(trusted(), { type: 'module', name: 'decode' });
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => reject(new Error(`A decode worker failed: ${event.message}`)));
    });
    // Told to whoever waits for a task; nobody waits while there is none.
    failed.catch(() => undefined);
    return { worker, api: connect<DecodeApi>(portOf(worker)), failed, tasks: 0 };
  };
  return {
    run: async (task) => {
      pool ??= Array.from({ length: decoders }, start);
      const idlest = pool.reduce((least, decoder) => (decoder.tasks < least.tasks ? decoder : least));
      idlest.tasks += 1;
      try {
        return await Promise.race([task(idlest.api), idlest.failed]);
      } finally {
        idlest.tasks -= 1;
      }
    },
    close: () => {
      for (const { worker } of pool ?? []) worker.terminate();
      pool = null;
    },
  };
}

let script: string | null = null;

/** A policy can be made once. */
function trusted(): string {
  script ??= trustedScript(address);
  return script;
}
