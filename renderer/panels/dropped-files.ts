import type { PickedFiles } from '../commands/opening.ts';

/** Every file of a drop, folders walked to any depth, in the order of their paths. */
export async function filesOf(transfer: DataTransfer): Promise<PickedFiles> {
  // Entries must be taken before the first wait: the transfer is emptied when the event ends.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found = (await Promise.all(entries.map((entry) => walk(entry)))).flat();
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function walk(entry: FileSystemEntry): Promise<{ readonly name: string; readonly file: File }[]> {
  const name = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ name, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // A reader answers with at most a hundred entries at a time, and with none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    children.push(...some);
  }
  const files: { readonly name: string; readonly file: File }[] = [];
  for (const child of children) files.push(...(await walk(child)));
  return files;
}
