import { open, stat } from 'node:fs/promises';
import { fill, readFound } from './found-file.ts';
import type { FoundFile } from './walk-folder.ts';

const chunkBytes = 1 << 20;
/** The length before each file is a uint32. */
export const largestPackedFile = 2 ** 32 - 1;

/** Beginnings of files that are not longer are read side by side: a share on the network answers each late, but many at once. */
const shortBeginning = 65_536;
const atOnce = 16;

/**
 * The packed stream of the data plane: per file a uint32 length (little-endian), then its bytes (the first `bytes` when given), in
 * chunks of about 1 MiB, so that thousands of headers do not become thousands of messages. Throws when a file vanishes or shrinks
 * meanwhile: a short answer would pass for a short series. A whole file must be the one that was listed: another slice, or that of another
 * disc, would take its place unseen.
 */
export async function* packFiles(
  files: readonly FoundFile[],
  bytes: number = largestPackedFile,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (bytes <= shortBeginning) {
    yield* packBeginnings(files, bytes);
    return;
  }
  let chunk = Buffer.allocUnsafe(chunkBytes);
  let used = 0;
  for (const found of files) {
    const { path, name } = found;
    if (found.member !== undefined) {
      const member = await memberBytes(found, bytes);
      const head = Buffer.alloc(4);
      head.writeUInt32LE(member.length);
      if (used > 0) yield chunk.subarray(0, used);
      yield head;
      yield member;
      chunk = Buffer.allocUnsafe(chunkBytes);
      used = 0;
      continue;
    }
    const file = await open(path, 'r');
    try {
      const { size, mtimeMs } = await file.stat();
      if (bytes === largestPackedFile && (size !== found.size || mtimeMs !== found.modified)) throw changed(name);
      const length = Math.min(size, bytes);
      if (length > largestPackedFile) throw new Error(`${name} is larger than 4 GiB`);
      if (chunkBytes - used < 4) {
        yield chunk.subarray(0, used);
        chunk = Buffer.allocUnsafe(chunkBytes);
        used = 0;
      }
      used = chunk.writeUInt32LE(length, used);
      for (let read = 0; read < length;) {
        if (used === chunkBytes) {
          yield chunk;
          chunk = Buffer.allocUnsafe(chunkBytes);
          used = 0;
        }
        const part = chunk.subarray(used, used + length - read);
        if ((await fill(file, part, read)) < part.length) throw becameShorter(name);
        used += part.length;
        read += part.length;
      }
    } finally {
      await file.close();
    }
  }
  if (used > 0) yield chunk.subarray(0, used);
}

async function* packBeginnings(
  files: readonly FoundFile[],
  bytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for (let from = 0; from < files.length; from += atOnce) {
    const some = files.slice(from, from + atOnce);
    for (const beginning of await Promise.all(some.map((found) => beginningOf(found, bytes)))) {
      const head = Buffer.alloc(4);
      head.writeUInt32LE(beginning.length);
      parts.push(head, beginning);
      size += 4 + beginning.length;
    }
    if (size < chunkBytes) continue;
    yield Buffer.concat(parts, size);
    [parts, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(parts, size);
}

/** A file that is there and can not be read (a scratch on a disc) is empty, so that the rest can be listed; one that is gone throws. */
async function beginningOf(found: FoundFile, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (found.member !== undefined) return memberBytes(found, bytes);
  return readBeginning(found, bytes).catch((trouble: unknown) => {
    const { code } = trouble as NodeJS.ErrnoException;
    if (code === undefined || code === 'ENOENT' || code === 'ENOTDIR') throw trouble;
    return new Uint8Array(0);
  });
}

async function readBeginning(found: FoundFile, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(found.path, 'r');
  try {
    const { size } = await file.stat();
    const beginning = new Uint8Array(Math.min(size, bytes));
    if ((await fill(file, beginning, 0)) < beginning.length) throw becameShorter(found.name);
    return beginning;
  } finally {
    await file.close();
  }
}

function changed(name: string): Error {
  return new Error(`${name} has changed since it was listed`);
}

function becameShorter(name: string): Error {
  return new Error(`${name} became shorter while it was read`);
}

/** A damaged member of an archive is empty where only beginnings are asked for, so that the rest can be listed; whole it throws. */
async function memberBytes(found: FoundFile, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes === largestPackedFile) {
    if ((await stat(found.path)).mtimeMs !== found.modified) throw changed(found.name);
    return readFound(found);
  }
  return readFound(found, bytes).catch(() => new Uint8Array(0));
}
