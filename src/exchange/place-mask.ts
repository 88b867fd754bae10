import { sameGrid } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import { failure, forEachMapped, indexMap, success, trilinear } from '../volume/index.ts';
import type { Outcome, Remark } from '../volume/index.ts';
import type { MaskFile } from './mask-file.ts';

/** A mask on the grid of the image. */
export interface PlacedMask {
  /** 1 inside, 0 outside, one byte a voxel of the target grid. */
  readonly inside: Uint8Array;
  /** How many voxels are inside. */
  readonly voxels: number;
  readonly remarks: readonly Remark[];
}

/** How far two grids may differ (mm at the corners) and still be the same. */
const sameTolerance = 0.01;

/**
 * Brings the selected labels of a mask (their union; null = the only one there) onto the target grid: voxel by voxel when both
 * sample the same places in whatever order of axes, else resampled (linear, half and more is inside) with a remark that says so.
 * Refused when nothing is selected, or when labelled voxels lie outside the volume by more than half a voxel.
 */
export function placeMask(mask: MaskFile, select: readonly number[] | null, target: Grid): Outcome<PlacedMask> {
  const chosen = chosenLabels(mask, select);
  if (!chosen.ok) return chosen;
  const members = new Uint8Array(65_536);
  for (const label of chosen.value) members[label] = 1;
  const source = mask.values.length;
  const inside = new Uint8Array(source);
  for (let voxel = 0; voxel < source; voxel += 1) inside[voxel] = members[mask.values[voxel]!]!;

  const exact = exactly(inside, mask.grid, target);
  if (exact !== null) return success({ inside: exact, voxels: countOf(exact), remarks: [] });

  const refused = refuseOutside(mask, inside, target);
  if (refused !== null) return refused;
  const placed = resampled(inside, mask.grid, target);
  const voxels = countOf(placed);
  if (voxels === 0) return nothingLeft(mask);
  return success({ inside: placed, voxels, remarks: [resampledRemark(mask, target)] });
}

/**
 * Brings several labels of a mask onto the target grid at once, codes kept. Resampled, a voxel that is half or more inside their union
 * takes the label with the greatest share of it, so that no gap opens between two structures that touch.
 */
export function placeLabels(
  mask: MaskFile,
  select: readonly number[],
  target: Grid,
): Outcome<{ readonly values: Uint8Array; readonly remarks: readonly Remark[] }> {
  const chosen = chosenLabels(mask, select);
  if (!chosen.ok) return chosen;
  const result = new Uint8Array(target.size[0] * target.size[1] * target.size[2]);
  const shares = new Float32Array(result.length);
  const union = new Float32Array(result.length);
  let isResampled = false;
  for (const label of chosen.value) {
    const inside = Uint8Array.from(mask.values, (value) => Number(value === label));
    const exact = exactly(inside, mask.grid, target);
    if (exact !== null) {
      for (let voxel = 0; voxel < exact.length; voxel += 1) if (exact[voxel] === 1) result[voxel] = label;
      continue;
    }
    const refused = refuseOutside(mask, inside, target);
    if (refused !== null) return refused;
    isResampled = true;
    forEachMapped(target, mask.grid, (offset, i, j, k) => {
      const share = trilinear(inside, mask.grid.size, i, j, k);
      if (!(share > 0)) return;
      union[offset]! += share;
      if (share > shares[offset]!) {
        shares[offset] = share;
        result[offset] = label;
      }
    });
  }
  if (!isResampled) return success({ values: result, remarks: [] });
  for (let voxel = 0; voxel < result.length; voxel += 1) if (union[voxel]! < halfShare) result[voxel] = 0;
  if (countOf(result) === 0) return nothingLeft(mask);
  return success({ values: result, remarks: [resampledRemark(mask, target)] });
}

/** Half, less what the sum of a few shares in single precision may lose. */
const halfShare = 0.5 - 1e-6;

function exactly(inside: Uint8Array, from: Grid, to: Grid): Uint8Array | null {
  return sameGrid(from, to, sameTolerance) ? inside : reordered(inside, from, to);
}

function refuseOutside(mask: MaskFile, inside: Uint8Array, target: Grid): ReturnType<typeof failure> | null {
  const beyond = voxelsOutside(inside, mask.grid, target);
  if (beyond === 0) return null;
  return failure(
    'mask_outside_volume',
    `${beyond} labelled voxels of ${mask.name} lie outside the image. The mask belongs to another series or lacks its position.`,
  );
}

function nothingLeft(mask: MaskFile): ReturnType<typeof failure> {
  return failure(
    'mask_empty',
    `Nothing of ${mask.name} is left on the voxels of the image: the structure is too small.`,
  );
}

function resampledRemark(mask: MaskFile, target: Grid): Remark {
  const message = `${mask.name} was resampled from ${described(mask.grid)} to the image's ${described(target)}: check its edges.`;
  return { code: 'mask_resampled', message };
}

function chosenLabels(mask: MaskFile, select: readonly number[] | null): Outcome<readonly number[]> {
  const present = mask.labelsPresent;
  if (present.length === 0) return failure('mask_empty', `${mask.name} holds no labelled voxel.`);
  const shown = present.length > 12 ? `${present.slice(0, 12).join(', ')} …` : present.join(', ');
  if (select === null) {
    if (present.length === 1) return success(present);
    return failure('mask_has_many_labels', `${mask.name} holds the labels ${shown}: say which one is meant.`);
  }
  const absent = select.filter((label) => !present.includes(label));
  if (select.length > 0 && absent.length === 0) return success(select);
  return failure('mask_label_absent', `${mask.name} has no label ${absent.join(', ')}; it holds ${shown}.`);
}

function countOf(inside: Uint8Array): number {
  let count = 0;
  for (const value of inside) if (value !== 0) count += 1;
  return count;
}

function described(grid: Grid): string {
  return `${grid.size.join(' × ')} voxels of ${grid.spacing.map((step) => step.toFixed(2)).join(' × ')} mm`;
}

/** The mask with its axes permuted and turned round where that alone makes it sample the target's places, else null. */
function reordered(inside: Uint8Array, from: Grid, to: Grid): Uint8Array | null {
  // Target axis n runs along source axis axisOf[n], forwards or backwards.
  const map = indexMap(to, from);
  const columns = [map.perI, map.perJ, map.perK] as const;
  const axisOf = columns.map((column) => column.findIndex((part) => Math.abs(Math.abs(part) - 1) < 0.1));
  if (axisOf.includes(-1) || new Set(axisOf).size !== 3) return null;
  const forward = columns.map((column, n) => column[axisOf[n]!]! > 0);
  const size = axisOf.map((axis) => from.size[axis]!) as [number, number, number];
  const start: [number, number, number] = [0, 0, 0];
  axisOf.forEach((axis, n) => {
    if (forward[n] === false) start[axis] = from.size[axis]! - 1;
  });
  const origin = [0, 1, 2].map(
    (component) =>
      from.origin[component]! +
      [0, 1, 2].reduce((sum, axis) => sum + start[axis]! * from.spacing[axis]! * from.axes[axis]![component]!, 0),
  );
  const turned = {
    size,
    spacing: axisOf.map((axis) => from.spacing[axis]!),
    origin,
    axes: axisOf.map((axis, n) => from.axes[axis]!.map((part) => (forward[n] === true ? part : -part))),
  } as unknown as Grid;
  if (!sameGrid(turned, to, sameTolerance)) return null;

  const strides = [1, from.size[0], from.size[0] * from.size[1]];
  const jumps = axisOf.map((axis, n) => (forward[n] === true ? 1 : -1) * strides[axis]!);
  const first = start.reduce((sum, index, axis) => sum + index * strides[axis]!, 0);
  const result = new Uint8Array(inside.length);
  let offset = 0;
  for (let k = 0; k < size[2]; k += 1) {
    for (let j = 0; j < size[1]; j += 1) {
      let at = first + j * jumps[1]! + k * jumps[2]!;
      for (let i = 0; i < size[0]; i += 1, at += jumps[0]!, offset += 1) result[offset] = inside[at]!;
    }
  }
  return result;
}

/** How many voxels of the mask have their centre more than half a voxel outside the faces of the target's voxels. */
function voxelsOutside(inside: Uint8Array, from: Grid, target: Grid): number {
  const [nx, ny, nz] = target.size;
  // Half a voxel of the mask, counted in voxels of the target.
  const map = indexMap(from, target);
  const slack = [0, 1, 2].map((n) => (Math.abs(map.perI[n]!) + Math.abs(map.perJ[n]!) + Math.abs(map.perK[n]!)) / 2);
  const [a = 0, b = 0, c = 0] = slack.map((half) => 0.5 + half + 1e-6);
  let beyond = 0;
  forEachMapped(from, target, (offset, i, j, k) => {
    if (inside[offset] === 0) return;
    if (i < -a || j < -b || k < -c || i > nx - 1 + a || j > ny - 1 + b || k > nz - 1 + c) beyond += 1;
  });
  return beyond;
}

function resampled(inside: Uint8Array, from: Grid, target: Grid): Uint8Array {
  const result = new Uint8Array(target.size[0] * target.size[1] * target.size[2]);
  forEachMapped(target, from, (offset, i, j, k) => {
    if (trilinear(inside, from.size, i, j, k) >= 0.5) result[offset] = 1;
  });
  return result;
}
