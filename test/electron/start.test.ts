import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { browserArguments, browserPlaces, findBrowser } from '../../electron/browser/index.ts';
import { chooseHosts, hasDisplay, readFlags, type StartFlags } from '../../electron/start/choose-host.ts';
import { fetchElectron, findElectron } from '../../electron/start/find-electron.ts';
import { runElectron } from '../../electron/start/run-electron.ts';
import { temporaryFolder } from './support.ts';

const plain: StartFlags = { selfTest: false, headless: false, folder: null };

describe('the choice of the host', () => {
  test('Electron first, then a browser window, and without a display the sample run', () => {
    const all = { display: true, electron: true, browser: true };
    expect(chooseHosts(plain, all)).toEqual(['electron', 'browser-window']);
    expect(chooseHosts(plain, { ...all, electron: false })).toEqual(['browser-window']);
    expect(chooseHosts(plain, { ...all, browser: false })).toEqual(['electron', 'no-host']);
    expect(chooseHosts(plain, { ...all, electron: false, browser: false })).toEqual(['no-host']);
    expect(chooseHosts(plain, { display: false, electron: true, browser: true })).toEqual(['sample-run']);
    expect(chooseHosts(plain, { display: false, electron: false, browser: false })).toEqual(['sample-run']);
    expect(chooseHosts({ ...plain, headless: true }, all)).toEqual(['sample-run']);
    expect(chooseHosts({ ...plain, selfTest: true }, all)).toEqual(['electron', 'browser-headless']);
    expect(chooseHosts({ ...plain, selfTest: true }, { ...all, display: false })).toEqual(['browser-headless']);
    expect(chooseHosts({ ...plain, selfTest: true }, { display: false, electron: false, browser: false })).toEqual([
      'no-host',
    ]);
  });

  test('no window is ever tried without a display, and the last step always ends the run', () => {
    const machine = fc.record({ display: fc.boolean(), electron: fc.boolean(), browser: fc.boolean() });
    const flags = fc.record({ selfTest: fc.boolean(), headless: fc.boolean(), folder: fc.constant(null) });
    fc.assert(
      fc.property(flags, machine, (asked, here) => {
        const steps = chooseHosts(asked, here);
        if (!here.display) expect(steps.some((step) => step === 'electron' || step === 'browser-window')).toBe(false);
        expect(steps.at(-1)).not.toBe('electron');
        expect(steps.includes('electron') && !here.electron).toBe(false);
        expect(steps.some((step) => step.startsWith('browser')) && !here.browser).toBe(false);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test('a display is a given but on Linux', () => {
    expect(hasDisplay('win32', {})).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':1' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  });

  test('unknown words are said, not ignored', () => {
    expect(readFlags(['--folder', '/ct', '--self-test'])).toEqual({ selfTest: true, headless: false, folder: '/ct' });
    expect(readFlags(['--self-tset'])).toMatch('--self-tset');
    expect(readFlags(['--folder'])).toMatch('--folder');
    expect(readFlags(['--folder', '--headless'])).toMatch('--folder');
  });
});

describe('finding Electron', () => {
  const files: Record<string, string> = {
    '/e/package.json': '{"version":"45.4.1"}',
    '/e/path.txt': 'electron',
    '/e/dist/version': 'v45.4.1\n',
    '/e/dist/electron': '',
    '/own/electron': '',
  };
  const disk = (without: readonly string[] = [], instead: Record<string, string> = {}) => {
    const there = { ...files, ...instead };
    const get = (path: string) => (without.includes(path) ? null : (there[path] ?? null));
    return { exists: (path: string) => get(path) !== null, read: get };
  };

  test('takes the program of the named version only, or the one named by ELECTRON_OVERRIDE_DIST_PATH', () => {
    expect(findElectron('/e', {}, disk())).toBe('/e/dist/electron');
    for (const file of ['/e/path.txt', '/e/dist/version', '/e/dist/electron', '/e/package.json']) {
      expect(findElectron('/e', {}, disk([file]))).toBeNull();
    }
    expect(findElectron('/e', {}, disk([], { '/e/dist/version': '44.0.0' }))).toBeNull();
    const own = { ELECTRON_OVERRIDE_DIST_PATH: '/own' };
    expect(findElectron('/e', own, disk(['/e/path.txt', '/e/dist/electron']))).toBe('/own/electron');
    expect(findElectron('/e', own, disk(['/own/electron']))).toBeNull();
  });

  test('fetches under a kill timer, and not at all when told so', async () => {
    const hangs = temporaryFolder({ 'install.js': 'setInterval(() => {}, 1000)' });
    const fails = temporaryFolder({ 'install.js': 'process.exit(1)' });
    const works = temporaryFolder({ 'install.js': '' });
    expect(await fetchElectron(hangs, {}, 300)).toBe('too-slow');
    expect(await fetchElectron(fails, {}, 60_000)).toBe('failed');
    expect(await fetchElectron(works, {}, 60_000)).toBe('fetched');
    expect(await fetchElectron(hangs, { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }, 60_000)).toBe('skipped');
    expect(await fetchElectron(temporaryFolder(), {}, 60_000)).toBe('skipped');
  });
});

describe.skipIf(process.platform === 'win32')('an Electron that is there', () => {
  const program = (script: string) => {
    const folder = temporaryFolder({ electron: `#!/bin/sh\n${script}\n` });
    chmodSync(join(folder, 'electron'), 0o755);
    return join(folder, 'electron');
  };
  const run = (script: string, patienceMs = 60_000) =>
    runElectron({
      electron: program(script),
      main: 'main.cjs',
      folder: '/ct',
      selfTest: true,
      env: { PATH: process.env['PATH'] },
      patienceMs,
    });

  test('but can not start is told by its last words', async () => {
    expect(await run('echo "error while loading libgtk-3.so.0" >&2; exit 127')).toEqual({
      kind: 'could-not-start',
      reason: 'error while loading libgtk-3.so.0',
    });
    expect(await run('exit 3')).toEqual({ kind: 'could-not-start', reason: 'it ended with status 3' });
    expect(await run('exec sleep 60', 300)).toEqual({ kind: 'could-not-start', reason: 'it ended with SIGKILL' });
    const missing = { electron: '/nothing/here', main: '', folder: null, selfTest: false, env: {}, patienceMs: 1000 };
    expect(await runElectron(missing)).toMatchObject({ kind: 'could-not-start' });
  });

  test('and showed the page has worked, whatever came after', async () => {
    const answer = await run(
      'echo ready > "$REMNANT_READY_FILE"; echo "{\\"folder\\":\\"$REMNANT_FOLDER\\"}" > "$REMNANT_SELF_TEST"; exit 1',
    );
    expect(answer).toEqual({ kind: 'worked', report: '{"folder":"/ct"}\n' });
  });
});

describe('finding a browser', () => {
  test('looks in CHROME_PATH first, then where each system keeps Chrome, Chromium and Edge', () => {
    const linux = { platform: 'linux', home: '/h', env: { PATH: '/opt/bin:/usr/bin' } } as const;
    expect(findBrowser(linux, (path) => path === '/opt/bin/microsoft-edge')).toBe('/opt/bin/microsoft-edge');
    expect(findBrowser(linux, (path) => path.startsWith('/usr/bin/'))).toBe('/usr/bin/google-chrome-stable');
    expect(findBrowser(linux, () => false)).toBeNull();
    expect(browserPlaces({ ...linux, env: { CHROME_PATH: '/my/chrome' } })[0]).toBe('/my/chrome');
    const mac = browserPlaces({ platform: 'darwin', home: '/h', env: {} });
    expect(mac).toContain('/h/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge');
    const windows = browserPlaces({ platform: 'win32', home: 'C:\\h', env: { PROGRAMFILES: 'C:\\Program Files' } });
    expect(windows).toContain('C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe');
  });

  test('keeps the sandbox for everyone but root, and a profile of its own', () => {
    const words = browserArguments('http://127.0.0.1:1/', '/profile', false);
    expect(words).toEqual(expect.arrayContaining(['--app=http://127.0.0.1:1/', '--user-data-dir=/profile']));
    expect(words).not.toContain('--no-sandbox');
    expect(browserArguments('http://127.0.0.1:1/', '/profile', true)).toContain('--no-sandbox');
  });
});
