/**
 * Labels as runs: one byte of label, then the run's length as a little-endian number of 7 bits a byte, the top bit set on all bytes but
 * the last. Almost all of an anatomy layer is background, so a whole abdomen takes some hundred kilobytes.
 */
export function encodeRuns(values: Uint8Array): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(1 << 16);
  let write = 0;
  let start = 0;
  while (start < values.length) {
    const label = values[start]!;
    let end = start + 1;
    while (end < values.length && values[end] === label) end += 1;
    if (write + 8 > bytes.length) {
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[write++] = label;
    let length = end - start;
    while (length > 127) {
      bytes[write++] = (length & 127) | 128;
      length = Math.floor(length / 128);
    }
    bytes[write++] = length;
    start = end;
  }
  return bytes.slice(0, write);
}

/** The labels of `count` voxels; null when the runs are broken or do not fill exactly so many. Nothing is allocated before that is known. */
export function decodeRuns(bytes: Uint8Array, count: number): Uint8Array<ArrayBuffer> | null {
  let total = 0;
  const whole = readRuns(bytes, (_, length) => {
    total += length;
    return total <= count;
  });
  if (!whole || total !== count) return null;
  const values = new Uint8Array(count);
  let start = 0;
  readRuns(bytes, (label, length) => {
    if (label !== 0) values.fill(label, start, start + length);
    start += length;
    return true;
  });
  return values;
}

/** Calls `visit` for each run until it answers false; false when it did, or when the bytes end inside a run. */
function readRuns(bytes: Uint8Array, visit: (label: number, length: number) => boolean): boolean {
  let read = 0;
  while (read < bytes.length) {
    const label = bytes[read++]!;
    let length = 0;
    let scale = 1;
    for (;;) {
      const part = bytes[read++];
      // Five bytes hold any length below 2³⁵, far beyond any volume.
      if (part === undefined || scale > 2 ** 28) return false;
      length += (part & 127) * scale;
      if (part < 128) break;
      scale *= 128;
    }
    if (length === 0 || !visit(label, length)) return false;
  }
  return true;
}
