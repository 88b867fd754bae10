import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type * as packing from '../../electron/services/pack-files.ts';
import { violations } from '../support/accessibility.ts';
import { startApp, type App } from '../support/app.ts';
import { writeManyFiles } from '../support/many-files.ts';
import { describeWith, projectRoot } from '../support/needs.ts';
import { greysIn, screenshotOf } from '../support/screenshot.ts';
import { writeSeriesVariants } from '../support/series-variants.ts';
import { command, drawnText, expectClean, figure, importMask } from './gestures.ts';

/** A disk that stops while a series is read from it, until it is let go on. */
const disk = vi.hoisted(() => ({ isStopped: false, pieces: 4, goesOn: [] as (() => void)[] }));
vi.mock('../../electron/services/pack-files.ts', async (original) => {
  const real = await original<typeof packing>();
  async function* packFiles(...[files, bytes]: Parameters<typeof packing.packFiles>) {
    let given = 0;
    for await (const chunk of real.packFiles(files, bytes)) {
      // A piece is 1 MiB: less than a series, and than the headers of thousands of files.
      if (disk.isStopped && ++given > disk.pieces) {
        await new Promise<void>((goOn) => disk.goesOn.push(goOn));
      }
      yield chunk;
    }
  }
  return { ...real, packFiles };
});

describeWith(['browser', 'python:pydicom', 'python:numpy'], 'a series on a disk that stops in the middle of it', () => {
  const timeout = 720_000;
  const folder = mkdtempSync(join(tmpdir(), 'remnant-slow-'));
  const disc = mkdtempSync(join(tmpdir(), 'remnant-disc-'));
  const variant = { first: 0, step: 1, slices: 86, ownFrame: false, addedHounsfield: 0 } as const;
  let app: App;
  beforeAll(async () => {
    writeSeriesVariants(folder, [
      { ...variant, name: 'long', description: 'Thorax to pelvis', shift: [0, 0, 0] },
      { ...variant, name: 'short', description: 'Abdomen', shift: [3, 0, 0], slices: 71 },
    ]);
    writeManyFiles(disc, { series: 12, slicesEach: 240, junk: 120 });
    app = await startApp({ roots: [folder, disc] });
  }, timeout);
  afterAll(async () => {
    for (const goOn of disk.goesOn) goOn();
    await app.close();
    for (const made of [folder, disc]) rmSync(made, { recursive: true, force: true });
  });
  const list = () => app.page.locator('.series-list');
  const open = (name: string) => app.page.getByRole('button', { name: `Open ${name}`, exact: true });
  const openFolder = async (path: string) => {
    await command(app.page, 'file.openFolder').click();
    const dialog = app.page.getByRole('dialog');
    await dialog.getByRole('button', { name: path }).click();
    await dialog.getByRole('button', { name: 'Open this folder' }).click();
  };
  /** Waits until what has come is drawn, while more is awaited. */
  const drawn = () => app.ask('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  let before = '';
  /** Of the four pixels in the middle of the middle slice, while it is alone. */
  let middleGreys: readonly number[] = [];

  test('shows its first pictures, and no figure, while the rest is awaited', { timeout }, async () => {
    const { page, picture } = app;
    await openFolder(folder);
    await list().waitFor();
    await app.settled();
    before = await list().innerHTML();

    disk.isStopped = true;
    await open('Thorax to pelvis').click();
    const canvas = page.locator('.series-loading canvas');
    await canvas.waitFor();
    await expect.poll(() => disk.goesOn.length).toBe(1);
    const greys = `(() => {
      const canvas = document.querySelector('.series-loading canvas');
      const { data } = canvas.getContext('2d').getImageData(canvas.width / 2 - 1, canvas.height / 2 - 1, 2, 2);
      return [...data].filter((_, at) => at % 4 === 0);
    })()`;
    const progress = page.locator('.series-loading progress');
    await expect.poll(async () => Number(await progress.getAttribute('value'))).toBeGreaterThan(0.1);
    await expect.poll(() => canvas.getAttribute('data-slice')).toBe('43');
    await drawn();
    middleGreys = (await app.ask(greys)) as readonly number[];
    expect(Number(await progress.getAttribute('value'))).toBeLessThan(0.5);
    // The slice in the middle comes first, and it is a picture of a patient.
    expect(greysIn(await screenshotOf(canvas))).toBeGreaterThan(50);
    await expect.poll(() => page.locator('.series-loading').textContent()).toContain('Slice 44 of 86');
    // Of slices that are not there yet the nearest is shown that is.
    const slider = page.getByRole('slider');
    await slider.fill('85');
    await drawn();
    await expect.poll(() => canvas.getAttribute('data-slice')).toBe('43');
    await slider.fill('0');
    await expect.poll(async () => Number(await canvas.getAttribute('data-slice'))).toBeLessThan(43);
    await drawn();
    expect(greysIn(await screenshotOf(canvas))).toBeGreaterThan(30);
    await slider.fill('43');
    for (const part of ['[data-screen="workspace"]', '[data-figure]', '.series-list'])
      expect(await page.locator(part).count(), part).toBe(0);
    for (const theme of ['light', 'dark']) {
      await page.keyboard.press('Control+Shift+L');
      await drawn();
      expect(await violations(app), theme).toEqual([]);
    }
    await picture('loading-held');
  });

  test(
    'can be cancelled while the disk does not answer: the list is as it was, nothing is open',
    { timeout },
    async () => {
      const { page, ask } = app;
      await page.keyboard.press('Tab');
      await expect.poll(() => ask('document.activeElement.textContent')).toBe('Cancel');
      await page.keyboard.press('Enter');
      await list().waitFor();
      await app.settled();
      await expect.poll(() => list().innerHTML()).toBe(before);
      expect(await page.locator('[data-screen="workspace"], .series-loading, .app-notice').count()).toBe(0);
      await app.picture('loading-cancelled');
    },
  );

  test('opens when the disk answers, whole; and another after that', { timeout }, async () => {
    const { page, settled, picture } = app;
    disk.isStopped = false;
    await open('Thorax to pelvis').click();
    await page.locator('[data-screen="workspace"]').waitFor();
    await settled();
    expect(await page.locator('.app-banner').textContent()).toContain('280 × 280 × 86');
    // The picture of before was the one of now: the same slice, in the same window.
    const shown = /W (\d+)\s+L (\d+)/.exec((await drawnText(page, 'axial', 'window'))!)!;
    const [width, centre] = shown.slice(1).map(Number);
    const value = parseInt((await drawnText(page, 'axial', 'value'))!, 10);
    expect(middleGreys).toContain(Math.round(((value - centre!) / width! + 0.5) * 255));
    await importMask(app, join(projectRoot, 'sample-dicom', 'masks', 'liver.nii.gz'));
    expect(await figure(page, 'totalMl')).toBeCloseTo(1582.0513, 3);
    await picture('loading-after');
    await command(page, 'file.series').click();
    // More often than a page has connections: a cancelled reading gives its own back.
    disk.isStopped = true;
    for (let time = 2; time <= 9; time++) {
      await open('Thorax to pelvis').click();
      await expect.poll(() => disk.goesOn.length).toBe(time);
      await page.locator('.series-loading-cancel').click();
      await list().waitFor();
    }
    disk.isStopped = false;
    // What still comes of the cancelled ones is of no case any more.
    for (const goOn of disk.goesOn) goOn();
    await open('Abdomen').click();
    await page.locator('[data-screen="workspace"]').waitFor();
    await settled();
    expect(await page.locator('.app-banner').textContent()).toContain('280 × 280 × 71');
  });

  test('leaving a comparison whose series still loads gives the reading up', { timeout }, async () => {
    const { page, settled } = app;
    await page.keyboard.press('9');
    disk.isStopped = true;
    const held = disk.goesOn.length;
    // More often than a page has connections, as above.
    for (let time = 1; time <= 8; time++) {
      await page.locator('.pair-choice', { hasText: 'Thorax to pelvis' }).click();
      await expect.poll(() => disk.goesOn.length).toBe(held + time);
      await command(page, 'pair.leave').click();
      await page.locator('.app-task').waitFor({ state: 'detached' });
      await settled();
      await command(page, 'layout.pair').click();
    }
    disk.isStopped = false;
    for (const goOn of disk.goesOn.slice(held)) goOn();
    await settled();
    expect(await page.locator('[data-view="compared"], .app-notice').count()).toBe(0);
    await page.locator('.pair-choice', { hasText: 'Thorax to pelvis' }).click();
    await page.locator('[data-view="compared"]').waitFor();
    await settled();
    await command(page, 'pair.leave').click();
  });

  test(
    'a disc of 3000 files tells how far it is read, can be cancelled there, and is listed',
    { timeout },
    async () => {
      const { page, picture } = app;
      await command(page, 'file.start').click();
      Object.assign(disk, { isStopped: true, pieces: 2 });
      const held = disk.goesOn.length;
      await openFolder(disc);
      await expect.poll(() => disk.goesOn.length).toBe(held + 1);
      const task = page.locator('.app-task');
      const read = async () => Number(/Read headers: (\d+) of 3000 files/.exec((await task.textContent()) ?? '')?.[1]);
      await expect.poll(read).toBeGreaterThan(500);
      expect(await read()).toBeLessThan(2500);
      await picture('many-files-held');
      await task.getByRole('button', { name: /^Cancel/ }).click();
      await task.waitFor({ state: 'detached' });
      await app.settled();
      expect(await page.locator('.series-list, [data-screen="workspace"], .app-notice').count()).toBe(0);
      disk.isStopped = false;
      const dialog = page.getByRole('dialog');
      if ((await dialog.count()) > 0) await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await openFolder(disc);
      await list().waitFor();
      await expect.poll(() => page.locator('.series-card').count()).toBe(12);
      await expect.poll(() => page.locator('.series-summary').textContent()).toMatch(/12 of 12 volumes.*120/);
      await picture('many-files');
      await expectClean(app);
    },
  );
});
