import type { DataSet } from 'dicom-parser';
import type { FileStart } from './file-start.ts';

/** The tags of PixelData and of the extended offset table, as the parser writes them. */
export const pixelData = 'x7fe00010';
const extendedOffsetTable = 'x7fe00001';

/** What PixelData declares as its length when its value is a sequence of compressed fragments. */
export const encapsulated = 0xffff_ffff;

/** Where the pixels of a slice lie in its file (in a deflated one: in the inflated file), bytes. */
export interface PixelLocation {
  /** Where they begin; of compressed ones the first item of all frames. */
  readonly offset: number;
  /** What the element declares (4294967295 = encapsulated); of an uncompressed frame, what of that is left for it. */
  readonly length: number;
  /** Where the element itself begins. */
  readonly elementAt: number;
  /** Whether pairs of bytes are in big-endian order. */
  readonly swapped: boolean;
  /** The extended offset table, where there is one: where the item of each frame begins, from the first fragment's item. */
  readonly extendedOffsets: readonly number[] | null;
}

/** Finds the pixels of a parsed file: those of a frame that is a slice of its own, or (null) all of them. */
export function pixelLocator(
  bytes: Uint8Array,
  dataSet: DataSet,
  start: FileStart,
  frameBytes: number,
): (frame: number | null) => PixelLocation {
  const element = dataSet.elements[pixelData];
  if (element === undefined) throw new RangeError('The file has no pixels');
  const { length, vr } = element;
  const first = start.dataSet + element.dataOffset;
  const whole = {
    offset: first,
    length,
    elementAt: first - (start.syntax.header === 'implicit' ? 8 : 12),
    // An OB is a string of bytes; in an OW even 8-bit pixels are swapped in pairs.
    swapped: start.syntax.header === 'big-endian' && vr !== 'OB',
    extendedOffsets: extendedOffsets(bytes, dataSet, start),
  };
  return (frame) => {
    if (frame === null || length === encapsulated) return whole;
    const before = frame * frameBytes;
    return { ...whole, offset: first + before, length: Math.max(0, Math.min(frameBytes, length - before)) };
  };
}

function extendedOffsets(bytes: Uint8Array, dataSet: DataSet, start: FileStart): readonly number[] | null {
  const table = dataSet.elements[extendedOffsetTable];
  if (table === undefined || start.syntax.compression === null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = start.dataSet + table.dataOffset;
  const count = Math.floor(Math.min(table.length, bytes.length - at) / 8);
  return Array.from({ length: count }, (_, index) => Number(view.getBigUint64(at + 8 * index, true)));
}
