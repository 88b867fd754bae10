import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/accessibility.ts';
import { startApp, type App } from '../support/app.ts';
import { walkFocus } from '../support/focus.ts';
import { movement } from '../support/motion.ts';
import { describeWith, projectRoot } from '../support/needs.ts';
import { screenshotOf, shareChanged } from '../support/screenshot.ts';
import {
  command,
  dismissAll,
  expectClean,
  openAssessment,
  openSample,
  placeIn,
  showPictures,
  tourStep,
  viewOf,
} from './gestures.ts';

const sample = (...names: readonly string[]) => join(projectRoot, 'sample-dicom', ...names);
const timeout = 900_000;

describeWith(['browser'], 'every screen, sheet and state', () => {
  const folder = mkdtempSync(join(tmpdir(), 'remnant-letters-'));
  let app: App;
  let found: string[] = [];
  beforeAll(async () => {
    writeFileSync(join(folder, 'letter.txt'), 'Dear colleague, here is the CT.');
    app = await startApp({ roots: [sample()] });
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
  }, timeout);
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const dialog = () => app.page.getByRole('dialog');
  /** What axe says against it in either theme, and what moves although movement is to be reduced. */
  const look = async (name: string) => {
    await app.settled();
    const theme = await app.ask('document.documentElement.dataset.theme');
    for (const dress of ['dark', 'light']) {
      await app.ask(`document.documentElement.dataset.theme = '${dress}'`);
      found.push(...(await violations(app)).map((one) => `${name}, ${dress}: ${one}`));
    }
    await app.ask(`document.documentElement.dataset.theme = '${String(theme)}'`);
    found.push(...(await movement(app)).map((one) => `${name}: ${one}`));
  };
  /** The same, and the focus on each of its controls in turn, of which there are `least` or more. */
  const lookAndWalk = async (name: string, least: number) => {
    await look(name);
    const { names, troubles } = await walkFocus(app);
    found.push(...troubles.map((one) => `${name}: ${one}`));
    expect(names.length, `${name}: ${names.join(', ')}`).toBeGreaterThanOrEqual(least);
  };
  const nothingFound = () => {
    const all = found;
    found = [];
    expect(all).toEqual([]);
  };
  const close = async () => {
    await app.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  };
  const find = async (words: string) => {
    await app.page.keyboard.press('Control+k');
    await dialog().getByRole('combobox').waitFor();
    await app.page.keyboard.insertText(words);
  };

  test('whatever is given a movement stands still where movement is to be reduced', async () => {
    const duration = (media: 'reduce' | 'no-preference') =>
      app.page.emulateMedia({ reducedMotion: media }).then(() =>
        app.ask(`(() => {
          const probe = document.createElement('div');
          probe.style.transition = 'opacity 2s';
          document.body.append(probe);
          const { transitionDuration } = getComputedStyle(probe);
          probe.remove();
          return parseFloat(transitionDuration);
        })()`),
      );
    expect(await duration('no-preference')).toBe(2);
    expect(await duration('reduce')).toBeLessThan(0.001);
  });

  test('the start page, the folders, an error and the messages', { timeout }, async () => {
    const { page, drop } = app;
    await lookAndWalk('start', 8);
    await command(page, 'file.openFolder').click();
    await dialog()
      .getByRole('button', { name: basename(sample()) })
      .click();
    await dialog().getByRole('button', { name: 'ct' }).waitFor();
    await lookAndWalk('folders', 6);
    await close();
    for (let time = 0; time < 2; time += 1) {
      await drop(join(folder, 'letter.txt'));
      await page.locator('.app-error').nth(0).waitFor();
      await page.locator('.app-task').waitFor({ state: 'detached' });
    }
    await lookAndWalk('an error', 9);
    await command(page, 'help.messages').click();
    await dialog().waitFor();
    await lookAndWalk('messages', 2);
    await close();
    await find('qqqq');
    await lookAndWalk('palette without a command', 2);
    await close();
    await command(page, 'help.keys').click();
    await dialog().waitFor();
    await lookAndWalk('keys', 1);
    await close();
    await dismissAll(page);
    nothingFound();
  });

  test('an open series without masks, its hints, and the question of what a mask shows', { timeout }, async () => {
    const { page, choose } = app;
    await openSample(app);
    await lookAndWalk('workspace without masks', 50);
    const remove = command(page, 'plane.remove');
    await page.mouse.move(5, 500);
    await remove.hover();
    await page.locator('.control-reason', { hasText: 'Place a cutting plane first.' }).waitFor();
    await look('a hint');
    await page.mouse.move(5, 500);
    for (const file of ['tumours', 'vessels']) {
      await choose(command(page, 'mask.import'), sample('masks', `${file}.nii.gz`));
      await dialog().waitFor();
      await lookAndWalk(`import of ${file}`, 4);
      await close();
    }
    await command(page, 'file.series').click();
    await page.locator('.series-card').first().waitFor();
    await lookAndWalk('series', 5);
    nothingFound();
  });

  test('the tour', { timeout }, async () => {
    const { page } = app;
    await page.keyboard.press('F1');
    const callout = page.locator('.tour-callout');
    await callout.waitFor();
    await app.settled();
    for (let step = 0; (await tourStep(page)) !== null; step += 1) {
      await look(`tour, step ${step + 1}`);
      await callout.getByRole('button', { name: /^(Next|Finish)$/ }).click();
      await expect.poll(() => tourStep(page)).not.toBe(String(step));
    }
    nothingFound();
  });

  test('a plan with each tool, its menus and its sheets', { timeout }, async () => {
    const { page, settled } = app;
    await lookAndWalk('plan', 60);
    for (const key of ['b', 't', 'o', 'l']) {
      await viewOf(page, 'axial').focus();
      await page.keyboard.press(key);
      await look(`options of ${key}`);
    }
    for (const key of ['Enter', 'ArrowRight', 'ArrowRight', 'Enter', 'Shift+M']) await page.keyboard.press(key);
    await page.locator('.measurements-list li').waitFor();
    await lookAndWalk('a measurement and a slab', 60);
    for (const key of ['Shift+M', 'c']) await page.keyboard.press(key);
    for (const [view, at] of [
      ['axial', [0.35, 0.5]],
      ['axial', [0.02, 0.02]],
      ['volume', [0.5, 0.5]],
    ] as const) {
      await settled();
      await page.mouse.click(...(await placeIn(page, view, at)), { button: 'right' });
      await page.getByRole('menu').waitFor();
      await look(`menu in ${view}`);
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
    }
    await find('');
    await lookAndWalk('palette', 2);
    await close();
    for (const [key, name, least] of [
      ['Control+e', 'export', 4],
      ['r', 'review', 3],
    ] as const) {
      await viewOf(page, 'axial').focus();
      await page.keyboard.press(key);
      await dialog().waitFor();
      await lookAndWalk(name, least);
      await close();
    }
    await find('how my estimates');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'How your estimates agreed' }).or(dialog()).first().waitFor();
    await settled();
    await lookAndWalk('calibration', 1);
    await close();
    nothingFound();
  });

  test('two series side by side: choosing, and chosen', { timeout }, async () => {
    const { page, settled } = app;
    await page.keyboard.press('9');
    await page.locator('.pair-choice').first().waitFor();
    await lookAndWalk('choosing the second series', 50);
    await page.locator('.pair-choice').first().click();
    await viewOf(page, 'compared').waitFor();
    await settled();
    await lookAndWalk('side by side', 50);
    await command(page, 'pair.leave').click();
    await settled();
    nothingFound();
  });

  test('the assessment, empty and filled, and the estimate before the figure', { timeout }, async () => {
    const { page, settled } = app;
    const tabs = ['Verdict', 'Patient and liver', 'Options to discuss', 'Timing and growth'] as const;
    for (const tab of tabs) {
      await openAssessment(page, tab);
      await lookAndWalk(`${tab}, nothing given`, 30);
    }
    await openAssessment(page, 'Patient and liver');
    await page.getByRole('combobox', { name: 'Parenchyma' }).selectOption('cirrhosis');
    await page.getByLabel('Contrast phase').selectOption('portal-venous');
    await page.locator('.inputs-offer', { hasText: 'cm and' }).click();
    await page.getByLabel('Weight in kg').fill('7300');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await app.ask(`for (const one of document.querySelectorAll('details')) one.open = true`);
    await lookAndWalk('Patient and liver, all unfolded, with a mistake', 60);
    for (const tab of tabs) {
      await openAssessment(page, tab);
      await app.ask(`for (const one of document.querySelectorAll('details')) one.open = true`);
      await look(`${tab}, filled`);
    }
    await find('ask for my estimate');
    await page.keyboard.press('Enter');
    await page.locator('.guess-card').waitFor();
    await lookAndWalk('the estimate', 30);
    await openAssessment(page, 'Verdict');
    await look('the verdict that waits for the estimate');
    await find('show the figure without asking');
    await page.keyboard.press('Enter');
    await page.locator('.guess-card').waitFor({ state: 'detached' });
    await showPictures(app);
    await settled();
    nothingFound();
  });

  test('the focus of a view is seen on its picture', { timeout }, async () => {
    const { page, settled } = app;
    for (const view of ['axial', 'volume'] as const) {
      await command(page, 'view.theme').focus();
      await page.keyboard.press('Shift');
      await settled();
      const edge = async (frame: Locator) => screenshotOf(frame);
      const before = await edge(viewOf(page, view));
      await viewOf(page, view).focus();
      await settled();
      // A rim of two pixels: some 0.8 % of a view.
      expect(shareChanged(before, await edge(viewOf(page, view)), 40), view).toBeGreaterThan(0.004);
    }
  });

  test('the start page with a plan on it, and the question before it is deleted', { timeout }, async () => {
    const { page } = app;
    await command(page, 'file.save').click();
    await page.locator('[data-saved="saved"]').waitFor();
    await command(page, 'file.start').click();
    await page.locator('.start-open').first().waitFor();
    await lookAndWalk('start with a plan', 10);
    await page.locator('.start-bin').first().click();
    await page.locator('.start-forget').waitFor();
    await look('before a plan is deleted');
    await page.getByRole('button', { name: 'Keep' }).click();
    nothingFound();
  });

  test('all of it with a clean console', () => expectClean(app));
});
