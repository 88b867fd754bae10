import { open, readFile, stat } from 'node:fs/promises';
import {
  assemblyBytes,
  chooseSeries,
  filesToRead,
  headerPrefixBytes,
  isCompressed,
  listSeries,
  prepareAssembly,
  readHeaders,
} from '../../src/dicom/index.ts';
import type { Assembly, SeriesEntry, SliceHeader } from '../../src/dicom/index.ts';
import { walkFolder } from '../services/walk-folder.ts';
import type { FoundFile } from '../services/walk-folder.ts';
import { frameDecoder } from './frame-decoder.ts';
import { Refusal, valueOf } from './refusal.ts';

/** The series of a folder with what it takes to load one of them. */
export interface ScannedFolder {
  readonly entries: readonly SeriesEntry[];
  readonly headers: readonly SliceHeader[];
  readonly paths: ReadonlyMap<string, string>;
  /** Files that are no images or could not be read. */
  readonly skipped: number;
}

/** Reads the headers below `folder`; throws a Refusal when it is no folder or holds no image. */
export async function scanFolder(folder: string): Promise<ScannedFolder> {
  const facts = await stat(folder).catch(() => null);
  if (facts === null) throw new Refusal('folder_not_found', `There is no folder ${folder}.`);
  if (!facts.isDirectory())
    throw new Refusal('not_a_folder', `${folder} is a file. Name the folder that holds the series.`);
  const walk = await walkFolder(folder, { followLinks: true });
  const headers: SliceHeader[] = [];
  let skipped = walk.skipped;
  for (const file of walk.files) {
    const slices = await readHeadersOf(file);
    if (slices === null) skipped += 1;
    else headers.push(...slices);
  }
  if (headers.length === 0) {
    const looked =
      walk.files.length === 0 ? 'The folder is empty' : `None of its ${walk.files.length} files is a DICOM image`;
    throw new Refusal('no_images', `${looked}: choose the folder that holds the CT or MR series.`);
  }
  return {
    entries: listSeries(headers).entries,
    headers,
    paths: new Map(walk.files.map(({ name, path }) => [name, path])),
    skipped,
  };
}

async function readHeadersOf({ name, path, size }: FoundFile): Promise<readonly SliceHeader[] | null> {
  try {
    const prefix = new Uint8Array(Math.min(size, headerPrefixBytes));
    const file = await open(path);
    try {
      await file.read(prefix, 0, prefix.length, 0);
    } finally {
      await file.close();
    }
    let read = readHeaders(name, prefix, size);
    if (!read.ok && read.error.code === 'header_incomplete') read = readHeaders(name, await readFile(path), size);
    return read.ok ? read.value : null;
  } catch {
    return null;
  }
}

/** Loads the chosen (or only usable) series; throws a Refusal with the reason of a refused one. */
export async function loadSeries(
  folder: ScannedFolder,
  seriesInstanceUid: string | null,
): Promise<Extract<Assembly, { kind: 'volume' }>> {
  const entry = valueOf(chooseSeries(folder.entries, seriesInstanceUid ?? undefined));
  refuse(entry.status === 'refused' ? entry.reasons : []);
  const buffer = new SharedArrayBuffer(assemblyBytes(entry));
  const wanted = filesToRead(entry);
  const files = new Set(wanted);
  const isPlain = folder.headers.every((header) => !files.has(header.file) || !isCompressed(header));
  const assembly = prepareAssembly(entry, folder.headers, buffer, isPlain ? null : frameDecoder());
  for (const name of wanted) valueOf(assembly.place(name, await readFile(folder.paths.get(name)!)));
  const result = assembly.finish();
  if (result.kind === 'volume') return result;
  refuse(result.reasons);
  throw new Error('A refused series has at least one reason.');
}

/** Throws the first reason's code with all reasons as its message; returns when there is none. */
function refuse(reasons: readonly { readonly code: string; readonly message: string }[]): void {
  const [first] = reasons;
  if (first !== undefined) throw new Refusal(first.code, reasons.map(({ message }) => message).join(' '));
}
