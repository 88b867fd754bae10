import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBytes, countBytesPlainly, createKernels } from '../../src/kernels/index.ts';
import { projectRoot } from '../support/needs.ts';

const kernels = createKernels(readFileSync(join(projectRoot, 'src/kernels/kernels.wasm')));

/** Piecewise constant bytes, as labels are, with ragged ends. */
const labels = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 70 })), { maxLength: 60 })
  .map((runs) => Uint8Array.from(runs.flatMap(([byte, length]) => Array<number>(length).fill(byte))));

describe('counting bytes', () => {
  it('counts as the plain definition does, from any start', () => {
    fc.assert(
      fc.property(labels, fc.integer({ min: 0, max: 17 }), (bytes, skip) => {
        const part = bytes.subarray(skip);
        expect(countBytes(kernels, part)).toEqual(countBytesPlainly(part));
      }),
      { seed: 90_210, numRuns: 300 },
    );
  });

  it('counts in place inside its own memory, and more than one window outside', () => {
    const count = 2_500_003;
    const { buffer, offset } = kernels.allocate(count);
    const inside = new Uint8Array(buffer, offset, count);
    for (let at = 0; at < count; at += 1) inside[at] = at % 5 === 0 ? 7 : (at >> 12) & 3;
    const plain = countBytesPlainly(inside);
    expect(countBytes(kernels, inside)).toEqual(plain);
    expect(countBytes(kernels, Uint8Array.from(inside))).toEqual(plain);
  });
});
