import { existsSync, readdirSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import type { FolderListing } from '../../src/boundary/index.ts';
import { failure, success, type Outcome } from '../../src/volume/index.ts';
import { hereAndNow, type Surroundings } from './app-data.ts';
import { byName, folderUnreadable, liesIn } from './walk-folder.ts';

/** A folder below which the page may look around. */
export interface Root {
  /** What the user reads and the page sends back; unique. */
  readonly id: string;
  readonly folder: string;
}

/** The in-page folder browser of the loopback host: names in, names out, never beyond the roots. */
export interface FolderBrowser {
  readonly list: (path: readonly string[]) => Promise<Outcome<FolderListing>>;
  /** The real path of a listed folder. */
  readonly locate: (path: readonly string[]) => Promise<Outcome<string>>;
}

/** The roots: REMNANT_ROOTS (separated as PATH is), else home, the current folder and mounted media. */
export function browsableRoots(
  currentFolder: string,
  { platform, env, home }: Surroundings = hereAndNow(),
): readonly Root[] {
  const configured = env['REMNANT_ROOTS'];
  if (configured !== undefined && configured !== '') {
    const folders = [
      ...new Set(
        configured
          .split(delimiter)
          .filter(Boolean)
          .map((root) => resolve(root)),
      ),
    ];
    return folders.map((folder) => ({ id: folder, folder }));
  }
  const media = platform === 'win32' ? drives() : mounts(platform, env['USER'] ?? '');
  return [
    { id: 'Home', folder: home },
    ...(currentFolder === home ? [] : [{ id: 'Current folder', folder: currentFolder }]),
    ...media.map((folder) => ({ id: folder, folder })),
  ].filter(({ folder }) => existsSync(folder));
}

function mounts(platform: NodeJS.Platform, user: string): readonly string[] {
  const above = platform === 'darwin' ? ['/Volumes'] : [`/media/${user}`, '/media', `/run/media/${user}`, '/mnt'];
  const folders = above.flatMap((folder) => {
    try {
      return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(folder, name));
    } catch {
      return [];
    }
  });
  return [...new Set(folders)];
}

function drives(): readonly string[] {
  return Array.from('DEFGHIJKLMNOPQRSTUVWXYZ')
    .map((letter) => `${letter}:\\`)
    .filter((drive) => existsSync(drive));
}

/** A folder browser over `roots`. */
export function createFolderBrowser(roots: readonly Root[]): FolderBrowser {
  const locate: FolderBrowser['locate'] = async ([rootId, ...below]) => {
    const root = roots.find(({ id }) => id === rootId);
    const stepsOut = below.some((step) => step === '' || step === '..' || step === '.' || /[/\\\0]/.test(step));
    if (root === undefined || stepsOut) {
      return failure('folder_not_allowed', 'Only folders below the listed places can be opened.');
    }
    try {
      const rootFolder = await realpath(root.folder);
      const folder = await realpath(join(rootFolder, ...below));
      // A link on the way may lead out of the root.
      if (!liesIn(rootFolder, folder)) {
        return failure('folder_not_allowed', 'This folder is a link to a place that can not be opened from here.');
      }
      return success(folder);
    } catch {
      return folderUnreadable;
    }
  };

  const list: FolderBrowser['list'] = async (path) => {
    if (path.length === 0) return success({ path, folders: roots.map(({ id }) => id), files: 0 });
    const folder = await locate(path);
    if (!folder.ok) return folder;
    try {
      const folders: string[] = [];
      let files = 0;
      for (const entry of await readdir(folder.value, { withFileTypes: true })) {
        if (entry.name.startsWith('.')) continue;
        const target = entry.isSymbolicLink() ? await stat(join(folder.value, entry.name)).catch(() => null) : entry;
        if (target?.isDirectory() === true) folders.push(entry.name);
        else if (target?.isFile() === true) files++;
      }
      return success({ path, folders: folders.sort((a, b) => byName.compare(a, b)), files });
    } catch {
      return folderUnreadable;
    }
  };
  return { list, locate };
}
