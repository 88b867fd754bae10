import { Inflate } from 'fflate';
import { byteText } from './byte-text.ts';
import { explicitLittleEndian, implicitLittleEndian, transferSyntaxOf } from './transfer-syntax.ts';
import type { TransferSyntax } from './transfer-syntax.ts';

/** Where the data set of a file begins and how it is coded. */
export interface FileStart {
  /** Offset of the first element after the file meta information. */
  readonly dataSet: number;
  readonly syntax: TransferSyntax;
  readonly mediaStorageSopClass: string | null;
}

/** VRs whose explicit form has two reserved bytes and a 32-bit length (PS3.5, 7.1.2). */
export const longForms: ReadonlySet<string> = new Set([
  'OB',
  'OD',
  'OF',
  'OL',
  'OV',
  'OW',
  'SQ',
  'SV',
  'UC',
  'UN',
  'UR',
  'UT',
  'UV',
]);
const shortForms = new Set(
  ['AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FD', 'FL', 'IS', 'LO', 'LT', 'PN', 'SH', 'SL', 'SS', 'ST'].concat([
    'TM',
    'UI',
    'UL',
    'US',
  ]),
);

function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return byteText(bytes.subarray(offset, offset + length));
}

function identifier(bytes: Uint8Array, offset: number, length: number): string {
  return (ascii(bytes, offset, length).split('\0')[0] ?? '').trim();
}

/** How a plain data set is coded, judged by its first element; null when it does not look like DICOM. */
function guessSyntax(view: DataView, bytes: Uint8Array, offset: number): TransferSyntax | null {
  if (bytes.length < offset + 12 || view.getUint16(offset, true) !== 0x0008) return null;
  const vr = ascii(bytes, offset + 4, 2);
  if (longForms.has(vr) || shortForms.has(vr)) return transferSyntaxOf(explicitLittleEndian);
  // The first element of an implicit data set is a short one (group length, character set, image type or class).
  return view.getUint32(offset + 4, true) <= 256 ? transferSyntaxOf(implicitLittleEndian) : null;
}

/**
 * Finds the data set behind preamble and meta information. A file without either is accepted when it begins with group 0008 in little
 * endian, which leaves no doubt about its coding; null = not a DICOM file.
 */
export function findDataSet(bytes: Uint8Array): FileStart | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = bytes.length >= 132 && ascii(bytes, 128, 4) === 'DICM' ? 132 : 0;
  let syntax: TransferSyntax | null = null;
  let mediaStorageSopClass: string | null = null;
  while (offset + 8 <= bytes.length && view.getUint16(offset, true) === 0x0002) {
    const element = view.getUint16(offset + 2, true);
    const isLong = longForms.has(ascii(bytes, offset + 4, 2));
    if (isLong && offset + 12 > bytes.length) return null;
    const value = offset + (isLong ? 12 : 8);
    const length = isLong ? view.getUint32(offset + 8, true) : view.getUint16(offset + 6, true);
    if (value + length > bytes.length) return null;
    if (element === 0x0010) syntax = transferSyntaxOf(identifier(bytes, value, length));
    if (element === 0x0002) mediaStorageSopClass = identifier(bytes, value, length);
    offset = value + length;
  }
  // Some archives write data sets with VRs and call them implicit, or the other way about: their first element can not be both.
  const isPlain = syntax === null || syntax.uid === explicitLittleEndian || syntax.uid === implicitLittleEndian;
  if (isPlain) syntax = guessSyntax(view, bytes, offset) ?? syntax;
  return syntax === null ? null : { dataSet: offset, syntax, mediaStorageSopClass };
}

/** No series of slices that fits into memory is longer than this when inflated; what is longer is cut, and found to be truncated. */
const longestInflated = 640 * 1024 * 1024;

/** A file as it would be without deflation: its meta information and the inflated data set, as far as that can be inflated. */
export function inflatedFile(bytes: Uint8Array, start: FileStart): Uint8Array {
  const parts: Uint8Array[] = [bytes.subarray(0, start.dataSet)];
  let length = start.dataSet;
  const inflate = new Inflate((part) => {
    parts.push(part);
    length += part.length;
  });
  const step = 65_536;
  try {
    for (let at = start.dataSet; at < bytes.length && length < longestInflated; at += step) {
      inflate.push(bytes.subarray(at, at + step), at + step >= bytes.length);
    }
  } catch {
    // fflate throws at the end of a broken or cut stream: what came out before is judged by its lengths.
  }
  const whole = new Uint8Array(Math.min(length, longestInflated));
  let at = 0;
  for (const part of parts) {
    whole.set(part.subarray(0, whole.length - at), at);
    at = Math.min(whole.length, at + part.length);
  }
  return whole;
}
