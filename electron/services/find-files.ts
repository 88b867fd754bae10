import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { readOther } from '../../src/dicom/index.ts';
import { filesInArchive, readFound } from './found-file.ts';
import { walkFolder } from './walk-folder.ts';
import type { FolderWalk, FoundFile } from './walk-folder.ts';

/**
 * The files of what a user named in a shell: a folder of any depth, a ZIP archive, one file, or the index of a medium (DICOMDIR), which stands for
 * its folder. Null when there is nothing of that name; throws when it may not be read.
 */
export async function findFiles(path: string): Promise<FolderWalk | null> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) return null;
  if (facts.isDirectory()) return walkFolder(path, { followLinks: true, alone: true });
  // What is read from a pipe or a device may never come.
  if (!facts.isFile()) return null;
  const file: FoundFile = { name: basename(path), path, size: facts.size, modified: facts.mtimeMs };
  const inside = await filesInArchive(file);
  if (inside !== null) return { files: inside.map(withoutArchiveName), skipped: 0 };
  const other = readOther(file.name, await readFound(file, 4096));
  return other?.kind === 'index'
    ? walkFolder(dirname(path), { followLinks: true, alone: true })
    : { files: [file], skipped: 0 };
}

/** In an archive that was named itself, its name before each file says nothing. */
function withoutArchiveName(file: FoundFile): FoundFile {
  return file.member === undefined ? file : { ...file, name: file.member.name };
}
