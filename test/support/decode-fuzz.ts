import { readFileSync } from 'node:fs';
import { readHeader, readPixels } from '../../src/dicom/index.ts';
import { decoderForTests } from './compressed-fixture.ts';

/**
 * Decodes damaged copies of a compressed file, in a process of its own that can be ended when it hangs. Arguments: the file, how many
 * copies, the seed. Says `at N` before each copy (so that a hang has a name) and in the end what came of all, as JSON.
 */
export interface FuzzResult {
  /** Copies that gave a picture, and those of them whose picture is the undamaged one. */
  readonly read: number;
  readonly same: number;
  /** Refusals by their code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Anything thrown, or an answer of the wrong shape: none of it may happen. */
  readonly bugs: readonly string[];
  readonly slowestMs: number;
  /** The most memory the process ever held, MiB. */
  readonly peakMiB: number;
}

/** Random whole numbers below a bound, the same for each seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One to three damages behind `from`; half of them near it, where the streams have their headers. */
function damage(bytes: Uint8Array, from: number, below: (bound: number) => number): Uint8Array {
  let now = bytes;
  for (let count = 1 + below(3); count > 0; count--) {
    const room = Math.max(1, now.length - from);
    const at = from + below(below(2) === 0 ? Math.min(room, 160) : room);
    const [head, length] = [now.subarray(0, at), 1 + below(64)];
    const some = Uint8Array.from({ length }, () => below(256));
    const kind = below(5);
    const tail = now.subarray(kind === 0 ? at + 1 : kind === 1 ? at + length : kind === 2 ? now.length : at);
    const middle = kind === 0 ? Uint8Array.of((now[at] ?? 0) ^ (1 << below(8))) : kind < 3 ? some.subarray(0, 0) : some;
    // The fifth kind writes over what is there.
    now = Uint8Array.from([...head, ...middle, ...(kind === 4 ? now.subarray(at + length) : tail)]);
  }
  return now;
}

const [path, copies, seed] = process.argv.slice(2);
if (path !== undefined) {
  const bytes = new Uint8Array(readFileSync(path));
  const header = readHeader('slice', bytes, bytes.length);
  if (!header.ok) throw new Error(header.error.message);
  const decoder = decoderForTests();
  const words = (from: Uint8Array) => readPixels([header.value], from, decoder);
  const whole = words(bytes);
  if (!whole.ok) throw new Error(whole.error.message);
  const [truth] = whole.value;
  const below = numbers(Number(seed));
  const refused: Record<string, number> = {};
  const bugs: string[] = [];
  let [read, same, slowestMs] = [0, 0, 0];
  for (let copy = 0; copy < Number(copies); copy++) {
    process.stdout.write(`at ${copy}\n`);
    const hurt = damage(bytes, header.value.pixels.offset, below);
    const before = performance.now();
    try {
      const answer = words(hurt);
      if (!answer.ok) {
        refused[answer.error.code] = (refused[answer.error.code] ?? 0) + 1;
        if (/undefined|NaN|\[object/.test(answer.error.message)) bugs.push(`${copy}: ${answer.error.message}`);
      } else {
        read += 1;
        const [found] = answer.value;
        if (found?.length !== truth!.length) bugs.push(`${copy}: ${found?.length} words`);
        else if (found.every((word, at) => word === truth![at])) same += 1;
      }
    } catch (bug) {
      bugs.push(`${copy}: ${String(bug)}`);
    }
    slowestMs = Math.max(slowestMs, performance.now() - before);
  }
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  const result: FuzzResult = { read, same, refused, bugs, slowestMs, peakMiB };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
