import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a run of Electron ended: it worked (with the self-test's report, when asked), or it never showed the page. */
export type ElectronRun =
  | { readonly kind: 'worked'; readonly report: string | null }
  | { readonly kind: 'could-not-start'; readonly reason: string };

/** How a run is asked for. */
export interface ElectronRunOptions {
  readonly electron: string;
  readonly main: string;
  readonly folder: string | null;
  readonly selfTest: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** How long it may take to show the page, ms. */
  readonly patienceMs: number;
}

/**
 * Runs the app in Electron until it ends. The app writes a ready file once its page has loaded: an end (or silence) before that means
 * that Electron does not work here (missing libraries, no display, a policy), and the reason is given.
 */
export async function runElectron(options: ElectronRunOptions): Promise<ElectronRun> {
  const folder = await mkdtemp(join(tmpdir(), 'remnant-start-'));
  const readyFile = join(folder, 'ready');
  const reportFile = join(folder, 'self-test.json');
  try {
    const ended = await waitForElectron(options, readyFile, reportFile);
    if (!existsSync(readyFile)) return { kind: 'could-not-start', reason: ended };
    const report = existsSync(reportFile) ? await readFile(reportFile, 'utf8') : null;
    return { kind: 'worked', report };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Resolves with the reason of the end, in words. */
function waitForElectron(options: ElectronRunOptions, readyFile: string, reportFile: string): Promise<string> {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  // Chromium's sandbox refuses to run as root; everyone else keeps it.
  const words = [...(isRoot ? ['--no-sandbox'] : []), options.main];
  const child = spawn(options.electron, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...options.env,
      REMNANT_READY_FILE: readyFile,
      ...(options.selfTest ? { REMNANT_SELF_TEST: reportFile } : {}),
      ...(options.folder === null ? {} : { REMNANT_FOLDER: options.folder }),
    },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      if (!existsSync(readyFile)) child.kill('SIGKILL');
    }, options.patienceMs);
    const end = (reason: string) => {
      clearTimeout(timer);
      resolve(reason);
    };
    child.on('error', (trouble) => end(trouble.message));
    child.on('exit', (code, signal) => {
      const lastLine = said.trim().split('\n').at(-1) ?? '';
      end(lastLine === '' ? `it ended with ${signal ?? `status ${code ?? '?'}`}` : lastLine);
    });
  });
}
