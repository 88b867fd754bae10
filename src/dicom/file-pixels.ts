import { failure, success } from '../volume/index.ts';
import type { Outcome, Trouble } from '../volume/index.ts';
import { encapsulatedFrames } from './codecs/encapsulated-frames.ts';
import type { FrameDecoder } from './codecs/frame-decoder.ts';
import { findDataSet, inflatedFile } from './file-start.ts';
import { encapsulated } from './pixel-location.ts';
import type { SliceHeader } from './slice-header.ts';
import { pixelBytes, storedWords } from './stored-pixels.ts';
import type { StoredWords } from './stored-pixels.ts';

/** Whether the pixels of a slice must be decoded, which takes a `FrameDecoder` and time. */
export function isCompressed(header: SliceHeader): boolean {
  return header.syntax.compression !== null;
}

/**
 * The stored words of slices of one file, in the order of `slices`. Failures name the file: `file_changed` (the pixels are not where
 * they were when the header was read), `truncated_pixels`, `pixels_undecodable`. Without a decoder compressed slices throw.
 */
export function readPixels(
  slices: readonly SliceHeader[],
  bytes: Uint8Array,
  decoder: FrameDecoder | null,
): Outcome<readonly StoredWords[]> {
  const [first] = slices;
  if (first === undefined) return success([]);
  const file = first.syntax.deflated ? inflated(bytes) : bytes;
  const { compression } = first.syntax;
  if (compression === null) {
    for (const slice of slices) {
      const trouble = shortness(slice, file.length - slice.pixels.offset) ?? changed(slice, file);
      if (trouble !== null) return { ok: false, error: trouble };
    }
    return success(slices.map((slice) => storedWords(slice, file)));
  }
  if (decoder === null) throw new RangeError(`${first.name} is compressed: give a decoder`);
  const trouble = changed(first, file);
  if (trouble !== null) return { ok: false, error: trouble };
  const { pixels, format, frame } = first;
  const frames = frame === null ? 1 : format.frames;
  const streams = encapsulatedFrames(file, pixels.offset, frames, pixels.extendedOffsets);
  if (!streams.ok) return named(first, streams.error);
  const words: StoredWords[] = [];
  for (const slice of slices) {
    const decoded = decoder.decode(compression, streams.value[slice.frame ?? 0]!, {
      ...slice.format,
      ...sizeOf(slice),
    });
    if (!decoded.ok) return named(slice, decoded.error);
    words.push(decoded.value);
  }
  return success(words);
}

/** Reads the bytes of a file from `offset` on into `target`, and answers how many there were: fewer only at the end of the file. */
export type ReadInto = (offset: number, target: Uint8Array) => number;

/** Where `readSlice` puts the pixels: as far behind the beginning of their room as the element's own beginning needs. */
const elementStart = 12;

/** How many bytes of room `readSlice` needs for one slice; null where only the whole file tells its pixels. */
export function sliceRoom(header: SliceHeader): number | null {
  const { syntax, pixels } = header;
  if (syntax.compression !== null || syntax.deflated || pixels.swapped) return null;
  return elementStart + pixelBytes(header);
}

/** No slice of so many voxels needs more room than this. */
export function mostRoom(voxels: number): number {
  return elementStart + voxels * 2;
}

/**
 * The stored words of one slice whose `sliceRoom` is known, read without the rest of its file into `room`, where they stay (4-byte
 * aligned when `room` is). Failures as those of `readPixels`.
 */
export function readSlice(header: SliceHeader, read: ReadInto, room: Uint8Array): Outcome<StoredWords> {
  const { offset, elementAt } = header.pixels;
  const before = offset - elementAt;
  const isNear = before <= elementStart;
  // Frames behind the first lie far from the element that says whether the file is still the same.
  if (!isNear) read(elementAt, room.subarray(0, elementStart));
  const from = isNear ? elementStart - before : elementStart;
  const end = from + read(isNear ? elementAt : offset, room.subarray(from, elementStart + pixelBytes(header)));
  const pixels = { ...header.pixels, offset: elementStart, elementAt: isNear ? from : 0 };
  const words = readPixels([{ ...header, pixels }], room.subarray(0, end), null);
  return words.ok ? success(words.value[0]!) : words;
}

/**
 * Reads the pixels of one slice whose `sliceRoom` is known, without the rest of its file, to where they are to stay: `place` is as long as
 * they are. Failures as those of `readPixels`.
 */
export function readSliceTo(header: SliceHeader, read: ReadInto, place: Uint8Array): Outcome<null> {
  const element = new Uint8Array(elementStart);
  read(header.pixels.elementAt, element);
  return checkRead(header, read(header.pixels.offset, place), element);
}

/** Whether what was read are the pixels of a slice: how many bytes of them there were, and the first of their element. Failures as above. */
export function checkRead(header: SliceHeader, bytes: number, element: Uint8Array): Outcome<null> {
  const trouble = shortness(header, bytes) ?? changed(header, element, 0);
  return trouble === null ? success(null) : { ok: false, error: trouble };
}

function sizeOf({ columns, rows }: SliceHeader): { readonly columns: number; readonly rows: number } {
  return { columns, rows };
}

function inflated(bytes: Uint8Array): Uint8Array {
  const start = findDataSet(bytes);
  return start?.syntax.deflated === true ? inflatedFile(bytes, start) : bytes;
}

function named(slice: SliceHeader, { code, message }: Trouble): Outcome<never> {
  const advice = 'Export the series again, uncompressed if possible.';
  return failure(code, `${slice.name} (${slice.syntax.name}) can not be decoded: ${message}. ${advice}`);
}

/** `here` is how many bytes there are from where the pixels begin; none where that is less than none. */
function shortness(header: SliceHeader, here: number): Trouble | null {
  const needed = pixelBytes(header);
  if (here >= needed) return null;
  const message = `${header.name} holds ${Math.max(0, here)} of ${needed} bytes of pixels. Copy the series again.`;
  return { code: 'truncated_pixels', message };
}

/** Whether PixelData is still where the header found it, or else at another place. */
function changed({ name, pixels, syntax }: SliceHeader, bytes: Uint8Array, at = pixels.elementAt): Trouble | null {
  const tag = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  const isTag = tag >>> 0 === (syntax.header === 'big-endian' ? 0x7fe0_0010 : 0xe07f_1000);
  const isEncapsulated = (): boolean =>
    new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at + 8, true) === encapsulated;
  if (isTag && (syntax.compression === null || isEncapsulated())) return null;
  return { code: 'file_changed', message: `${name} has changed since it was listed. Open the folder again.` };
}
