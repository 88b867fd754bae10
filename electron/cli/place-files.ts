import { closeSync, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import type { AssemblyInProgress, DirectSlice } from '../../src/dicom/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import { readFound, withFileNow } from '../services/found-file.ts';
import type { FoundFile } from '../services/walk-folder.ts';
import { Refusal, valueOf } from './refusal.ts';

/** How many reads are under way beside our own: as many as the host has threads for it. */
const beside = 4;

/** A file whose slice lies where it belongs, as `placeRead` takes it. */
interface Arrived {
  readonly file: FoundFile;
  readonly place: () => Outcome<null> | null;
}

/**
 * Reads the files of a series into their places; throws a Refusal that names the one that can not be read or used. Copying out of the
 * system's cache and being handed fresh memory for it are most of the time that loading takes: slices that go straight to their places are
 * read on several processors at once.
 */
export async function placeFiles(assembly: AssemblyInProgress, files: readonly FoundFile[]): Promise<void> {
  const slices = new Map(assembly.directSlices.map((slice) => [slice.file, slice]));
  const arrived: Arrived[] = [];
  let [next, underWay] = [0, 0];
  const askFor = (file: FoundFile, slice: DirectSlice): void => {
    underWay += 1;
    void readBeside(file.path, slice).then((bytes) => {
      underWay -= 1;
      arrived.push({ file, place: () => bytes && assembly.placeRead(slice, bytes.count, bytes.element) });
    });
  };
  while (next < files.length || underWay > 0 || arrived.length > 0) {
    for (; underWay < beside && next < files.length; next += 1) {
      const file = files[next]!;
      const slice = slices.get(file.name);
      if (slice === undefined || file.member !== undefined) break;
      askFor(file, slice);
    }
    const here = arrived.pop();
    if (here !== undefined) valueOf(here.place() ?? (await place(assembly, here.file)));
    else if (next < files.length) valueOf(await place(assembly, files[next++]!));
    if (arrived.length === 0 && underWay > 0) await new Promise((turn) => void setImmediate(turn));
  }
}

const readSome = promisify(read);

/** Reads a slice to its place while others are read; null when that can not be done: who reads it again meets the trouble and can name it. */
async function readBeside(
  path: string,
  { elementAt, offset, place }: DirectSlice,
): Promise<{ readonly count: number; readonly element: Uint8Array } | null> {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    let count = 0;
    for (let more = 1; more > 0 && count < place.length; count += more) {
      more = (await readSome(file, place, count, place.length - count, offset + count)).bytesRead;
    }
    const element = new Uint8Array(12);
    readSync(file, element, 0, element.length, elementAt);
    return { count, element };
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
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
