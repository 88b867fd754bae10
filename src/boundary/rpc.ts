import { failure, type Outcome, type Trouble } from '../volume/index.ts';
import type { Progress } from './compute-api.ts';

/**
 * The one small RPC for threads and processes.
 *
 *     // worker                                            // page
 *     serve<ComputeApi<File>>(portOf(self), { scan, … });  const compute = connect<ComputeApi<File>>(portOf(worker));
 *                                                           const cancel = createCancel();
 *                                                           await compute.scan({ source }, { onProgress, signal: cancel.signal });
 *
 * An entry takes one cloneable request and answers with an outcome. Expected troubles are outcomes; an entry that throws has a bug,
 * and the caller's promise rejects with its message. A cancelled call answers `cancelled` at once; the entry learns of it through its
 * own signal, even inside a loop that never yields (a shared flag), so it can stop early.
 */
export interface Port {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Only one listener is used per port and side. */
  onMessage(listener: (message: unknown) => void): void;
}

/** Says whether work is still wanted. `cancelled` may be read in a hot loop's outer level: it is one atomic load. */
export interface CancelSignal {
  readonly cancelled: boolean;
  /** Calls `listener` once when cancelled (at once if it already is); returns the way to stop listening. */
  readonly onCancel: (listener: () => void) => () => void;
}

/** A signal and the button that sets it. */
export interface CancelSource {
  readonly signal: CancelSignal;
  readonly cancel: () => void;
}

/** What a caller may add to a call: progress, a way to cancel, and buffers to hand over instead of copying. */
export interface CallOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: CancelSignal | undefined;
  readonly transfer?: readonly ArrayBuffer[] | undefined;
}

/** What an entry is given beside its request. */
export interface Call {
  readonly progress: (progress: Progress) => void;
  readonly signal: CancelSignal;
  /** Buffers of the answer that are handed over instead of copied (they become empty here). */
  readonly transfer: (...buffers: ArrayBuffer[]) => void;
}

/** An interface as its caller sees it. */
export type Connected<Api> = {
  readonly [Name in keyof Api]: Api[Name] extends (request: infer Request) => Promise<infer Answer>
    ? (request: Request, options?: CallOptions) => Promise<Answer>
    : never;
};

/** An interface as its owner writes it. */
export type Served<Api> = {
  readonly [Name in keyof Api]: Api[Name] extends (request: infer Request) => Promise<infer Answer>
    ? (request: Request, call: Call) => Promise<Answer> | Answer
    : never;
};

type AnyOutcome = Outcome<unknown>;

export type RpcMessage =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly name: string;
      readonly request: unknown;
      readonly flag: Int32Array | null;
    }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: AnyOutcome }
  | { readonly kind: 'bug'; readonly id: number; readonly message: string };

const cancelled = { ok: false, error: { code: 'cancelled', message: 'Cancelled.' } satisfies Trouble } as const;

/** A cancel signal with its button; `flag` lets another thread see it (and set it) without a message. */
export function createCancel(flag: Int32Array | null = null): CancelSource {
  const listeners = new Set<() => void>();
  let set = false;
  const isSet = () => set || (flag !== null && Atomics.load(flag, 0) !== 0);
  return {
    signal: {
      get cancelled() {
        return isSet();
      },
      onCancel: (listener) => {
        if (isSet()) listener();
        else listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
    },
    cancel: () => {
      if (set) return;
      set = true;
      if (flag !== null) Atomics.store(flag, 0, 1);
      for (const listener of [...listeners]) listener();
      listeners.clear();
    },
  };
}

function isCancelled(source: CancelSource): boolean {
  return source.signal.cancelled;
}

/** Makes a proxy of `Api` whose calls travel over `port`. */
export function connect<Api>(port: Port): Connected<Api> {
  interface Waiting {
    readonly settle: (outcome: AnyOutcome) => void;
    readonly reject: (bug: Error) => void;
    readonly options: CallOptions;
  }
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  port.onMessage((received) => {
    const message = received as RpcMessage;
    const call = waiting.get(message.id);
    if (call === undefined) return;
    if (message.kind === 'progress') call.options.onProgress?.(message.progress);
    else if (message.kind === 'answer') call.settle(message.answer);
    else if (message.kind === 'bug') call.reject(new Error(message.message));
  });
  const ask = (name: string, request: unknown, options: CallOptions = {}): Promise<AnyOutcome> => {
    const { signal } = options;
    if (signal?.cancelled === true) return Promise.resolve(cancelled);
    const id = ++lastId;
    // Only isolated pages and Node have shared memory; without it a cancel is seen when the other side next reads its messages.
    const shared = signal !== undefined && typeof SharedArrayBuffer !== 'undefined';
    const flag = shared ? new Int32Array(new SharedArrayBuffer(4)) : null;
    return new Promise((resolve, reject) => {
      const stopListening = signal?.onCancel(() => {
        if (flag !== null) Atomics.store(flag, 0, 1);
        port.postMessage({ kind: 'cancel', id } satisfies RpcMessage);
        finish();
        resolve(cancelled);
      });
      const finish = () => {
        waiting.delete(id);
        stopListening?.();
      };
      waiting.set(id, {
        settle: (outcome) => {
          finish();
          resolve(outcome);
        },
        reject: (bug) => {
          finish();
          reject(bug);
        },
        options,
      });
      try {
        port.postMessage({ kind: 'call', id, name, request, flag } satisfies RpcMessage, options.transfer);
      } catch (bug) {
        finish();
        reject(bug instanceof Error ? bug : new Error(String(bug)));
      }
    });
  };
  return new Proxy(
    {},
    {
      get: (_, name) =>
        // A proxy that answered `then` would be taken for a promise.
        typeof name === 'symbol' || name === 'then'
          ? undefined
          : (request: unknown, options?: CallOptions) => ask(name, request, options),
    },
  ) as Connected<Api>;
}

/** Answers the calls that arrive at `port` with `implementation`. */
export function serve<Api>(port: Port, implementation: Served<Api>): void {
  const entries = implementation as Record<string, ((request: unknown, call: Call) => unknown) | undefined>;
  const running = new Map<number, CancelSource>();
  port.onMessage((received) => {
    const message = received as RpcMessage;
    if (message.kind === 'cancel') running.get(message.id)?.cancel();
    if (message.kind === 'call') void run(message);
  });
  const run = async ({ id, name, request, flag }: RpcMessage & { kind: 'call' }): Promise<void> => {
    const source = createCancel(flag);
    const given: ArrayBuffer[] = [];
    const send = (answer: RpcMessage) => port.postMessage(answer, given);
    running.set(id, source);
    try {
      const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
      if (entry === undefined) {
        send({ kind: 'answer', id, answer: failure('unknown_call', `There is no call named ${name}.`) });
        return;
      }
      if (isCancelled(source)) return;
      const answer = (await entry(request, {
        progress: (progress) => port.postMessage({ kind: 'progress', id, progress } satisfies RpcMessage),
        signal: source.signal,
        transfer: (...buffers) => given.push(...buffers),
      })) as AnyOutcome;
      if (!isCancelled(source)) send({ kind: 'answer', id, answer });
    } catch (bug) {
      port.postMessage({ kind: 'bug', id, message: bug instanceof Error ? bug.message : String(bug) });
    } finally {
      running.delete(id);
    }
  };
}

/** What a Worker, a worker's `self` and a browser's MessagePort have in common. */
export interface MessageTarget {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  /** A MessagePort holds its messages back until it is started. */
  start?(): void;
}

/** The port of a Worker, a worker's `self` or a MessagePort. */
export function portOf(target: MessageTarget): Port {
  return {
    postMessage: (message, transfer) => target.postMessage(message, [...(transfer ?? [])]),
    onMessage: (listener) => {
      target.addEventListener('message', (event) => listener(event.data));
      target.start?.();
    },
  };
}
