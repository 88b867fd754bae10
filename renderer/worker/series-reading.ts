import type { Call, FolderFile, FolderSource, LoadedSeries, Thumbnail } from '../../src/boundary/index.ts';
import {
  assemblyBytes,
  chooseSeries,
  filesToRead,
  framesAtOnce,
  headerPrefixBytes,
  isCompressed,
  listSeries,
  prepareAssembly,
  readHeaders,
  readOther,
  withLooks,
} from '../../src/dicom/index.ts';
import type { AssemblyInProgress, OtherObject, SeriesEntry, SliceHeader, Suggestion } from '../../src/dicom/index.ts';
import { voxelCount } from '../../src/geometry/index.ts';
import { failure, success } from '../../src/volume/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import { createDecodePool } from './decode-pool.ts';
import type { DecodePool } from './decode-pool.ts';
import { readerOf, sourceKey } from './folder-reader.ts';
import type { FolderReader } from './folder-reader.ts';
import { lookAtVolumes } from './volume-pictures.ts';

/** What the headers of a folder say. */
interface Scanned {
  readonly key: string;
  readonly files: ReadonlyMap<string, FolderFile>;
  readonly headers: readonly SliceHeader[];
  readonly others: readonly OtherObject[];
  readonly entries: readonly SeriesEntry[];
  /** The slices of each volume by its id, in order. */
  readonly slices: ReadonlyMap<string, readonly SliceHeader[]>;
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
    readonly best: Suggestion | null;
  }>
> {
  const reader = readerOf(source);
  const scanned = await scanHeaders(source, reader, call);
  if (!scanned.ok) return scanned;
  const { entries, slices, files, skipped } = scanned.value;
  const seen = await lookAtVolumes(entries, slices, files, reader, call);
  if (!seen.ok) return seen;
  return success({ ...withLooks(entries, seen.value.looks), thumbnails: seen.value.thumbnails, skipped });
}

async function scanHeaders(source: FolderSource<File>, reader: FolderReader, call: Call): Promise<Outcome<Scanned>> {
  const isCancelled = () => call.signal.cancelled;
  const listed = await reader.list();
  if (!listed.ok) return listed;
  const files = listed.value;
  const headers: SliceHeader[] = [];
  const others: OtherObject[] = [];
  const longer: FolderFile[] = [];
  let seen = 0;
  let skipped = 0;
  const take = (isWhole: boolean) => (file: FolderFile, bytes: Uint8Array) => {
    const slices = readHeaders(file.name, bytes, file.size);
    if (slices.ok) headers.push(...slices.value);
    else if (slices.error.code === 'header_incomplete' && !isWhole) longer.push(file);
    else {
      const other = readOther(file.name, bytes);
      if (other !== null) others.push(other);
      if (other === null || other.kind === 'damaged') skipped += 1;
    }
    if (isWhole) return;
    seen += 1;
    if (seen % 16 === 0 || seen === files.length) {
      call.progress({ fraction: (0.8 * seen) / files.length, doing: `Read headers: ${seen} of ${files.length} files` });
    }
  };
  const first = await reader.read(files, headerPrefixBytes, take(false), isCancelled);
  if (!first.ok) return first;
  const second = await reader.read(longer, null, take(true), isCancelled);
  if (!second.ok) return second;
  const { entries, slices } = listSeries(headers, {}, others);
  const byName = new Map(files.map((file) => [file.name, file]));
  lastScan = { key: sourceKey(source), files: byName, headers, others, entries, slices, skipped };
  return success(lastScan);
}

/** Loads one series into shared memory, with labels of its own grid that are all background. */
export async function load(
  source: FolderSource<File>,
  { volumeId, resampleUneven }: { readonly volumeId: string; readonly resampleUneven: boolean },
  call: Call,
): Promise<Outcome<LoadedSeries>> {
  const reader = readerOf(source);
  const known = lastScan?.key === sourceKey(source) ? success(lastScan) : await scanHeaders(source, reader, call);
  if (!known.ok) return known;
  const { headers, others, files } = known.value;
  const entries = resampleUneven ? listSeries(headers, { resampleUneven }, others).entries : known.value.entries;
  const chosen = chooseSeries(entries, volumeId);
  if (!chosen.ok) return chosen;
  const entry = chosen.value;
  if (entry.status === 'refused') return refused(entry.reasons);
  const assembly = prepareAssembly(entry, headers, new SharedArrayBuffer(assemblyBytes(entry)));
  const { volume, filled } = assembly;
  if (volume !== null) {
    call.progress({ fraction: 0, doing: `Load ${entry.slices} slices`, loading: { entry, volume, filled } });
  }
  const wanted = middleFirst(filesToRead(entry)).map((name) => files.get(name)!);
  let placed = 0;
  let told = 0;
  const report = (slices: number): void => {
    placed += slices;
    // The first slice at once, then a percent at a time: a message for each of thousands would keep the page busy.
    if (told > 0 && placed < entry.slices && placed - told < entry.slices / 100) return;
    told = placed;
    call.progress({ fraction: placed / entry.slices, doing: `Load slice ${placed} of ${entry.slices}` });
  };
  const pool = createDecodePool();
  const decoding: Promise<void>[] = [];
  const read = await reader
    .read(
      wanted,
      null,
      (file, bytes) => {
        const slices = assembly.slicesIn(file.name);
        if (!slices.some(isCompressed)) {
          assembly.place(file.name, bytes);
          report(slices.length);
        } else decoding.push(...decode(slices, bytes, pool, assembly, report));
      },
      () => call.signal.cancelled,
    )
    .finally(() => (call.signal.cancelled ? pool.close() : undefined));
  if (read.ok)
    await Promise.race([Promise.all(decoding), new Promise((stop) => call.signal.onCancel(() => stop(null)))]);
  pool.close();
  if (call.signal.cancelled) return failure('cancelled', 'Cancelled.');
  if (!read.ok) return read;
  const done = assembly.finish();
  if (done.kind === 'refused') return refused(done.reasons);
  const { grid } = done.volume;
  const labels = { grid, values: new Uint8Array(new SharedArrayBuffer(voxelCount(grid))) };
  return success({ entry: done.entry, volume: done.volume, labels, fingerprint: done.fingerprint });
}

/** The order in which files are read: the one in the middle is what the views show first. */
function middleFirst(names: readonly string[]): readonly string[] {
  const middle = names.length >> 1;
  return [...names.slice(middle, middle + 1), ...names.slice(0, middle), ...names.slice(middle + 1)];
}

/** Has the compressed slices of a file decoded in the pool, a few frames a task, and placed as they come. */
function decode(
  slices: readonly SliceHeader[],
  file: Uint8Array,
  pool: DecodePool,
  assembly: AssemblyInProgress,
  report: (slices: number) => void,
): readonly Promise<void>[] {
  let bytes = file;
  if (slices.length > framesAtOnce) {
    // Several tasks read it: shared, so that it is not copied for each.
    bytes = new Uint8Array(new SharedArrayBuffer(file.length));
    bytes.set(file);
  }
  return Array.from({ length: Math.ceil(slices.length / framesAtOnce) }, async (_, part) => {
    const from = part * framesAtOnce;
    const own = slices.slice(from, from + framesAtOnce);
    assembly.placePixels(own[0]!.file, await pool.run((decoder) => decoder.pixels({ slices: own, bytes })), from);
    report(own.length);
  });
}

function refused(reasons: readonly { readonly code: string; readonly message: string }[]): Outcome<never> {
  const [first] = reasons;
  return failure(first?.code ?? 'refused', reasons.map((reason) => reason.message).join(' '));
}
