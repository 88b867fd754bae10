import { coarserField, fieldOf, labelHistogram, labelSet, surfaceOf } from '../volume/index.ts';
import type { Grid } from '../geometry/index.ts';
import type { Labels, ScalarField, SurfaceMesh } from '../volume/index.ts';
import { cutField, walkRun } from './cut-field.ts';
import type { Cut } from './cut.ts';
import { totalMembers } from './measure.ts';
import { background, liverLabel } from './structure.ts';

/** A surface without a triangle. */
const noSurface: SurfaceMesh = {
  positions: new Float32Array(0),
  normals: new Float32Array(0),
  triangles: new Uint32Array(0),
};

/**
 * How wide the cells of the liver's surface are, mm. Finer ones show nothing more after smoothing, but are some hundred thousand
 * triangles on a CT of today.
 */
const liverCellMm = 1.5;

/**
 * The surfaces of a plan for looking at (structurally the boundary's `PlanSurfaces`): the total, whole and split by the cuts, with the cut faces
 * where the planes are (voxels enter with their resected fraction), and every other structure on its own.
 */
export function planSurfaces(
  labels: Labels,
  cuts: readonly Cut[],
): {
  readonly cuts: readonly Cut[];
  readonly whole: SurfaceMesh;
  readonly remnant: SurfaceMesh;
  readonly resected: SurfaceMesh | null;
  readonly others: readonly { readonly label: number; readonly mesh: SurfaceMesh }[];
} {
  const { grid } = labels;
  const total = fieldOf(labels, totalMembers);
  const counts = labelHistogram(labels.values);
  const others: { readonly label: number; readonly mesh: SurfaceMesh }[] = [];
  counts.forEach((count, label) => {
    if (count === 0 || label === background || label === liverLabel) return;
    const field = fieldOf(labels, labelSet([label]));
    if (field !== null) others.push({ label, mesh: surfaceOf(field, grid) });
  });
  if (total === null) return { cuts, whole: noSurface, remnant: noSurface, resected: null, others };
  const whole = liverSurface(total, grid);
  if (cuts.length === 0) return { cuts, whole, remnant: whole, resected: null, others };
  const [kept, taken] = split(labels, total, cuts);
  return { cuts, whole, remnant: liverSurface(kept, grid), resected: liverSurface(taken, grid), others };
}

function liverSurface(field: ScalarField, grid: Grid): SurfaceMesh {
  const coarser = coarserField(field, grid, liverCellMm);
  return surfaceOf(coarser.field, coarser.grid);
}

/** The field of the total as what stays and what is resected, voxel by voxel adding up to it. */
function split(
  labels: Labels,
  total: ScalarField,
  cuts: readonly Cut[],
): readonly [kept: ScalarField, taken: ScalarField] {
  const { low, size } = total;
  const kept = Float32Array.from(total.values);
  const taken = new Float32Array(kept.length);
  const field = cutField(labels.grid, cuts);
  const row = size[0];
  for (let k = 0; k < size[2]; k += 1) {
    for (let j = 0; j < size[1]; j += 1) {
      const at = row * (j + size[1] * k) - low[0];
      walkRun(field, low[0], low[0] + row, low[1] + j, low[2] + k, (from, to, fraction) => {
        if (fraction === 0) return;
        for (let i = from; i < to; i += 1) {
          const part = kept[at + i]! * fraction;
          taken[at + i] = part;
          kept[at + i]! -= part;
        }
      });
    }
  }
  return [
    { low, size, values: kept },
    { low, size, values: taken },
  ];
}
