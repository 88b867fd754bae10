import type { FrameDecoder } from './codecs/frame-decoder.ts';
import { readPixels } from './file-pixels.ts';
import { bodyMiddle } from './picture-regions.ts';
import type { SliceHeader } from './slice-header.ts';
import { createRescaler } from './stored-pixels.ts';

/** An axial CT slice in blocks of about 4 mm: column 0 is the patient's right, row 0 the front. */
export interface CoarsePicture {
  readonly columns: number;
  readonly rows: number;
  /** Width and height of a block, mm. */
  readonly step: readonly [number, number];
  /** The column in the middle of the body. */
  readonly middle: number;
  /** Mean of each block, HU. */
  readonly means: Int16Array;
  /** Standard deviation inside each block, HU. */
  readonly spreads: Uint8Array;
}

const blockMm = 4;
/** Slices that lean further than this (cosine) are not called axial. */
const straight = 0.9;
/** A trunk is wider than this (mm): smaller fields show a part of it, of which nothing can be said. */
const leastWidth = 200;
/** How many slices are looked at besides the first, the middle and the last one. */
const between = 3;

/** Whether a slice is one of a CT across the trunk. */
function isAxialCt({ series, orientation, pixelSpacing, columns, rows }: SliceHeader): boolean {
  if (series.modality !== 'CT' || orientation === null || pixelSpacing === null) return false;
  const isWide = columns * pixelSpacing[1] >= leastWidth && rows * pixelSpacing[0] >= leastWidth;
  return isWide && Math.abs(orientation[0]) > straight && Math.abs(orientation[4]) > straight;
}

/** The slices of a volume (ascending along their normal) to look at, from the feet to the head; none where nothing could be said. */
export function slicesToLookAt(slices: readonly SliceHeader[]): readonly SliceHeader[] {
  const last = slices.length - 1;
  if (last < 2 * between + 2 || !slices.every(isAxialCt)) return [];
  const middle = slices.length >> 1;
  const places = [0, ...spread(0, middle), middle, ...spread(middle, last), last];
  const ascending = places.map((place) => slices[place]!);
  return slices[0]!.position![2] < slices[last]!.position![2] ? ascending : ascending.reverse();
}

function spread(from: number, to: number): readonly number[] {
  return Array.from({ length: between }, (_, n) => Math.round(from + ((n + 1) * (to - from)) / (between + 1)));
}

/** The coarse picture of a slice of `slicesToLookAt`; null where its pixels can not be read (compressed ones need a `decoder`). */
export function coarsePicture(
  header: SliceHeader,
  bytes: Uint8Array,
  decoder: FrameDecoder | null,
): CoarsePicture | null {
  const { columns, rows, orientation, pixelSpacing, format, rescale } = header;
  if (orientation === null || pixelSpacing === null || rescale === null) return null;
  const stored = readPixels([header], bytes, decoder);
  if (!stored.ok) return null;
  const values = new Int16Array(columns * rows);
  createRescaler(format, rescale.slope, rescale.intercept)(stored.value[0]!, values);
  const block = [pixelSpacing[1], pixelSpacing[0]].map((step) => Math.max(1, Math.round(blockMm / step)));
  const [wide, high] = [block[0]!, block[1]!];
  const size = { columns: Math.floor(columns / wide), rows: Math.floor(rows / high) };
  const means = new Int16Array(size.columns * size.rows);
  const spreads = new Uint8Array(size.columns * size.rows);
  for (let y = 0; y < size.rows; y++) {
    for (let x = 0; x < size.columns; x++) {
      let [sum, squares] = [0, 0];
      for (let j = y * high; j < (y + 1) * high; j++) {
        for (let i = x * wide; i < (x + 1) * wide; i++) {
          const value = values[i + columns * j]!;
          sum += value;
          squares += value * value;
        }
      }
      const mean = sum / (wide * high);
      // Patient coordinates run to the left and to the back.
      const column = orientation[0] > 0 ? x : size.columns - 1 - x;
      const row = orientation[4] > 0 ? y : size.rows - 1 - y;
      means[column + size.columns * row] = Math.round(mean);
      const spread = Math.sqrt(Math.max(0, squares / (wide * high) - mean * mean));
      spreads[column + size.columns * row] = Math.min(255, Math.round(spread));
    }
  }
  const middle = bodyMiddle(means, size.columns);
  return { ...size, step: [wide * pixelSpacing[1], high * pixelSpacing[0]], middle, means, spreads };
}
