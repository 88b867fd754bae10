import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colours, structureColours, tumourLabel, vesselLabel } from '../../src/liver/index.ts';
import {
  changeStructure,
  changeVoxels,
  colourIn,
  importVoxels,
  lockedIn,
  openDocument,
  openPlan,
  perform,
  savePlan,
  sparing,
  structureIn,
  undo,
} from '../../src/plan/index.ts';
import type { MaskRemark, Plan } from '../../src/plan/index.ts';
import { applyPatch, patchBetween } from '../../src/volume/index.ts';
import { madeLabels, madePlan } from './made-plan.ts';

const count = 7 * 5 * 4;
const locked = (plan: Plan, ...labels: readonly number[]): Plan =>
  labels.reduce((now, label) => changeStructure(now, label, { isLocked: true }, 'Lock').after, plan);

describe('a locked structure', () => {
  it('keeps every voxel and gains none, whatever is written, and the rest is written', () => {
    const values = fc.uint8Array({ minLength: count, maxLength: count, max: 4 });
    fc.assert(
      fc.property(values, values, fc.subarray([1, 2, 3, 4]), (before, wanted, labels) => {
        const plan = locked(madePlan(), ...labels);
        const after = before.slice();
        applyPatch(after, sparing(plan, patchBetween(before, wanted)));
        const isHeld = (voxel: number): boolean => labels.includes(before[voxel]!) || labels.includes(wanted[voxel]!);
        for (let voxel = 0; voxel < count; voxel += 1) {
          expect(after[voxel]).toBe(isHeld(voxel) ? before[voxel] : wanted[voxel]);
        }
      }),
      { seed: 7_311, numRuns: 60 },
    );
  });

  it('is spared by strokes and imports alike, and the document refuses an edit that does not spare it', () => {
    const plan = locked(madePlan(), vesselLabel);
    const labels = madeLabels((voxel) => (voxel < 9 ? vesselLabel : 0));
    const patch = patchBetween(labels.values, labels.values.slice().fill(1, 5, 14));
    expect(lockedIn(plan, patch).map(({ name }) => name)).toEqual(['Vessels']);
    const stroke = changeVoxels(plan, patch, 'Brush');
    const brought = importVoxels(plan, patch, { author: 'a', structures: [], remarks: [] }, 'Import');
    for (const edit of [stroke, brought]) {
      expect([...edit.patch!.starts]).toEqual([9]);
      expect([...edit.patch!.lengths]).toEqual([5]);
    }
    const document = openDocument(plan, labels, { saved: true });
    expect(() => perform(document, { ...stroke, patch })).toThrow('locked');
    const done = perform(document, stroke);
    expect([...labels.values].filter((label) => label === vesselLabel)).toHaveLength(9);
    // Undo goes back over what came before the lock as well.
    expect(undo(done)!.plan).toBe(plan);
    const whole = patchBetween(labels.values, labels.values.slice().fill(0, 0, 4));
    expect(changeVoxels(plan, whole, 'Erase').patch).toBeNull();
  });
});

describe('what the plan says of a structure', () => {
  it('is kept in its file: name, colour, lock', () => {
    const named = changeStructure(madePlan(), 16, { name: 'VII deep', colour: 'sky', isLocked: true }, 'Change').after;
    const opened = openPlan(savePlan(named, madeLabels()));
    if (!opened.ok) throw new Error(opened.error.message);
    expect(opened.value.plan).toEqual(named);
    expect(structureIn(opened.value.plan!.structures, 16)).toEqual({
      label: 16,
      name: 'VII deep',
      colour: 'sky',
      isLocked: true,
    });
  });

  it('is the chosen colour, or that of its kind; an import keeps both colour and lock', () => {
    const plan = changeStructure(madePlan(), 16, { colour: 'blue', isLocked: true }, 'Change').after;
    expect(colourIn(plan.structures, 16)).toEqual(structureColours.blue);
    expect(colourIn(plan.structures, 17)).toEqual(colours.tumour);
    expect(colourIn(plan.structures, 0)).toBeNull();
    const from = { author: 'b', structures: [{ label: 16, name: 'Tumour 1' }], remarks: [] };
    const { after } = importVoxels(plan, patchBetween(Uint8Array.of(0), Uint8Array.of(1)), from, 'Import');
    expect(structureIn(after.structures, 16)).toMatchObject({ name: 'Tumour 1', colour: 'blue', isLocked: true });
  });

  it('offers no colour that says what stays or what is resected', () => {
    for (const colour of Object.values(structureColours)) {
      expect(colour).not.toEqual(colours.remnant);
      expect(colour).not.toEqual(colours.resected);
    }
  });
});

describe('a remark on the masks', () => {
  const [first, second] = [tumourLabel(1), tumourLabel(2)];
  const overlap: MaskRemark = { code: 'masks_overlap', message: 'A and B overlap.', labels: [second, first] };
  const beyond: MaskRemark = { code: 'structure_beyond_liver', message: 'Vessels reach out.', labels: [2, 1] };
  const read: MaskRemark = { code: 'mask_resampled', message: 'B was resampled.', labels: [second] };
  const old: MaskRemark = { code: 'masks_overlap', message: 'Of a plan of before.' };
  const plan: Plan = { ...madePlan(), remarks: [overlap, beyond, read, old] };
  const said = (edit: { readonly after: Plan }) => edit.after.remarks.map(({ message }) => message);
  const change = (before: number, after: number) => patchBetween(Uint8Array.of(before), Uint8Array.of(after));
  const brought = (label: number, isWhole = false, ...remarks: readonly MaskRemark[]) =>
    importVoxels(
      plan,
      change(0, label),
      { author: 'c', structures: [{ label, name: 'X' }], remarks, isWhole },
      'Import',
    );

  it('lapses when the structure it speaks of is corrected by hand, and not for a stroke elsewhere', () => {
    expect(said(changeVoxels(plan, change(first, 1), 'Erase'))).toEqual([beyond, read, old].map((one) => one.message));
    expect(said(changeVoxels(plan, change(0, 2), 'Brush'))).toEqual([overlap, read, old].map((one) => one.message));
    expect(said(changeVoxels(plan, change(0, 1), 'Brush'))).toEqual(plan.remarks.map((one) => one.message));
  });

  it('makes room when the structure comes anew, and is said once', () => {
    const again = { ...overlap, message: 'A and B overlap by less.' };
    expect(said(brought(second, false, again))).toEqual([beyond, old, again].map((one) => one.message));
    // Vessels are added to what is there, so what was said of it holds; a file of the whole case leaves nothing of before.
    expect(said(brought(2, false, beyond))).toEqual(plan.remarks.map((one) => one.message));
    expect(said(brought(2, true))).toEqual([old.message]);
    expect(said(brought(1))).toEqual([overlap, read, old].map((one) => one.message));
  });
});
