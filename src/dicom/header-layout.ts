import type { DataSet } from 'dicom-parser';
import { attributesOf, remembering } from './attributes.ts';
import { longForms } from './file-start.ts';
import type { FileStart } from './file-start.ts';
import { ownFactsOf } from './own-facts.ts';
import { pixelData } from './pixel-location.ts';
import type { SliceHeader } from './slice-header.ts';

/** How a file that was parsed is written, so that others which are written alike need no parsing. */
export interface HeaderLayout {
  /**
   * The header of a file that differs from the parsed one in nothing but the values that may: what parsing it would give, bit for bit.
   * Null where anything else differs, or where these bytes end before the pixels do begin.
   */
  readonly read: (name: string, bytes: Uint8Array, fileSize: number | null) => SliceHeader | null;
}

/** An element whose value may differ from file to file, in length as well. */
interface FreeElement {
  readonly lengthAt: number;
  readonly lengthBytes: 2 | 4;
  readonly valueAt: number;
  readonly length: number;
  /** Where the parser's own entry of it stands; null in the meta information. */
  readonly place: number | null;
}

/** The elements of a data set in the order in which they are written. */
type Elements = readonly DataSet['elements'][string][];

const itemGroup = 0xfffe;

/**
 * The layout of a file with one slice, of which `bytes` are the beginning (kept: nobody may write to them any more). `isFree` says of a
 * tag whether its value may differ. Null where the file is written in a way that is left to the parser.
 */
export function layoutOf(
  bytes: Uint8Array,
  { dataSet: start, syntax }: FileStart,
  dataSet: DataSet,
  header: SliceHeader,
  isFree: (tag: string) => boolean,
): HeaderLayout | null {
  const isImplicit = syntax.header === 'implicit';
  // Without meta information the coding is guessed from the first element; the others are rare.
  const isPlain = start > 132 && (isImplicit || syntax.header === 'explicit') && !syntax.deflated;
  if (!isPlain || header.frame !== null || header.pixels.extendedOffsets !== null) return null;
  const elements = elementsInOrder(dataSet);
  const pixels = elements.at(-1);
  if (pixels?.tag !== pixelData) return null;
  const free: FreeElement[] = [];
  const meta = freeInMeta(bytes, start);
  if (meta === null) return null;
  free.push(...meta);
  let end = 0;
  for (const [place, element] of elements.entries()) {
    const head = element.dataOffset - end;
    // What the parser took for more or less than its header and value is not followed here.
    if (head !== 8 && (isImplicit || head !== 12)) return null;
    if (readUint16(bytes, start + end) === itemGroup) return null;
    const isValue = element.vr !== 'SQ' && element.items === undefined && element.hadUndefinedLength !== true;
    if (isValue && element !== pixels && isFree(element.tag)) {
      const valueAt = start + element.dataOffset;
      const lengthBytes = head === 12 || isImplicit ? 4 : 2;
      free.push({ lengthAt: valueAt - lengthBytes, lengthBytes, valueAt, length: element.length, place });
    }
    end = element.dataOffset + (element === pixels ? 0 : element.length);
  }
  const offsets = elements.map(({ dataOffset }) => dataOffset);
  const pixelsAt = start + end;

  /** The lengths that the `changing` elements have in another file, where all else of it is the same; null where it is not. */
  const lengthsIn = (other: Uint8Array, changing: readonly FreeElement[]): readonly number[] | null => {
    const lengths: number[] = [];
    let from = 0;
    let shift = 0;
    for (const element of changing) {
      if (!areSame(bytes, other, from, element.lengthAt, shift)) return null;
      const valueAt = element.valueAt + shift;
      const length = element.lengthBytes === 2 ? readUint16(other, valueAt - 2) : readUint32(other, valueAt - 4);
      if (valueAt + length > other.length) return null;
      if (isImplicit && length >= 4 && readUint16(other, valueAt) === itemGroup) return null;
      lengths.push(length);
      shift += length - element.length;
      from = element.valueAt + element.length;
    }
    return areSame(bytes, other, from, pixelsAt, shift) ? lengths : null;
  };

  /**
   * Sets the parser's entries to another file, so that its facts are read by what reads them after parsing. Returns how much later its
   * pixels begin.
   */
  const setTo = (other: Uint8Array, changing: readonly FreeElement[], lengths: readonly number[]): number => {
    let shift = 0;
    let place = 0;
    for (let index = 0; index <= changing.length; index += 1) {
      const element = changing[index];
      const last = element === undefined ? elements.length - 1 : (element.place ?? -1);
      for (; place <= last; place += 1) elements[place]!.dataOffset = offsets[place]! + shift;
      if (element === undefined) break;
      if (element.place !== null) elements[element.place]!.length = lengths[index]!;
      shift += lengths[index]! - element.length;
    }
    dataSet.byteArray = other.subarray(start);
    return shift;
  };

  // Of the free elements most are the same in all files of a series: a file is tried with those alone that differed in one before.
  let varying: readonly FreeElement[] = [];
  let varyingTags: ReadonlySet<string> = new Set();
  const vary = (other: Uint8Array, lengths: readonly number[]): void => {
    let shift = 0;
    varying = free.filter((element, index) => {
      const { valueAt, length } = element;
      const isOther = lengths[index] !== length || !areSame(bytes, other, valueAt, valueAt + length, shift);
      shift += lengths[index]! - length;
      return isOther || varying.includes(element);
    });
    varyingTags = new Set(varying.flatMap(({ place }) => (place === null ? [] : [elements[place]!.tag])));
  };
  const attributes = remembering(attributesOf(dataSet), (tag) => !varyingTags.has(tag));

  return {
    read: (name, other, fileSize) => {
      let changing = varying;
      let lengths = lengthsIn(other, changing);
      if (lengths === null) {
        changing = free;
        lengths = lengthsIn(other, changing);
        if (lengths === null) return null;
        vary(other, lengths);
      }
      const shift = setTo(other, changing, lengths);
      const { offset, elementAt } = header.pixels;
      return {
        ...header,
        ...ownFactsOf(attributes, dataSet),
        name,
        file: name,
        pixels: { ...header.pixels, offset: offset + shift, elementAt: elementAt + shift },
        fileSize,
      };
    },
  };
}

/** The elements with their beginnings in ascending order; those that the parser adds for itself have none. */
function elementsInOrder({ elements }: DataSet): Elements {
  return Object.values(elements)
    .filter(({ dataOffset }) => typeof dataOffset === 'number')
    .sort((a, b) => a.dataOffset - b.dataOffset);
}

/** Of the meta information its own length and the name of the object may differ; null where it is not written as usual. */
function freeInMeta(bytes: Uint8Array, end: number): readonly FreeElement[] | null {
  const free: FreeElement[] = [];
  let at = 132;
  while (at < end) {
    const isLong = longForms.has(String.fromCharCode(bytes[at + 4]!, bytes[at + 5]!));
    const valueAt = at + (isLong ? 12 : 8);
    const length = isLong ? readUint32(bytes, at + 8) : readUint16(bytes, at + 6);
    const element = readUint16(bytes, at + 2);
    if (!isLong && (element === 0x0000 || element === 0x0003)) {
      free.push({ lengthAt: valueAt - 2, lengthBytes: 2, valueAt, length, place: null });
    }
    at = valueAt + length;
  }
  return at === end ? free : null;
}

/** Whether the bytes `from` … `to` − 1 of one file are those of the other, there `shift` further on. */
function areSame(bytes: Uint8Array, other: Uint8Array, from: number, to: number, shift: number): boolean {
  if (to + shift > other.length) return false;
  for (let at = from; at < to; at += 1) if (bytes[at] !== other[at + shift]) return false;
  return true;
}

function readUint16(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}

function readUint32(bytes: Uint8Array, at: number): number {
  return (readUint16(bytes, at) | (readUint16(bytes, at + 2) << 16)) >>> 0;
}
