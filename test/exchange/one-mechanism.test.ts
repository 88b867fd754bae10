import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anatomyPatch, maskPatch, mergeMasks } from '../../src/exchange/index.ts';
import type { MaskAssignment, MaskFile } from '../../src/exchange/index.ts';
import { createGrid, voxelVolume } from '../../src/geometry/index.ts';
import {
  liverLabel,
  measure,
  nonFunctionalLabel,
  outsideLabel,
  prepareMeasurement,
  tumourLabel,
  vesselLabel,
} from '../../src/liver/index.ts';
import { applyPatch } from '../../src/volume/index.ts';
import type { Remark } from '../../src/volume/index.ts';

const grid = createGrid({
  size: [6, 5, 4],
  spacing: [1.3, 0.9, 2.7],
  origin: [-11, 23, 5],
  axes: [
    [0.8, 0.6, 0],
    [-0.6, 0.8, 0],
    [0, 0, -1],
  ],
});
const count = 6 * 5 * 4;

/** Masks as they come: none of them empty, all of them anywhere; voxel 1 is plain liver. */
const aMask = (share: number) =>
  fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: count, maxLength: count })
    .map((numbers) =>
      Uint8Array.from(numbers, (number, voxel) =>
        voxel === 1 ? Number(share > 0.5) : Number(number < share || voxel === 0),
      ),
    );
const aCase = fc.record({
  liver: aMask(0.6),
  first: aMask(0.2),
  second: aMask(0.2),
  vessels: aMask(0.3),
  outside: aMask(0.15),
  nonFunctional: aMask(0.15),
});

interface Import {
  readonly label: number;
  readonly inside: Uint8Array;
}

/** What the app does: one mask file after another into the labels of the open case. */
function imported(steps: readonly Import[]): { readonly values: Uint8Array; readonly remarks: readonly Remark[] } {
  const values = new Uint8Array(count);
  const remarks: Remark[] = [];
  for (const { label, inside } of steps) {
    const file: MaskFile = { name: 'mask.nii.gz', grid, values: inside, labelsPresent: [1] };
    const into: MaskAssignment[] = [{ fileLabels: null, label }];
    const outcome = maskPatch({ grid, values }, file, into);
    if (!outcome.ok) throw new Error(outcome.error.message);
    applyPatch(values, outcome.value.patch);
    remarks.push(...outcome.value.remarks);
  }
  return { values, remarks };
}

describe('masks of one case, in the app and on the command line', () => {
  it('give the same labels in any order of import, and the same remarks in the same order', () => {
    fc.assert(
      fc.property(aCase, fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), (masks, order) => {
        const steps: readonly Import[] = [
          { label: liverLabel, inside: masks.liver },
          { label: outsideLabel, inside: masks.outside },
          { label: tumourLabel(1), inside: masks.first },
          { label: tumourLabel(2), inside: masks.second },
          { label: nonFunctionalLabel, inside: masks.nonFunctional },
          { label: vesselLabel, inside: masks.vessels },
        ];
        const merged = mergeMasks(grid, { ...masks, tumours: [masks.first, masks.second] });
        const inOrder = imported(steps);
        expect(inOrder.values).toEqual(merged.labels.values);
        expect(inOrder.remarks.map(({ code, message }) => ({ code, message }))).toEqual(merged.remarks);
        expect(imported(order.map((step) => steps[step]!)).values).toEqual(merged.labels.values);
      }),
      { seed: 90_210, numRuns: 60 },
    );
  });

  it('count the total as B0 defines it, voxel by voxel, and say in mL what reaches beyond the liver', () => {
    fc.assert(
      fc.property(aCase, (masks) => {
        const { labels, remarks } = mergeMasks(grid, { ...masks, tumours: [masks.first, masks.second] });
        const voxels = [...masks.liver.keys()];
        const isTumour = (voxel: number): boolean => masks.first[voxel] === 1 || masks.second[voxel] === 1;
        const isOutside = (voxel: number): boolean => masks.outside[voxel] === 1;
        const howMany = (holds: (voxel: number) => boolean): number => voxels.filter(holds).length;
        const total = howMany((voxel) => !isOutside(voxel) && (masks.liver[voxel] === 1 || isTumour(voxel)));
        const tumour = howMany((voxel) => !isOutside(voxel) && isTumour(voxel));
        const lost = howMany(
          (voxel) =>
            !isOutside(voxel) && !isTumour(voxel) && masks.liver[voxel] === 1 && masks.nonFunctional[voxel] === 1,
        );
        const volumetry = measure(prepareMeasurement(labels), [], null);
        const voxelMl = voxelVolume(grid);
        expect(volumetry.units.total).toBe(total * 65_536);
        expect(volumetry.tumourMl).toBeCloseTo(tumour * voxelMl, 9);
        expect(volumetry.functionalMl).toBeCloseTo((total - tumour - lost) * voxelMl, 9);

        const joined = howMany((voxel) => masks.first[voxel] === 1 && masks.liver[voxel] === 0 && !isOutside(voxel));
        const inMl = `${(joined * voxelMl).toFixed(2)} mL`;
        expect(remarks.filter(({ message }) => message.startsWith('Tumour 1 reaches'))).toEqual(
          joined === 0
            ? []
            : [
                {
                  code: 'tumour_beyond_liver',
                  message: `Tumour 1 reaches ${inMl} beyond the liver mask; this is added to the total.`,
                },
              ],
        );
      }),
      { seed: 1_812, numRuns: 60 },
    );
  });

  it('leave vessels and non-functional tissue beyond the liver out, and a corrected tumour in the liver', () => {
    const row = (...values: number[]): Uint8Array => Uint8Array.from({ length: count }, (_, at) => values[at] ?? 0);
    const { values, remarks } = imported([
      { label: liverLabel, inside: row(1, 1, 1, 0, 0, 0) },
      { label: vesselLabel, inside: row(0, 1, 0, 1, 1, 0) },
      { label: nonFunctionalLabel, inside: row(0, 0, 1, 0, 0, 1) },
      { label: tumourLabel(1), inside: row(1, 0, 0, 1, 0, 0) },
      { label: tumourLabel(1), inside: row(0, 0, 0, 1, 0, 0) },
    ]);
    expect([...values.slice(0, 6)]).toEqual([liverLabel, vesselLabel, nonFunctionalLabel, tumourLabel(1), 0, 0]);
    const ml = (voxels: number): string => `${(voxels * voxelVolume(grid)).toFixed(2)} mL`;
    expect(remarks.map(({ message }) => message)).toEqual([
      `Vessels reach ${ml(2)} beyond the liver mask; this is not counted. Where it lies in the liver, extend the liver mask over it.`,
      `Non-functional reaches ${ml(1)} beyond the liver mask; this is not counted. Where it lies in the liver, extend the liver mask over it.`,
      `Tumour 1 reaches ${ml(1)} beyond the liver mask; this is added to the total.`,
      `Tumour 1 was replaced: ${ml(1)} that its new mask leaves out is counted as liver.`,
    ]);
  });

  it('keep two structures that touch together when they are resampled', () => {
    // Three labels in columns of half the target's width: no voxel of the target is half inside any one of them.
    const fine = createGrid({
      size: [8, 1, 1],
      spacing: [0.5, 1, 1],
      origin: [0.25, 0, 0],
      axes: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    const coarse = createGrid({
      size: [4, 1, 1],
      spacing: [1, 1, 1],
      origin: [0.5, 0, 0],
      axes: fine.axes,
    });
    const file: MaskFile = {
      name: 'all.nii',
      grid: fine,
      values: Uint8Array.of(0, 1, 16, 2, 1, 1, 4, 1),
      labelsPresent: [1, 2, 4, 16],
    };
    const outcome = maskPatch({ grid: coarse, values: new Uint8Array(4) }, file, [
      { fileLabels: [1, 2, 4, 16], label: liverLabel },
    ]);
    if (!outcome.ok) throw new Error(outcome.error.message);
    const union = new Uint8Array(4);
    applyPatch(union, outcome.value.patch);
    expect([...union]).toEqual([1, 1, 1, 1]);
    const whole = anatomyPatch({ grid: coarse, values: new Uint8Array(4) }, file);
    if (!whole.ok) throw new Error(whole.error.message);
    const values = new Uint8Array(4);
    applyPatch(values, whole.value.patch);
    expect([...values].map((label) => Number(label !== 0))).toEqual([...union]);
    expect(whole.value.remarks.map(({ code }) => code)).toEqual(['mask_resampled']);
  });
});
