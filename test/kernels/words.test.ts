import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addToWords,
  addToWordsPlainly,
  createKernels,
  digestLanes,
  digestOf,
  digestWords,
  digestWordsPlainly,
  joinKernels,
  settleWords,
  wordsIn,
  wordsInRound,
} from '../../src/kernels/index.ts';
import { projectRoot } from '../support/needs.ts';

const kernels = createKernels(readFileSync(join(projectRoot, 'src/kernels/kernels.wasm')));
const words = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 70 });

const coding = fc
  .tuple(fc.integer({ min: 1, max: 16 }), fc.nat(15), fc.boolean(), fc.integer({ min: -70_000, max: 70_000 }))
  .map(([bitsStored, above, signed, intercept]) => {
    const left = Math.min(above, 16 - bitsStored);
    return { left, right: 16 - bitsStored, signed, intercept };
  });

describe('adding to words', () => {
  it('does as the plain definition, for any bits, from any byte', () => {
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

describe('settling words', () => {
  it('adds to them and digests what they become, as the plain definitions do, whoever of the threads does it', () => {
    const threads = [kernels, joinKernels(kernels.shared)];
    const many = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(many, coding, fc.nat(1), (values, how, thread) => {
        const { byteOffset } = kernels.scratch(512);
        const place = wordsIn(threads[thread]!, byteOffset + 2, values.length + 1);
        place.set([...values, 7]);
        const plain = new Int16Array(values.length);
        const extremes = addToWordsPlainly(Uint16Array.from(values), plain, how);
        const digest = digestOf(plain, null);
        expect(settleWords(threads[thread]!, place.subarray(0, values.length), how)).toEqual({ extremes, digest });
        expect([...place]).toEqual([...plain, 7]);
      }),
      { seed: 4_712, numRuns: 500 },
    );
  });
});

describe('digesting words', () => {
  it('does as the plain definition, inside its memory and outside', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 32, maxLength: 300 }), (values) => {
        const rounds = Int16Array.from(values.slice(0, values.length - (values.length % wordsInRound)));
        const room = kernels.scratch(700);
        // Slices of an odd number of voxels begin at odd words.
        const inside = new Int16Array(room.buffer, room.byteOffset + 2, rounds.length);
        inside.set(rounds);
        const digests = [1, 2, 3].map(() => Int32Array.from({ length: digestLanes }, (_, lane) => lane * 7919 - 5));
        digestWordsPlainly(digests[0]!, rounds);
        digestWords(kernels, digests[1]!, inside);
        digestWords(kernels, digests[2]!, rounds);
        expect(digests[1]).toEqual(digests[0]);
        expect(digests[2]).toEqual(digests[0]);
        expect(digests[0]![3]).not.toBe(3 * 7919 - 5);
      }),
      { seed: 815, numRuns: 200 },
    );
  });

  it('is the round of xxHash32 in each lane', () => {
    const lanes = new Int32Array(digestLanes);
    digestWordsPlainly(lanes, Int16Array.of(1, 0, ...new Array<number>(30).fill(0)));
    // ((0 + 1 · 0x85ebca77) turned by 13 bits) · 0x9e3779b1 in 32 bits, by hand with exact whole numbers.
    const turned = ((0x85eb_ca77n << 13n) | (0x85eb_ca77n >> 19n)) & 0xffff_ffffn;
    expect(BigInt(lanes[0]! >>> 0)).toBe((turned * 0x9e37_79b1n) & 0xffff_ffffn);
    expect([...lanes.subarray(1)]).toEqual(new Array<number>(15).fill(0));
  });

  it('takes more than one window', () => {
    const many = Int16Array.from({ length: 1_400_000 }, (_, index) => Math.imul(index, 0x9e37_79b1));
    const [plain, quick] = [new Int32Array(digestLanes), new Int32Array(digestLanes)];
    digestWordsPlainly(plain, many);
    digestWords(kernels, quick, many);
    expect(quick).toEqual(plain);
  });
});
