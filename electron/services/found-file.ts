import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isArchive, listArchive, readMember } from '../../src/dicom/index.ts';
import type { ReadAt } from '../../src/dicom/index.ts';
import type { FoundFile } from './walk-folder.ts';

/** Fills `target` from a place of an open file; how many bytes it got, which are fewer only at the end of the file. */
export async function fill(file: FileHandle, target: Uint8Array, offset: number): Promise<number> {
  let filled = 0;
  while (filled < target.length) {
    const { bytesRead } = await file.read(target, filled, target.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

/** Runs `work` with a reader of the file at `path`; an answer is short only at the end of the file. */
async function withReader<Answer>(path: string, work: (readAt: ReadAt) => Promise<Answer>): Promise<Answer> {
  const file = await open(path, 'r');
  try {
    return await work(async (offset, length) => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, await fill(file, bytes, offset));
    });
  } finally {
    await file.close();
  }
}

/**
 * The files inside a ZIP archive, whatever its name, named below it; null for any other file. An archive that can not be read stands for
 * itself, so that what reads it can say so.
 */
export async function filesInArchive(found: FoundFile): Promise<readonly FoundFile[] | null> {
  return withReader(found.path, async (readAt) => {
    if (!isArchive(await readAt(0, 4))) return null;
    const listing = await listArchive(readAt, found.size);
    if (!listing.ok) return null;
    return listing.value.map((member): FoundFile => ({
      name: `${found.name}/${member.name}`,
      path: found.path,
      size: member.size,
      modified: found.modified,
      member,
    }));
  });
}

/** The bytes of a found file, or only the first `limit`; throws with a sentence when it can not be read. */
export async function readFound(found: FoundFile, limit: number | null = null): Promise<Uint8Array<ArrayBuffer>> {
  const { member, path } = found;
  if (member === undefined) {
    const length = Math.min(found.size, limit ?? found.size);
    return withReader(path, async (readAt) => new Uint8Array(await readAt(0, length)));
  }
  const bytes = await withReader(path, (readAt) => readMember(readAt, member, limit));
  if (!bytes.ok) throw new Error(bytes.error.message);
  return bytes.value;
}
