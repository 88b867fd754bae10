import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** What decides where the app keeps its files. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** This process's surroundings. */
export function hereAndNow(): Surroundings {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/** The app's own data folder: REMNANT_HOME, else the platform's place for it. */
export function appDataFolder({ platform, env, home }: Surroundings = hereAndNow()): string {
  const chosen = env['REMNANT_HOME'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Remnant');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Remnant');
  const xdg = env['XDG_DATA_HOME'];
  return join(xdg !== undefined && xdg !== '' ? xdg : join(home, '.local', 'share'), 'remnant');
}

/** Makes a private folder (plans name patients) and returns it. */
export function privateFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
