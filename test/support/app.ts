import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Browser, type Dialog, type Locator, type Page } from 'playwright-core';
import { headlessArguments, startLoopbackServer, type LoopbackServer } from '../../electron/browser/index.ts';
import { createHost } from '../../electron/services/index.ts';
import { findBrowserForTests, projectRoot } from './needs.ts';

/** The whole built app in a real browser behind its real loopback host, and everything it complained of. */
export interface App {
  readonly page: Page;
  readonly origin: string;
  /** Console errors and warnings, uncaught exceptions, and what the security policy stopped. */
  readonly complaints: readonly string[];
  /** Questions the browser asked (closing with unsaved work); each is accepted. */
  readonly questions: readonly string[];
  /** Waits until nothing is computed, every view shows the present state, and the page has drawn what follows from it. */
  readonly settled: () => Promise<void>;
  /** An answer of the page's own JavaScript, for the few facts that are not on the screen. */
  readonly ask: (expression: string) => Promise<unknown>;
  /** Drops files onto the page as the desktop does. */
  readonly drop: (...files: readonly string[]) => Promise<void>;
  /** Presses a button that asks for a file, and chooses this one. */
  readonly choose: (button: Locator, file: string) => Promise<void>;
  /** Presses what offers a download, and stores it in `folder`; returns its path. */
  readonly download: (act: () => Promise<void>) => Promise<string>;
  /** A picture of the page in `dist/e2e-screenshots`, for people. */
  readonly picture: (name: string) => Promise<void>;
  /** Where the host keeps what outlasts it. */
  readonly dataFolder: string;
  /** Ends the host and starts it again on the same data, and loads the page anew from it. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const pictures = join(projectRoot, 'dist', 'e2e-screenshots');

/** Builds the app if it is out of date. Test files run side by side: one of them builds, the others wait for it. */
export async function buildOnce(): Promise<void> {
  mkdirSync(join(projectRoot, '.cache'), { recursive: true });
  const lock = join(projectRoot, '.cache', 'build.lock');
  const giveUp = Date.now() + 300_000;
  for (;;) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      break;
    } catch {
      if (!isHeld(lock)) rmSync(lock, { force: true });
      else if (Date.now() > giveUp) throw new Error(`The build does not end; remove ${lock}`);
      else await wait(200);
    }
  }
  try {
    execFileSync(process.execPath, [join(projectRoot, 'electron', 'build.mjs')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // What users get: under the test runner's own name React would be built for development, and keep more than it does for them.
      env: { ...process.env, NODE_ENV: 'production' },
    });
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the process that wrote the lock still lives. */
function isHeld(lock: string): boolean {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // A lock without a number is being written just now.
    if (holder > 0) process.kill(holder, 0);
    return true;
  } catch (trouble) {
    return (trouble as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * An answer of the page once it stands still: two frames long nothing of it changed. What was pressed has been heard by then, drawings
 * that wait to know their width have it, and the letters are those of the font. Slow machines come to it later, and no later than they must.
 */
const untilStill = `(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const giveUp = performance.now() + 120_000;
  let changes = 0;
  const watch = new MutationObserver((records) => (changes += records.length));
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  do {
    if (performance.now() > giveUp) throw new Error('The page never stands still');
    await document.fonts.ready;
    changes = 0;
    await frame();
    await frame();
    await new Promise((next) => setTimeout(next));
  } while (changes > 0 || document.querySelector('#root')?.dataset.settled !== 'true');
  watch.disconnect();
})()`;

/** Starts the app in a browser without a window. `roots` are the folders its folder browser shows; its data lies in a temporary folder. */
export async function startApp({ roots = [] }: { readonly roots?: readonly string[] } = {}): Promise<App> {
  await buildOnce();
  const dataFolder = mkdtempSync(join(tmpdir(), 'remnant-e2e-'));
  const server = await startHost(dataFolder, roots);
  const browser = await chromium.launch({
    executablePath: findBrowserForTests()!,
    args: headlessArguments(),
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, acceptDownloads: true });
    // Long enough for a slow machine: this ends what hangs, and measures nothing.
    page.setDefaultTimeout(60_000);
    return await drive(page, browser, server, { dataFolder, roots });
  } catch (trouble) {
    await browser.close();
    await server.close();
    throw trouble;
  }
}

async function startHost(dataFolder: string, roots: readonly string[]): Promise<LoopbackServer> {
  const before = process.env['REMNANT_ROOTS'];
  process.env['REMNANT_ROOTS'] = roots.join(delimiter);
  const { context } = createHost(projectRoot, { host: 'browser' }, { dataFolder });
  if (before === undefined) delete process.env['REMNANT_ROOTS'];
  else process.env['REMNANT_ROOTS'] = before;
  return startLoopbackServer(context);
}

async function drive(
  page: Page,
  browser: Browser,
  started: LoopbackServer,
  { dataFolder, roots }: { readonly dataFolder: string; readonly roots: readonly string[] },
): Promise<App> {
  let server = started;
  const complaints: string[] = [];
  const questions: string[] = [];
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(`${line.type()}: ${line.text()}`);
  });
  page.on('pageerror', (bug) => complaints.push(`uncaught: ${bug.message}`));
  page.on('dialog', (dialog: Dialog) => {
    questions.push(dialog.type());
    void dialog.accept();
  });
  // Dialogs for files are caught from the start: asked for only by the test that waits for one, the wish can reach a busy page after the key.
  page.on('filechooser', () => undefined);
  // Straight over the debugging protocol: Playwright's own evaluate uses `eval`, which the page's policy forbids.
  const debugging = await page.context().newCDPSession(page);
  await debugging.send('Audits.enable');
  debugging.on('Audits.issueAdded', ({ issue }) => {
    const stopped = issue.details.contentSecurityPolicyIssueDetails;
    if (stopped !== undefined) complaints.push(`policy: ${JSON.stringify(stopped)}`);
  });
  await page.goto(server.launchUrl());
  await page.locator('.start-page').waitFor();
  const ask = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await debugging.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  };

  return {
    page,
    get origin() {
      return server.origin;
    },
    complaints,
    questions,
    settled: async () => {
      await ask(untilStill);
    },
    ask,
    drop: async (...files) => {
      const place = { x: 700, y: 500, modifiers: 0, data: { items: [], files: [...files], dragOperationsMask: 1 } };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await debugging.send('Input.dispatchDragEvent', { type, ...place });
      }
    },
    choose: async (button, file) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
      await chooser.setFiles(file);
    },
    download: async (act) => {
      const [offered] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), act()]);
      const path = join(dataFolder, 'downloads', offered.suggestedFilename());
      await offered.saveAs(path);
      return path;
    },
    picture: async (name) => {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    },
    dataFolder,
    restart: async () => {
      await page.goto('about:blank');
      await server.close();
      server = await startHost(dataFolder, roots);
      await page.goto(server.launchUrl());
      await page.locator('.start-page').waitFor();
    },
    close: async () => {
      await browser.close();
      await server.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
