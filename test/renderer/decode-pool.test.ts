import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { success } from '../../src/volume/index.ts';

/** A worker that never answers. */
class SilentWorker {
  static readonly ended: SilentWorker[] = [];
  static made = 0;
  constructor() {
    SilentWorker.made += 1;
  }
  addEventListener(): void {
    // Nothing ever happens in it.
  }
  postMessage(): void {
    // Nobody reads it.
  }
  terminate(): void {
    SilentWorker.ended.push(this);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', SilentWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a decoder that hangs is ended, its tasks are refused by name, and the next task gets another', async () => {
  const { createDecodePool } = await import('../../renderer/worker/decode-pool.ts');
  const pool = createDecodePool();
  const never = () => new Promise<never>(() => undefined);
  const hanging = [pool.run(never), pool.run(never), pool.run(never)];
  expect(SilentWorker.made).toBe(2);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(SilentWorker.ended).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(11_000);
  for (const one of await Promise.all(hanging)) {
    expect(one).toMatchObject({ ok: false, error: { code: 'pixels_undecodable' } });
  }
  expect(SilentWorker.ended).toHaveLength(2);
  expect(SilentWorker.made).toBe(4);
  expect(await pool.run(() => Promise.resolve(success(7)))).toEqual(success(7));
  // Nobody waits any more: nothing is ended for its silence.
  await vi.advanceTimersByTimeAsync(200_000);
  expect(SilentWorker.ended).toHaveLength(2);
  pool.close();
  expect(SilentWorker.ended).toHaveLength(4);
});

it('a worker has few tasks at a time, the next when it answers, and a closed pool begins none', async () => {
  const { createDecodePool } = await import('../../renderer/worker/decode-pool.ts');
  const pool = createDecodePool();
  const answers: (() => void)[] = [];
  const task = (value: number) => () =>
    new Promise<ReturnType<typeof success<number>>>((resolve) => answers.push(() => resolve(success(value))));
  const running = Array.from({ length: 20 }, (_, value) => pool.run(task(value)));
  expect(answers).toHaveLength(6);
  answers[0]!();
  answers[4]!();
  expect(await Promise.all([running[0], running[4]])).toEqual([success(0), success(4)]);
  expect(answers).toHaveLength(8);
  pool.close();
  answers[1]!();
  expect(await running[1]).toEqual(success(1));
  expect(answers).toHaveLength(8);
});
