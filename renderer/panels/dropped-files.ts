import type { CancelSignal } from '../../src/boundary/index.ts';
import type { Picked, PickedFiles } from '../commands/opening.ts';

/** How far a walk through what was dropped is heard of, and how it is ended. */
interface Walk {
  readonly found: (files: number) => void;
  readonly signal: CancelSignal;
}

/**
 * The way to every file of a drop: folders walked to any depth, in the order of their paths. What can not be read is left out and counted.
 * To be called while the event lasts: the transfer is emptied when it ends.
 */
export function filesOf(transfer: DataTransfer): (walk: Walk) => Promise<Picked> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return async ({ found, signal }) => {
    const files: PickedFiles[number][] = [];
    let skipped = 0;
    const take = async (entry: FileSystemEntry): Promise<void> => {
      if (signal.cancelled) return;
      try {
        if (!entry.isFile) {
          await Promise.all((await childrenOf(entry as FileSystemDirectoryEntry)).map(take));
          return;
        }
        const name = entry.fullPath.replace(/^\//, '');
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
        files.push({ name, file });
        found(files.length);
      } catch {
        skipped += 1;
      }
    };
    await Promise.all(entries.map(take));
    return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)), skipped };
  };
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // A reader answers with at most a hundred entries at a time, and with none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return children;
    children.push(...some);
  }
}
