import { longForms } from './file-start.ts';
import type { TransferSyntax } from './transfer-syntax.ts';

/** VRs of 64-bit whole numbers: the parser does not know that their length takes 32 bits, and loses its way behind them. */
const unknownToParser = new Set(['OV', 'SV', 'UV']);
const undefinedLength = 0xffff_ffff;

/**
 * The data set with elements of VR OV, SV and UV renamed to UN, whose length is coded alike and which the parser knows: the bytes
 * themselves where there are none, else a copy. Steps into sequences; stops at the pixels, and where it can not follow.
 */
export function withKnownLengths(body: Uint8Array, coding: TransferSyntax['header']): Uint8Array {
  if (coding !== 'explicit' && coding !== 'big-endian') return body;
  const little = coding === 'explicit';
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const found: number[] = [];
  let at = 0;
  while (at + 8 <= body.length) {
    const group = view.getUint16(at, little);
    // Items and their ends have no VR; what is inside an item comes next.
    if (group === 0xfffe) {
      at += 8;
      continue;
    }
    if (group === 0x7fe0 && view.getUint16(at + 2, little) === 0x0010) break;
    const vr = String.fromCharCode(body[at + 4]!, body[at + 5]!);
    const isLong = longForms.has(vr);
    if (isLong && at + 12 > body.length) break;
    const length = isLong ? view.getUint32(at + 8, little) : view.getUint16(at + 6, little);
    if (unknownToParser.has(vr)) found.push(at + 4);
    at += isLong ? 12 : 8;
    if (vr === 'SQ') continue;
    // A value of unknown kind and length is coded otherwise inside.
    if (length === undefinedLength) break;
    at += length;
  }
  if (found.length === 0) return body;
  const copy = new Uint8Array(body.length);
  copy.set(body);
  for (const place of found) copy.set([0x55, 0x4e], place);
  return copy;
}
