import { voxelCount } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import {
  liverLabel,
  nonFunctionalLabel,
  outsideLabel,
  structureName,
  tumourLabel,
  vesselLabel,
} from '../liver/index.ts';
import type { Labels, Remark } from '../volume/index.ts';
import { writeStructure } from './write-structure.ts';

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
 * One anatomy layer from separate masks, by the same rule as masks imported one after another (`writeStructure`), and the remarks that
 * these imports give in the order liver, outside, tumours, non-functional, vessels. Throws RangeError for a mask of another size.
 */
export function mergeMasks(
  grid: Grid,
  masks: StructureMasks,
): { readonly labels: Labels; readonly remarks: readonly Remark[] } {
  const count = voxelCount(grid);
  const values = new Uint8Array(count);
  // The liver first, since the others are placed by it; then from the highest precedence down, so that every overlap is said once.
  const layers = [
    { label: liverLabel, mask: masks.liver },
    { label: outsideLabel, mask: masks.outside },
    ...masks.tumours.map((mask, index) => ({ label: tumourLabel(index + 1), mask })),
    { label: nonFunctionalLabel, mask: masks.nonFunctional },
    { label: vesselLabel, mask: masks.vessels },
  ];
  const remarks = layers.flatMap(({ label, mask }) => {
    if (mask === undefined) return [];
    if (mask.length !== count) {
      throw new RangeError(`The mask of ${structureName(label)} has ${mask.length} voxels, the grid ${count}`);
    }
    return writeStructure(grid, values, mask, label, true).map(({ code, message }) => ({ code, message }));
  });
  return { labels: { grid, values }, remarks };
}
