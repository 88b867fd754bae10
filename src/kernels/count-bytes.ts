import type { KernelMemory } from './kernel-memory.ts';

/** How often each of the 256 byte values occurs: the plain definition. */
export function countBytesPlainly(bytes: Uint8Array): Float64Array {
  const counts = new Float64Array(256);
  for (const byte of bytes) counts[byte]! += 1;
  return counts;
}

/** The same by the kernel: in place when the bytes lie in its memory, else through a window of 1 MiB that is copied along. */
export function countBytes(kernels: KernelMemory, bytes: Uint8Array): Float64Array {
  const totals = new Float64Array(256);
  const { memory, windowAt, windowBytes, countsAt, exports } = kernels;
  const inPlace = bytes.buffer === memory.buffer;
  // Counts are u32: a gigabyte at a time can not overflow them.
  const step = inPlace ? 1 << 30 : windowBytes;
  for (let from = 0; from < bytes.length; from += step) {
    const part = bytes.subarray(from, from + step);
    const counts = new Uint32Array(memory.buffer, countsAt, 256);
    counts.fill(0);
    if (!inPlace) new Uint8Array(memory.buffer, windowAt, part.length).set(part);
    exports.countBytes(inPlace ? part.byteOffset : windowAt, part.length, countsAt);
    for (let byte = 0; byte < 256; byte += 1) totals[byte]! += counts[byte]!;
  }
  return totals;
}
