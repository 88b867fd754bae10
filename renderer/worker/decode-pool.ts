import { connect, portOf } from '../../src/boundary/index.ts';
import type { CancelSignal, Connected } from '../../src/boundary/index.ts';
import address from './decode.ts?worker&url';
import { failure } from '../../src/volume/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import type { DecodeApi } from './decode.ts';
import { trustedScript } from './trusted-script.ts';

/** How many decoders run side by side: more gain little, and each holds memory of its own. */
const decoders = 2;

/**
 * How many tasks a worker has at a time: one to do and two to go on with. What is handed to it beyond that it does before it answers the
 * first (all that came while its decoder was made ready), and goes on with for seconds after it was ended.
 */
const tasksAtOnce = 3;

/** A worker that gives no answer for so long hangs in a damaged stream: a dozen large frames take a few seconds. */
const patienceMs = 60_000;

const hangs = failure(
  'pixels_undecodable',
  'The compressed pixels of a slice can not be decoded: the decoder gave no answer for a minute. Export the series again, uncompressed if possible.',
);

/** A few decode workers that live until closed. */
export interface DecodePool {
  /**
   * Gives the task the worker with the fewest tasks, as soon as one has room. Rejects when a worker can not start, which is a bug; a worker
   * that does not answer is ended, and its tasks fail as `pixels_undecodable`. What a closed pool has not done is never answered.
   */
  readonly run: <Value>(task: (decoder: Connected<DecodeApi>) => Promise<Outcome<Value>>) => Promise<Outcome<Value>>;
  readonly close: () => void;
}

interface Decoder {
  readonly worker: Worker;
  readonly api: Connected<DecodeApi>;
  /** Rejects when the worker fails; gives the trouble when it was ended because it hung. */
  readonly stopped: Promise<Outcome<never>>;
  readonly hang: () => void;
  tasks: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

function startDecoder(): Decoder {
  const worker = new Worker(trusted(), { type: 'module', name: 'decode' });
  let hang = (): void => undefined;
  const stopped = new Promise<Outcome<never>>((resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(`A decode worker failed: ${event.message}`)));
    hang = () => {
      worker.terminate();
      resolve(hangs);
    };
  });
  // Told to whoever waits for a task; nobody waits while there is none.
  stopped.catch(() => undefined);
  return { worker, api: connect<DecodeApi>(portOf(worker)), stopped, hang, tasks: 0, timer: undefined };
}

/** A pool whose workers start with its first task. */
export function createDecodePool(): DecodePool {
  let pool: Decoder[] | null = null;
  const listen = (decoder: Decoder): void => {
    clearTimeout(decoder.timer);
    if (decoder.tasks === 0) return;
    decoder.timer = setTimeout(() => {
      const place = pool?.indexOf(decoder) ?? -1;
      if (place >= 0) pool![place] = startDecoder();
      decoder.hang();
    }, patienceMs);
  };
  const waiting: ((decoder: Decoder) => void)[] = [];
  const begin = (): void => {
    while (pool !== null && waiting.length > 0) {
      const idlest = pool.reduce((least, decoder) => (decoder.tasks < least.tasks ? decoder : least));
      if (idlest.tasks === tasksAtOnce) return;
      waiting.shift()!(idlest);
    }
  };
  const work = async <Value>(
    decoder: Decoder,
    task: (api: Connected<DecodeApi>) => Promise<Outcome<Value>>,
  ): Promise<Outcome<Value>> => {
    decoder.tasks += 1;
    if (decoder.tasks === 1) listen(decoder);
    try {
      return await Promise.race([task(decoder.api), decoder.stopped]);
    } finally {
      decoder.tasks -= 1;
      listen(decoder);
      begin();
    }
  };
  return {
    run: (task) =>
      new Promise((resolve) => {
        pool ??= Array.from({ length: decoders }, startDecoder);
        waiting.push((decoder) => resolve(work(decoder, task)));
        begin();
      }),
    close: () => {
      for (const { worker, timer } of pool ?? []) {
        clearTimeout(timer);
        worker.terminate();
      }
      pool = null;
      waiting.length = 0;
    },
  };
}

/** Waits until all tasks are done, or until nobody wants them any more; rejects when one of them does. */
export async function doneOrCancelled(tasks: readonly Promise<void>[], signal: CancelSignal): Promise<void> {
  await Promise.race([Promise.all(tasks), new Promise<void>((stop) => signal.onCancel(stop))]);
}

let script: string | null = null;

/** A policy can be made once. */
function trusted(): string {
  script ??= trustedScript(address);
  return script;
}
