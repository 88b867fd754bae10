import { voxelVolume } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import { background, kindOf, liverLabel, structureName } from '../liver/index.ts';
import type { StructureKind } from '../liver/index.ts';
import type { MaskRemark } from '../plan/index.ts';

/** Which structure a voxel belongs to when masks overlap (B0 of the rule base): the higher wins. */
const precedence: Readonly<Record<StructureKind, number>> = {
  liver: 1,
  vessel: 2,
  nonFunctional: 3,
  tumour: 4,
  outside: 5,
};

/** Rank of every label; what two tumours share stays with the lower number, so that the order of imports does not matter. */
const ranks = Float64Array.from({ length: 256 }, (_, label) => {
  const kind = kindOf(label);
  return kind === null ? 0 : precedence[kind] + (kind === 'tumour' ? (255 - label) / 256 : 0);
});

/**
 * Writes one structure into the anatomy layer in place and says in mL what it met. Where a structure of higher precedence lies, that
 * one stays. The total is the liver, the tumours and the vessels within the liver (B0): a tumour beyond the liver mask joins it;
 * vessels and non-functional tissue beyond it are not known to lie in the liver and are left out. A liver or a tumour becomes what the
 * mask shows: what it held before goes to the background (liver) or back to the liver (tumour); other structures are added to.
 * `hasLiver` says whether the liver is there already (by default: whether any of it is seen). Voxels of a label in `locked` stay.
 */
export function writeStructure(
  grid: Grid,
  values: Uint8Array,
  inside: Uint8Array,
  label: number,
  // Vessels may come before the liver: then nothing is known of their place, and the liver sorts it out when it comes.
  hasLiver = values.includes(liverLabel),
  locked: readonly number[] = [],
): readonly MaskRemark[] {
  const kind = kindOf(label);
  const staysInLiver = kind === 'vessel' || kind === 'nonFunctional';
  const kept = new Float64Array(256);
  const taken = new Float64Array(256);
  const beyond = new Float64Array(256);
  const isLocked = new Uint8Array(256);
  for (const one of locked) isLocked[one] = 1;
  let givenBack = 0;
  for (let voxel = 0; voxel < values.length; voxel += 1) {
    const now = values[voxel]!;
    if (isLocked[now] === 1) {
      if (inside[voxel] !== 0 && now !== label) kept[now]! += 1;
      continue;
    }
    if (inside[voxel] === 0) {
      if (kind === 'liver') {
        if (isBoundToLiver(now)) values[voxel] = background;
        if (now !== label) beyond[now]! += 1;
      } else if (kind === 'tumour' && now === label) {
        values[voxel] = liverLabel;
        givenBack += 1;
      }
    } else if (now !== label) {
      if (now === background && hasLiver && kind !== 'liver') {
        beyond[label]! += 1;
        if (staysInLiver) continue;
      }
      if (ranks[now]! > ranks[label]!) kept[now]! += 1;
      else {
        taken[now]! += 1;
        values[voxel] = label;
      }
    }
  }
  const inMl = (voxels: number): string => `${(voxels * voxelVolume(grid)).toFixed(2)} mL`;
  return [
    ...overlapRemarks(label, kept, taken, inMl),
    ...beyondRemarks(beyond, inMl),
    ...(givenBack === 0
      ? []
      : [
          {
            code: 'tumour_replaced',
            message: `${structureName(label)} was replaced: ${inMl(givenBack)} that its new mask leaves out is counted as liver.`,
            labels: [label],
          },
        ]),
  ];
}

/** Structures that a new liver mask takes away where it does not reach. */
function isBoundToLiver(label: number): boolean {
  const kind = kindOf(label);
  return kind === 'liver' || kind === 'vessel' || kind === 'nonFunctional';
}

type InMl = (voxels: number) => string;

function overlapRemarks(label: number, kept: Float64Array, taken: Float64Array, inMl: InMl): readonly MaskRemark[] {
  const remarks: MaskRemark[] = [];
  const say = (other: number, voxels: number, winner: number): void => {
    // Structures of the liver lie in it by their nature; only `outside` takes away from it.
    const isNatural =
      (other === liverLabel && kindOf(label) !== 'outside') || (label === liverLabel && kindOf(other) !== 'outside');
    if (voxels === 0 || other === background || isNatural) return;
    remarks.push({
      code: 'masks_overlap',
      message: `${structureName(label)} and ${inSentence(other)} overlap by ${inMl(voxels)}; it is counted as ${inSentence(winner)}.`,
      labels: [label, other],
    });
  };
  kept.forEach((voxels, other) => say(other, voxels, other));
  taken.forEach((voxels, other) => say(other, voxels, label));
  return remarks;
}

function beyondRemarks(beyond: Float64Array, inMl: InMl): readonly MaskRemark[] {
  return [...beyond].flatMap((voxels, label): readonly MaskRemark[] => {
    const kind = kindOf(label);
    if (voxels === 0 || kind === null || kind === 'outside' || kind === 'liver') return [];
    const reaches = `${structureName(label)} reach${kind === 'vessel' ? '' : 'es'} ${inMl(voxels)} beyond the liver mask`;
    if (kind === 'tumour') {
      return [
        {
          code: 'tumour_beyond_liver',
          message: `${reaches}; this is added to the total.`,
          labels: [label, liverLabel],
        },
      ];
    }
    return [
      {
        code: 'structure_beyond_liver',
        message: `${reaches}; this is not counted. Where it lies in the liver, extend the liver mask over it.`,
        labels: [label, liverLabel],
      },
    ];
  });
}

function inSentence(label: number): string {
  return structureName(label).toLowerCase();
}
