import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { answerOf } from '../support/command-line.ts';
import { describeWith, realCt } from '../support/needs.ts';
import { greysIn, screenshotOf } from '../support/screenshot.ts';
import { command, expectClean, figure, importMask, openAssessment, placeIn, showPictures, viewOf } from './gestures.ts';

const screens = [
  [1366, 768],
  [1920, 1080],
] as const;

describeWith(['real-ct', 'browser', 'pdftotext'], 'oblique views, two series and measuring on the real CT', () => {
  const timeout = 720_000;
  const folder = realCt()!;
  const referenceMl = 1417.493;
  let app: App;
  beforeAll(async () => {
    app = await startApp({ roots: [folder] });
    const { page, settled } = app;
    await page.setViewportSize({ width: 1920, height: 1080 });
    await command(page, 'file.openFolder').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: folder }).click();
    await dialog.getByRole('button', { name: 'dicom' }).click();
    await dialog.getByText('78 files in this folder').waitFor();
    await dialog.getByRole('button', { name: 'Open this folder' }).click();
    await page.locator('[data-screen="workspace"]').waitFor();
    await settled();
    await importMask(app, join(folder, 'liver-reference.nii.gz'));
  }, timeout);
  afterAll(() => app.close());
  const total = async () => (await figure(app.page, 'totalMl'))!;

  /** The present page on a laptop's screen and on a desk's: nothing is cut off, and a picture of each for people. */
  const onBothScreens = async (name: string): Promise<void> => {
    for (const [width, height] of screens) {
      await app.page.setViewportSize({ width, height });
      await app.settled();
      const beyond = await app.ask(
        `[document.documentElement, ...document.querySelectorAll('.workspace-tool-bar, .pair-side, .app-banner')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className)`,
      );
      expect(beyond).toEqual([]);
      await app.picture(`real-${name}-${width}`);
    }
  };

  test('a plane, a turned crosshair and a brush in the oblique view', { timeout }, async () => {
    const { page, settled } = app;
    expect(Math.abs((await total()) - referenceMl)).toBeLessThan(0.01);
    await page.keyboard.press('c');
    const [x, y] = await placeIn(page, 'axial', [0.4, 0.48]);
    await page.mouse.click(x, y);
    await page.keyboard.press('Shift+P');
    await settled();
    const flr = (await figure(page, 'flrPercent'))!;
    expect(flr).toBeGreaterThan(5);
    expect(flr).toBeLessThan(95);
    await page.keyboard.press('c');
    const box = (await viewOf(page, 'axial').boundingBox())!;
    const arm = 0.36 * Math.min(box.width, box.height);
    await page.mouse.move(x + arm, y);
    await page.mouse.down();
    await page.mouse.move(x + arm * Math.cos(0.45), y - arm * Math.sin(0.45), { steps: 5 });
    await page.mouse.up();
    await settled();
    const oblique = page.locator('canvas[data-overlay="coronal"]');
    expect(await oblique.getAttribute('data-slice')).toMatch(/^oblique 2\d/);
    for (const view of ['axial', 'coronal', 'sagittal'] as const) {
      expect(greysIn(await screenshotOf(viewOf(page, view))), view).toBeGreaterThan(30);
    }
    // Turning the views turns no figure.
    await expect.poll(() => figure(page, 'flrPercent')).toBe(flr);
    await page.keyboard.press('b');
    await page.mouse.click(...(await placeIn(page, 'coronal', [0.66, 0.66])));
    await settled();
    // A disc of the 10 mm that the brush begins with, beside the liver: the voxels that a plane turned about the head's axis crosses.
    const angle = (Number(/[\d.]+/.exec((await oblique.getAttribute('data-slice'))!)![0]) * Math.PI) / 180;
    const disc = (Math.PI * 10 ** 2 * 0.7265625 * (Math.cos(angle) + Math.sin(angle))) / 1000;
    expect(Math.abs(((await total()) - referenceMl) / disc - 1)).toBeLessThan(0.05);
    await onBothScreens('oblique');
    await page.keyboard.press('Control+z');
    await settled();
    expect(Math.abs((await total()) - referenceMl)).toBeLessThan(0.01);
    expect(await figure(page, 'flrPercent')).toBe(flr);
  });

  test('the series beside itself: linked, each with its own window', { timeout }, async () => {
    const { page, settled } = app;
    await page.keyboard.press('9');
    await page.locator('.pair-choice').click();
    await page.locator('[data-view="compared"]').waitFor();
    await page.locator('[data-view="compared"]').focus();
    await page.keyboard.press('4');
    await page.locator('[data-view="axial"]').focus();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Shift+R');
    await settled();
    const own = page.locator('canvas[data-overlay="axial"]');
    const second = page.locator('canvas[data-overlay="compared"]');
    expect(await second.getAttribute('data-slice')).toBe(await own.getAttribute('data-slice'));
    expect(await second.getAttribute('data-window')).not.toBe(await own.getAttribute('data-window'));
    for (const view of ['axial', 'compared'] as const) {
      expect(greysIn(await screenshotOf(viewOf(page, view))), view).toBeGreaterThan(30);
    }
    await onBothScreens('pair');
    await command(page, 'pair.leave').click();
    await settled();
  });

  test('a ruler set by keys measures what the voxels span', { timeout }, async () => {
    const { page, settled } = app;
    const [{ spacing }] = answerOf<[{ spacing: [number, number, number] }]>('series', join(folder, 'dicom'));
    await page.locator('[data-view="coronal"]').focus();
    await page.keyboard.press('l');
    await page.keyboard.press('Enter');
    for (let press = 0; press < 40; press += 1) await page.keyboard.press('ArrowLeft');
    for (let press = 0; press < 11; press += 1) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await settled();
    const length = Math.hypot(40 * spacing[0], 11 * spacing[2]).toFixed(1);
    expect(await page.locator('.measurements-list li').last().textContent()).toContain(`${length} mm`);
    await onBothScreens('measured');
  });

  test('the assessment page and the report carry the same figures', { timeout }, async () => {
    const { page, settled } = app;
    await openAssessment(page, 'Verdict');
    await settled();
    await onBothScreens('assessment');
    await showPictures(app);
    const printed = (await page.locator('output[data-figure="flrPercent"]').first().textContent())!;
    const pdf = await app.download(() => page.keyboard.press('Control+p'));
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    expect(text).toContain(`${printed} %`);
    expect(text).toContain('1417');
  });

  test('all of it with a clean console', () => expectClean(app));
});
