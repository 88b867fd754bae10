import { stat } from 'node:fs/promises';
import {
  adviceOn,
  assemblyBytes,
  chooseSeries,
  createHeaderReader,
  filesToRead,
  headerPrefixBytes,
  isCompressed,
  listSeries,
  prepareAssembly,
  readOther,
} from '../../src/dicom/index.ts';
import type {
  Assembly,
  HeaderReader,
  Listing,
  ListingChoice,
  OtherObject,
  SeriesEntry,
  SliceHeader,
  Suggestion,
} from '../../src/dicom/index.ts';
import type { Remark } from '../../src/volume/index.ts';
import { findFiles } from '../services/find-files.ts';
import { readFound } from '../services/found-file.ts';
import { withFileNow } from '../services/plain-file.ts';
import type { FoundFile } from '../services/walk-folder.ts';
import { frameDecoder } from './frame-decoder.ts';
import { createSeriesKernels } from './kernels.ts';
import { placeFiles } from './place-files.ts';
import { takeReaderBeside } from './reader-beside.ts';
import type { ReaderBeside } from './reader-beside.ts';
import { Refusal, valueOf } from './refusal.ts';

/** The series of a folder with what it takes to load one of them. */
export interface ScannedFolder {
  readonly entries: readonly SeriesEntry[];
  readonly best: Suggestion | null;
  readonly volumes: Listing['volumes'];
  readonly files: ReadonlyMap<string, FoundFile>;
  /** Files that are no DICOM objects, and entries that could not be read. */
  readonly skipped: number;
  /** Names of the indexes (DICOMDIR) found; what they point to is found without them. */
  readonly indexes: readonly string[];
}

/** Reads the headers of a folder, an archive or a file; throws a Refusal when it holds no image. */
export async function scanFolder(path: string, choice: ListingChoice = {}): Promise<ScannedFolder> {
  const walk = await findFiles(path).catch(() => null);
  if (walk === null) throw new Refusal('folder_not_found', `There is no folder ${path} that can be read.`);
  const headers: SliceHeader[] = [];
  const others: OtherObject[] = [];
  let skipped = walk.skipped;
  const read = createHeaderReader();
  for (const file of walk.files) {
    const found = slicesAtOnce(file, read) ?? (await readHeadersOf(file, read));
    if (found === null) skipped += 1;
    else if ('slices' in found) headers.push(...found.slices);
    else {
      others.push(found.other);
      if (found.other.kind === 'damaged') skipped += 1;
    }
  }
  if (headers.length === 0) await refuseEmpty(path, walk.files.length, others);
  return {
    ...listSeries(headers, choice, others),
    files: new Map(walk.files.map((file) => [file.name, file])),
    skipped,
    indexes: others.filter(({ kind }) => kind === 'index').map(({ name }) => name),
  };
}

async function refuseEmpty(path: string, files: number, others: readonly OtherObject[]): Promise<never> {
  const facts = await stat(path).catch(() => null);
  if (facts?.isFile() === true && files <= 1 && others.length === 0) {
    throw new Refusal(
      'not_a_folder',
      `${path} is a file without a DICOM image. Name the folder or the ZIP archive that holds the series.`,
    );
  }
  const objects = others.filter(({ kind }) => kind === 'object').length;
  const looked = files === 0 ? 'It is empty' : `None of its ${files} files is a DICOM image that can be read`;
  const what = objects === 0 ? '' : ` (${objects} DICOM objects without slices)`;
  const advice = adviceOn(others) ?? 'Choose the folder that holds the CT or MR series.';
  throw new Refusal('no_images', `${looked}${what}. ${advice}`);
}

type Found = { readonly slices: readonly SliceHeader[] } | { readonly other: OtherObject };

/** Most headers end in here; what is longer is read again. */
const usualHead = new Uint8Array(16_384);

/** The slices of a plain file whose header is short, as most are; null when that does not tell. */
function slicesAtOnce(file: FoundFile, read: HeaderReader): Found | null {
  if (file.member !== undefined) return null;
  try {
    const filled = withFileNow(file.path, (readInto) => readInto(0, usualHead));
    const headers = read(file.name, usualHead.subarray(0, filled), file.size);
    return headers.ok ? { slices: headers.value } : null;
  } catch {
    return null;
  }
}

async function readHeadersOf(file: FoundFile, read: HeaderReader): Promise<Found | null> {
  try {
    const start = await readFound(file, headerPrefixBytes);
    let headers = read(file.name, start, file.size);
    if (!headers.ok && headers.error.code === 'header_incomplete') {
      headers = read(file.name, await readFound(file), file.size);
    }
    if (headers.ok) return { slices: headers.value };
    const other = readOther(file.name, start, headers.error, file.size);
    return other === null ? null : { other };
  } catch (trouble) {
    const why = trouble instanceof Error ? trouble.message : null;
    return { other: { kind: 'damaged', name: file.name, seriesInstanceUid: null, why } };
  }
}

/** A series in memory. */
export type LoadedSeries = Extract<Assembly, { kind: 'volume' }>;

/** The memory of the kernels ends at 4 GiB; what comes near is loaded without them. */
const largestInKernels = 3 * 2 ** 30;

/** Scans a folder and loads the chosen (or only usable) series of it; troubles as of either. */
export async function loadFolder(
  path: string,
  wanted: string | null,
  choice: ListingChoice = {},
): Promise<LoadedSeries> {
  const beside = takeReaderBeside();
  try {
    return await loadSeries(await scanFolder(path, choice), wanted, beside);
  } finally {
    beside?.stop();
  }
}

/** Loads the chosen (or only usable) series, with a thread to read `beside`; throws a Refusal with the reason of a refused one. */
export async function loadSeries(
  folder: ScannedFolder,
  wanted: string | null,
  beside: ReaderBeside | null = null,
): Promise<LoadedSeries> {
  const entry = valueOf(chooseSeries(folder.entries, wanted ?? undefined));
  if (entry.status === 'refused') refuse(entry.reasons, entry.resampling === 'offered' ? interpolationOffer : null);
  const kernels = assemblyBytes(entry) > largestInKernels ? null : createSeriesKernels();
  const names = filesToRead(entry);
  const { stack } = folder.volumes.get(entry.volumeId)!;
  const isPlain = ![...stack!.slices, ...stack!.copies].some(isCompressed);
  const assembly = prepareAssembly(entry, folder.volumes, undefined, isPlain ? null : frameDecoder(), kernels);
  await placeFiles(
    assembly,
    names.map((name) => folder.files.get(name)!),
    kernels,
    beside,
  );
  const result = assembly.finish();
  if (result.kind === 'volume') return result;
  return refuse(result.reasons);
}

const interpolationOffer = '--resample-uneven would interpolate it to a regular grid, and every result would say so.';

/** Throws the first reason's code with all reasons as its message, and what could be done about them. */
function refuse(reasons: readonly Remark[], advice: string | null = null): never {
  const [first] = reasons;
  if (first === undefined) throw new Error('A refused series has at least one reason.');
  const sentences = reasons.map(({ message }) => message);
  throw new Refusal(first.code, [...sentences, ...(advice === null ? [] : [advice])].join(' '));
}
