import { toIndex } from '../geometry/index.ts';
import { createPatchBuilder, distanceTo, failure, success } from '../volume/index.ts';
import type { Labels, Outcome, Volume, VoxelPatch } from '../volume/index.ts';
import { endSlope, hermite, innerSlope } from './monotone-cubic.ts';
import { writerOf } from './paint-target.ts';
import { fillPolygons } from './polygon.ts';
import type { OutlinesRequest } from './request.ts';

/** Distances from the outline are cut off here (mm); a slice drawn empty is this far outside everywhere. */
const farthest = 60;

/** A rectangle of pixels of a slice. */
interface Window {
  readonly low: readonly [number, number];
  readonly width: number;
  readonly height: number;
}

interface DrawnSlice {
  readonly slice: number;
  readonly mask: Uint8Array;
}

/**
 * Fills closed outlines: drawn slices by the even-odd rule, verbatim; between them, when asked, where the signed distance from the
 * outlines, interpolated by a monotone cubic across the slices, is inside. An outline without points says that a slice is empty.
 * Refused when no outline holds a voxel centre.
 */
export function fillOutlines(
  volume: Volume,
  labels: Labels,
  request: OutlinesRequest,
  cancelled: () => boolean,
): Outcome<VoxelPatch> {
  const { grid } = labels;
  const { axis } = request;
  const [u, v] = axis === 0 ? ([1, 2] as const) : axis === 1 ? ([0, 2] as const) : ([0, 1] as const);
  const polygons = new Map<number, (readonly [number, number])[][]>();
  for (const outline of request.outlines) {
    if (!Number.isInteger(outline.slice) || outline.slice < 0 || outline.slice >= grid.size[axis]) {
      return failure('outline_outside', `Slice ${outline.slice} is outside the volume: draw inside the image.`);
    }
    const flat = outline.points.map((point): readonly [number, number] => {
      const index = toIndex(grid, point);
      return [index[u], index[v]];
    });
    polygons.set(outline.slice, [...(polygons.get(outline.slice) ?? []), flat]);
  }
  const window = windowAround([...polygons.values()].flat(), grid.size[u], grid.size[v]);
  const drawn = [...polygons]
    .sort(([a], [b]) => a - b)
    .map(([slice, shapes]): DrawnSlice => {
      const mask = new Uint8Array(window.width * window.height);
      const shifted = shapes.map((shape) =>
        shape.map(([x, y]): readonly [number, number] => [x - window.low[0], y - window.low[1]]),
      );
      fillPolygons(shifted, window.width, window.height, mask);
      return { slice, mask };
    });
  if (!drawn.some(({ mask }) => mask.includes(1))) {
    return failure('outline_empty', 'The outline holds no voxel: draw it around the structure and close it.');
  }
  const slices = request.interpolate
    ? interpolated(drawn, window, [grid.spacing[u], grid.spacing[v]], grid.spacing[axis], cancelled)
    : drawn;
  if (slices === null) return failure('cancelled', 'The step was cancelled; nothing was changed.');
  return success(patchOf(volume, labels, request, window, slices));
}

/** The pixels around all vertices with one more on each side where the slice has one, so that outside is never missing. */
function windowAround(
  shapes: readonly (readonly (readonly [number, number])[])[],
  columns: number,
  rows: number,
): Window {
  const range = (along: 0 | 1, count: number): readonly [number, number] => {
    let low = Infinity;
    let high = -Infinity;
    for (const shape of shapes) {
      for (const point of shape) {
        low = Math.min(low, point[along]);
        high = Math.max(high, point[along]);
      }
    }
    const first = Math.min(count - 1, Math.max(0, Math.floor(low) - 1));
    const last = Math.max(0, Math.min(count - 1, Math.ceil(high) + 1));
    return low > high ? [0, 1] : [first, Math.max(1, last - first + 1)];
  };
  const [left, width] = range(0, columns);
  const [top, height] = range(1, rows);
  return { low: [left, top], width, height };
}

/** Signed distance in mm from the edge of a drawn slice, positive inside, between −60 and 60. */
function signedDistanceOf(mask: Uint8Array, window: Window, spacing: readonly [number, number]): Float32Array {
  const size = [window.width, window.height, 1] as const;
  const steps = [spacing[0], spacing[1], 1] as const;
  const toInside = distanceTo(mask, size, steps);
  const toOutside = distanceTo(
    mask.map((value) => 1 - value),
    size,
    steps,
  );
  return toInside.map((outside, pixel) => Math.min(farthest, toOutside[pixel]!) - Math.min(farthest, outside));
}

/** All slices from the first to the last drawn; null when cancelled. `step` is the slice distance in mm. */
function interpolated(
  drawn: readonly DrawnSlice[],
  window: Window,
  spacing: readonly [number, number],
  step: number,
  cancelled: () => boolean,
): readonly DrawnSlice[] | null {
  const pixels = window.width * window.height;
  const result: DrawnSlice[] = [];
  // Only the fields next to the current gap are kept: four distances, two slopes.
  const fields = new Map<number, Float32Array>();
  const fieldOf = (knot: number): Float32Array => {
    const known = fields.get(knot) ?? signedDistanceOf(drawn[knot]!.mask, window, spacing);
    fields.set(knot, known);
    fields.delete(knot - 4);
    return known;
  };
  const gap = (knot: number): number => (drawn[knot + 1]!.slice - drawn[knot]!.slice) * step;
  const last = drawn.length - 1;
  for (let knot = 0; knot < last; knot += 1) {
    result.push(drawn[knot]!);
    const h = gap(knot);
    const between = drawn[knot + 1]!.slice - drawn[knot]!.slice - 1;
    if (between === 0) continue;
    const left = knot > 0 ? fieldOf(knot - 1) : null;
    const from = fieldOf(knot);
    const to = fieldOf(knot + 1);
    const right = knot + 2 <= last ? fieldOf(knot + 2) : null;
    const h0 = left === null ? 0 : gap(knot - 1);
    const h2 = right === null ? 0 : gap(knot + 1);
    const masks = Array.from({ length: between }, () => new Uint8Array(pixels));
    if (cancelled()) return null;
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const f0 = from[pixel]!;
      const f1 = to[pixel]!;
      // The cubic is monotone: between two ends outside it stays outside, between two inside it stays inside.
      if (f0 <= 0 && f1 <= 0) continue;
      const d1 = (f1 - f0) / h;
      const d0 = left === null ? null : (f0 - left[pixel]!) / h0;
      const d2 = right === null ? null : (right[pixel]! - f1) / h2;
      let m0 = d1;
      let m1 = d1;
      if (d0 !== null) m0 = innerSlope(h0, h, d0, d1);
      else if (d2 !== null) m0 = endSlope(h, h2, d1, d2);
      if (d2 !== null) m1 = innerSlope(h, h2, d1, d2);
      else if (d0 !== null) m1 = endSlope(h, h0, d1, d0);
      for (let slice = 0; slice < between; slice += 1) {
        if (hermite((slice + 1) / (between + 1), h, f0, f1, m0, m1) > 0) masks[slice]![pixel] = 1;
      }
    }
    masks.forEach((mask, slice) => result.push({ slice: drawn[knot]!.slice + slice + 1, mask }));
  }
  result.push(drawn[last]!);
  return result;
}

/** Writes slice masks in memory order, whatever axis they are stacked along. */
function patchOf(
  volume: Volume,
  labels: Labels,
  request: OutlinesRequest,
  window: Window,
  slices: readonly DrawnSlice[],
): VoxelPatch {
  const { size } = labels.grid;
  const strides = [1, size[0], size[0] * size[1]] as const;
  const [u, v] = request.axis === 0 ? ([1, 2] as const) : request.axis === 1 ? ([0, 2] as const) : ([0, 1] as const);
  const offsets: number[] = [];
  for (const { slice, mask } of slices) {
    const base = slice * strides[request.axis] + window.low[0] * strides[u] + window.low[1] * strides[v];
    for (let row = 0, pixel = 0; row < window.height; row += 1) {
      for (let column = 0; column < window.width; column += 1, pixel += 1) {
        if (mask[pixel] === 1) offsets.push(base + column * strides[u] + row * strides[v]);
      }
    }
  }
  const patch = createPatchBuilder();
  const write = writerOf(volume, labels, request, patch);
  for (const offset of Uint32Array.from(offsets).sort()) write(offset);
  return patch.build();
}
