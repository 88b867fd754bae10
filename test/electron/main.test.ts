import { join } from 'node:path';
import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, test } from 'vitest';
import { channels } from '../../electron/app/channels.ts';
import { runApp } from '../../electron/app/main.ts';
import { closeAnyway, isOwnUrl, mayRequest, menuTemplate } from '../../electron/app/policy.ts';
import type { Grant } from '../../src/boundary/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import { createFakeElectron } from './fake-electron.ts';
import { temporaryFolder } from './support.ts';

const projectFolder = join(import.meta.dirname, '..', '..');

async function startApp(settings: Parameters<typeof createFakeElectron>[0] = {}, folder: string | null = null) {
  const fake = createFakeElectron(settings);
  const dataFolder = temporaryFolder();
  const preload = '/app/preload.cjs';
  let loaded = 0;
  const onLoaded = () => {
    loaded++;
    return Promise.resolve();
  };
  await runApp(fake.parts, {
    projectFolder,
    preload,
    dataFolder,
    platform: 'linux',
    folder,
    selfTest: false,
    onLoaded,
  });
  const window = fake.seen.windows[0]!;
  const invoke = (channel: string, argument: unknown, senderFrame: unknown = window.mainFrame) =>
    fake.seen.ipc.get(channel)!({ senderFrame } as IpcMainInvokeEvent, argument) as Promise<Outcome<unknown>>;
  return { ...fake, window, invoke, loaded: () => loaded };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const prevented = () => {
  const event = { wasPrevented: false, preventDefault: () => (event.wasPrevented = true) };
  return event;
};

describe('main', () => {
  test('opens one sandboxed window without Node, on the app’s own origin, and shows it when drawn', async () => {
    const { seen, window, loaded } = await startApp();
    expect(seen.windows).toHaveLength(1);
    expect(window.options.webPreferences).toMatchObject({
      preload: '/app/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
    });
    expect(window.loaded).toEqual(['app://remnant/?1']);
    expect(seen.schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
    expect(seen.schemes[0]!.privileges?.bypassCSP ?? false).toBe(false);
    expect(loaded()).toBe(1);
    expect(window.calls).toEqual([]);
    window.events.emit('ready-to-show');
    expect(window.calls).toEqual(['show']);
  });

  test('lets the page go nowhere, open nothing and ask nobody', async () => {
    const { seen, window } = await startApp();
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'app://other/',
      'app://x@remnant/',
      'data:text/html,x',
    ]) {
      const event = { ...prevented(), url };
      event.preventDefault = () => (event.wasPrevented = true);
      window.contentEvents.emit('will-navigate', event);
      expect([url, event.wasPrevented]).toEqual([url, true]);
    }
    expect(window.openHandler!({ url: 'app://remnant/' } as never)).toEqual({ action: 'deny' });
    const webview = prevented();
    window.contentEvents.emit('will-attach-webview', webview);
    expect(webview.wasPrevented).toBe(true);

    const cancelled = (url: string) => {
      let answer: boolean | undefined;
      seen.beforeRequest!({ url }, ({ cancel }) => (answer = cancel));
      return answer;
    };
    for (const url of [
      'https://evil.example/x',
      'http://127.0.0.1/',
      'file:///etc/passwd',
      'ws://x/',
      'app://other/x',
      'blob:https://x/1',
    ]) {
      expect([url, cancelled(url)]).toEqual([url, true]);
    }
    for (const url of ['app://remnant/assets/a.js', 'blob:app://remnant/1-2', 'data:image/png;base64,']) {
      expect([url, cancelled(url)]).toEqual([url, false]);
    }

    const may = (permission: string, origin: string) =>
      seen.permissionCheck!(null, permission as never, origin, {} as never);
    expect(may('clipboard-sanitized-write', 'app://remnant/')).toBe(true);
    expect(may('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'usb', 'fileSystem']) {
      expect(may(permission, 'app://remnant/')).toBe(false);
      let allowed: boolean | undefined;
      seen.permissionRequest!(null as never, permission as never, (is) => (allowed = is), {
        requestingUrl: 'app://remnant/',
      } as never);
      expect(allowed).toBe(false);
    }
  });

  test('answers calls of its own top frame only, and only valid ones', async () => {
    const { invoke, window } = await startApp();
    const about = { name: 'about', request: {} };
    expect(await invoke(channels.call, about)).toMatchObject({
      ok: true,
      value: { host: 'electron', nativeDialogs: true },
    });
    // Another frame (even of the same address), a frame that is gone, and our frame once it shows something else.
    for (const frame of [{ url: 'app://remnant/' }, { url: 'https://evil.example/' }, null]) {
      expect(await invoke(channels.call, about, frame)).toMatchObject({ ok: false, error: { code: 'unknown_call' } });
      expect(await invoke(channels.grantDropped, projectFolder, frame)).toMatchObject({ ok: false });
    }
    expect(await invoke(channels.call, { name: 'listFolder', request: { path: ['..'] } })).toMatchObject({
      ok: false,
      error: { code: 'bad_request' },
    });
    window.mainFrame.url = 'https://evil.example/';
    expect(await invoke(channels.call, about)).toMatchObject({ ok: false, error: { code: 'unknown_call' } });
  });

  test('turns a chosen and a dropped folder into grants that its data plane serves, without the path', async () => {
    const images = temporaryFolder({ IM1: 'one' });
    const { invoke, seen } = await startApp({ chosen: images });
    const chosen = (await invoke(channels.call, { name: 'chooseFolder', request: {} })) as Outcome<Grant>;
    const dropped = (await invoke(channels.grantDropped, images)) as Outcome<Grant>;
    expect(chosen).toEqual(dropped);
    if (!chosen.ok) throw new Error(chosen.error.message);
    expect(JSON.stringify(chosen)).not.toContain(images);
    const serve = async (url: string) => await seen.protocols.get('app')!(new Request(url));
    const listing = await serve(`app://remnant/data/folder/${chosen.value.grant}`);
    expect(await listing.json()).toMatchObject([{ name: 'IM1', size: 3 }]);
    expect(listing.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect((await serve('app://other/')).status).toBe(404);
    // The control plane has its own way here.
    const rpc = await seen.protocols.get('app')!(new Request('app://remnant/rpc', { method: 'POST', body: '{}' }));
    expect(rpc.status).toBe(405);
    for (const path of ['', 'relative', 7, null, { path: images }]) {
      expect(await invoke(channels.grantDropped, path)).toMatchObject({ ok: false, error: { code: 'not_a_folder' } });
    }
    expect(await (await startApp()).invoke(channels.call, { name: 'chooseFolder', request: {} })).toEqual({
      ok: true,
      value: null,
    });
  });

  test('opens in the user’s browser what the rules cite, and nothing else', async () => {
    const { invoke, seen } = await startApp();
    const open = (address: unknown) => invoke(channels.call, { name: 'openAddress', request: { address } });
    const cited = 'https://pmc.ncbi.nlm.nih.gov/articles/PMC6422720/';
    expect(await open(cited)).toEqual({ ok: true, value: null });
    expect(seen.opened).toEqual([cited]);
    for (const foreign of ['https://example.org/', `${cited}?name=Patient`, `${cited}#x`, cited.toUpperCase()]) {
      expect(await open(foreign), foreign).toMatchObject({ ok: false, error: { code: 'address_unknown' } });
    }
    for (const broken of [
      'http://pmc.ncbi.nlm.nih.gov/articles/PMC6422720/',
      'file:///etc/passwd',
      'javascript:1',
      7,
    ]) {
      expect(await open(broken), String(broken)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    }
    expect(seen.opened).toEqual([cited]);
  });

  test('asks before unsaved work is lost, and only then', async () => {
    for (const answer of [0, closeAnyway]) {
      const { invoke, seen, window } = await startApp({ answer });
      const quiet = prevented();
      window.events.emit('close', quiet);
      expect([quiet.wasPrevented, seen.questions]).toEqual([false, 0]);
      await invoke(channels.call, { name: 'setUnsaved', request: { unsaved: true } });
      const asked = prevented();
      window.events.emit('close', asked);
      expect([asked.wasPrevented, seen.questions]).toEqual([true, 1]);
      await settled();
      expect(window.calls).toEqual(answer === closeAnyway ? ['destroy'] : []);
      await invoke(channels.call, { name: 'setUnsaved', request: { unsaved: false } });
      const saved = prevented();
      window.events.emit('close', saved);
      expect(saved.wasPrevented).toBe(false);
    }
  });

  test('a second start shows the first window, and opens its folder unless work would be lost', async () => {
    const second = await startApp({ firstInstance: false });
    expect(second.seen.windows).toEqual([]);
    expect(second.seen.calls).toContain('quit');
    const images = temporaryFolder({ x: 'x' });
    const { seen, window, invoke } = await startApp();
    seen.appEvents.emit('second-instance', {}, [], '', { folder: images });
    await expect.poll(() => window.loaded).toHaveLength(2);
    expect(window.loaded[1]).toMatch(/^app:\/\/remnant\/\?2#grant=[0-9a-f]{32}&name=/);
    expect(window.calls).toEqual(['restore', 'focus']);
    await invoke(channels.call, { name: 'setUnsaved', request: { unsaved: true } });
    seen.appEvents.emit('second-instance', {}, [], '', { folder: images });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(window.loaded).toHaveLength(2);
  });
});

test('the policy knows its own addresses exactly', () => {
  for (const url of ['app://remnant', 'app://remnant/', 'app://remnant/a?b#c'])
    expect([url, isOwnUrl(url)]).toEqual([url, true]);
  for (const url of [
    'app://remnant.evil/',
    'app://evil/remnant',
    'https://remnant/',
    'app:remnant',
    '',
    'x',
    'app://remnant:1/',
  ]) {
    expect([url, isOwnUrl(url)]).toEqual([url, false]);
    expect([url, mayRequest(url)]).toEqual([url, false]);
  }
});

test('the menu takes neither undo nor reload from the page', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const text = JSON.stringify(menuTemplate(platform));
    expect(text).toContain('paste');
    expect(text).not.toMatch(/undo|redo|reload/i);
  }
});
