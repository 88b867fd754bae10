import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { headlessArguments, startLoopbackServer } from '../browser/index.ts';
import { createHost, type RequestContext } from '../services/index.ts';

/**
 * Opens the app in an installed browser without a window, lets `use` work with the page, and takes everything down again. The app's data
 * is a temporary folder: nothing of the user's is touched. `fragment` is what stands after `#`.
 */
export async function withHeadlessPage<Answer>(
  projectFolder: string,
  browser: string,
  fragment: string,
  use: (page: Page, context: RequestContext) => Promise<Answer>,
): Promise<Answer> {
  const { chromium } = await import('playwright-core');
  const dataFolder = await mkdtemp(join(tmpdir(), 'remnant-headless-'));
  const { context } = createHost(projectFolder, { host: 'browser' }, { dataFolder });
  const server = await startLoopbackServer(context);
  try {
    const running = await chromium.launch({
      executablePath: browser,
      args: headlessArguments(),
      timeout: 60_000,
    });
    try {
      const page = await running.newPage({ viewport: { width: 1600, height: 1000 } });
      await page.goto(server.launchUrl());
      if (fragment !== '') {
        await page.goto(`${server.origin}/#${fragment}`);
        await page.reload();
      }
      return await use(page, context);
    } finally {
      await running.close();
    }
  } finally {
    await server.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}
