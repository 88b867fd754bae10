import { closeSync, openSync, readSync } from 'node:fs';
import type { ReadInto } from '../../src/dicom/index.ts';

/**
 * Runs `work` with a reader of the plain file at `path` that waits for the disk. Only for a process that has nothing else to do: for
 * thousands of files the waiting itself costs less than being told that it is over.
 */
export function withFileNow<Answer>(path: string, work: (read: ReadInto) => Answer): Answer {
  const file = openSync(path, 'r');
  try {
    return work((offset, target) => {
      let filled = 0;
      while (filled < target.length) {
        const count = readSync(file, target, filled, target.length - filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
      return filled;
    });
  } finally {
    closeSync(file);
  }
}
