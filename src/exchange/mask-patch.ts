import { voxelVolume } from '../geometry/index.ts';
import { background, kindOf, liverLabel, structureName } from '../liver/index.ts';
import type { StructureKind } from '../liver/index.ts';
import { failure, patchBetween, success } from '../volume/index.ts';
import type { Labels, Outcome, Remark, VoxelPatch } from '../volume/index.ts';
import type { MaskFile } from './mask-file.ts';
import { placeMask } from './place-mask.ts';

/** Which structure a voxel belongs to when masks overlap (B0 of the rule base): the higher wins. */
const precedence: Readonly<Record<StructureKind, number>> = {
  liver: 1,
  vessel: 2,
  nonFunctional: 3,
  tumour: 4,
  outside: 5,
};

/** What a mask file brings to the labels of a case. */
export interface MaskPatch {
  readonly patch: VoxelPatch;
  readonly remarks: readonly Remark[];
}

/** Which labels of a file (their union; null = its only one) become which label of the case. */
export interface MaskAssignment {
  readonly fileLabels: readonly number[] | null;
  readonly label: number;
}

/**
 * The change that brings structures of a mask file into the case. A liver or a tumour becomes what the mask shows: what it held before
 * and the mask does not goes to the background (liver) or back to the liver (tumour). The other structures come in several files
 * (gallbladder, cava, …) and are added to. Where a structure of higher precedence lies, it stays, and the overlap is said in mL.
 */
export function maskPatch(labels: Labels, mask: MaskFile, assignments: readonly MaskAssignment[]): Outcome<MaskPatch> {
  const before = labels.values.slice();
  const after = before.slice();
  const remarks: Remark[] = [];
  for (const { fileLabels, label } of assignments) {
    const placed = placeMask(mask, fileLabels, labels.grid);
    if (!placed.ok) return placed;
    const overlaps = write(after, placed.value.inside, label);
    remarks.push(...placed.value.remarks, ...overlapRemarks(labels, label, overlaps));
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
  const after = new Uint8Array(labels.values.length);
  const remarks: Remark[] = [];
  for (const label of mask.labelsPresent) {
    const placed = placeMask(mask, [label], labels.grid);
    if (!placed.ok) return placed;
    write(after, placed.value.inside, label);
    remarks.push(...placed.value.remarks);
  }
  return success({ patch: patchBetween(labels.values.slice(), after), remarks: once(remarks) });
}

function once(remarks: readonly Remark[]): readonly Remark[] {
  return remarks.filter((one, place) => remarks.findIndex((other) => other.message === one.message) === place);
}

/** Writes a structure; gives how many voxels of the mask each other label kept (`kept`) or lost (`taken`). */
function write(values: Uint8Array, inside: Uint8Array, label: number): { kept: Float64Array; taken: Float64Array } {
  const rank = Uint8Array.from({ length: 256 }, (_, code) => rankOf(code));
  const own = rank[label]!;
  const kind = kindOf(label);
  const givenBack = kind === 'liver' ? background : kind === 'tumour' ? liverLabel : label;
  const kept = new Float64Array(256);
  const taken = new Float64Array(256);
  for (let voxel = 0; voxel < values.length; voxel += 1) {
    const now = values[voxel]!;
    if (inside[voxel] === 0) {
      if (now === label) values[voxel] = givenBack;
    } else if (now !== label) {
      if (rank[now]! > own) kept[now]! += 1;
      else {
        taken[now]! += 1;
        values[voxel] = label;
      }
    }
  }
  return { kept, taken };
}

function rankOf(label: number): number {
  const kind = kindOf(label);
  return kind === null ? 0 : precedence[kind];
}

function overlapRemarks(
  labels: Labels,
  label: number,
  { kept, taken }: { readonly kept: Float64Array; readonly taken: Float64Array },
): readonly Remark[] {
  const name = structureName(label);
  const remarks: Remark[] = [];
  const say = (other: number, voxels: number, winner: string): void => {
    // Structures of the liver lie in it by their nature; only `outside` takes away from it.
    const isNatural =
      (other === liverLabel && kindOf(label) !== 'outside') || (label === liverLabel && kindOf(other) !== 'outside');
    if (voxels === 0 || other === background || isNatural) return;
    const volume = (voxels * voxelVolume(labels.grid)).toFixed(2);
    remarks.push({
      code: 'masks_overlap',
      message: `${name} and ${structureName(other)} overlap by ${volume} mL; it is counted as ${winner}.`,
    });
  };
  kept.forEach((voxels, other) => say(other, voxels, structureName(other)));
  taken.forEach((voxels, other) => say(other, voxels, name));
  return remarks;
}
