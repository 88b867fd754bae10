import type { Call, FolderFile, FolderSource, LoadedSeries, Thumbnail } from '../../src/boundary/index.ts';
import {
  assemblyBytes,
  chooseSeries,
  headerPrefixBytes,
  listSeries,
  prepareAssembly,
  readHeader,
  thumbnailOf,
} from '../../src/dicom/index.ts';
import type { SeriesEntry, SliceHeader } from '../../src/dicom/index.ts';
import { voxelCount } from '../../src/geometry/index.ts';
import { failure, success } from '../../src/volume/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import { readerOf, sourceKey } from './folder-reader.ts';
import type { FolderReader } from './folder-reader.ts';

/** What the headers of a folder say. */
interface Scanned {
  readonly key: string;
  readonly files: ReadonlyMap<string, FolderFile>;
  readonly headers: readonly SliceHeader[];
  readonly entries: readonly SeriesEntry[];
  readonly skipped: number;
}

let lastScan: Scanned | null = null;

/** Reads the headers of a folder, its series and a small picture of each. */
export async function scan(
  source: FolderSource<File>,
  call: Call,
): Promise<
  Outcome<{
    readonly entries: readonly SeriesEntry[];
    readonly thumbnails: readonly (Thumbnail | null)[];
    readonly skipped: number;
  }>
> {
  const reader = readerOf(source);
  const scanned = await scanHeaders(source, reader, call);
  if (!scanned.ok) return scanned;
  const { entries, skipped } = scanned.value;
  const thumbnails = await picturesOf(scanned.value, reader, call);
  return thumbnails.ok ? success({ entries, thumbnails: thumbnails.value, skipped }) : thumbnails;
}

async function scanHeaders(source: FolderSource<File>, reader: FolderReader, call: Call): Promise<Outcome<Scanned>> {
  const isCancelled = () => call.signal.cancelled;
  const listed = await reader.list();
  if (!listed.ok) return listed;
  const files = listed.value;
  const headers: SliceHeader[] = [];
  const longer: FolderFile[] = [];
  let seen = 0;
  let skipped = 0;
  const take = (isWhole: boolean) => (file: FolderFile, bytes: Uint8Array) => {
    const header = readHeader(file.name, bytes, file.size);
    if (header.ok) headers.push(header.value);
    else if (header.error.code === 'header_incomplete' && !isWhole) longer.push(file);
    else skipped += 1;
    if (isWhole) return;
    seen += 1;
    if (seen % 16 === 0 || seen === files.length) {
      call.progress({ fraction: (0.9 * seen) / files.length, doing: `Read headers: ${seen} of ${files.length} files` });
    }
  };
  const first = await reader.read(files, headerPrefixBytes, take(false), isCancelled);
  if (!first.ok) return first;
  const second = await reader.read(longer, null, take(true), isCancelled);
  if (!second.ok) return second;
  const { entries } = listSeries(headers);
  const byName = new Map(files.map((file) => [file.name, file]));
  lastScan = { key: sourceKey(source), files: byName, headers, entries, skipped };
  return success(lastScan);
}

async function picturesOf(
  { entries, files, headers }: Scanned,
  reader: FolderReader,
  call: Call,
): Promise<Outcome<readonly (Thumbnail | null)[]>> {
  const byName = new Map(headers.map((header) => [header.name, header]));
  const middles = entries.map((entry) => entry.files[Math.floor(entry.files.length / 2)]);
  const wanted = middles.flatMap((name) => (name === undefined ? [] : [files.get(name)!]));
  const pictures = new Map<string, Thumbnail | null>();
  const read = await reader.read(
    wanted,
    null,
    (file, bytes) => {
      const header = byName.get(file.name)!;
      const window = header.series.modality === 'CT' ? { centre: 60, width: 400 } : null;
      pictures.set(file.name, thumbnailOf(header, bytes, window));
    },
    () => call.signal.cancelled,
  );
  if (!read.ok) return read;
  return success(middles.map((name) => (name === undefined ? null : (pictures.get(name) ?? null))));
}

/** Loads one series into shared memory, with labels of its own grid that are all background. */
export async function load(
  source: FolderSource<File>,
  seriesInstanceUid: string,
  call: Call,
): Promise<Outcome<LoadedSeries>> {
  const reader = readerOf(source);
  const known = lastScan?.key === sourceKey(source) ? success(lastScan) : await scanHeaders(source, reader, call);
  if (!known.ok) return known;
  const { entries, headers, files } = known.value;
  const chosen = chooseSeries(entries, seriesInstanceUid);
  if (!chosen.ok) return chosen;
  const entry = chosen.value;
  if (entry.status === 'refused') return refused(entry.reasons);
  const assembly = prepareAssembly(entry, headers, new SharedArrayBuffer(assemblyBytes(entry)));
  const wanted = entry.files.map((name) => files.get(name)!);
  let placed = 0;
  const read = await reader.read(
    wanted,
    null,
    (file, bytes) => {
      assembly.place(file.name, bytes);
      placed += 1;
      call.progress({ fraction: placed / wanted.length, doing: `Load slice ${placed} of ${wanted.length}` });
    },
    () => call.signal.cancelled,
  );
  if (!read.ok) return read;
  const done = assembly.finish();
  if (done.kind === 'refused') return refused(done.reasons);
  const { grid } = done.volume;
  const labels = { grid, values: new Uint8Array(new SharedArrayBuffer(voxelCount(grid))) };
  return success({ entry: done.entry, volume: done.volume, labels, fingerprint: done.fingerprint });
}

function refused(reasons: readonly { readonly code: string; readonly message: string }[]): Outcome<never> {
  const [first] = reasons;
  return failure(first?.code ?? 'refused', reasons.map((reason) => reason.message).join(' '));
}
