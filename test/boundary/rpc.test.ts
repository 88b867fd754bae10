import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import {
  connect,
  createCancel,
  portOf,
  serve,
  type Call,
  type Port,
  type Progress,
  type Served,
} from '../../src/boundary/index.ts';
import { failure, success, type Outcome } from '../../src/volume/index.ts';

interface Arithmetic {
  divide(request: { readonly by: number; readonly of: number }): Promise<Outcome<number>>;
  fill(request: { readonly bytes: Uint8Array }): Promise<Outcome<Uint8Array>>;
  endless(request: { readonly kind: string }): Promise<Outcome<number>>;
}

const open: MessagePort[] = [];

function pair(overrides: Partial<Served<Arithmetic>> = {}) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const port = (end: MessagePort): Port => ({
    postMessage: (message, transfer) => end.postMessage(message, [...(transfer ?? [])]),
    onMessage: (listener) => void end.on('message', listener),
  });
  serve<Arithmetic>(port(port1), {
    divide: ({ by, of }) => (by === 0 ? failure('by_zero', 'Nothing divides by zero.') : success(of / by)),
    fill: ({ bytes }, call) => {
      const answer = new Uint8Array(bytes.length).fill(bytes[0] ?? 0);
      call.progress({ fraction: 0.25, doing: 'filling' });
      call.transfer(answer.buffer);
      return success(answer);
    },
    endless: () => success(0),
    ...overrides,
  });
  return { api: connect<Arithmetic>(port(port2)), raw: port2 };
}

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

describe('the RPC', () => {
  test('answers calls out of order to the right caller', async () => {
    const { api } = pair({
      divide: async ({ by, of }) => {
        if (by === 2) await new Promise((resolve) => setTimeout(resolve, 30));
        return success(of / by);
      },
    });
    const answers = await Promise.all([api.divide({ by: 2, of: 14 }), api.divide({ by: 3, of: 15 })]);
    expect(answers).toEqual([success(7), success(5)]);
  });

  test('carries refusals as values and bugs as rejections', async () => {
    const { api } = pair({
      fill: () => {
        throw new TypeError('a bug in fill');
      },
    });
    expect(await api.divide({ by: 0, of: 1 })).toEqual(failure('by_zero', 'Nothing divides by zero.'));
    await expect(api.fill({ bytes: new Uint8Array(1) })).rejects.toThrow('a bug in fill');
  });

  test('refuses a name that the implementation does not own', async () => {
    const { api } = pair();
    const strange = api as unknown as Record<string, (request: unknown) => Promise<Outcome<unknown>>>;
    for (const name of ['toString', 'constructor', 'nothing']) {
      expect(await strange[name]!({})).toMatchObject({ ok: false, error: { code: 'unknown_call' } });
    }
    // Awaiting the proxy itself must not be taken for a promise.
    expect(await Promise.resolve(api)).toBe(api);
  });

  test('hands buffers over both ways and reports progress before the answer', async () => {
    const { api } = pair();
    const bytes = new Uint8Array([7, 1, 2]);
    const seen: Progress[] = [];
    const answer = await api.fill(
      { bytes },
      { onProgress: (progress) => seen.push(progress), transfer: [bytes.buffer] },
    );
    expect(answer).toEqual(success(new Uint8Array([7, 7, 7])));
    expect(seen).toEqual([{ fraction: 0.25, doing: 'filling' }]);
    expect(bytes.byteLength).toBe(0);
  });

  test('a cancel settles the caller at once and reaches the entry by its listener', async () => {
    let heard: () => void = () => undefined;
    const hearing = new Promise<void>((resolve) => (heard = resolve));
    let started: () => void = () => undefined;
    const starting = new Promise<void>((resolve) => (started = resolve));
    const { api } = pair({
      endless: (_request, call: Call) =>
        new Promise((resolve) => {
          started();
          call.signal.onCancel(() => {
            heard();
            resolve(success(-1));
          });
        }),
    });
    const cancel = createCancel();
    const answer = api.endless({ kind: 'wait' }, { signal: cancel.signal });
    await starting;
    cancel.cancel();
    expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await hearing;
  });

  test('a cancelled call that has not started never runs, and one without a signal still does', async () => {
    let runs = 0;
    const { api } = pair({ endless: () => success(++runs) });
    const cancel = createCancel();
    const late = api.endless({ kind: 'late' }, { signal: cancel.signal });
    cancel.cancel();
    expect(await late).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await api.endless({ kind: 'early' }, { signal: cancel.signal })).toMatchObject({ ok: false });
    expect(await api.endless({ kind: 'plain' })).toEqual(success(1));
  });

  test('a flag in shared memory is seen inside a loop that reads no messages', () => {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const { signal } = createCancel(flag);
    let turns = 0;
    while (!signal.cancelled && turns < 1000) if (++turns === 17) Atomics.store(flag, 0, 1);
    expect(turns).toBe(17);
  });

  test('an answer that can not be cloned is a bug told to the caller, not silence', async () => {
    const { api } = pair({ divide: () => success((() => 1) as unknown as number) });
    await expect(api.divide({ by: 1, of: 1 })).rejects.toThrow(/clone/);
  });

  test('portOf joins any pair of message targets', async () => {
    const channel = new globalThis.MessageChannel();
    serve<Pick<Arithmetic, 'divide'>>(portOf(channel.port1), { divide: ({ by, of }) => success(of / by) });
    const api = connect<Pick<Arithmetic, 'divide'>>(portOf(channel.port2));
    expect(await api.divide({ by: 4, of: 2 })).toEqual(success(0.5));
    channel.port1.close();
    channel.port2.close();
  });
});
