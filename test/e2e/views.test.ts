import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { measureArrays } from '../support/heap.ts';
import { describeWith } from '../support/needs.ts';
import { greysIn, screenshotOf } from '../support/screenshot.ts';
import { writeSeriesVariants } from '../support/series-variants.ts';
import { attributesOf, command, expectClean, placeIn, volumeOf } from './gestures.ts';

/** Coordinates are printed with one decimal. */
const rounding = 0.051;
/** Along the head, mm: the portal-venous slices, the arterial ones (every third, from the second on), and a scan in a frame of its own. */
const portal = { first: 18, step: 2.5, slices: 86 };
const arterial = { first: 15.5, step: 7.5, slices: 28 };
const other = { first: 136, step: 2.5, slices: 60 };

describeWith(['browser', 'python:pydicom'], 'two series, oblique painting and measuring by keys', () => {
  const timeout = 720_000;
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
    await page.getByRole('button', { name: 'Open Portal venous' }).click();
    await page.locator('[data-screen="workspace"]').waitFor();
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
    await app.page.locator('[data-view="compared"]').waitFor();
    await app.settled();
  };

  test('a series of the same frame of reference follows by patient position, both ways', { timeout }, async () => {
    const { page, settled, picture } = app;
    await page.keyboard.press('9');
    await expect.poll(() => page.locator('.pair-choice').allTextContents()).toHaveLength(3);
    await picture('pair-choose');
    await choose('Arterial');
    await expect.poll(() => linkText()).toBe('Linked by patient position');
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
    await expect.poll(() => linkText()).toBe('Each series scrolls on its own');
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
      await expect.poll(() => linkText()).toMatch(/^Different frame of reference/);
      const alone = await heightIn('compared');
      await scroll('axial', 2);
      expect(await heightIn('compared')).toBe(alone);
      await scroll('compared', 3);
      await command(page, 'pair.link').click();
      await expect.poll(() => linkText()).toBe('Different frame of reference: linked by offset');
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
    const session = await page.context().newCDPSession(page);
    const both = await measureArrays(session);
    await command(page, 'pair.leave').click();
    await settled();
    const one = await measureArrays(session);
    await session.detach();
    // Sixty slices of 280 × 280 voxels are 9.4 MB; the new layout takes some of its own.
    expect(both.page - one.page).toBeGreaterThan(6);
    expect(await page.locator('[data-view="compared"]').count()).toBe(0);
    await expect.poll(() => command(page, 'edit.undo').getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('9');
    await expect.poll(() => page.locator('.pair-choice').count()).toBe(3);
    await command(page, 'pair.leave').click();
    await settled();
  });

  test('the load of a second series can be cancelled, and begun again', { timeout }, async () => {
    const { page, settled } = app;
    await page.keyboard.press('9');
    await page.locator('.pair-choice').first().waitFor();
    // By the page's own clicks: a small series may have come before a hand reaches the button.
    const cancelled = await app.ask(`new Promise((resolve) => {
      const find = (selector, text) => [...document.querySelectorAll(selector)].find((one) => one.textContent.includes(text) || one.ariaLabel === text);
      const look = new MutationObserver(() => {
        const cancel = find('button', 'Cancel: Load Second scan');
        if (cancel === undefined) return;
        look.disconnect();
        cancel.click();
        resolve(find('.pair-choice', 'Second scan').disabled);
      });
      look.observe(document.body, { childList: true, subtree: true });
      find('.pair-choice', 'Second scan').click();
    })`);
    // While it loads no other can be chosen.
    expect(cancelled).toBe(true);
    await expect.poll(() => page.locator('.pair-choice:enabled').count()).toBe(3);
    await settled();
    expect(await page.locator('[data-view="compared"]').count()).toBe(0);
    expect(await page.locator('.app-notice').count()).toBe(0);
    await choose('Second scan');
    expect(greysIn(await screenshotOf(page.locator('[data-view="compared"]')))).toBeGreaterThan(30);
    await command(page, 'pair.leave').click();
    await settled();
  });

  test('a double click enlarges a view and leaves the crosshair where it was', { timeout }, async () => {
    const { page, settled } = app;
    const grid = page.locator('.workspace-grid');
    const place = () => page.locator('canvas[data-overlay="axial"]').getAttribute('data-position');
    await page.keyboard.press('c');
    await page.mouse.click(...(await placeIn(page, 'axial', [0.46, 0.55])));
    await settled();
    const before = await place();
    for (const [at, maximised] of [
      [[0.71, 0.33], 'axial'],
      [[0.34, 0.62], 'none'],
    ] as const) {
      await page.mouse.dblclick(...(await placeIn(page, 'axial', at)));
      await page.mouse.move(5, 5);
      await settled();
      expect(await grid.getAttribute('data-maximised')).toBe(maximised);
      expect(await place()).toBe(before);
    }
    await page.mouse.click(...(await placeIn(page, 'axial', [0.71, 0.33])));
    await page.mouse.move(5, 5);
    await settled();
    expect(await place()).not.toBe(before);
  });

  test('a right click in 3D asks for its menu, a right drag does not', { timeout }, async () => {
    const { page, settled } = app;
    const menu = page.getByRole('menu', { name: '3D view' });
    const [x, y] = await placeIn(page, 'volume', [0.4, 0.6]);
    await page.mouse.move(x, y);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(x + 40, y + 30, { steps: 4 });
    await page.mouse.up({ button: 'right' });
    await settled();
    expect(await menu.count()).toBe(0);
    await page.mouse.click(x, y, { button: 'right' });
    await menu.waitFor();
    const box = (await menu.boundingBox())!;
    expect(Math.abs(box.x - x)).toBeLessThan(2);
    // Nothing that acts on slices alone is offered.
    expect(await attributesOf(menu, 'data-menu-command')).toEqual([
      ...['plane.flip', 'structure.showAll'],
      ...['layout.four', 'here.large', 'layout.slices', 'layout.volume', 'layout.pair'],
    ]);
    await app.picture('menu-3d');
    await menu.locator('[data-menu-command="layout.volume"]').click();
    await menu.waitFor({ state: 'detached' });
    await settled();
    expect(await page.locator('.workspace-grid').getAttribute('data-layout')).toBe('volume');
    await page.mouse.click(...(await placeIn(page, 'volume', [0.5, 0.5])), { button: 'right' });
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await page.keyboard.press('5');
    await settled();
  });

  test('turns the cutting plane by keys about the crosshair, in the view that has the focus', { timeout }, async () => {
    const { page, settled } = app;
    const cutSaved = async () => {
      await settled();
      const copy = await app.download(() => page.keyboard.press('Control+Shift+S'));
      const plan = JSON.parse(readFileSync(copy, 'utf8')) as {
        cuts: { point: [number, number, number]; normal: [number, number, number] }[];
      };
      expect(plan.cuts.length).toBe(1);
      return plan.cuts[0]!;
    };
    const expectNormal = ([x, y, z]: readonly number[], wanted: readonly [number, number, number]): void =>
      expect(Math.hypot(x! - wanted[0], y! - wanted[1], z! - wanted[2])).toBeLessThan(1e-9);
    await page.locator('[data-view="axial"]').focus();
    await page.keyboard.press('Shift+P');
    const placed = await cutSaved();
    expectNormal(placed.normal, [1, 0, 0]);
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('Shift+ArrowRight');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('PageUp');
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('Shift+Q');
    const turned = await cutSaved();
    const [c, s] = [Math.cos(Math.PI / 12), Math.sin(Math.PI / 12)];
    // On the screen the patient's left is right and the front is up: against the clock, from left to the front.
    expectNormal(turned.normal, [c, -s, 0]);
    // About the place nearest to the crosshair: moved 4 mm along with the plane, and to the crosshair's slice.
    const moved = turned.point.map((at, axis) => at - placed.point[axis]!);
    expect(Math.hypot(moved[0]! - 4, moved[1]!)).toBeLessThan(1);
    expect(Math.abs(moved[2]! - 3 * portal.step)).toBeLessThan(portal.step);
    await expect.poll(() => heightIn('axial')).toBeCloseTo(turned.point[2], 1);
    await page.locator('[data-view="coronal"]').focus();
    for (let press = 0; press < 2; press += 1) await page.keyboard.press('Shift+E');
    const [c2, s2] = [Math.cos(Math.PI / 30), Math.sin(Math.PI / 30)];
    // With the clock: from left to the feet.
    expectNormal((await cutSaved()).normal, [c * c2, -s, -c * s2]);
    for (let press = 0; press < 12; press += 1) await page.keyboard.press('Control+z');
    await settled();
    expect(await command(page, 'edit.undo').getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('c');
  });

  /** Turns the crosshair by a ring in the axial view, against the clock; returns the angle that the coronal view names. */
  const turnBy = async (degrees: number): Promise<number> => {
    const { page, settled } = app;
    await page.keyboard.press('c');
    const [x, y] = await placeIn(page, 'axial', [0.5, 0.5]);
    await page.mouse.click(x, y);
    await settled();
    const box = (await page.locator('[data-view="axial"]').boundingBox())!;
    const arm = 0.36 * Math.min(box.width, box.height);
    await page.mouse.move(x + arm, y);
    await page.mouse.down();
    const turn = (degrees * Math.PI) / 180;
    await page.mouse.move(x + arm * Math.cos(turn), y - arm * Math.sin(turn), { steps: 5 });
    await page.mouse.up();
    await settled();
    const text = (await page.locator('canvas[data-overlay="coronal"]').getAttribute('data-slice'))!;
    return Number(/^oblique ([\d.]+)°/.exec(text)![1]);
  };

  test('paints in an oblique view a disc of the voxels that its plane crosses, and a ball', { timeout }, async () => {
    const { page, settled, picture } = app;
    const angle = ((await turnBy(30)) * Math.PI) / 180;
    expect(angle).toBeGreaterThan(0.4);
    await page.keyboard.press('b');
    await page.mouse.move(...(await placeIn(page, 'coronal', [0.5, 0.5])));
    await page.keyboard.down('Shift');
    for (let notch = 0; notch < 18; notch += 1) await page.mouse.wheel(0, -100);
    await page.keyboard.up('Shift');
    const radius = 28;
    await page.locator('.workspace-option-value', { hasText: `${radius} mm` }).waitFor();
    const dab = async (): Promise<number> => {
      await page.mouse.click(...(await placeIn(page, 'coronal', [0.5, 0.5])));
      await settled();
      return volumeOf(page, 1);
    };
    // A plane turned about the head's axis crosses the voxels within this of it, on both sides together.
    const thickness = 1.3 * (Math.cos(angle) + Math.sin(angle));
    const disc = (Math.PI * radius ** 2 * thickness) / 1000;
    expect(Math.abs((await dab()) / disc - 1)).toBeLessThan(0.02);
    await picture('oblique-brush');
    await page.keyboard.press('e');
    expect(await dab()).toBe(0);
    await page.keyboard.press('t');
    const part = await dab();
    expect(part).toBeGreaterThan(0.05 * disc);
    expect(part).toBeLessThan(0.98 * disc);
    await page.keyboard.press('b');
    await page.keyboard.press('s');
    expect(Math.abs((await dab()) / ((4 / 3) * Math.PI * radius ** 3) / 1e-3 - 1)).toBeLessThan(0.005);
    await page.keyboard.press('Shift+R');
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('Control+z');
    await settled();
    expect(await volumeOf(page, 1)).toBe(0);
  });

  test('measures by keys alone the true distance, angle and area', { timeout }, async () => {
    const { page, settled, picture } = app;
    const press = async (key: string, times = 1): Promise<void> => {
      for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
    };
    const measured = async (): Promise<string> => {
      await settled();
      return (await page.locator('.measurements-list li').last().textContent())!;
    };
    await page.locator('[data-view="axial"]').focus();
    await press('l');
    await press('Enter');
    await press('ArrowRight', 30);
    await press('ArrowUp', 21);
    await settled();
    await picture('measure-by-keys');
    await press('Enter');
    expect(await measured()).toContain(`${Math.hypot(30 * 1.3, 21 * 1.3).toFixed(1)} mm`);
    await page.locator('[data-view="coronal"]').focus();
    await press('Enter');
    await press('ArrowLeft', 10);
    await press('ArrowDown', 8);
    await press('Enter');
    expect(await measured()).toContain(`${Math.hypot(10 * 1.3, 8 * 2.5).toFixed(1)} mm`);
    await press('a');
    await press('Enter');
    await press('ArrowRight', 12);
    await press('Enter');
    await press('ArrowLeft', 5);
    await press('ArrowUp', 6);
    await press('Enter');
    expect(await measured()).toContain(`${((Math.atan2(6 * 2.5, 5 * 1.3) * 180) / Math.PI).toFixed(1)}°`);
    await press('i');
    await press('Enter');
    await press('ArrowLeft', 14);
    await press('ArrowUp', 9);
    await press('Enter');
    expect(await measured()).toContain(`Area ${((Math.PI * 7 * 1.3 * 4.5 * 2.5) / 100).toFixed(2)} cm²`);
    // A point in another plane starts anew; Escape gives it up.
    await press('Enter');
    await press('PageUp', 3);
    await settled();
    expect(await command(page, 'measure.point').textContent()).toBe('Set point 2 of 2');
    await press('Enter');
    await settled();
    expect(await command(page, 'measure.point').textContent()).toBe('Set point 2 of 2');
    await press('Escape');
    await expect.poll(() => command(page, 'measure.point').textContent()).toBe('Set point 1 of 2');
    await expect.poll(() => page.locator('.measurements-list li').count()).toBe(4);
  });

  test('stays whole on a laptop and on a 4K screen', { timeout }, async () => {
    const { page, settled, picture } = app;
    for (const [width, height] of [
      [1366, 768],
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      await page.setViewportSize({ width, height });
      await settled();
      // The tools stay in one row with the options of each: the pictures do not jump when a tool is chosen.
      const rows = new Set<unknown>();
      for (const key of ['c', 'l', 'b', 't']) {
        await page.keyboard.press(key);
        await settled();
        rows.add(await app.ask("document.querySelector('.workspace-tool-bar').clientHeight"));
      }
      expect([width, rows.size]).toEqual([width, 1]);
      const stances = "getComputedStyle(document.querySelector('.workspace-stances button')).fontSize";
      await expect.poll(() => app.ask(stances)).toBe(width > 3200 ? '16px' : '11px');
      await picture(`views-${width}`);
      await page.keyboard.press('9');
      await page.locator('.pair-choice').first().waitFor();
      await choose('Second scan');
      const clipped = await app.ask(
        `[...document.querySelectorAll('.pair-side, .workspace-tool-bar')].filter((one) => one.scrollWidth > one.clientWidth + 1).length`,
      );
      expect(clipped).toBe(0);
      await picture(`pair-${width}`);
      await command(page, 'pair.leave').click();
    }
    await expect.poll(() => app.ask('getComputedStyle(document.body).fontSize')).toBe('19px');
  });

  test('closing a case gives its voxels back, in the page and in its workers', { timeout }, async () => {
    const { page, settled } = app;
    const session = await page.context().newCDPSession(page);
    const open = await measureArrays(session);
    await command(page, 'file.start').click();
    await page.locator('.start-page').waitFor();
    await settled();
    const closed = await measureArrays(session);
    // 280 × 280 × 86 voxels of two bytes, and their labels of one.
    expect(open.page - closed.page).toBeGreaterThan(20);
    expect(open.workers - closed.workers).toBeGreaterThan(20);
    expect(closed.workers).toBeLessThan(5);
  });

  test('all of it with a clean console', () => expectClean(app));
});
