import { readdirSync, rmSync } from 'node:fs';
import { command } from '../e2e/gestures.ts';
import { long, most, once, small, usual } from './screens.ts';
import { sample } from './stage.ts';
import type { Chapter, Stage } from './stage.ts';

const list = ({ page }: Stage) => page.locator('.series-card').first().waitFor({ timeout: 60_000 });
const dismissNotice = async ({ page }: Stage) => {
  const button = page.locator('.app-notice').getByRole('button', { name: 'Dismiss' }).first();
  if ((await button.count()) > 0) await button.click();
};
const toStart = async ({ page }: Stage) => {
  await command(page, 'file.start').click();
  await page.locator('.start-page').waitFor();
};

/** From the empty start page to a loading series. */
export const startStates: Chapter = {
  name: 'start',
  states: [
    { name: 'start-empty', on: most, reach: () => Promise.resolve() },
    {
      name: 'folders-roots',
      on: once,
      reach: async ({ page }) => {
        await command(page, 'file.openFolder').click();
        await page.getByRole('dialog').waitFor();
      },
    },
    {
      name: 'folders',
      on: small,
      reach: async ({ page }) => {
        await page.locator('.folders-list button').first().click();
        await page.locator('.folders-list button').nth(1).waitFor();
      },
      leave: ({ dismiss }) => dismiss(),
    },
    {
      name: 'start-error',
      on: small,
      reach: async (stage) => {
        await stage.openFolder('Empty folder');
        await stage.page.locator('.app-notice.app-error').waitFor();
      },
      leave: dismissNotice,
    },
    {
      name: 'series-one',
      on: usual,
      reach: async (stage) => {
        await stage.drop(sample('ct', '001.dcm'));
        await list(stage);
      },
      leave: toStart,
    },
    {
      name: 'series-refused',
      on: usual,
      reach: async (stage) => {
        await stage.openFolder('CT with a gap');
        await list(stage);
      },
      leave: toStart,
    },
  ],
};

/** A folder of eleven series with things wrong, and how its series load. */
export const mixedStates: Chapter = {
  name: 'series',
  states: [
    {
      name: 'series-reading',
      on: small,
      reach: async (stage) => {
        stage.disk.stopAfter(2);
        await stage.openFolder('Disc from elsewhere');
        await stage.page.locator('.app-task').waitFor();
      },
      leave: ({ disk }) => {
        disk.goOn();
        return Promise.resolve();
      },
    },
    { name: 'series-mixed', on: long, reach: list },
    {
      name: 'loading',
      on: most,
      reach: async ({ page, disk }) => {
        disk.stopAfter(12);
        await page.getByRole('button', { name: 'Open Abdomen 2.5' }).click();
        await page.locator('.series-loading canvas').waitFor();
      },
      leave: async (stage) => {
        await stage.page.locator('.series-loading-cancel').click();
        await list(stage);
        stage.disk.goOn();
      },
    },
    {
      name: 'load-error',
      on: usual,
      reach: async ({ page, file }) => {
        const folder = file('Disc from elsewhere', 'S09');
        rmSync(file('Disc from elsewhere', 'S09', readdirSync(folder)[0]!));
        await page.getByRole('button', { name: 'Open Upper half' }).click();
        await page.locator('.app-notice.app-error').waitFor({ timeout: 60_000 });
      },
      leave: dismissNotice,
    },
    {
      name: 'pair-choose',
      on: usual,
      reach: async ({ page, settled }) => {
        await page.getByRole('button', { name: 'Open Abdomen 2.5' }).click();
        await page.locator('[data-screen="workspace"]').waitFor({ timeout: 60_000 });
        await settled();
        await page.keyboard.press('9');
        await page.locator('.pair-choice').first().waitFor();
      },
    },
    {
      name: 'pair',
      on: most,
      reach: async ({ page, settled }) => {
        await page.locator('.pair-choice', { hasText: 'Body 7.5' }).click();
        await page.locator('[data-view="compared"]').waitFor({ timeout: 60_000 });
        await settled();
      },
    },
  ],
};
