import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { describeWith } from '../support/needs.ts';
import { screenshotOf } from '../support/screenshot.ts';
import {
  command,
  drag,
  drawnText,
  expectClean,
  importMask,
  openSample,
  placeIn,
  sentence,
  volumeOf,
  type Share,
} from './gestures.ts';

/** The sample's voxels in mm, and the width of its axial picture. */
const [pixel, sliceStep] = [1.3, 2.5];
const axialMm = 280 * pixel;
const liver = 1;

/** Fewest and most voxel centres within a disc of this radius in mm: its middle may fall anywhere in a voxel, as the size of the view has it. */
function discVoxels(radius: number): { readonly least: number; readonly most: number } {
  const reach = Math.ceil(radius / pixel) + 1;
  const across = Array.from({ length: 2 * reach + 1 }, (_, index) => index - reach);
  const parts = Array.from({ length: 50 }, (_, index) => index / 50);
  const counts = parts.flatMap((x) =>
    parts.map((y) =>
      across.reduce(
        (sum, column) => sum + across.filter((row) => Math.hypot(column - x, row - y) * pixel <= radius + 1e-6).length,
        0,
      ),
    ),
  );
  return { least: Math.min(...counts), most: Math.max(...counts) };
}

describeWith(['browser'], 'segmentation in the app, by mouse', () => {
  const timeout = 480_000;
  let app: App;
  beforeAll(async () => {
    app = await startApp();
    await openSample(app);
  }, timeout);
  afterAll(() => app.close());

  const press = async (key: string) => {
    await app.page.keyboard.press(key);
    await app.settled();
  };
  const dab = async (at: Share) => {
    await app.page.mouse.click(...(await placeIn(app.page, 'axial', at)));
    await app.settled();
  };
  const volume = () => volumeOf(app.page, liver);
  const undoes = () => command(app.page, 'edit.undo').getAttribute('aria-label');
  const disc = (radius: number) => (Math.PI * radius ** 2 * sliceStep) / 1000;
  const ball = (radius: number) => (4 / 3) * Math.PI * (radius ** 3 / 1000);
  const near = (value: number, truth: number, share: number) =>
    expect(Math.abs(value - truth), `${value} against ${truth}`).toBeLessThan(share * truth);
  /** Starts every test without a label. */
  const clear = async () => {
    if ((await volume()) > 0) await command(app.page, 'structure.clear').click();
    await app.settled();
    expect(await volume()).toBe(0);
  };
  const middle: Share = [0.32, 0.5];

  test('a dab of the brush is a disc of its radius, one slice thick; undo takes it back', { timeout }, async () => {
    await press('b');
    await dab(middle);
    near(await volume(), disc(10), 0.05);
    await expect.poll(() => undoes()).toBe('Undo: Brush liver');
    await press(']');
    await dab([0.32, 0.25]);
    near(await volume(), disc(10) + disc(13), 0.04);
    await press('Control+z');
    near(await volume(), disc(10), 0.05);
    await press('Control+z');
    expect(await volume()).toBe(0);
    await expect.poll(() => undoes()).toBe('Undo');
    await press('Control+y');
    near(await volume(), disc(10), 0.05);
    await press('[');
  });

  test('a stroke is one edit; the brush can be a ball', { timeout }, async () => {
    await clear();
    const { page, settled } = app;
    await drag(page, 'axial', [0.25, 0.4], [0.35, 0.4], [0.45, 0.4]);
    await settled();
    const box = (await page.locator('[data-view="axial"]').boundingBox())!;
    const length = 0.2 * box.width * (axialMm / Math.min(box.width, box.height));
    near(await volume(), disc(10) + (20 * length * sliceStep) / 1000, 0.06);
    await press('Control+z');
    expect(await volume()).toBe(0);
    await press('s');
    await dab(middle);
    near(await volume(), ball(10), 0.03);
    await press('s');
  });

  test('the eraser takes away where it goes, and only the active structure', { timeout }, async () => {
    await clear();
    const { page, settled } = app;
    await press('b');
    await dab([0.3, 0.5]);
    await page.getByRole('button', { name: 'Paint Vessels' }).click();
    await dab([0.45, 0.5]);
    const vessels = await volumeOf(page, 2);
    near(vessels, disc(10), 0.05);
    await page.getByRole('button', { name: 'Paint Liver' }).click();
    await page.locator('[data-view="axial"]').focus();
    await press('e');
    await drag(page, 'axial', [0.3, 0.5], [0.4, 0.5], [0.45, 0.5]);
    await settled();
    expect(await undoes()).toBe('Undo: Erase liver');
    expect(await volume()).toBe(0);
    expect(await volumeOf(page, 2)).toBe(vessels);
    await press('Control+z');
    near(await volume(), disc(10), 0.05);
    await page.getByRole('button', { name: 'Paint Vessels' }).click();
    await command(page, 'structure.clear').click();
    await settled();
    await page.getByRole('button', { name: 'Paint Liver' }).click();
    await page.locator('[data-view="axial"]').focus();
  });

  test('threshold paint takes only voxels of its range', { timeout }, async () => {
    await clear();
    const { page } = app;
    await press('t');
    const lowest = page.getByLabel('Lowest value painted');
    // Nothing in the body is as bright as that.
    await page.getByLabel('Highest value painted').fill('3000');
    await lowest.fill('2500');
    await page.locator('[data-view="axial"]').focus();
    await dab(middle);
    expect(await sentence(page, 'no_change')).toMatch(/changed nothing/);
    expect(await volume()).toBe(0);
    await lowest.fill('50');
    await page.locator('[data-view="axial"]').focus();
    await dab(middle);
    const some = await volume();
    expect(some).toBeGreaterThan(0.3 * disc(10));
    expect(some).toBeLessThanOrEqual(1.05 * disc(10));
    await expect.poll(() => undoes()).toBe('Undo: Threshold paint liver');
  });

  test('outlines on two slices are joined through the slices between', { timeout }, async () => {
    await clear();
    const { page, settled, picture } = app;
    await press('o');
    const box = (await page.locator('[data-view="axial"]').boundingBox())!;
    const [w, h] = [100 / box.width, 80 / box.height];
    const square: readonly Share[] = [
      [0.3, 0.35],
      [0.3 + w, 0.35],
      [0.3 + w, 0.35 + h],
      [0.3, 0.35 + h],
      [0.3, 0.35],
    ];
    await drag(page, 'axial', ...square);
    const first = Number((await drawnText(page, 'axial', 'slice'))!.split(' / ')[0]);
    for (let notch = 0; notch < 6; notch += 1) await page.mouse.wheel(0, 120);
    await settled();
    expect(Math.abs(Number((await drawnText(page, 'axial', 'slice'))!.split(' / ')[0]) - first)).toBe(6);
    await drag(page, 'axial', ...square);
    await page.getByText('2 outlines').waitFor();
    await settled();
    await picture('outlines');
    await press('Enter');
    const mm = axialMm / Math.min(box.width, box.height);
    near(await volume(), (100 * 80 * mm ** 2 * 7 * sliceStep) / 1000, 0.03);
    await expect.poll(() => undoes()).toBe('Undo: Interpolate outlines of Liver');
    await page.getByText('0 outlines').waitFor();
    await picture('interpolated');
    // Dabs came first: the 3D view steps back so that all of the larger body is in it.
    const { rgb, width, height } = await screenshotOf(page.locator('[data-view="volume"]'));
    const isLiver = (x: number, y: number) => rgb[3 * (x + width * y)]! - rgb[3 * (x + width * y) + 2]! > 60;
    const across = Array.from({ length: width }, (_, x) => x);
    const down = Array.from({ length: height }, (_, y) => y);
    expect(across.some((x) => isLiver(x, 3) || isLiver(x, height - 4))).toBe(false);
    expect(down.some((y) => isLiver(3, y) || isLiver(width - 4, y))).toBe(false);
    expect(isLiver(width >> 1, height >> 1)).toBe(true);
    await press('Control+z');
    expect(await volume()).toBe(0);
  });

  test('holes are filled; of two parts the larger is kept', { timeout }, async () => {
    await clear();
    const { page, settled } = app;
    await press('b');
    await press('s');
    await dab(middle);
    const whole = await volume();
    await press('e');
    await press('s');
    for (let times = 0; times < 4; times += 1) await press('[');
    await dab(middle);
    const holed = await volume();
    // Four steps down from 10 mm: 8, 6.5, 5, 4.
    const { least, most } = discVoxels(4);
    const erased = ((whole - holed) * 1000) / (pixel ** 2 * sliceStep);
    expect(Math.round(erased)).toBeGreaterThanOrEqual(least);
    expect(Math.round(erased)).toBeLessThanOrEqual(most);
    await command(page, 'structure.fillHoles').click();
    await settled();
    expect(await volume()).toBe(whole);
    expect(await undoes()).toBe('Undo: Fill holes Liver');
    await page.locator('[data-view="axial"]').focus();
    await press('b');
    await dab([0.6, 0.5]);
    expect(await volume()).toBeGreaterThan(whole);
    await command(page, 'structure.keepLargest').click();
    await settled();
    expect(await volume()).toBe(whole);
    expect(await undoes()).toBe('Undo: Keep largest part Liver');
  });

  test('an exported mask comes back as it was', { timeout }, async () => {
    const { page, settled, download } = app;
    const before = await volume();
    expect(before).toBeGreaterThan(0);
    const exported = async () => {
      await page.keyboard.press('Control+e');
      const dialog = page.getByRole('dialog');
      await dialog.locator('select').selectOption({ label: 'Liver alone (1 inside, 0 outside)' });
      return download(() => dialog.getByRole('button', { name: 'Export', exact: true }).click());
    };
    const file = await exported();
    expect(file).toMatch(/liver\.nii\.gz$/);
    const bytes = gunzipSync(readFileSync(file));
    await clear();
    await importMask(app, file);
    expect(await volume()).toBe(before);
    expect(gunzipSync(readFileSync(await exported())).equals(bytes)).toBe(true);
    await settled();
  });

  test('all of it on a cross-origin isolated page with a clean console', () => expectClean(app));
});
