import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the search reads; replaced in tests. */
export interface Disk {
  readonly exists: (path: string) => boolean;
  readonly read: (path: string) => string | null;
}

const realDisk: Disk = {
  exists: existsSync,
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
};

/**
 * Electron's program of the version this project names, or null. The package itself is never required: in plain Node that would start
 * an unbounded download.
 */
export function findElectron(
  electronPackage: string,
  env: Readonly<Record<string, string | undefined>>,
  disk: Disk = realDisk,
): string | null {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const name = disk.read(join(electronPackage, 'path.txt'));
  if (override !== undefined && override !== '') {
    const program = join(override, name ?? (process.platform === 'win32' ? 'electron.exe' : 'electron'));
    return disk.exists(program) ? program : null;
  }
  const wanted = disk.read(join(electronPackage, 'package.json'));
  const found = disk.read(join(electronPackage, 'dist', 'version'));
  if (name === null || wanted === null || found === null) return null;
  const { version } = JSON.parse(wanted) as { readonly version: string };
  const program = join(electronPackage, 'dist', name);
  return found.trim().replace(/^v/, '') === version && disk.exists(program) ? program : null;
}

/** Why Electron's program is not there after all. */
export type Fetched = 'fetched' | 'skipped' | 'failed' | 'too-slow';

/** Lets the package fetch its program, under a kill timer; ELECTRON_SKIP_BINARY_DOWNLOAD is honoured. */
export function fetchElectron(
  electronPackage: string,
  env: Readonly<Record<string, string | undefined>>,
  milliseconds: number,
): Promise<Fetched> {
  const skip = env['ELECTRON_SKIP_BINARY_DOWNLOAD'];
  const installer = join(electronPackage, 'install.js');
  if ((skip !== undefined && skip !== '' && skip !== '0') || !existsSync(installer)) return Promise.resolve('skipped');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], { stdio: 'ignore', env });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve('too-slow');
    }, milliseconds);
    const end = (answer: Fetched) => {
      clearTimeout(timer);
      resolve(answer);
    };
    child.on('error', () => end('failed'));
    child.on('exit', (code) => end(code === 0 ? 'fetched' : 'failed'));
  });
}
