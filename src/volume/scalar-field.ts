import { createGrid, toWorld, voxelIndex } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import { boundingBox, memberMask } from './counting.ts';
import type { Labels } from './volume.ts';

/** A number 0 … 1 per voxel of a box of the grid (`low` is its first voxel), `i` fastest; outside the box it is 0. */
export interface ScalarField {
  readonly low: readonly [number, number, number];
  readonly size: readonly [number, number, number];
  readonly values: Uint8Array | Float32Array;
}

/** The members of a set of labels as a field of 0 and 1 in their bounding box, or null when there is none. */
export function fieldOf(labels: Labels, isMember: Uint8Array): ScalarField | null {
  const box = boundingBox(labels, isMember);
  return box === null ? null : memberMask(labels, isMember, box, 0);
}

/**
 * The field in blocks of whole voxels, each with their mean, and the grid of the blocks. Along each axis a block is as wide as comes
 * nearest to `widthMm`, at least a voxel, and at most a 24th of the field, so that what is small keeps its shape.
 */
export function coarserField(
  { low, size, values }: ScalarField,
  grid: Grid,
  widthMm: number,
): { readonly field: ScalarField; readonly grid: Grid } {
  const triple = (of: (axis: 0 | 1 | 2) => number): [number, number, number] => [of(0), of(1), of(2)];
  const block = triple((axis) =>
    Math.max(1, Math.min(Math.round(widthMm / grid.spacing[axis]), Math.floor(size[axis] / 24))),
  );
  const counts = triple((axis) => Math.ceil(size[axis] / block[axis]));
  const means = new Float32Array(counts[0] * counts[1] * counts[2]);
  const share = 1 / (block[0] * block[1] * block[2]);
  const [width] = block;
  for (let k = 0, at = 0; k < size[2]; k += 1) {
    for (let j = 0; j < size[1]; j += 1) {
      const row = counts[0] * (Math.floor(j / block[1]) + counts[1] * Math.floor(k / block[2]));
      for (let i = 0; i < size[0]; i += 1, at += 1) {
        if (values[at] !== 0) means[row + Math.floor(i / width)]! += share * values[at]!;
      }
    }
  }
  const first = voxelIndex(...triple((axis) => low[axis] + (block[axis] - 1) / 2));
  return {
    field: { low: [0, 0, 0], size: counts, values: means },
    grid: createGrid({
      size: counts,
      spacing: triple((axis) => block[axis] * grid.spacing[axis]),
      origin: toWorld(grid, first),
      axes: grid.axes,
    }),
  };
}

/**
 * The field with a margin of zeros, smoothed by a Gaussian of `sigma` voxels per axis (0 leaves an axis alone). The margin holds
 * the whole kernel and one empty layer more, so that a surface at 0.5 is closed even where the field ends at full height.
 */
export function smoothedField(
  field: ScalarField,
  sigma: readonly [number, number, number],
): ScalarField & { readonly values: Float32Array } {
  const kernels = sigma.map(gaussian);
  const margin = kernels.map((kernel) => (kernel.length + 1) / 2);
  const size = [0, 1, 2].map((axis) => field.size[axis]! + 2 * margin[axis]!) as [number, number, number];
  const values = new Float32Array(size[0] * size[1] * size[2]);
  for (let k = 0; k < field.size[2]; k += 1) {
    for (let j = 0; j < field.size[1]; j += 1) {
      const from = field.size[0] * (j + field.size[1] * k);
      const to = margin[0]! + size[0] * (j + margin[1]! + size[1] * (k + margin[2]!));
      values.set(field.values.subarray(from, from + field.size[0]), to);
    }
  }
  const strides = [1, size[0], size[0] * size[1]];
  kernels.forEach((kernel, axis) => {
    if (kernel.length > 1) convolve(values, size, axis, strides[axis]!, kernel);
  });
  return {
    low: [field.low[0] - margin[0]!, field.low[1] - margin[1]!, field.low[2] - margin[2]!],
    size,
    values,
  };
}

/** A normalised Gaussian of odd length; a single 1 when it would be narrower than a quarter of a voxel. */
function gaussian(sigma: number): Float64Array {
  if (sigma < 0.25) return Float64Array.of(1);
  const reach = Math.ceil(2.5 * sigma);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, tap) =>
    Math.exp(-0.5 * ((tap - reach) / sigma) ** 2),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

/** Convolves every line along one axis in place; lines without a value are skipped. */
function convolve(
  values: Float32Array,
  size: readonly [number, number, number],
  axis: number,
  stride: number,
  kernel: Float64Array,
): void {
  const length = size[axis]!;
  const reach = (kernel.length - 1) / 2;
  const line = new Float64Array(length + 2 * reach);
  const [u, v] = axis === 0 ? [1, 2] : axis === 1 ? [0, 2] : [0, 1];
  const strides = [1, size[0], size[0] * size[1]];
  for (let b = 0; b < size[v]!; b += 1) {
    for (let a = 0; a < size[u]!; a += 1) {
      const start = a * strides[u]! + b * strides[v]!;
      let first = length;
      let last = -1;
      for (let p = 0; p < length; p += 1) {
        const value = values[start + p * stride]!;
        line[p + reach] = value;
        if (value !== 0) {
          if (last < 0) first = p;
          last = p;
        }
      }
      if (last < 0) continue;
      const end = Math.min(length - 1, last + reach);
      for (let p = Math.max(0, first - reach); p <= end; p += 1) {
        let sum = 0;
        for (let tap = 0; tap < kernel.length; tap += 1) sum += kernel[tap]! * line[p + tap]!;
        values[start + p * stride] = sum;
      }
    }
  }
}
