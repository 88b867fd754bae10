import type { AssemblyInProgress, DirectSlice, ReadSlice } from '../../src/dicom/index.ts';
import type { KernelMemory } from '../../src/kernels/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import { readFound } from '../services/found-file.ts';
import { withFileNow } from '../services/plain-file.ts';
import type { FoundFile } from '../services/walk-folder.ts';
import { areAllRead, readSlices, resultOf, resultsFor } from './read-slices.ts';
import type { ReaderBeside } from './reader-beside.ts';
import { Refusal, valueOf } from './refusal.ts';

/**
 * Reads the files of a series into their places; throws a Refusal that names the one that can not be read or used. Copying out of the
 * system's cache and being handed fresh memory for it are most of the time that loading takes: slices that go straight to their places in
 * the memory of the kernels are read by this thread and one `beside` it.
 */
export async function placeFiles(
  assembly: AssemblyInProgress,
  files: readonly FoundFile[],
  kernels: KernelMemory | null,
  beside: ReaderBeside | null,
): Promise<void> {
  const results =
    kernels === null || beside === null
      ? new Map<string, DirectRead>()
      : await readDirectly(assembly, files, kernels, beside);
  for (const file of files) {
    const read = results.get(file.name);
    const outcome = read === undefined ? null : assembly.placeRead(read.slice, read.result);
    valueOf(outcome ?? (await place(assembly, file)));
  }
}

interface DirectRead {
  readonly slice: DirectSlice;
  readonly result: ReadSlice;
}

async function readDirectly(
  { directSlices }: AssemblyInProgress,
  files: readonly FoundFile[],
  kernels: KernelMemory,
  beside: ReaderBeside,
): Promise<ReadonlyMap<string, DirectRead>> {
  const plain = new Map(files.flatMap((file) => (file.member === undefined ? [[file.name, file.path] as const] : [])));
  const direct = directSlices.filter(({ file }) => plain.has(file));
  const slices = direct.map(({ file, elementAt, offset, place, coding }) => ({
    path: plain.get(file)!,
    elementAt,
    offset,
    place: place.byteOffset,
    bytes: place.byteLength,
    coding,
  }));
  if (slices.length === 0) return new Map();
  const order = { slices, results: resultsFor(slices.length) };
  const end = beside.read({ kernels: kernels.shared, slices: order });
  readSlices(order, kernels, 'first');
  if (!areAllRead(order.results)) await end;
  return new Map(
    direct.flatMap((slice, index) => {
      const result = resultOf(order.results, index);
      return result === null ? [] : [[slice.file, { slice, result }] as const];
    }),
  );
}

/** Reads a file of a series into its place; throws a Refusal that names it when it can not be read any more. */
async function place(assembly: AssemblyInProgress, file: FoundFile): Promise<Outcome<null>> {
  try {
    if (file.member !== undefined) return assembly.place(file.name, await readFound(file));
    return withFileNow(file.path, (readInto) => assembly.placeFrom(file.name, file.size, readInto));
  } catch (trouble) {
    if (trouble instanceof RangeError) throw trouble;
    const why = trouble instanceof Error ? trouble.message : String(trouble);
    throw new Refusal('unreadable_file', `${file.name} can not be read (${why}).`);
  }
}
