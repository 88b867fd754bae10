import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import type { ArchiveMember } from '../../src/dicom/index.ts';
import { failure } from '../../src/volume/index.ts';
import { filesInArchive } from './found-file.ts';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A readable file below a folder. */
export interface FoundFile {
  /** Path below the folder, `/` between. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** When it was last changed, ms since 1970: another file of this name must not pass for the listed one. */
  readonly modified: number;
  /** Set where the file lies inside the ZIP archive at `path`. */
  readonly member?: ArchiveMember;
}

/** The files below a folder, and how many entries could not be read. */
export interface FolderWalk {
  readonly files: readonly FoundFile[];
  readonly skipped: number;
}

/** Whether `path` is `folder` or lies in it; both real paths. */
export function liesIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** What to say where a folder itself can not be read. */
export const folderUnreadable = failure(
  'folder_unreadable',
  'The folder is not there any more or may not be read. Check that its medium is connected, then open it again.',
);

/** Compares names as people read them (slice 2 before slice 10), the same on every machine. */
export const byName = new Intl.Collator('en', { numeric: true });

/** How many entries are asked for side by side: a share on the network answers each late, but many at once. */
const atOnce = 32;

/** How a ZIP archive is named: in a folder no other file is looked into. */
const archiveName = /\.zip$/iu;

/** How a folder is walked. */
export interface WalkChoice {
  readonly followLinks?: boolean;
  readonly alone?: boolean;
  readonly signal?: AbortSignal | null;
}

/** What lies behind an entry: a readable file of `size` bytes, or (null) a folder. */
interface Inspected {
  readonly real: string;
  readonly modified: number;
  readonly size: number | null;
}

function inspected(real: string, facts: Stats): Inspected | null {
  const modified = facts.mtimeMs;
  if (facts.isDirectory()) return { real, modified, size: null };
  return facts.isFile() ? { real, modified, size: facts.size } : null;
}

/** Null for what can not be read, is neither file nor folder, or is a link and not to be followed. `folder` is a real path. */
async function inspect(folder: string, entry: Dirent, followLinks: boolean): Promise<Inspected | null> {
  if (entry.isSymbolicLink() && !followLinks) return null;
  try {
    const path = join(folder, entry.name);
    const real = entry.isSymbolicLink() ? await realpath(path) : path;
    const facts = await stat(real);
    if (facts.isFile()) await access(real, constants.R_OK);
    return inspected(real, facts);
  } catch {
    return null;
  }
}

/** The same for a process that has nothing else to do: for thousands of files it costs less to wait than to be told that it is over. */
function inspectNow(folder: string, entry: Dirent, followLinks: boolean): Inspected | null {
  if (entry.isSymbolicLink() && !followLinks) return null;
  try {
    // `join` puts each path in order that is in order, which takes as long as to ask the system for it.
    const path = folder.endsWith(sep) ? folder + entry.name : folder + sep + entry.name;
    const real = entry.isSymbolicLink() ? realpathSync(path) : path;
    const facts = statSync(real);
    if (facts.isFile()) accessSync(real, constants.R_OK);
    return inspected(real, facts);
  } catch {
    return null;
  }
}

/**
 * Every readable file below `folder`, any depth, in a stable order; a ZIP archive counts as a folder. What can not be read is left out and counted, and so are links: one
 * that stays inside leads to files that are found anyway (or runs in circles), and one that leaves leads to what the user did not choose.
 * With `followLinks` (the command line, where the user named the folder in a shell) links are followed, each real file once. `alone` says
 * that the process has nothing else to do. Throws when the folder itself can not be read, and the reason of the `signal` when that is aborted.
 */
export async function walkFolder(
  folder: string,
  { followLinks = false, alone = false, signal = null }: WalkChoice = {},
): Promise<FolderWalk> {
  const files: FoundFile[] = [];
  const seen = new Set<string>();
  let skipped = 0;

  const visit = async (path: string, above: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true });
    seen.add(path);
    entries.sort((a, b) => byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1));
    for (let from = 0; from < entries.length; from += atOnce) {
      const some = entries.slice(from, from + atOnce);
      signal?.throwIfAborted();
      const found = alone
        ? some.map((entry) => inspectNow(path, entry, followLinks))
        : await Promise.all(some.map((entry) => inspect(path, entry, followLinks)));
      for (const [index, entry] of found.entries()) {
        const name = above === '' ? some[index]!.name : `${above}/${some[index]!.name}`;
        if (entry === null || seen.has(entry.real)) skipped++;
        else if (entry.size === null) await enter(() => visit(entry.real, name));
        else {
          const { real, modified, size } = entry;
          const file = { name, path: real, modified, size };
          seen.add(real);
          if (archiveName.test(name)) await enter(async () => files.push(...((await filesInArchive(file)) ?? [file])));
          else files.push(file);
        }
      }
    }
  };
  const enter = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch {
      signal?.throwIfAborted();
      skipped++;
    }
  };
  await visit(await realpath(folder), '');
  return { files, skipped };
}
