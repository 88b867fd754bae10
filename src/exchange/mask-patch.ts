import { kindOf } from '../liver/index.ts';
import { failure, patchBetween, success } from '../volume/index.ts';
import type { MaskRemark } from '../plan/index.ts';
import type { Labels, Outcome, VoxelPatch } from '../volume/index.ts';
import type { MaskFile } from './mask-file.ts';
import { placeLabels, placeMask } from './place-mask.ts';
import { writeStructure } from './write-structure.ts';

/** What a mask file brings to the labels of a case. */
export interface MaskPatch {
  readonly patch: VoxelPatch;
  readonly remarks: readonly MaskRemark[];
}

/** Which labels of a file (their union; null = its only one) become which label of the case. */
export interface MaskAssignment {
  readonly fileLabels: readonly number[] | null;
  readonly label: number;
}

/**
 * The change that brings structures of a mask file into the case, each as `writeStructure` says; what they meet is said in mL. The
 * structures of `locked` stay as they are.
 */
export function maskPatch(
  labels: Labels,
  mask: MaskFile,
  assignments: readonly MaskAssignment[],
  locked: readonly number[] = [],
): Outcome<MaskPatch> {
  const before = labels.values.slice();
  const after = before.slice();
  const remarks: MaskRemark[] = [];
  for (const { fileLabels, label } of assignments) {
    const placed = placeMask(mask, fileLabels, labels.grid);
    if (!placed.ok) return placed;
    const met = writeStructure(labels.grid, after, placed.value.inside, label, undefined, locked);
    remarks.push(...placed.value.remarks.map((remark) => ({ ...remark, labels: [label] })), ...met);
  }
  return success({ patch: patchBetween(before, after), remarks: once(remarks) });
}

/** The change that makes the whole case what a mask with this program's own codes shows (an export of all structures). */
export function anatomyPatch(labels: Labels, mask: MaskFile): Outcome<MaskPatch> {
  const unknown = mask.labelsPresent.filter((label) => kindOf(label) === null);
  if (unknown.length > 0) {
    return failure(
      'mask_codes_unknown',
      `${mask.name} holds labels that are no codes of Remnant (${unknown.join(', ')}). Choose one label and say what it is.`,
    );
  }
  const placed = placeLabels(mask, mask.labelsPresent, labels.grid);
  if (!placed.ok) return placed;
  const { values, remarks } = placed.value;
  return success({ patch: patchBetween(labels.values.slice(), values), remarks });
}

function once(remarks: readonly MaskRemark[]): readonly MaskRemark[] {
  return remarks.filter((one, place) => remarks.findIndex((other) => other.message === one.message) === place);
}
