import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The app's version, from the package.json in `projectFolder`. */
export function appVersion(projectFolder: string): string {
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string };
  return version;
}
