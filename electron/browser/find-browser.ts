import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hereAndNow, type Surroundings } from '../services/index.ts';

/** Where Chrome, Chromium and Edge are usually found, best first; CHROME_PATH before all. */
export function browserPlaces({ platform, env, home }: Surroundings = hereAndNow()): readonly string[] {
  const named = env['CHROME_PATH'];
  const first = named === undefined || named === '' ? [] : [named];
  if (platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    const folders = ['/Applications', `${home}/Applications`];
    return [...first, ...names.flatMap((name) => folders.map((at) => `${at}/${name}.app/Contents/MacOS/${name}`))];
  }
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
      (folder): folder is string => folder !== undefined,
    );
    const programs = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return [...first, ...programs.flatMap((program) => folders.map((at) => `${at}\\${program}`))];
  }
  const names = [
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'microsoft-edge-stable',
    'microsoft-edge',
  ];
  const folders = [...new Set([...(env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'])];
  return [...first, ...names.flatMap((name) => folders.filter(Boolean).map((at) => join(at, name)))];
}

/** An installed Chromium, Chrome or Edge, or null. */
export function findBrowser(
  surroundings: Surroundings = hereAndNow(),
  exists: (path: string) => boolean = existsSync,
): string | null {
  return browserPlaces(surroundings).find((place) => exists(place)) ?? null;
}

/** The command line of an app window: a profile of its own, no first-run pages, no background traffic. */
export function browserArguments(url: string, profile: string, isRoot: boolean): readonly string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    // Chromium's sandbox refuses to run as root; everyone else keeps it.
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}

/** Without a window: where WebGL comes from without a graphics card, and nothing in the background. */
export function headlessArguments(isRoot = process.platform === 'linux' && process.getuid?.() === 0): string[] {
  return [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}
