import { failure, success } from '../../volume/index.ts';
import type { Outcome } from '../../volume/index.ts';
import type { Compression } from './frame-decoder.ts';

/** What a compressed stream says of itself, read before any decoder allocates memory for it. */
export interface StreamFacts {
  readonly columns: number;
  readonly rows: number;
  readonly components: number;
  /** Bits a sample. */
  readonly precision: number;
  readonly signed: boolean;
  /** The stream proper, without boxes before it or padding behind it. */
  readonly stream: Uint8Array;
}

const broken = (what: string): Outcome<never> => failure('pixels_undecodable', what);
const cut = failure('truncated_pixels', 'its compressed stream ends too early');

/** Reads the facts of a JPEG, JPEG-LS or JPEG 2000 stream and checks that it reaches its end marker. */
export function streamFacts(compression: Exclude<Compression, 'rle'>, bytes: Uint8Array): Outcome<StreamFacts> {
  return compression === 'jpeg' || compression === 'jpeg-ls' ? jpegFacts(bytes) : jpeg2000Facts(bytes);
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** SOF0–SOF15 without DHT, JPG and DAC, and SOF55 of JPEG-LS. */
function isFrameHeader(marker: number): boolean {
  if (marker === 0xfff7) return true;
  return marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc;
}

/** The length up to and including the last end marker; null when there is none but padding behind it. */
function lengthToEnd(bytes: Uint8Array): number | null {
  let end = bytes.length;
  // Writers pad to an even length with 0, some with a few bytes more, some with FF.
  while (end > 2 && bytes.length - end < 16 && !(bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9)) end -= 1;
  return end > 2 && bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9 ? end : null;
}

function jpegFacts(bytes: Uint8Array): Outcome<StreamFacts> {
  if (bytes.length < 4 || word(bytes, 0) !== 0xffd8) return broken('it does not begin like a JPEG stream');
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = word(bytes, at);
    if (marker === 0xffff) {
      at += 1;
      continue;
    }
    if (marker < 0xffc0) return broken('its JPEG markers are broken');
    if (isFrameHeader(marker)) {
      if (at + 10 > bytes.length) return cut;
      const end = lengthToEnd(bytes);
      if (end === null) return cut;
      return success({
        precision: bytes[at + 4]!,
        rows: word(bytes, at + 5),
        columns: word(bytes, at + 7),
        components: bytes[at + 9]!,
        signed: false,
        stream: bytes.subarray(0, end),
      });
    }
    if (marker === 0xffda || marker === 0xffd9) return broken('its image begins before its size is given');
    const length = word(bytes, at + 2);
    if (length < 2) return broken('its JPEG markers are broken');
    at += 2 + length;
  }
  return cut;
}

/** Where the codestream begins: at once, or in the box `jp2c` of a JP2 file that was put into the element whole. */
function codestream(bytes: Uint8Array): Uint8Array | null {
  for (let at = 0; at + 4 <= Math.min(bytes.length, 4096); at++) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0x4f && word(bytes, at + 2) === 0xff51) return bytes.subarray(at);
    if (at === 0 && !(bytes[4] === 0x6a && bytes[5] === 0x50)) return null;
  }
  return null;
}

function jpeg2000Facts(whole: Uint8Array): Outcome<StreamFacts> {
  const bytes = codestream(whole);
  if (bytes === null) return broken('it does not begin like a JPEG 2000 stream');
  if (bytes.length < 45) return cut;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [columns, rows] = [view.getUint32(8) - view.getUint32(16), view.getUint32(12) - view.getUint32(20)];
  const components = view.getUint16(40);
  const depth = bytes[42]!;
  if (components === 1 && (bytes[43] !== 1 || bytes[44] !== 1)) return broken('its samples are spread over the image');
  const end = endOfTiles(view);
  if (!end.ok) return end;
  return success({
    columns,
    rows,
    components,
    precision: (depth & 0x7f) + 1,
    signed: depth >= 0x80,
    stream: bytes.subarray(0, end.value),
  });
}

/** Follows the declared lengths of all tile-parts: decoders fill what is missing with zeros and say nothing. */
function endOfTiles(view: DataView): Outcome<number> {
  let at = 2;
  while (at + 12 <= view.byteLength) {
    const marker = view.getUint16(at);
    if (marker === 0xffd9) return success(at + 2);
    if (marker < 0xff00) return broken('its JPEG 2000 markers are broken');
    if (marker !== 0xff90) {
      const length = view.getUint16(at + 2);
      if (length < 2) return broken('its JPEG 2000 markers are broken');
      at += 2 + length;
      continue;
    }
    const length = view.getUint32(at + 6);
    if (length === 0) {
      const end = lengthToEnd(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
      return end === null ? cut : success(end);
    }
    if (length < 14) return broken('its JPEG 2000 tiles are broken');
    at += length;
  }
  return at + 2 <= view.byteLength && view.getUint16(at) === 0xffd9 ? success(at + 2) : cut;
}
