import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addToWords,
  addToWordsPlainly,
  createKernels,
  digestWords,
  digestWordsPlainly,
} from '../../src/kernels/index.ts';
import { projectRoot } from '../support/needs.ts';

const kernels = createKernels(readFileSync(join(projectRoot, 'src/kernels/kernels.wasm')));
const words = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 70 });

describe('adding to words', () => {
  it('does as the plain definition, for any bits, from any byte', () => {
    const coding = fc
      .tuple(fc.integer({ min: 1, max: 16 }), fc.nat(15), fc.boolean(), fc.integer({ min: -70_000, max: 70_000 }))
      .map(([bitsStored, above, signed, intercept]) => {
        const left = Math.min(above, 16 - bitsStored);
        return { left, right: 16 - bitsStored, signed, intercept };
      });
    fc.assert(
      fc.property(words, coding, fc.nat(5), (values, how, skip) => {
        const room = kernels.scratch(512);
        const stored = room.subarray(skip, skip + values.length * 2);
        stored.set(new Uint8Array(Uint16Array.from(values).buffer));
        const target = new Int16Array(room.buffer, room.byteOffset + 256, values.length + 1).fill(7);
        const plain = new Int16Array(values.length);
        const extremes = addToWordsPlainly(Uint16Array.from(values), plain, how);
        expect(addToWords(kernels, stored, target, how)).toEqual(extremes);
        expect([...target]).toEqual([...plain, 7]);
      }),
      { seed: 4_711, numRuns: 500 },
    );
  });

  it('has the values that arithmetic on whole numbers gives', () => {
    const stored = Uint16Array.of(0xf123, 0x0fff, 0x0800, 0x0001);
    const target = new Int16Array(4);
    const twelveBits = { left: 4, right: 4, intercept: -1000 };
    expect(addToWordsPlainly(stored, target, { ...twelveBits, signed: false })).toEqual({ smallest: 1, largest: 4095 });
    expect([...target]).toEqual([0x123 - 1000, 4095 - 1000, 2048 - 1000, 1 - 1000]);
    expect(addToWordsPlainly(stored, target, { ...twelveBits, signed: true })).toEqual({
      smallest: -2048,
      largest: 0x123,
    });
    expect([...target]).toEqual([0x123 - 1000, -1 - 1000, -2048 - 1000, 1 - 1000]);
  });
});

describe('digesting words', () => {
  it('does as the plain definition, inside its memory and outside', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 4, maxLength: 90 }), (values) => {
        const four = Int32Array.from(values.slice(0, values.length - (values.length % 4)));
        const room = kernels.scratch(400);
        const inside = new Int32Array(room.buffer, room.byteOffset, four.length);
        inside.set(four);
        const digests = [1, 2, 3].map(() => Int32Array.of(1, -2, 3, -4));
        digestWordsPlainly(digests[0]!, four);
        digestWords(kernels, digests[1]!, inside);
        digestWords(kernels, digests[2]!, four);
        expect(digests[1]).toEqual(digests[0]);
        expect(digests[2]).toEqual(digests[0]);
        expect(digests[0]).not.toEqual(Int32Array.of(1, -2, 3, -4));
      }),
      { seed: 815, numRuns: 200 },
    );
  });

  it('takes more than one window', () => {
    const many = Int32Array.from({ length: 700_000 }, (_, index) => Math.imul(index, 0x9e37_79b1));
    const [plain, quick] = [new Int32Array(4), new Int32Array(4)];
    digestWordsPlainly(plain, many);
    digestWords(kernels, quick, many);
    expect(quick).toEqual(plain);
  });
});
