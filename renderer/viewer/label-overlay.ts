import { dot, toIndex, toWorld, voxelIndex } from '../../src/geometry/index.ts';
import type { Direction, Grid, GridStep, ViewFrame } from '../../src/geometry/index.ts';
import { isOnPattern, partPatterns } from '../../src/liver/index.ts';
import { markResected } from './half-planes.ts';
import type { ResectedSide } from './half-planes.ts';
import type { Palette } from './palette.ts';
import { toPatient } from './projection.ts';
import type { Projection } from './projection.ts';

/** The voxel under every canvas column and row of one slice: nearest, −1 outside. Views are parallel to the grid, so two tables do. */
export interface SliceLookup {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  /** Steps in memory per column voxel and row voxel, and where the slice starts. */
  readonly columnStride: number;
  readonly rowStride: number;
  readonly start: number;
  /** Device pixels per entry (2 halves the work on very large canvases). */
  readonly step: number;
}

/**
 * The voxels under a canvas in any plane: the continuous index of the first sample's middle and its change per sample across and down.
 */
export interface PlaneLookup {
  readonly grid: Grid;
  readonly first: readonly [number, number, number];
  readonly across: readonly [number, number, number];
  readonly down: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
  readonly step: number;
}

/** The lookup of an oblique plane; `step` device pixels share one sample, taken in their middle. */
export function planeLookup(grid: Grid, projection: Projection, step: number): PlaneLookup {
  const { right, up, mmPerPixel, width, height } = projection;
  const along = (way: Direction, mm: number): [number, number, number] =>
    [0, 1, 2].map((axis) => (dot(way, grid.axes[axis]!) * mm) / grid.spacing[axis]!) as [number, number, number];
  return {
    grid,
    first: toIndex(grid, toPatient(projection, [0.5 * step, 0.5 * step])),
    across: along(right, mmPerPixel * step),
    down: along(up, -mmPerPixel * step),
    width: Math.ceil(width / step),
    height: Math.ceil(height / step),
    step,
  };
}

/**
 * A stroke under way: which voxels of the slice (in an oblique plane: which samples of the picture) it will change, and to what. Both are
 * counted columns fastest.
 */
export interface StrokePreview {
  readonly mask: Uint8Array;
  readonly columns: number;
  readonly label: number;
  readonly over: readonly number[] | null;
  readonly range: readonly [number, number] | null;
}

/** Strides of a grid's flat array. */
export function strides(grid: Grid): readonly [number, number, number] {
  return [1, grid.size[0], grid.size[0] * grid.size[1]];
}

/** The lookup of `slice` for a canvas; `step` device pixels share one sample, taken in their middle. */
export function sliceLookup(
  grid: Grid,
  frame: ViewFrame,
  slice: number,
  projection: Projection,
  step: number,
): SliceLookup {
  const corner = toIndex(grid, toPatient(projection, [0, 0]));
  const table = (towards: GridStep, pixels: number): Int32Array => {
    const perPixel = (towards.sign * projection.mmPerPixel) / grid.spacing[towards.axis];
    const voxels = new Int32Array(Math.ceil(pixels / step));
    for (let n = 0; n < voxels.length; n += 1) {
      const voxel = Math.floor(corner[towards.axis] + (n + 0.5) * step * perPixel + 0.5);
      voxels[n] = voxel >= 0 && voxel < grid.size[towards.axis] ? voxel : -1;
    }
    return voxels;
  };
  const stride = strides(grid);
  return {
    columns: table(frame.across, projection.width),
    rows: table(frame.down, projection.height),
    columnStride: stride[frame.across.axis],
    rowStride: stride[frame.down.axis],
    start: slice * stride[frame.through],
    step,
  };
}

/** From one mark of a part to the next, CSS pixels, and how much of it the mark takes: vessels and lesions are judged between them. */
export const markPeriod = 13;
export const markThickness = 0.12;

/** Everything the label overlay shows of one slice. */
export interface LabelPicture {
  readonly labels: Uint8Array;
  readonly image: Int16Array;
  readonly lookup: SliceLookup | PlaneLookup;
  readonly side: ResectedSide;
  readonly palette: Palette;
  readonly preview: StrokePreview | null;
  /** Outline thickness in samples. */
  readonly outline: number;
  /** From one mark of the resected and the excluded part to the next, samples. */
  readonly period: number;
}

/**
 * Colours one slice of labels into `pixels` (lookup.columns × lookup.rows words, cleared first): fill inside with the marks of its part,
 * a line where the label changes, drawn on the labelled side, so nothing is painted outside a structure. `classes` is scratch of the
 * same length.
 */
export function paintLabels(picture: LabelPicture, classes: Uint16Array, pixels: Uint32Array): void {
  const { lookup, palette, outline, period } = picture;
  const width = 'grid' in lookup ? lookup.width : lookup.columns.length;
  const height = 'grid' in lookup ? lookup.height : lookup.rows.length;
  if ('grid' in lookup) classifyPlane(picture, lookup, classes);
  else classify(picture, lookup, classes);
  // Slanting lines cross every row alike, one sample further on.
  const onLine = Uint8Array.from({ length: width + height }, (_, at) =>
    isOnPattern(partPatterns.resected, at, 0, period, markThickness) ? 1 : 0,
  );
  for (let y = 0; y < height; y += 1) {
    const above = y >= outline ? -outline * width : 0;
    const below = y + outline < height ? outline * width : 0;
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const own = classes[at]!;
      if (own === 0) {
        pixels[at] = 0;
        continue;
      }
      const label = own & 255;
      const before = x >= outline ? at - outline : at;
      const after = x + outline < width ? at + outline : at;
      const edge =
        (classes[before]! & 255) !== label ||
        (classes[after]! & 255) !== label ||
        (classes[at + above]! & 255) !== label ||
        (classes[at + below]! & 255) !== label;
      if (edge) {
        pixels[at] = palette.line[own]!;
        continue;
      }
      const mark = palette.mark[own]!;
      const isOnMark =
        mark !== 0 && (own > 255 ? onLine[x + y] === 1 : isOnPattern(partPatterns.excluded, x, y, period / 2));
      pixels[at] = isOnMark ? mark : palette.fill[own]!;
    }
  }
}

/** Writes label + 256 · (resected) of every sample; 0 for background. */
function classify(picture: LabelPicture, lookup: SliceLookup, classes: Uint16Array): void {
  const { labels, side, preview } = picture;
  const { columns, rows, columnStride, rowStride, start, step } = lookup;
  const width = columns.length;
  const resected = new Uint8Array(width);
  for (let y = 0; y < rows.length; y += 1) {
    const row = rows[y]!;
    const line = y * width;
    if (row < 0) {
      classes.fill(0, line, line + width);
      continue;
    }
    const rowStart = start + row * rowStride;
    if (side.length > 0) markResected(side, (y + 0.5) * step, step, resected);
    for (let x = 0; x < width; x += 1) {
      const column = columns[x]!;
      if (column < 0) {
        classes[line + x] = 0;
        continue;
      }
      let label = labels[rowStart + column * columnStride]!;
      if (preview !== null && preview.mask[column + row * preview.columns] === 1) {
        label = previewed(preview, label, picture.image[rowStart + column * columnStride]!);
      }
      classes[line + x] = label !== 0 && resected[x] === 1 ? label + 256 : label;
    }
  }
}

/** The same in any plane: the voxel that holds the middle of the sample. */
function classifyPlane(
  { labels, image, side, preview }: LabelPicture,
  lookup: PlaneLookup,
  classes: Uint16Array,
): void {
  const { grid, first, across, down, width, height, step } = lookup;
  const [nx, ny, nz] = grid.size;
  // After a resize the samples are others: the stroke's next move marks them.
  const stroke = preview?.mask.length === width * height ? preview : null;
  const resected = new Uint8Array(width);
  for (let y = 0, at = 0; y < height; y += 1) {
    if (side.length > 0) markResected(side, (y + 0.5) * step, step, resected);
    const i0 = first[0] + y * down[0] + 0.5;
    const j0 = first[1] + y * down[1] + 0.5;
    const k0 = first[2] + y * down[2] + 0.5;
    for (let x = 0; x < width; x += 1, at += 1) {
      const i = Math.floor(i0 + x * across[0]);
      const j = Math.floor(j0 + x * across[1]);
      const k = Math.floor(k0 + x * across[2]);
      const inside = i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz;
      const voxel = i + nx * (j + ny * k);
      let label = inside ? labels[voxel]! : 0;
      if (inside && stroke !== null && stroke.mask[at] === 1) label = previewed(stroke, label, image[voxel]!);
      classes[at] = label !== 0 && resected[x] === 1 ? label + 256 : label;
    }
  }
}

function previewed(preview: StrokePreview, label: number, value: number): number {
  if (preview.over !== null && !preview.over.includes(label)) return label;
  if (preview.range !== null && (value < preview.range[0] || value > preview.range[1])) return label;
  return preview.label;
}

/** The flat offset of the voxel under a canvas point, or null outside the grid. */
export function voxelUnder(lookup: SliceLookup, x: number, y: number): number | null {
  const column = lookup.columns[Math.floor(x / lookup.step)];
  const row = lookup.rows[Math.floor(y / lookup.step)];
  if (column === undefined || row === undefined || column < 0 || row < 0) return null;
  return lookup.start + column * lookup.columnStride + row * lookup.rowStride;
}

/** The middle of the picture on `slice`. */
export function sliceCentre(grid: Grid, frame: ViewFrame, slice: number): ReturnType<typeof toWorld> {
  const middle = grid.size.map((count) => (count - 1) / 2) as [number, number, number];
  middle[frame.through] = slice;
  return toWorld(grid, voxelIndex(...middle));
}
