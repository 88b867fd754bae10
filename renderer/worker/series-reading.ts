import type { Call, FolderFile, FolderSource, LoadedSeries, Thumbnail } from '../../src/boundary/index.ts';
import {
  adviceOn,
  assemblyBytes,
  chooseSeries,
  createHeaderReader,
  filesToRead,
  framesAtOnce,
  headerPrefixBytes,
  isCompressed,
  listSeries,
  memoryTrouble,
  prepareAssembly,
  readOther,
  withLooks,
} from '../../src/dicom/index.ts';
import type {
  AssemblyInProgress,
  Listing,
  OtherObject,
  SeriesEntry,
  SliceHeader,
  Suggestion,
} from '../../src/dicom/index.ts';
import { voxelCount } from '../../src/geometry/index.ts';
import { failure, success } from '../../src/volume/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import { createDecodePool, doneOrCancelled } from './decode-pool.ts';
import type { DecodePool } from './decode-pool.ts';
import { readerOf, sourceKey } from './folder-reader.ts';
import type { FolderReader } from './folder-reader.ts';
import { loadKernels } from './kernels.ts';
import { lookAtVolumes } from './volume-pictures.ts';

/** What the headers of a folder say. */
interface Scanned {
  readonly key: string;
  readonly files: ReadonlyMap<string, FolderFile>;
  readonly headers: readonly SliceHeader[];
  readonly others: readonly OtherObject[];
  readonly entries: readonly SeriesEntry[];
  readonly volumes: Listing['volumes'];
  readonly skipped: number;
}

/** Most headers end in here: a quarter of what the others need, and of what has to come through the host. */
const usualHeadBytes = headerPrefixBytes / 4;

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
    /** What to say where no file could be read as a slice; null where nothing in the folder tells. */
    readonly advice: string | null;
  }>
> {
  const reader = readerOf(source);
  const scanned = await scanHeaders(source, reader, call);
  if (!scanned.ok) return scanned;
  const { entries, volumes, files, skipped, others } = scanned.value;
  const seen = await lookAtVolumes(entries, volumes, files, reader, call);
  if (!seen.ok) return seen;
  return success({
    ...withLooks(entries, seen.value.looks),
    thumbnails: seen.value.thumbnails,
    skipped,
    advice: adviceOn(others),
  });
}

async function scanHeaders(source: FolderSource<File>, reader: FolderReader, call: Call): Promise<Outcome<Scanned>> {
  const listed = await reader.list(call.signal);
  if (!listed.ok) return listed;
  const { files } = listed.value;
  const headers: SliceHeader[] = [];
  const others: OtherObject[] = [];
  let longer: FolderFile[] = [];
  let seen = 0;
  let { skipped } = listed.value;
  const readHeaders = createHeaderReader();
  const take = (bytesAsked: number | null) => (file: FolderFile, bytes: Uint8Array) => {
    const slices = readHeaders(file.name, bytes, file.size);
    // What no picture is found in is judged by as much of it as is ever asked for.
    const isShort = bytesAsked === usualHeadBytes && bytes.length < file.size;
    if (slices.ok) headers.push(...slices.value);
    else if (isShort || (slices.error.code === 'header_incomplete' && bytesAsked !== null)) longer.push(file);
    else {
      const other = readOther(file.name, bytes, slices.error, file.size);
      if (other !== null) others.push(other);
      if (other === null || other.kind === 'damaged') skipped += 1;
    }
    if (bytesAsked !== usualHeadBytes) return;
    seen += 1;
    if (seen % 16 === 0 || seen === files.length) {
      call.progress({ fraction: (0.8 * seen) / files.length, doing: `Read headers: ${seen} of ${files.length} files` });
    }
  };
  let asked: readonly FolderFile[] = files;
  for (const bytes of [usualHeadBytes, headerPrefixBytes, null]) {
    const read = await reader.read(asked, bytes, take(bytes), call.signal);
    if (!read.ok) return read;
    asked = longer;
    longer = [];
  }
  const { entries, volumes } = listSeries(headers, {}, others);
  const byName = new Map(files.map((file) => [file.name, file]));
  lastScan = { key: sourceKey(source), files: byName, headers, others, entries, volumes, skipped };
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
  const { entries, volumes } = resampleUneven ? listSeries(headers, { resampleUneven }, others) : known.value;
  const chosen = chooseSeries(entries, volumeId);
  if (!chosen.ok) return chosen;
  const entry = chosen.value;
  if (entry.status === 'refused') return refused(entry.reasons);
  const buffer = sharedRoom(assemblyBytes(entry));
  if (buffer === null) return refused([memoryTrouble(entry)]);
  const assembly = prepareAssembly(entry, volumes, buffer, null, await loadKernels());
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
      call.signal,
      reusedRoom(),
    )
    .finally(() => (call.signal.cancelled ? pool.close() : undefined));
  if (read.ok) await doneOrCancelled(decoding, call.signal);
  pool.close();
  if (call.signal.cancelled) return failure('cancelled', 'Cancelled.');
  if (!read.ok) return read;
  const done = assembly.finish();
  if (done.kind === 'refused') return refused(done.reasons);
  const { grid } = done.volume;
  const labels = { grid, values: new Uint8Array(new SharedArrayBuffer(voxelCount(grid))) };
  return success({ entry: done.entry, volume: done.volume, labels, fingerprint: done.fingerprint });
}

/**
 * Room for the bytes of a file that the next one takes again: a fresh one for each would be as much memory as the whole series before it is
 * given back. Placing copies what it keeps.
 */
function reusedRoom(): (bytes: number) => Uint8Array<ArrayBuffer> {
  let room = new Uint8Array(0);
  return (bytes) => {
    if (room.length < bytes) room = new Uint8Array(bytes);
    return room.subarray(0, bytes);
  };
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
  // The room of `file` is soon another's. Where several tasks read it, it is shared, so that it is not copied for each.
  const isShared = slices.length > framesAtOnce;
  const bytes = isShared ? new Uint8Array(new SharedArrayBuffer(file.length)) : new Uint8Array(file.length);
  bytes.set(file);
  return Array.from({ length: Math.ceil(slices.length / framesAtOnce) }, async (_, part) => {
    const from = part * framesAtOnce;
    const own = slices.slice(from, from + framesAtOnce);
    assembly.placePixels(own[0]!.file, await pool.run((decoder) => decoder.pixels({ slices: own, bytes })), from);
    report(own.length);
  });
}

/** Null where the page has no more memory. */
function sharedRoom(bytes: number): SharedArrayBuffer | null {
  try {
    return new SharedArrayBuffer(bytes);
  } catch {
    return null;
  }
}

function refused(reasons: readonly { readonly code: string; readonly message: string }[]): Outcome<never> {
  const [first] = reasons;
  return failure(first?.code ?? 'refused', reasons.map((reason) => reason.message).join(' '));
}
