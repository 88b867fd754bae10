import { voxelCount, voxelVolume } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import {
  firstTumourLabel,
  liverLabel,
  nonFunctionalLabel,
  outsideLabel,
  tumourLabel,
  vesselLabel,
} from '../liver/index.ts';
import type { Labels, Remark } from '../volume/index.ts';

/** Masks of one patient on one grid, 1 inside, each one byte a voxel. */
export interface StructureMasks {
  readonly liver: Uint8Array;
  /** Tumour 1, 2, … in order. */
  readonly tumours: readonly Uint8Array[];
  readonly vessels?: Uint8Array;
  readonly outside?: Uint8Array;
  readonly nonFunctional?: Uint8Array;
}

/**
 * One anatomy layer from separate masks. Where they overlap, outside > tumour > non-functional > vessel > parenchyma (B0 of the rule
 * base); overlaps are said in mL. What reaches beyond the liver mask joins the total and is said in mL.
 */
export function mergeMasks(
  grid: Grid,
  masks: StructureMasks,
): { readonly labels: Labels; readonly remarks: readonly Remark[] } {
  const count = voxelCount(grid);
  const values = new Uint8Array(count);
  // Later layers lie over earlier ones.
  const layers = [
    { name: 'liver', label: liverLabel, mask: masks.liver },
    { name: 'vessels', label: vesselLabel, mask: masks.vessels },
    { name: 'non-functional', label: nonFunctionalLabel, mask: masks.nonFunctional },
    // The first of two tumours keeps what they share.
    ...masks.tumours
      .map((mask, index) => ({ name: `tumour ${index + 1}`, label: tumourLabel(index + 1), mask }))
      .reverse(),
    { name: 'outside', label: outsideLabel, mask: masks.outside },
  ];
  const names = new Map(layers.map(({ label, name }) => [label, name]));
  const remarks: Remark[] = [];
  const inMl = (voxels: number): string => `${(voxels * voxelVolume(grid)).toFixed(2)} mL`;
  for (const { name, label, mask } of layers) {
    if (mask === undefined) continue;
    if (mask.length !== count) throw new RangeError(`The mask of ${name} has ${mask.length} voxels, the grid ${count}`);
    const covered = new Float64Array(256);
    for (let voxel = 0; voxel < count; voxel += 1) {
      if (mask[voxel] === 0) continue;
      covered[values[voxel]!]! += 1;
      values[voxel] = label;
    }
    covered.forEach((voxels, below) => {
      // Tumours, vessels and non-functional tissue lie in the liver by their nature; `outside` takes away from it.
      if (voxels === 0 || below === 0 || (below === liverLabel && label !== outsideLabel)) return;
      remarks.push({
        code: 'masks_overlap',
        message: `${capital(name)} and ${names.get(below)!} overlap by ${inMl(voxels)}; it is counted as ${name}.`,
      });
    });
  }
  for (const { name, label, mask } of layers) {
    if (mask === undefined || label === liverLabel || label === outsideLabel) continue;
    let beyond = 0;
    for (let voxel = 0; voxel < count; voxel += 1) {
      if (values[voxel] === label && masks.liver[voxel] === 0) beyond += 1;
    }
    if (beyond === 0) continue;
    remarks.push({
      code: label >= firstTumourLabel ? 'tumour_beyond_liver' : 'structure_beyond_liver',
      message: `${capital(name)} reaches ${inMl(beyond)} beyond the liver mask; this is counted as liver and added to the total.`,
    });
  }
  return { labels: { grid, values }, remarks };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
