import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGrid } from '../../src/geometry/index.ts';
import {
  applyPatch,
  changedSlices,
  createPatchBuilder,
  inversePatch,
  mergePatches,
  patchBetween,
  patchBytes,
  patchVoxels,
} from '../../src/volume/index.ts';

/** Three states of the same labels, with long runs so that patches have something to join. */
const states = fc
  .array(fc.record({ length: fc.integer({ min: 1, max: 9 }), labels: fc.tuple(...[0, 1, 2].map(() => fc.nat(3))) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((stretches) =>
    [0, 1, 2].map((state) =>
      Uint8Array.from(stretches.flatMap(({ length, labels }) => Array<number>(length).fill(labels[state]!))),
    ),
  );
const seed = { seed: 20_230, numRuns: 300 };

describe('patches', () => {
  it('do what they say and undo it', () => {
    fc.assert(
      fc.property(states, ([a, b]) => {
        const patch = patchBetween(a!, b!);
        const values = a!.slice();
        applyPatch(values, patch);
        expect(values).toEqual(b);
        applyPatch(values, inversePatch(patch));
        expect(values).toEqual(a);
        expect(patchVoxels(patch)).toBe(a!.filter((label, at) => label !== b![at]).length);
      }),
      seed,
    );
  });

  it('merge into one that does both, and nothing where the second undoes the first', () => {
    fc.assert(
      fc.property(states, ([a, b, c]) => {
        const merged = mergePatches(patchBetween(a!, b!), patchBetween(b!, c!));
        expect(merged).toEqual(patchBetween(a!, c!));
      }),
      seed,
    );
    const [a, b] = [Uint8Array.of(0, 1, 1, 2), Uint8Array.of(3, 3, 1, 0)];
    const patch = patchBetween(a, b);
    expect(mergePatches(patch, inversePatch(patch)).starts).toHaveLength(0);
  });

  it('are refused as a whole on labels they were not made from', () => {
    const patch = patchBetween(Uint8Array.of(1, 0, 2, 2), Uint8Array.of(4, 0, 5, 5));
    const other = Uint8Array.of(1, 0, 2, 3);
    expect(() => applyPatch(other, patch)).toThrow(/expects label 2 at voxel 3, found 3/);
    expect(other).toEqual(Uint8Array.of(1, 0, 2, 3));
    expect(() => applyPatch(new Uint8Array(3), patch)).toThrow();
    expect(() => mergePatches(patch, patch)).toThrow(/expects label/);
  });

  it('are compact: neighbours of one change share a run, and writes must ascend', () => {
    const builder = createPatchBuilder();
    for (let offset = 5; offset < 1005; offset += 1) builder.add(offset, 0, 1);
    builder.add(1005, 2, 1);
    builder.add(1006, 1, 1);
    const patch = builder.build();
    expect([...patch.starts]).toEqual([5, 1005]);
    expect([...patch.lengths]).toEqual([1000, 1]);
    expect(patchBytes(patch)).toBe(20);
    expect(() => builder.add(1006, 0, 1)).toThrow(/ascending/);
  });

  it('know the slices they touch', () => {
    const grid = createGrid({
      size: [3, 4, 6],
      spacing: [1, 2, 3],
      origin: [0, 0, 0],
      axes: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    const before = new Uint8Array(72);
    const after = before.slice();
    after.fill(1, 11, 26);
    after[71] = 2;
    after[60] = 2;
    expect(changedSlices(grid, patchBetween(before, after))).toEqual([0, 1, 2, 5]);
    expect(changedSlices(grid, patchBetween(before, before))).toEqual([]);
  });
});
