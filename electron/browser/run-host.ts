import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createHost } from '../services/index.ts';
import { browserArguments } from './find-browser.ts';
import { handOver, removeLock, writeLock } from './lock-file.ts';
import { startLoopbackServer } from './server.ts';

/** How a run of the loopback host ended: at its natural end, or at once because another one runs. */
export type BrowserRun = 'closed' | 'handed-over';

/**
 * The app in an installed browser: server, lock, window; ends when the last page has been closed for a while, or on Ctrl-C.
 * With `folder` it opens on that folder.
 * `print` is told the one thing the user needs if no window appears: the address.
 */
export async function runBrowserHost(
  projectFolder: string,
  browser: string,
  folder: string | null,
  print: (line: string) => void,
): Promise<BrowserRun> {
  const { context, dataFolder } = createHost(projectFolder, { host: 'browser' });
  const lockFile = join(dataFolder, 'loopback.json');
  if (await handOver(lockFile, folder)) {
    print('Remnant runs already: its window has been opened again.');
    return 'handed-over';
  }
  const open = async (onFolder: string | null) => {
    const granted = onFolder === null ? null : await context.grants.give(onFolder);
    if (granted?.ok === false) print(granted.error.message);
    const url = server.launchUrl(granted?.ok === true ? granted.value : null);
    openAppWindow(browser, url, join(dataFolder, 'browser-profile'));
  };
  const server = await startLoopbackServer(context, { onHandover: (onFolder) => void open(onFolder) });
  const lock = { pid: process.pid, port: server.port, secret: server.handoverSecret };
  await writeLock(lockFile, lock);
  const stop = () => void server.close();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    await open(folder);
    print(`Remnant is open in ${browser}. It ends when its window is closed.`);
    await server.closed;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await removeLock(lockFile, lock);
  }
  return 'closed';
}

function openAppWindow(browser: string, url: string, profile: string): void {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  // The browser outlives nothing of ours and prints a great deal: no pipes between us.
  const child = spawn(browser, browserArguments(url, profile, isRoot), { stdio: 'ignore', detached: true });
  child.on('error', (trouble) => console.error(`remnant: the browser could not be started (${trouble.message})`));
  child.unref();
}
