import type { SliceHeader } from './slice-header.ts';
import type { FrameDecoder } from './codecs/frame-decoder.ts';
import { isCompressed, readPixels } from './file-pixels.ts';
import { encapsulated } from './pixel-location.ts';
import { createRescaler } from './stored-pixels.ts';
import type { Rescaler } from './stored-pixels.ts';

const longestSide = 96;

/**
 * A small grey picture of one slice (structurally the boundary's `Thumbnail`): at most 96 pixels wide and high, with the aspect of the
 * patient, 8 bits. Without a window the 1st and 99th percentile of the slice without its padding are black
 * and white. Null when the file holds no pixels
 * that can be read (a compressed one needs a `decoder`).
 */
export function thumbnailOf(
  header: SliceHeader,
  bytes: Uint8Array,
  window: { readonly centre: number; readonly width: number } | null,
  decoder: FrameDecoder | null = null,
): { readonly width: number; readonly height: number; readonly pixels: Uint8Array } | null {
  const { format, rescale, columns, rows, syntax } = header;
  const readable =
    syntax.supported &&
    (format.bitsAllocated === 8 || format.bitsAllocated === 16) &&
    format.samplesPerPixel === 1 &&
    (header.frame !== null || format.frames === 1) &&
    columns > 0 &&
    isCompressed(header) === (header.pixels.length === encapsulated) &&
    (!isCompressed(header) || decoder !== null);
  if (!readable) return null;
  const stored = readPixels([header], bytes, decoder);
  if (!stored.ok) return null;
  const values = new Int16Array(columns * rows);
  const rescaler = createRescaler(format, rescale?.slope ?? 1, rescale?.intercept ?? 0);
  rescaler(stored.value[0]!, values);
  const [rowStep, columnStep] = header.pixelSpacing ?? [1, 1];
  const [across, down] = [columns * columnStep, rows * rowStep];
  const longest = Math.max(across, down);
  const width = Math.max(1, Math.round((longestSide * across) / longest));
  const height = Math.max(1, Math.round((longestSide * down) / longest));
  const small = averaged(values, columns, rows, width, height);
  const { centre, width: range } = window ?? percentileWindow(values, paddingValue(format, rescaler));
  const inverted = format.photometric === 'MONOCHROME1';
  const grey = Uint8Array.from(small, (value) => {
    const level = Math.max(0, Math.min(255, Math.round(((value - centre) / range + 0.5) * 255)));
    return inverted ? 255 - level : level;
  });
  return { width, height, pixels: upright(grey, width, header.orientation) };
}

/**
 * Whether a picture must be mirrored along its rows and its columns to look as radiologists hang it: the patient's right at the left of
 * the picture, the front at the top or left, the head at the top.
 */
export function hangingFlips(orientation: readonly number[]): readonly [columns: boolean, rows: boolean] {
  const runsBack = (axis: readonly number[]): boolean => {
    const along = [0, 1, 2].reduce((most, d) => (Math.abs(axis[d]!) > Math.abs(axis[most]!) ? d : most), 0);
    return along === 2 ? axis[2]! > 0 : axis[along]! < 0;
  };
  return [runsBack(orientation.slice(0, 3)), runsBack(orientation.slice(3, 6))];
}

function upright(grey: Uint8Array, width: number, orientation: SliceHeader['orientation']): Uint8Array {
  if (orientation === null) return grey;
  const [columns, rows] = hangingFlips(orientation);
  const height = grey.length / width;
  return grey.map((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return grey[(columns ? width - 1 - x : x) + width * (rows ? height - 1 - y : y)]!;
  });
}

/** The mean of the pixels under each small pixel (the nearest one where the picture is enlarged). */
function averaged(values: Int16Array, columns: number, rows: number, width: number, height: number): Float64Array {
  const small = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * rows) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * rows) / height));
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * columns) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * columns) / width));
      let sum = 0;
      for (let j = top; j < bottom; j++) for (let i = left; i < right; i++) sum += values[i + columns * j]!;
      small[x + width * y] = sum / ((bottom - top) * (right - left));
    }
  }
  return small;
}

/** What padding has become among the rescaled values; null without any. */
function paddingValue({ padding, bitsAllocated }: SliceHeader['format'], rescaler: Rescaler): number | null {
  if (padding === null) return null;
  const value = new Int16Array(1);
  rescaler(bitsAllocated === 8 ? Uint8Array.of(padding) : Uint16Array.of(padding), value);
  return value[0]!;
}

/** Padding outside of the scanned circle is not part of the picture: it would take the dark end for itself. */
function percentileWindow(
  values: Int16Array,
  padding: number | null,
): { readonly centre: number; readonly width: number } {
  const seen = padding === null ? values.slice() : values.filter((value) => value !== padding);
  const sorted = (seen.length === 0 ? values.slice() : seen).sort();
  const low = sorted[Math.floor((sorted.length - 1) * 0.01)]!;
  const high = sorted[Math.floor((sorted.length - 1) * 0.99)]!;
  return { centre: (low + high) / 2, width: Math.max(1, high - low) };
}
