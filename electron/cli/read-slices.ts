import type { ReadSlice } from '../../src/dicom/index.ts';
import { settleWords, wordsIn } from '../../src/kernels/index.ts';
import type { Kernels, WordCoding } from '../../src/kernels/index.ts';
import { withFileNow } from '../services/plain-file.ts';

/** Slices to be read to their places in the memory of the kernels, by two threads: one goes forwards, the other backwards, until they meet. */
export interface SlicesToRead {
  readonly slices: readonly SliceToRead[];
  /** What became of each, in shared memory: `resultsFor` makes it, `resultOf` reads it. */
  readonly results: Int32Array;
}

/** A slice in its file, and where in the memory of the kernels its bytes belong. */
export interface SliceToRead {
  readonly path: string;
  readonly elementAt: number;
  readonly offset: number;
  readonly place: number;
  readonly bytes: number;
  readonly coding: WordCoding;
}

const state = { untouched: 0, taken: 1, read: 2, unreadable: 3 };
// State, bytes, extremes, 16 lanes of the digest, 12 bytes of the element.
const [bytesAt, extremesAt, digestAt, elementAt, wordsOfResult] = [1, 2, 4, 20, 23];

/** Room for the results of so many slices. */
export function resultsFor(slices: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(slices * wordsOfResult * Int32Array.BYTES_PER_ELEMENT));
}

/** Reads and settles the slices from one end on until it meets what the other thread has taken. */
export function readSlices({ slices, results }: SlicesToRead, kernels: Kernels, from: 'first' | 'last'): void {
  for (let count = 0; count < slices.length; count += 1) {
    const index = from === 'first' ? count : slices.length - 1 - count;
    const result = results.subarray(index * wordsOfResult, (index + 1) * wordsOfResult);
    if (Atomics.compareExchange(result, 0, state.untouched, state.taken) !== state.untouched) return;
    Atomics.store(result, 0, readSlice(slices[index]!, kernels, result) ? state.read : state.unreadable);
  }
}

/** False when the file can not be read: who reads it again meets the trouble and can name it. */
function readSlice(slice: SliceToRead, kernels: Kernels, result: Int32Array): boolean {
  const words = wordsIn(kernels, slice.place, slice.bytes / 2);
  try {
    result[bytesAt] = withFileNow(slice.path, (readInto) => {
      readInto(slice.elementAt, bytesOf(result.subarray(elementAt)));
      return readInto(slice.offset, bytesOf(words));
    });
  } catch {
    return false;
  }
  const { extremes, digest } = settleWords(kernels, words, slice.coding);
  result.set([extremes.smallest, extremes.largest], extremesAt);
  result.set(digest, digestAt);
  return true;
}

/** What became of slice `index`: null when it could not be read, or is not read to its end. */
export function resultOf(results: Int32Array, index: number): ReadSlice | null {
  const result = results.subarray(index * wordsOfResult, (index + 1) * wordsOfResult);
  if (Atomics.load(result, 0) !== state.read) return null;
  return {
    bytes: result[bytesAt]!,
    extremes: { smallest: result[extremesAt]!, largest: result[extremesAt + 1]! },
    digest: result.subarray(digestAt, elementAt),
    element: bytesOf(result.subarray(elementAt)),
  };
}

/** Whether all slices are read or known to be unreadable. */
export function areAllRead(results: Int32Array): boolean {
  for (let at = 0; at < results.length; at += wordsOfResult) if (Atomics.load(results, at) < state.read) return false;
  return true;
}

function bytesOf({ buffer, byteOffset, byteLength }: Int16Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
