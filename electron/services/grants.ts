import { randomBytes } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FolderFile, Grant } from '../../src/boundary/index.ts';
import { failure, success, type Outcome } from '../../src/volume/index.ts';
import { folderUnreadable, walkFolder, type FoundFile } from './walk-folder.ts';

/** What is known of a granted folder. */
export interface GrantedFolder {
  readonly folder: string;
  /** Lists the folder anew; a file keeps its id until it is changed. Rejects when the `signal` is aborted. */
  readonly list: (signal?: AbortSignal) => Promise<{ readonly files: readonly FolderFile[]; readonly skipped: number }>;
  /** The listed file of an id. */
  readonly find: (id: string) => FoundFile | undefined;
}

/** Folders the user chose, each behind an unguessable token: the page never holds a path. */
export interface Grants {
  readonly give: (folder: string) => Promise<Outcome<Grant>>;
  readonly find: (grant: string) => GrantedFolder | undefined;
}

/** An empty book of grants; it lives as long as the host. */
export function createGrants(): Grants {
  const byToken = new Map<string, GrantedFolder>();
  const byFolder = new Map<string, string>();
  return {
    give: async (chosen) => {
      let folder: string;
      try {
        folder = await realpath(chosen);
        if (!(await stat(folder)).isDirectory()) {
          return failure('not_a_folder', 'This is a file. Choose the folder that holds the images.');
        }
      } catch {
        return folderUnreadable;
      }
      const token = byFolder.get(folder) ?? randomBytes(16).toString('hex');
      if (!byToken.has(token)) byToken.set(token, grantedFolder(folder));
      byFolder.set(folder, token);
      return success({ grant: token, name: basename(folder) || folder });
    },
    find: (grant) => byToken.get(grant),
  };
}

function grantedFolder(folder: string): GrantedFolder {
  const idOf = new Map<string, string>();
  const fileOf = new Map<string, FoundFile>();
  return {
    folder,
    list: async (signal) => {
      const { files, skipped } = await walkFolder(folder, { signal: signal ?? null });
      const listed = files.map((file): FolderFile => {
        const state = [file.name, file.size, file.modified].join('\n');
        const id = idOf.get(state) ?? String(idOf.size);
        idOf.set(state, id);
        fileOf.set(id, file);
        return { id, name: file.name, size: file.size };
      });
      return { files: listed, skipped };
    },
    find: (id) => fileOf.get(id),
  };
}
