import { answerOf, dataPaths, skippedHeader } from '../../src/boundary/index.ts';
import type { CancelSignal, FolderFile, FolderSource } from '../../src/boundary/index.ts';
import { isArchive, listArchive, readMember } from '../../src/dicom/index.ts';
import type { ArchiveMember, ReadAt } from '../../src/dicom/index.ts';
import { failure, success } from '../../src/volume/index.ts';
import type { Outcome } from '../../src/volume/index.ts';

/** The files of a folder, wherever they lie: behind the host's data plane, or picked in the page. */
export interface FolderReader {
  /** Every file with its name (unique in the folder) and size in bytes, and how many entries can not be read. */
  readonly list: (
    signal: CancelSignal,
  ) => Promise<Outcome<{ readonly files: readonly FolderFile[]; readonly skipped: number }>>;
  /**
   * Reads files in the order asked (only the first `bytes` of each when given) and hands each to `take`. They are put into `room` where that
   * is given and saves memory: it may give the same again, so `take` keeps nothing of them then.
   */
  readonly read: (
    files: readonly FolderFile[],
    bytes: number | null,
    take: (file: FolderFile, bytes: Uint8Array) => void,
    signal: CancelSignal,
    room?: (bytes: number) => Uint8Array<ArrayBuffer>,
  ) => Promise<Outcome<null>>;
}

/** A reader for a source. */
export function readerOf(source: FolderSource<File>): FolderReader {
  return source.kind === 'host' ? hostReader(source.grant) : pickedReader(source);
}

/** A name of the source by which what was read of it is found again. */
export function sourceKey(source: FolderSource<File>): string {
  if (source.kind === 'host') return `host ${source.grant}`;
  return `picked ${source.files.map(({ name, file }) => `${name} ${file.size} ${file.lastModified}`).join('\n')}`;
}

const cancelledTrouble = failure('cancelled', 'Cancelled.');
const gone = failure(
  'host_gone',
  'The folder can not be read: Remnant no longer runs behind this window. Start Remnant again, then open the folder there.',
);

/** A picked file, or one inside a picked archive. */
interface PickedFile {
  readonly file: File;
  readonly member: ArchiveMember | null;
}

function readAtOf(file: File): ReadAt {
  return async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
}

/** The files to read: a ZIP archive stands for what is in it, or, when it can not be read, for itself. */
async function expanded(picked: PickedSource['files']): Promise<ReadonlyMap<string, PickedFile>> {
  const files = new Map<string, PickedFile>();
  for (const { name, file } of picked) {
    const readAt = readAtOf(file);
    // Among many files only the name tells: to look into each would take as long as to read all headers.
    const mayBeZip = picked.length === 1 || /\.zip$/iu.test(name);
    const isZip = mayBeZip && isArchive(await readAt(0, 4));
    const listing = isZip ? await listArchive(readAt, file.size) : null;
    if (listing?.ok !== true) files.set(name, { file, member: null });
    else for (const member of listing.value) files.set(`${name}/${member.name}`, { file, member });
  }
  return files;
}

type PickedSource = Extract<FolderSource<File>, { kind: 'picked' }>;

const pickedGone = failure(
  'unreadable_file',
  'The files can not be read any more. Check that the medium is still there, then open them again.',
);

function pickedReader(picked: PickedSource): FolderReader {
  let expansion: Promise<ReadonlyMap<string, PickedFile>> | null = null;
  const filesOf = () => (expansion ??= expanded(picked.files));
  return {
    list: async (signal) => {
      try {
        const found = await filesOf();
        if (signal.cancelled) return cancelledTrouble;
        const files = [...found].map(([name, { file, member }]) => ({
          id: name,
          name,
          size: member?.size ?? file.size,
        }));
        return success({ files, skipped: picked.skipped });
      } catch {
        return pickedGone;
      }
    },
    read: async (wanted, bytes, take, signal) => {
      const known = await filesOf().catch(() => null);
      if (known === null) return pickedGone;
      const readOne = (one: FolderFile) => {
        const found = known.get(one.id);
        if (found === undefined) throw new RangeError(`${one.name} was not picked`);
        return readPicked(one.name, found, bytes);
      };
      // Beginnings come many at once, for each file answers late; of whole ones one at a time is memory enough.
      const atOnce = bytes === null ? 1 : 16;
      for (let from = 0; from < wanted.length; from += atOnce) {
        if (signal.cancelled) return cancelledTrouble;
        const some = wanted.slice(from, from + atOnce);
        for (const [at, read] of (await Promise.all(some.map(readOne))).entries()) {
          // Of a damaged file only the listing goes on without it: a series must not load short.
          if (!read.ok && bytes === null) return read;
          take(some[at]!, read.ok ? read.value : new Uint8Array(0));
        }
      }
      return success(null);
    },
  };
}

/** The bytes of a picked file, or only its first `limit`; failures `unreadable_file` and those of an archive's member. */
async function readPicked(
  name: string,
  { file, member }: PickedFile,
  limit: number | null,
): Promise<Outcome<Uint8Array>> {
  try {
    if (member !== null) return await readMember(readAtOf(file), member, limit);
    return success(new Uint8Array(await (limit === null ? file : file.slice(0, limit)).arrayBuffer()));
  } catch {
    return failure(
      'unreadable_file',
      `${name} can not be read any more: it was moved or changed, or its medium is gone. Open it again from where it lies now.`,
    );
  }
}

function hostReader(grant: string): FolderReader {
  const list = async (abort: AbortSignal) => {
    const response = await ask(dataPaths.folder(grant), { method: 'GET', signal: abort });
    if (!response.ok) return response;
    const files = (await response.value.json()) as readonly FolderFile[];
    return success({ files, skipped: Number(response.value.headers.get(skippedHeader) ?? 0) });
  };
  return {
    list: (signal) => abortable(signal, list),
    read: async (wanted, bytes, take, signal, room = (length) => new Uint8Array(length)) => {
      if (wanted.length === 0) return success(null);
      const body = JSON.stringify({ ids: wanted.map(({ id }) => id), ...(bytes === null ? {} : { bytes }) });
      return abortable(signal, async (abort) => {
        const response = await ask(dataPaths.pack(grant), { method: 'POST', body, signal: abort });
        const stream = response.ok ? response.value.body : null;
        const read = stream === null ? torn() : await unpack(stream.getReader(), wanted, take, signal, room);
        if (read.ok || signal.cancelled) return read;
        // A file that vanished ends the answer as a host that ended does, or as a medium that was taken out: the listing tells them apart.
        const listed = await list(abort);
        if (!listed.ok) return listed;
        // A file that has changed has another id, or none.
        const ids = new Set(listed.value.files.map(({ id }) => id));
        const changed = wanted.find(({ id }) => !ids.has(id));
        return changed === undefined ? read : torn(changed.name);
      });
    },
  };
}

/** Runs requests that a cancelled call aborts: a disk that does not answer must not hold its connection, of which a page has only a few. */
async function abortable<Value>(
  signal: CancelSignal,
  ask: (abort: AbortSignal) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const abort = new AbortController();
  const stopListening = signal.onCancel(() => abort.abort());
  try {
    const outcome = await ask(abort.signal);
    return signal.cancelled ? cancelledTrouble : outcome;
  } catch (trouble) {
    if (signal.cancelled) return cancelledTrouble;
    throw trouble;
  } finally {
    stopListening();
    // An aborted stream frees the host; after the last byte this does nothing.
    abort.abort();
  }
}

function ask(path: string, init: RequestInit): Promise<Outcome<Response>> {
  return answerOf(fetch(path, init), gone);
}

function torn(name = 'A file of the folder'): Outcome<never> {
  const message = `${name} is gone, has changed since it was listed or can not be read. Open the folder again.`;
  return failure('stream_broken', message);
}

/** Takes a packed stream apart: per file a length (uint32, little-endian) and its bytes, in the order of `wanted`. */
async function unpack(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  wanted: readonly FolderFile[],
  take: (file: FolderFile, bytes: Uint8Array) => void,
  signal: CancelSignal,
  room: (bytes: number) => Uint8Array,
): Promise<Outcome<null>> {
  let chunk: Uint8Array = new Uint8Array(0);
  let at = 0;
  const next = () => reader.read().catch(() => null);
  const fill = async (target: Uint8Array): Promise<boolean> => {
    let filled = 0;
    while (filled < target.length) {
      if (at === chunk.length) {
        const piece = await next();
        if (piece === null || piece.done) return false;
        chunk = piece.value;
        at = 0;
      }
      const part = chunk.subarray(at, at + target.length - filled);
      target.set(part, filled);
      filled += part.length;
      at += part.length;
    }
    return true;
  };
  for (const file of wanted) {
    if (signal.cancelled) return cancelledTrouble;
    const head = new Uint8Array(4);
    if (!(await fill(head))) return torn();
    const length = new DataView(head.buffer).getUint32(0, true);
    const bytes = room(length);
    if (!(await fill(bytes))) return torn();
    take(file, bytes);
  }
  return success(null);
}
