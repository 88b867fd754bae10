import { spawnSync } from 'node:child_process';
import { python } from '../support/needs.ts';

/** One contender of a comparison: runs the task once and returns the milliseconds it took (its own clock, start-up left out). */
export interface Contender {
  readonly name: string;
  readonly run: () => number | Promise<number>;
}

/** The median of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Milliseconds that `task` takes. */
export async function clock(task: () => unknown): Promise<number> {
  const before = performance.now();
  await task();
  return performance.now() - before;
}

/**
 * Runs ours and the peers in turn, `rounds` times after one warm-up, and prints medians and ours ÷ peer. Interleaved, because machines
 * drift: only the ratio within one batch means anything.
 */
export async function compare(title: string, contenders: readonly Contender[], rounds = 5): Promise<void> {
  const times = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [number, contender] of contenders.entries()) {
      const time = await contender.run();
      if (round >= 0) times[number]!.push(time);
    }
  }
  const ours = median(times[0]!);
  console.log(`\n${title}`);
  for (const [number, contender] of contenders.entries()) {
    const time = median(times[number]!);
    const ratio = number === 0 ? '' : `  ours ÷ ${contender.name} = ${(ours / time).toPrecision(2)}`;
    console.log(`  ${contender.name.padEnd(34)} ${time.toFixed(time < 10 ? 2 : 0).padStart(8)} ms${ratio}`);
  }
}

/** Runs a Python program that prints the milliseconds of its own task as its last line, and anything else before it. */
export function timedPython(
  program: string,
  ...args: string[]
): { readonly ms: number; readonly lines: readonly string[] } {
  const { status, stdout, stderr } = spawnSync(python, ['-c', program, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  const lines = stdout.trim().split('\n');
  return { ms: Number(lines.at(-1)), lines: lines.slice(0, -1) };
}
