import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { compileFunction } from 'node:vm';
import type { BrowserWindowConstructorOptions, IpcMainInvokeEvent } from 'electron';
import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { buildOnce } from '../support/app.ts';
import { describeWith, findBrowserForTests, projectRoot } from '../support/needs.ts';
import { createFakeElectron, type FakeWindow } from './fake-electron.ts';
import { temporaryFolder } from './support.ts';

const mainFile = join(projectRoot, 'dist', 'electron', 'main.cjs');
const preloadFile = join(projectRoot, 'dist', 'electron', 'preload.cjs');

/** Runs a built CommonJS file with another `electron`; everything else it requires is real. */
function runCommonJs(file: string, electron: unknown): void {
  const real = createRequire(file);
  const load = (name: string): unknown => (name === 'electron' ? electron : real(name));
  const names = ['require', 'module', 'exports', '__filename', '__dirname'];
  const module = { exports: {} };
  compileFunction(readFileSync(file, 'utf8'), names).call(null, load, module, module.exports, file, dirname(file));
}

/** Serves what `main` answers on its `app:` scheme, so that Chromium can show it; returns where. */
async function serveScheme(answer: (request: Request) => Response | Promise<Response>): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const body = incoming.method === 'GET' ? {} : { body: Readable.toWeb(incoming), duplex: 'half' };
    const init = { method: incoming.method ?? 'GET', ...body } as RequestInit;
    const reply = async () => {
      const response = await answer(new Request(`app://remnant${incoming.url ?? '/'}`, init));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      if (response.body === null) outgoing.end();
      else await pipeline(Readable.fromWeb(response.body as never), outgoing);
    };
    reply().catch(() => outgoing.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Puts the built preload into the page as Electron does: before any script of the page, with `electron` and nothing else. */
async function installPreload(page: Page, invoke: (channel: string, argument: unknown) => unknown): Promise<void> {
  await page.exposeFunction('testInvoke', invoke);
  await page.addInitScript(`(() => {
    const electron = {
      contextBridge: { exposeInMainWorld: (name, value) => { window[name] = value; } },
      ipcRenderer: { invoke: (channel, argument) => window.testInvoke(channel, argument) },
      webUtils: { getPathForFile: () => '' },
    };
    const require = (name) => { if (name === 'electron') return electron; throw new Error('sandboxed: no ' + name); };
    const module = { exports: {} };
    ((require, module, exports) => { ${readFileSync(preloadFile, 'utf8')}\n })(require, module, module.exports);
  })()`);
}

describeWith(['browser'], 'the built page, preload and main together, with only electron stood in for', () => {
  test('pass the self-test with a clean console under the strict policy', { timeout: 720_000 }, async () => {
    await buildOnce();
    const out = temporaryFolder();
    const files = { ready: join(out, 'ready'), report: join(out, 'report.json') };
    const settings = { REMNANT_HOME: out, REMNANT_READY_FILE: files.ready, REMNANT_SELF_TEST: files.report };
    const before = { ...process.env };
    Object.assign(process.env, settings);
    onTestFinished(() => {
      for (const name of Object.keys(settings)) {
        if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[name];
      }
    });

    const browser = await chromium.launch({
      executablePath: findBrowserForTests()!,
      args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : ['--disable-dev-shm-usage'],
    });
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    const complaints: string[] = [];
    page.on('console', (line) => {
      if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text());
    });
    page.on('pageerror', (bug) => complaints.push(bug.message));

    const { parts, seen } = createFakeElectron();
    const origin = await serveScheme((request) => seen.protocols.get('app')!(request));
    const debugging = await page.context().newCDPSession(page);
    let window: FakeWindow | null = null;
    await installPreload(page, (channel, argument) =>
      seen.ipc.get(channel)!({ senderFrame: window!.mainFrame } as unknown as IpcMainInvokeEvent, argument),
    );
    const exited = new Promise<number>((resolve) => {
      Object.assign(parts.app, { exit: resolve });
    });
    runCommonJs(mainFile, {
      ...parts,
      session: { defaultSession: parts.session() },
      Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: () => undefined },
      BrowserWindow: function (options: BrowserWindowConstructorOptions) {
        const surface = parts.createWindow(options);
        const opened = (window = seen.windows.at(-1)!);
        return {
          ...surface,
          loadURL: async (url: string) => {
            opened.mainFrame.url = url;
            await page.goto(url.replace('app://remnant', origin));
          },
          webContents: {
            ...surface.webContents,
            executeJavaScript: async (expression: string) => {
              const words = { expression, awaitPromise: true, returnByValue: true };
              const { result, exceptionDetails } = await debugging.send('Runtime.evaluate', words);
              if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
              return result.value as unknown;
            },
          },
        };
      },
    });

    expect(await exited).toBe(0);
    expect(existsSync(files.ready)).toBe(true);
    expect(JSON.parse(readFileSync(files.report, 'utf8'))).toEqual({
      ok: true,
      host: 'electron',
      checks: { isolated: true, worker: true, rpc: true, data: true, plan: true },
      causes: [],
    });
    expect(complaints).toEqual([]);
    expect(window!.options.webPreferences?.preload).toBe(preloadFile);
    // The page sees the two functions of the bridge and nothing of Node or Electron.
    const bridge = await debugging.send('Runtime.evaluate', {
      expression: 'JSON.stringify([Object.keys(window.remnantHost).sort(), typeof require, typeof process])',
    });
    expect(bridge.result.value).toBe('[["call","grantDropped"],"undefined","undefined"]');
  });
});
