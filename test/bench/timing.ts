import { spawnSync } from 'node:child_process';
import { python } from '../support/needs.ts';

/** What a task took: milliseconds of the clock, and of processors (all threads together) where that is told. */
export interface Took {
  readonly ms: number;
  readonly processorMs: number | null;
}

/** One contender of a comparison: runs the task once and returns what it took (its own clock, start-up left out). */
export interface Contender {
  readonly name: string;
  readonly run: () => number | Took | Promise<number | Took>;
}

/** The median of some numbers; of none it is not a number. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
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

/** The same with what the processors of this process did for it. */
export async function clockBoth(task: () => unknown): Promise<Took> {
  const before = process.cpuUsage();
  const ms = await clock(task);
  const { user, system } = process.cpuUsage(before);
  return { ms, processorMs: (user + system) / 1000 };
}

/**
 * Runs ours and the peers in turn, `rounds` times after one warm-up, and prints medians and ours ÷ peer. Interleaved, because machines
 * drift: only the ratio within one batch means anything. On a machine that is busy with other things the time of processors is the
 * steadier of the two; it counts every thread, so that of a task on two it is more than the clock's.
 */
export async function compare(title: string, contenders: readonly Contender[], rounds = 5): Promise<void> {
  const times = contenders.map((): number[] => []);
  const processors = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [number, contender] of contenders.entries()) {
      const told = await contender.run();
      if (round < 0) continue;
      times[number]!.push(typeof told === 'number' ? told : told.ms);
      if (typeof told !== 'number' && told.processorMs !== null) processors[number]!.push(told.processorMs);
    }
  }
  const ours = median(times[0]!);
  const ourProcessors = median(processors[0]!);
  console.log(`\n${title}`);
  for (const [number, contender] of contenders.entries()) {
    const time = median(times[number]!);
    const ratio = number === 0 ? '' : `  ours ÷ ${contender.name} = ${(ours / time).toPrecision(2)}`;
    const processor = median(processors[number]!);
    const both = Number.isNaN(processor) ? '' : `, processors ${processor.toFixed(0).padStart(5)} ms`;
    const ratios =
      number === 0 || Number.isNaN(ourProcessors / processor) ? '' : ` (${(ourProcessors / processor).toPrecision(2)})`;
    console.log(
      `  ${contender.name.padEnd(34)} ${time.toFixed(time < 10 ? 2 : 0).padStart(8)} ms${both}${ratio}${ratios}`,
    );
  }
}

/** What programs time themselves by: `since(now())` is the milliseconds of the clock and of processors in between, as a line. */
const pythonClock = `
import time
def now(): return time.perf_counter(), time.process_time()
def since(start): return ' '.join(str((b - a) * 1000) for a, b in zip(start, now()))
`;

/** Runs a Python program that prints `since(start)` of its own task as its last line, and anything else before it. */
export function timedPython(program: string, ...args: string[]): Took & { readonly lines: readonly string[] } {
  const { status, stdout, stderr } = spawnSync(python, ['-c', pythonClock + program, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  const lines = stdout.trim().split('\n');
  const [ms, processorMs] = lines.at(-1)!.split(' ').map(Number);
  return { ms: ms!, processorMs: processorMs!, lines: lines.slice(0, -1) };
}
