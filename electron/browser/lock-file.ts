import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { writeWhole } from '../services/index.ts';

/** What a running host leaves for the next start, readable by this user only. */
export interface HostLock {
  readonly pid: number;
  readonly port: number;
  readonly secret: string;
}

const lockSchema = z.strictObject({
  pid: z.int().positive(),
  port: z.int().min(1).max(65535),
  secret: z.string().min(1),
});

/** Tells the next start where this host listens. */
export async function writeLock(file: string, lock: HostLock): Promise<void> {
  await writeWhole(file, JSON.stringify(lock), 0o600);
}

/** Takes the lock away, if it is still this host's. */
export async function removeLock(file: string, lock: HostLock): Promise<void> {
  const there = await readLock(file);
  if (there?.secret === lock.secret) await rm(file, { force: true });
}

async function readLock(file: string): Promise<HostLock | null> {
  try {
    return lockSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Asks a host that runs already to open its window (on `folder`). False when there is none: no lock, or one left behind by a crash (the port is
 * silent, or is another program's by now and does not know the secret).
 */
export async function handOver(file: string, folder: string | null = null): Promise<boolean> {
  const lock = await readLock(file);
  if (lock === null) return false;
  try {
    const response = await fetch(`http://127.0.0.1:${lock.port}/handover`, {
      method: 'POST',
      headers: { 'x-remnant-handover': lock.secret },
      body: JSON.stringify({ folder }),
      signal: AbortSignal.timeout(3000),
    });
    return response.status === 204;
  } catch {
    return false;
  }
}
