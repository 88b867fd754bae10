import { constants } from 'node:fs';
import type { ArchiveMember } from '../../src/dicom/index.ts';
import { filesInArchive } from './found-file.ts';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A readable file below a folder. */
export interface FoundFile {
  /** Path below the folder, `/` between. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
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

/** Compares names as people read them (slice 2 before slice 10), the same on every machine. */
export const byName = new Intl.Collator('en', { numeric: true });

/**
 * Every readable file below `folder`, any depth, in a stable order; a ZIP archive counts as a folder. What can not be read is left out and counted, and so are links: one
 * that stays inside leads to files that are found anyway (or runs in circles), and one that leaves leads to what the user did not choose.
 * With `followLinks` (the command line, where the user named the folder in a shell) links are followed, each real file once.
 * Throws when the folder itself can not be read.
 */
export async function walkFolder(
  folder: string,
  { followLinks = false }: { readonly followLinks?: boolean } = {},
): Promise<FolderWalk> {
  const files: FoundFile[] = [];
  const seen = new Set<string>();
  let skipped = 0;

  const visit = async (path: string, above: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true });
    seen.add(path);
    entries.sort((a, b) => byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const name = above === '' ? entry.name : `${above}/${entry.name}`;
      try {
        if (entry.isSymbolicLink() && !followLinks) {
          skipped++;
          continue;
        }
        const real = await realpath(join(path, entry.name));
        const facts = await stat(real);
        if (seen.has(real) || !(facts.isDirectory() || facts.isFile())) skipped++;
        else if (facts.isDirectory()) await visit(real, name);
        else {
          await access(real, constants.R_OK);
          seen.add(real);
          const inside = await filesInArchive({ name, path: real, size: facts.size });
          if (inside === null) files.push({ name, path: real, size: facts.size });
          else {
            files.push(...inside.files);
            skipped += inside.skipped;
          }
        }
      } catch {
        skipped++;
      }
    }
  };
  await visit(await realpath(folder), '');
  return { files, skipped };
}
