import { describe, expect, it } from 'vitest';
import { anatomyPatch, maskPatch } from '../../src/exchange/index.ts';
import { createGrid } from '../../src/geometry/index.ts';
import { liverLabel, outsideLabel, tumourLabel, vesselLabel } from '../../src/liver/index.ts';
import { applyPatch } from '../../src/volume/index.ts';
import type { VoxelPatch } from '../../src/volume/index.ts';

const grid = createGrid({
  size: [7, 1, 1],
  spacing: [2, 5, 10],
  origin: [3, -4, 9],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
});
const tumour = tumourLabel(1);

function mask(...values: number[]) {
  const labelsPresent = [...new Set(values)].filter((value) => value !== 0).sort((a, b) => a - b);
  return { name: 'mask.nii.gz', grid, values: Uint8Array.from(values), labelsPresent };
}

function labelsOf(...values: number[]) {
  return { grid, values: Uint8Array.from(values) };
}

function applied(before: readonly number[], patch: VoxelPatch): readonly number[] {
  const values = Uint8Array.from(before);
  applyPatch(values, patch);
  return [...values];
}

function bring(before: readonly number[], file: ReturnType<typeof mask>, into: Parameters<typeof maskPatch>[2]) {
  const outcome = maskPatch(labelsOf(...before), file, into);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return { values: applied(before, outcome.value.patch), remarks: outcome.value.remarks };
}

describe('a mask brought into the labels of a case', () => {
  it('replaces the liver and keeps the structures that lie in it', () => {
    const before = [liverLabel, liverLabel, tumour, vesselLabel, outsideLabel, 0, 0];
    const { values, remarks } = bring(before, mask(0, 9, 9, 9, 9, 9, 0), [{ fileLabels: null, label: liverLabel }]);
    expect(values).toEqual([0, liverLabel, tumour, vesselLabel, outsideLabel, liverLabel, 0]);
    // One voxel of 0.1 mL is claimed by both; what lies in the liver by its nature is no overlap.
    expect(remarks.map((remark) => remark.message)).toEqual([
      'Liver and outside overlap by 0.10 mL; it is counted as outside.',
    ]);
  });

  it('gives a corrected tumour back to the liver, and adds to vessels and outside', () => {
    const before = [liverLabel, tumour, tumour, vesselLabel, outsideLabel, liverLabel, 0];
    const corrected = bring(before, mask(0, 0, 1, 1, 1, 0, 0), [{ fileLabels: null, label: tumour }]);
    expect(corrected.values).toEqual([liverLabel, liverLabel, tumour, tumour, outsideLabel, liverLabel, 0]);
    const more = bring(before, mask(0, 0, 0, 0, 0, 1, 1), [{ fileLabels: null, label: outsideLabel }]);
    expect(more.values).toEqual([liverLabel, tumour, tumour, vesselLabel, outsideLabel, outsideLabel, outsideLabel]);
  });

  it('takes several labels together or each on its own', () => {
    const before = [1, 1, 1, 1, 1, 1, 1];
    const file = mask(0, 5, 0, 8, 8, 0, 0);
    expect(bring(before, file, [{ fileLabels: [5, 8], label: vesselLabel }]).values).toEqual([1, 2, 1, 2, 2, 1, 1]);
    const apart = [
      { fileLabels: [5], label: tumourLabel(1) },
      { fileLabels: [8], label: tumourLabel(2) },
    ];
    expect(bring(before, file, apart).values).toEqual([1, 16, 1, 17, 17, 1, 1]);
    const unsaid = maskPatch(labelsOf(...before), file, [{ fileLabels: null, label: liverLabel }]);
    expect(unsaid.ok ? null : unsaid.error.code).toBe('mask_has_many_labels');
  });

  it('restores a whole case from its own codes and refuses codes without a meaning', () => {
    const outcome = anatomyPatch(labelsOf(1, 1, 1, 0, 0, 0, 3), mask(0, 1, 2, 3, 4, 17, 0));
    expect(outcome.ok && applied([1, 1, 1, 0, 0, 0, 3], outcome.value.patch)).toEqual([0, 1, 2, 3, 4, 17, 0]);
    const foreign = anatomyPatch(labelsOf(1, 1, 1, 0, 0, 0, 3), mask(0, 1, 2, 7, 4, 17, 0));
    expect(foreign.ok ? null : foreign.error.code).toBe('mask_codes_unknown');
  });
});
