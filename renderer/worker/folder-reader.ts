import { answerOf, dataPaths } from '../../src/boundary/index.ts';
import type { CancelSignal, FolderFile, FolderSource } from '../../src/boundary/index.ts';
import { isArchive, listArchive, readMember } from '../../src/dicom/index.ts';
import type { ArchiveMember, ReadAt } from '../../src/dicom/index.ts';
import { failure, success } from '../../src/volume/index.ts';
import type { Outcome } from '../../src/volume/index.ts';

/** The files of a folder, wherever they lie: behind the host's data plane, or picked in the page. */
export interface FolderReader {
  /** Every file with its name (unique in the folder) and size in bytes. */
  readonly list: (signal: CancelSignal) => Promise<Outcome<readonly FolderFile[]>>;
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
  return source.kind === 'host' ? hostReader(source.grant) : pickedReader(source.files);
}

/** A name of the source by which what was read of it is found again. */
export function sourceKey(source: FolderSource<File>): string {
  if (source.kind === 'host') return `host ${source.grant}`;
  return `picked ${source.files.map(({ name, file }) => `${name} ${file.size} ${file.lastModified}`).join('\n')}`;
}

const cancelledTrouble = failure('cancelled', 'Cancelled.');
const gone = failure('host_gone', 'The folder can not be read: Remnant no longer runs behind this window.');

/** A picked file, or one inside a picked archive. */
interface PickedFile {
  readonly file: File;
  readonly member: ArchiveMember | null;
}

function readAtOf(file: File): ReadAt {
  return async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
}

/** The files to read: a ZIP archive stands for what is in it, or, when it can not be read, for itself. */
async function expanded(picked: readonly { readonly name: string; readonly file: File }[]) {
  const files = new Map<string, PickedFile>();
  for (const { name, file } of picked) {
    const readAt = readAtOf(file);
    const isZip = /\.zip$/iu.test(name) && isArchive(await readAt(0, 4));
    const listing = isZip ? await listArchive(readAt, file.size) : null;
    if (listing?.ok !== true) files.set(name, { file, member: null });
    else for (const member of listing.value) files.set(`${name}/${member.name}`, { file, member });
  }
  return files;
}

function pickedReader(picked: readonly { readonly name: string; readonly file: File }[]): FolderReader {
  let known: Promise<ReadonlyMap<string, PickedFile>> | null = null;
  const filesOf = () => (known ??= expanded(picked));
  return {
    list: async (signal) => {
      try {
        const files = [...(await filesOf())];
        if (signal.cancelled) return cancelledTrouble;
        return success(files.map(([name, { file, member }]) => ({ id: name, name, size: member?.size ?? file.size })));
      } catch {
        return failure('unreadable_file', 'The files can not be read any more. Open them again.');
      }
    },
    read: async (wanted, bytes, take, signal) => {
      const files = await filesOf();
      for (const one of wanted) {
        if (signal.cancelled) return cancelledTrouble;
        const found = files.get(one.id);
        if (found === undefined) throw new RangeError(`${one.name} was not picked`);
        const { file, member } = found;
        try {
          if (member === null) {
            take(one, new Uint8Array(await (bytes === null ? file : file.slice(0, bytes)).arrayBuffer()));
            continue;
          }
          const read = await readMember(readAtOf(file), member, bytes);
          // Of a damaged member only the listing goes on without it: a series must not load short.
          if (!read.ok && bytes === null) return read;
          take(one, read.ok ? read.value : new Uint8Array(0));
        } catch {
          return failure('unreadable_file', `${one.name} can not be read any more. Open the folder again.`);
        }
      }
      return success(null);
    },
  };
}

function hostReader(grant: string): FolderReader {
  return {
    list: (signal) =>
      abortable(signal, async (abort) => {
        const response = await ask(dataPaths.folder(grant), { method: 'GET', signal: abort });
        return response.ok ? success((await response.value.json()) as readonly FolderFile[]) : response;
      }),
    read: async (wanted, bytes, take, signal, room = (length) => new Uint8Array(length)) => {
      if (wanted.length === 0) return success(null);
      const body = JSON.stringify({ ids: wanted.map(({ id }) => id), ...(bytes === null ? {} : { bytes }) });
      return abortable(signal, async (abort) => {
        const response = await ask(dataPaths.pack(grant), { method: 'POST', body, signal: abort });
        if (!response.ok) {
          if (signal.cancelled) return cancelledTrouble;
          // A file that vanished ends the answer before it begins, as a host that ended does: only the one that lives still lists.
          return (await ask(dataPaths.folder(grant), { method: 'GET', signal: abort })).ok ? torn : response;
        }
        const stream = response.value.body;
        return stream === null ? gone : unpack(stream.getReader(), wanted, take, signal, room);
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

const torn = failure(
  'stream_broken',
  'A file of the folder is gone or can not be read to its end. Open the folder again.',
);

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
  const fill = async (target: Uint8Array): Promise<boolean> => {
    let filled = 0;
    while (filled < target.length) {
      if (at === chunk.length) {
        const next = await reader.read();
        if (next.done) return false;
        chunk = next.value;
        at = 0;
      }
      const part = chunk.subarray(at, at + target.length - filled);
      target.set(part, filled);
      filled += part.length;
      at += part.length;
    }
    return true;
  };
  try {
    for (const file of wanted) {
      if (signal.cancelled) return cancelledTrouble;
      const head = new Uint8Array(4);
      if (!(await fill(head))) return torn;
      const length = new DataView(head.buffer).getUint32(0, true);
      const bytes = room(length);
      if (!(await fill(bytes))) return torn;
      take(file, bytes);
    }
    return success(null);
  } catch {
    return signal.cancelled ? cancelledTrouble : torn;
  }
}
