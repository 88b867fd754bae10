import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { describeWith } from '../support/needs.ts';
import { greysIn, screenshotOf } from '../support/screenshot.ts';
import { writeSeriesVariants } from '../support/series-variants.ts';
import { command, expectClean, placeIn } from './gestures.ts';

/** Coordinates are printed with one decimal. */
const rounding = 0.051;
/** Along the head, mm: the portal-venous slices, the arterial ones (every third, from the second on), and a scan in a frame of its own. */
const portal = { first: 18, step: 2.5, slices: 86 };
const arterial = { first: 15.5, step: 7.5, slices: 28 };
const other = { first: 136, step: 2.5, slices: 60 };

describeWith(['browser', 'python:pydicom'], 'two series, oblique painting and measuring by keys', () => {
  const timeout = 180_000;
  const root = mkdtempSync(join(tmpdir(), 'remnant-views-'));
  let app: App;
  beforeAll(async () => {
    const common = { first: 0, step: 1, slices: 86, shift: [0, 0, 0], ownFrame: false, addedHounsfield: 0 } as const;
    writeSeriesVariants(join(root, 'case'), [
      { ...common, name: 'a', description: 'Portal venous' },
      { ...common, name: 'b', description: 'Arterial', first: 1, step: 3, slices: 28, addedHounsfield: -23 },
      {
        ...common,
        name: 'c',
        description: 'Second scan',
        first: 6,
        slices: 60,
        shift: [11.5, -7.25, 133],
        ownFrame: true,
      },
    ]);
    app = await startApp({ roots: [root] });
    const { page, settled } = app;
    await command(page, 'file.openFolder').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: basename(root) }).click();
    await dialog.getByRole('button', { name: 'case' }).click();
    await dialog.getByText('174 files in this folder').waitFor();
    await dialog.getByRole('button', { name: 'Open this folder' }).click();
    await page.getByRole('button', { name: 'Open Portal venous' }).click({ timeout: 60_000 });
    await page.locator('[data-screen="workspace"]').waitFor({ timeout: 60_000 });
    await settled();
  }, timeout);
  afterAll(async () => {
    await app.close();
    rmSync(root, { recursive: true });
  });

  /** The height of the slice that a view shows, mm. */
  const heightIn = async (view: 'axial' | 'compared'): Promise<number> => {
    const text = (await app.page.locator(`canvas[data-overlay="${view}"]`).getAttribute('data-slice'))!;
    const [, side, mm] = /([HF]) ([\d.]+) mm$/.exec(text)!;
    return Number(mm) * (side === 'H' ? 1 : -1);
  };
  const nearest = ({ first, step, slices }: typeof portal, height: number): number =>
    first - step * Math.min(slices - 1, Math.max(0, Math.round((first - height) / step)));
  const scroll = async (view: 'axial' | 'compared', notches: number): Promise<void> => {
    const { page, settled } = app;
    await page.mouse.move(...(await placeIn(page, view, [0.5, 0.4])));
    for (let notch = 0; notch < Math.abs(notches); notch += 1) await page.mouse.wheel(0, Math.sign(notches) * 100);
    await settled();
  };
  const windowOf = (view: 'axial' | 'compared') =>
    app.page.locator(`canvas[data-overlay="${view}"]`).getAttribute('data-window');
  const linkText = () => app.page.locator('.pair-what[data-linked]').textContent();
  const choose = async (name: string): Promise<void> => {
    await app.page.locator('.pair-choice', { hasText: name }).click();
    await app.page.locator('[data-view="compared"]').waitFor({ timeout: 60_000 });
    await app.settled();
  };

  test('a series of the same frame of reference follows by patient position, both ways', { timeout }, async () => {
    const { page, settled, picture } = app;
    await page.keyboard.press('9');
    expect(await page.locator('.pair-choice').allTextContents()).toHaveLength(3);
    await picture('pair-choose');
    await choose('Arterial');
    expect(await linkText()).toBe('Linked by patient position');
    for (const notches of [7, -3, 11]) {
      const before = await heightIn('axial');
      await scroll('axial', notches);
      const height = await heightIn('axial');
      expect(Math.abs(before - notches * portal.step - height)).toBeLessThan(rounding);
      expect(Math.abs((await heightIn('compared')) - nearest(arterial, height))).toBeLessThan(rounding);
    }
    const before = await heightIn('compared');
    await scroll('compared', -4);
    const height = await heightIn('compared');
    expect(Math.abs(before + 4 * arterial.step - height)).toBeLessThan(rounding);
    // Every arterial slice lies on a portal-venous one: the open series shows just it.
    expect(Math.abs((await heightIn('axial')) - height)).toBeLessThan(rounding);
    for (const side of ['left', 'right', 'top', 'bottom'] as const) {
      const [own, second] = await Promise.all(
        (['axial', 'compared'] as const).map((view) =>
          page.locator(`canvas[data-overlay="${view}"]`).getAttribute(`data-${side}`),
        ),
      );
      expect(second).toBe(own);
    }
    expect(greysIn(await screenshotOf(page.locator('[data-view="compared"]')))).toBeGreaterThan(30);
    await picture('pair');
    // A place pressed in one is the crosshair of both.
    await page.mouse.click(...(await placeIn(page, 'compared', [0.55, 0.45])));
    await page.mouse.move(5, 5);
    await settled();
    const [own, second] = await Promise.all(
      (['axial', 'compared'] as const).map((view) =>
        page.locator(`canvas[data-overlay="${view}"]`).getAttribute('data-position'),
      ),
    );
    expect(second).toBe(own);
  });

  test('each has its own window, and arrows and links go where they belong', { timeout }, async () => {
    const { page, settled } = app;
    const own = await windowOf('axial');
    const [x, y] = await placeIn(page, 'compared', [0.5, 0.5]);
    await page.mouse.move(x, y);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(x + 60, y + 35, { steps: 4 });
    await page.mouse.up({ button: 'right' });
    await settled();
    expect(await windowOf('axial')).toBe(own);
    expect(await windowOf('compared')).not.toBe(own);
    await page.keyboard.press('Shift+L');
    expect(await linkText()).toBe('Each series scrolls on its own');
    const alone = await heightIn('axial');
    await page.locator('[data-view="compared"]').focus();
    const before = await heightIn('compared');
    await page.keyboard.press('ArrowUp');
    await settled();
    expect(Math.abs((await heightIn('compared')) - before - arterial.step)).toBeLessThan(rounding);
    expect(await heightIn('axial')).toBe(alone);
    await page.keyboard.press('Shift+L');
    await settled();
    expect(Math.abs((await heightIn('compared')) - nearest(arterial, alone))).toBeLessThan(rounding);
  });

  test(
    'a series of another frame is linked by offset from the moment of linking, and says so',
    { timeout },
    async () => {
      const { page, picture } = app;
      await command(page, 'pair.choose').click();
      await choose('Second scan');
      expect(await linkText()).toMatch(/^Different frame of reference/);
      const alone = await heightIn('compared');
      await scroll('axial', 2);
      expect(await heightIn('compared')).toBe(alone);
      await scroll('compared', 3);
      await command(page, 'pair.link').click();
      expect(await linkText()).toBe('Different frame of reference: linked by offset');
      const [own, second] = [await heightIn('axial'), await heightIn('compared')];
      expect(nearest(other, second)).toBeCloseTo(second, 1);
      await scroll('axial', -6);
      expect(Math.abs((await heightIn('axial')) - own - 15)).toBeLessThan(rounding);
      expect(Math.abs((await heightIn('compared')) - second - 15)).toBeLessThan(rounding);
      await picture('pair-other-frame');
      await command(page, 'pair.coronal').click();
      await app.settled();
      expect(greysIn(await screenshotOf(page.locator('[data-view="compared"]')))).toBeGreaterThan(30);
      await picture('pair-coronal');
    },
  );

  test('leaving gives the second series back; nothing of it can be undone', { timeout }, async () => {
    const { page, settled } = app;
    await command(page, 'pair.leave').click();
    await settled();
    expect(await page.locator('[data-view="compared"]').count()).toBe(0);
    expect(await command(page, 'edit.undo').getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('9');
    expect(await page.locator('.pair-choice').count()).toBe(3);
    await command(page, 'pair.leave').click();
    await settled();
  });

  test('all of it with a clean console', () => expectClean(app));
});
