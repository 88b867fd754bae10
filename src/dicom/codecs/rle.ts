import { failure, success } from '../../volume/index.ts';
import type { Outcome } from '../../volume/index.ts';
import type { FrameShape } from './frame-decoder.ts';

/** A run-length coded frame (PS3.5, annex G): one segment a byte plane, the most significant byte first. */
export function decodeRle(stream: Uint8Array, shape: FrameShape): Outcome<Uint8Array | Uint16Array> {
  const planes = shape.bitsAllocated / 8;
  if (stream.length < 64) return failure('truncated_pixels', 'the run-length header is cut off');
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const segments = view.getUint32(0, true);
  if (segments !== planes) {
    return failure('pixels_undecodable', `${segments} run-length segments instead of ${planes}`);
  }
  const count = shape.columns * shape.rows;
  // Two bytes stand for 128 at most: a size beyond that is not worth its memory.
  if (count * planes > 64 * stream.length) return failure('truncated_pixels', 'it is too short for its size');
  const bytes = new Uint8Array(count * planes);
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint32(4 + 4 * segment, true);
    const end = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : stream.length;
    if (start < 64 || end < start || end > stream.length) {
      return failure('pixels_undecodable', 'its run-length segments lie outside of it');
    }
    const filled = unpack(stream.subarray(start, end), bytes, planes - 1 - segment, planes);
    if (filled < count) return failure('truncated_pixels', `a run-length segment holds ${filled} of ${count} bytes`);
  }
  return success(planes === 1 ? bytes : new Uint16Array(bytes.buffer));
}

/** Fills every `step`-th byte from `offset` on; answers how many were filled (a PackBits stream may be padded at its end). */
function unpack(packed: Uint8Array, bytes: Uint8Array, offset: number, step: number): number {
  const count = bytes.length / step;
  let at = 0;
  let filled = 0;
  while (at < packed.length && filled < count) {
    const head = packed[at++]!;
    if (head === 128) continue;
    const isLiteral = head < 128;
    const wanted = isLiteral ? head + 1 : 257 - head;
    const here = isLiteral ? Math.min(wanted, packed.length - at) : at < packed.length ? wanted : 0;
    const length = Math.min(here, count - filled);
    for (let index = 0; index < length; index++) {
      bytes[offset + step * filled++] = packed[isLiteral ? at + index : at]!;
    }
    at += isLiteral ? wanted : 1;
  }
  return filled;
}
