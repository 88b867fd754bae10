import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file whole or not at all: temporary file beside it, fsync, rename, fsync of the folder. A power cut leaves the old file or
 * the new one. Devices and pipes (`/dev/stdout`) are written directly. `mode` is that of a new file. Throws Node's error.
 */
export async function writeWhole(path: string, bytes: Uint8Array | string, mode = 0o666): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there !== null && !there.isFile() && !there.isDirectory()) return writeFile(path, bytes);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameOver(temporary, path);
  } catch (trouble) {
    await rm(temporary, { force: true });
    throw trouble;
  }
  await syncFolder(dirname(path));
}

/** Windows refuses to replace a file that a virus scanner or indexer has open for a moment: try again before giving up. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (trouble) {
      const { code } = trouble as NodeJS.ErrnoException;
      const passing = process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY');
      if (!passing || attempt === 8) throw trouble;
      await new Promise((resume) => setTimeout(resume, 20 * attempt));
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can not open a folder for syncing; there the rename itself is journalled.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (trouble) {
    // Some network file systems refuse this; the file itself is already safe.
    if ((trouble as NodeJS.ErrnoException).code !== 'EINVAL') throw trouble;
  } finally {
    await handle.close();
  }
}
