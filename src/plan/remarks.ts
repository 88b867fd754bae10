import { kindOf, liverLabel } from '../liver/index.ts';
import type { VoxelPatch } from '../volume/index.ts';
import type { ImportedFrom } from './create.ts';
import type { MaskRemark } from './plan.ts';

/** Said of how a file was read, which stays true of the voxels that came from it. */
const ofTheFile = ['mask_resampled'];

/**
 * The remarks that still hold after a change by hand: how two masks overlapped is no longer said once one of them was corrected. The
 * liver is left out of this: a stroke at its edge says nothing about the vessels that reach beyond it elsewhere.
 */
export function remarksAfterHand(remarks: readonly MaskRemark[], patch: VoxelPatch): readonly MaskRemark[] {
  const isChanged = (label: number): boolean =>
    label !== liverLabel && (patch.before.includes(label) || patch.after.includes(label));
  const holds = ({ code, labels = [] }: MaskRemark): boolean => ofTheFile.includes(code) || !labels.some(isChanged);
  return remarks.every(holds) ? remarks : remarks.filter(holds);
}

/**
 * The remarks after an import: those on a liver or a tumour that came anew make room for what its new mask meets. Other masks are added
 * to what is there, so what was said of it stays true.
 */
export function remarksAfterImport(
  remarks: readonly MaskRemark[],
  from: Pick<ImportedFrom, 'structures' | 'remarks' | 'isWhole'>,
): readonly MaskRemark[] {
  const isReplaced = (label: number): boolean =>
    (kindOf(label) === 'liver' || kindOf(label) === 'tumour') && from.structures.some((one) => one.label === label);
  const kept = remarks.filter(({ labels = [] }) =>
    labels.length === 0 ? true : from.isWhole !== true && !labels.some(isReplaced),
  );
  return [...kept, ...from.remarks.filter(({ message }) => !kept.some((old) => old.message === message))];
}
