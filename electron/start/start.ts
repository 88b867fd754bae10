import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SelfTestReport } from '../../src/boundary/index.ts';
import { findBrowser, runBrowserHost } from '../browser/index.ts';
import { chooseHosts, hasDisplay, readFlags, wantsElectron, type StartFlags } from './choose-host.ts';
import { fetchElectron, findElectron } from './find-electron.ts';
import { runElectron } from './run-electron.ts';
import { runSample } from './sample-run.ts';
import { selfTestInBrowser } from './self-test.ts';

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const electronPackage = join(projectFolder, 'node_modules', 'electron');
const fetchMs = 20_000;
const showMs = 30_000;

const installBrowser =
  'No browser was found. Install Chromium, Chrome or Edge (Debian: apt-get install chromium), or name one in CHROME_PATH.';

/** `npm start`: opens the app in the best host there is, and returns the exit status. */
export async function start(words: readonly string[]): Promise<number> {
  const flags = readFlags(words);
  if (typeof flags === 'string') {
    console.error(flags);
    return 2;
  }
  const display = hasDisplay(process.platform, process.env);
  const electron = wantsElectron(flags, display) ? await obtainElectron() : null;
  const browser = findBrowser();
  if (!display && !flags.selfTest && !flags.headless) {
    console.log('There is no display here, so the sample case is run without a window.');
  }
  const steps = chooseHosts(flags, { display, electron: electron !== null, browser: browser !== null });
  for (const step of steps) {
    if (step === 'electron') {
      const status = await inElectron(electron!, flags);
      if (status !== null) return status;
    } else if (step === 'browser-headless') {
      return printReport(await selfTestInBrowser(projectFolder, browser!));
    } else if (step === 'browser-window') {
      await runBrowserHost(projectFolder, browser!, folderOf(flags), console.log);
      return 0;
    } else if (step === 'sample-run') {
      await runSample(projectFolder, browser, console.log);
      return 0;
    }
  }
  if (flags.selfTest) return printReport({ ok: false, host: 'none', checks: {}, causes: [installBrowser] });
  console.error(installBrowser);
  return 1;
}

async function obtainElectron(): Promise<string | null> {
  const there = findElectron(electronPackage, process.env);
  if (there !== null) return there;
  const fetched = await fetchElectron(electronPackage, process.env, fetchMs);
  const why = {
    fetched: 'could not be found after fetching',
    skipped: 'is not installed here',
    failed: 'could not be fetched',
    'too-slow': `could not be fetched within ${fetchMs / 1000} s`,
  }[fetched];
  const program = findElectron(electronPackage, process.env);
  // Said on stderr: the self-test's stdout is JSON.
  if (program === null) console.error(`Electron ${why}: using an installed browser instead.`);
  return program;
}

function folderOf({ folder }: StartFlags): string | null {
  return folder === null ? null : resolve(folder);
}

/** The exit status, or null when Electron can not start here. */
async function inElectron(electron: string, flags: StartFlags): Promise<number | null> {
  // A self-test stores a plan: not among the user's.
  const ownData = flags.selfTest ? await mkdtemp(join(tmpdir(), 'remnant-self-test-data-')) : null;
  try {
    const run = await runElectron({
      electron,
      main: join(projectFolder, 'dist', 'electron', 'main.cjs'),
      folder: folderOf(flags),
      selfTest: flags.selfTest,
      env: ownData === null ? process.env : { ...process.env, REMNANT_HOME: ownData },
      patienceMs: showMs,
    });
    if (run.kind === 'could-not-start') {
      console.error(`Electron could not start (${run.reason}): using an installed browser instead.`);
      return null;
    }
    if (!flags.selfTest) return 0;
    const none = '{"ok":false,"host":"electron","checks":{},"causes":["The self-test broke off."]}';
    return printReport(JSON.parse(run.report ?? none) as SelfTestReport);
  } finally {
    if (ownData !== null) await rm(ownData, { recursive: true, force: true });
  }
}

function printReport(report: SelfTestReport): number {
  console.log(JSON.stringify(report, null, 2));
  return report.ok ? 0 : 1;
}
