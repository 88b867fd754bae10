import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { describeWith, projectRoot } from '../support/needs.ts';
import { greysIn, screenshotOf, shareChanged, type Screenshot } from '../support/screenshot.ts';
import {
  command,
  drawnText,
  expectClean,
  figure,
  importMask,
  openSample,
  placeIn,
  viewOf,
  type SliceView,
} from './gestures.ts';

interface Truth {
  readonly trueMl: number;
  readonly toleranceMl: number;
}
const sample = (...names: readonly string[]) => join(projectRoot, 'sample-dicom', ...names);
const truth = JSON.parse(readFileSync(sample('truth.json'), 'utf8')) as {
  readonly structures: Readonly<Record<string, Truth>>;
  readonly rightHepatectomy: { readonly [part in 'remnantMl' | 'resectedMl' | 'excludedMl' | 'totalMl']: Truth } & {
    readonly flrPercent: { readonly true: number; readonly tolerancePercentagePoints: number };
  };
};
/** A view without its picture shows the greys of its letters only. */
const flat = 10;
/** Two coordinates printed with one decimal. */
const rounding = 0.101;
const slices: readonly SliceView[] = ['axial', 'coronal', 'sagittal'];

describeWith(['browser'], 'the sample case in the app', () => {
  const timeout = 480_000;
  let app: App;
  beforeAll(async () => {
    app = await startApp();
    await openSample(app);
  }, timeout);
  afterAll(() => app.close());

  test('its masks measure what its formulas say', { timeout }, async () => {
    const { page, choose, settled, picture } = app;
    await importMask(app, sample('masks', 'liver.nii.gz'));
    await importMask(app, sample('masks', 'tumours.nii.gz'));
    await importMask(app, sample('masks', 'vessels.nii.gz'));
    await picture('sample-masks');
    const near = async (name: string, { trueMl, toleranceMl }: Truth) => {
      expect(Math.abs((await figure(page, name))! - trueMl), name).toBeLessThanOrEqual(toleranceMl);
    };
    await near('totalMl', truth.structures['liver']!);
    await near('tumourMl', truth.structures['tumours']!);
    await near('functionalMl', truth.structures['functional liver']!);
    await choose(command(page, 'file.openPlan'), sample('right-hepatectomy.plan.json'));
    await page.locator('output[data-figure="flrPercent"]').first().waitFor();
    await settled();
    for (const part of ['totalMl', 'remnantMl', 'resectedMl', 'excludedMl'] as const) {
      await near(part, truth.rightHepatectomy[part]);
    }
    const { flrPercent } = truth.rightHepatectomy;
    const shown = (await figure(page, 'flrPercent'))!;
    expect(Math.abs(shown - flrPercent.true)).toBeLessThanOrEqual(flrPercent.tolerancePercentagePoints);
    await picture('sample-plan');
  });

  test('what is printed sums', async () => {
    const cell = async (name: string) => Number(await app.page.locator(`td[data-figure="${name}"]`).textContent());
    const [remnant, resected, excluded] = [await cell('remnantMl'), await cell('resectedMl'), await cell('excludedMl')];
    expect(remnant + resected + excluded).toBe(await cell('totalMl'));
  });

  test('every view shows the patient the radiological way round', { timeout }, async () => {
    const { page } = app;
    const sides = async (view: SliceView) =>
      Promise.all((['left', 'right', 'top', 'bottom'] as const).map((side) => drawnText(page, view, side)));
    expect(await sides('axial')).toEqual(['R', 'L', 'A', 'P']);
    expect(await sides('coronal')).toEqual(['R', 'L', 'H', 'F']);
    expect(await sides('sagittal')).toEqual(['A', 'P', 'H', 'F']);
    for (const view of slices) expect(greysIn(await screenshotOf(viewOf(page, view)))).toBeGreaterThan(flat);
    // The liver lies on the patient's right, which is the picture's left.
    for (const view of ['axial', 'coronal'] as const) {
      const shown = await screenshotOf(viewOf(page, view));
      expect(coloured(shown, [0, 0, 0.5, 1]), view).toBeGreaterThan(2 * coloured(shown, [0.5, 0, 1, 1]));
    }
    // The spine lies at the back: below in an axial picture, to the right in a sagittal one through the midline.
    await page.mouse.click(...(await placeIn(page, 'axial', [0.5, 0.45])));
    for (const key of ['2', 'x', ',', ',', ',', ',']) await page.keyboard.press(key);
    await app.settled();
    const axial = await screenshotOf(viewOf(page, 'axial'));
    expect(whiteIn(axial, [0.4, 0.5, 0.6, 0.9])).toBeGreaterThan(3 * whiteIn(axial, [0.4, 0.1, 0.6, 0.5]));
    const sagittal = await screenshotOf(viewOf(page, 'sagittal'));
    expect(whiteIn(sagittal, [0.5, 0.2, 0.9, 0.8])).toBeGreaterThan(3 * whiteIn(sagittal, [0.1, 0.2, 0.5, 0.8]));
    for (const key of ['x', '.', '.', '.', '.']) await page.keyboard.press(key);
    await app.settled();
  });

  test('window presets change the picture, and the text says which', { timeout }, async () => {
    const { page, settled } = app;
    const seen: Screenshot[] = [];
    for (const [key, text] of [
      ['1', 'W 200  L 100'],
      ['2', 'W 400  L 40'],
      ['3', 'W 1500  L -600'],
      ['4', 'W 2000  L 500'],
    ] as const) {
      await page.keyboard.press(key);
      await settled();
      expect(await drawnText(page, 'coronal', 'window')).toBe(text);
      const now = await screenshotOf(viewOf(page, 'coronal'));
      for (const before of seen) expect(shareChanged(before, now)).toBeGreaterThan(0.1);
      seen.push(now);
    }
    await app.picture('bone-window');
    await page.keyboard.press('1');
    await settled();
  });

  test('the wheel goes from slice to slice, and the other views stay', { timeout }, async () => {
    const { page, settled } = app;
    for (const [view, step] of [
      ['axial', 2.5],
      ['coronal', 1.3],
      ['sagittal', 1.3],
    ] as const) {
      const others = slices.filter((other) => other !== view);
      const before = await slicePlace(app, view);
      const still = await Promise.all(others.map((other) => drawnText(page, other, 'slice')));
      await page.mouse.move(...(await placeIn(page, view, [0.4, 0.45])));
      for (let notch = 0; notch < 3; notch += 1) await page.mouse.wheel(0, 120);
      await settled();
      const after = await slicePlace(app, view);
      expect(Math.abs(after.number - before.number), view).toBe(3);
      expect(Math.abs(Math.abs(after.mm - before.mm) - 3 * step), view).toBeLessThan(rounding);
      await expect.poll(() => Promise.all(others.map((other) => drawnText(page, other, 'slice')))).toEqual(still);
    }
    // Towards the user is towards the feet.
    const here = await slicePlace(app, 'axial');
    await page.mouse.move(...(await placeIn(page, 'axial', [0.4, 0.45])));
    await page.mouse.wheel(0, -120);
    await settled();
    expect(Math.abs((await slicePlace(app, 'axial')).mm - here.mm - 2.5)).toBeLessThan(rounding);
  });

  test('a click with the crosshair takes the other views there', { timeout }, async () => {
    const { page, settled } = app;
    await page.keyboard.press('c');
    await page.mouse.click(...(await placeIn(page, 'axial', [0.31, 0.57])));
    await settled();
    const [x, y] = lps((await drawnText(page, 'axial', 'position'))!);
    expect(Math.abs((await slicePlace(app, 'sagittal')).mm - x)).toBeLessThan(0.65 + rounding);
    expect(Math.abs((await slicePlace(app, 'coronal')).mm - y)).toBeLessThan(0.65 + rounding);
    await page.mouse.click(...(await placeIn(page, 'coronal', [0.27, 0.41])));
    await settled();
    const [, , z] = lps((await drawnText(page, 'coronal', 'position'))!);
    expect(Math.abs((await slicePlace(app, 'axial')).mm - z)).toBeLessThan(1.25 + rounding);
    await expect.poll(() => drawnText(page, 'coronal', 'value')).toMatch(/^−?-?\d+ HU$/);
  });

  test('a double click enlarges a view and brings the others back', { timeout }, async () => {
    const { page, settled, picture } = app;
    const grid = page.locator('.workspace-grid');
    const shown = () => Promise.all(slices.map((view) => screenshotOf(viewOf(page, view))));
    for (const view of ['sagittal', 'volume'] as const) {
      const before = await shown();
      const small = (await viewOf(page, view).boundingBox())!;
      await page.mouse.dblclick(...(await placeIn(page, view, [0.5, 0.6])));
      await settled();
      expect(await grid.getAttribute('data-maximised')).toBe(view);
      expect((await viewOf(page, view).boundingBox())!.width).toBeGreaterThan(1.9 * small.width);
      await picture(`maximised-${view}`);
      await page.mouse.dblclick(...(await placeIn(page, view, [0.5, 0.6])));
      await settled();
      expect(await grid.getAttribute('data-maximised')).toBe('none');
      expect(await viewOf(page, view).boundingBox()).toEqual(small);
      // In the 3D view a double click moves no crosshair: every picture is back as it was.
      const after = await shown();
      if (view === 'volume') {
        for (const [order, picture] of after.entries())
          expect(shareChanged(before[order]!, picture)).toBeLessThan(0.002);
      }
    }
  });

  test('no size, scale or layout leaves a picture of before', { timeout }, async () => {
    const { page, settled } = app;
    const debugging = await page.context().newCDPSession(page);
    const shown = async () => {
      await page.mouse.move(5, 500);
      await settled();
      return Promise.all([...slices, 'volume' as const].map((view) => screenshotOf(viewOf(page, view))));
    };
    const expectSame = (now: readonly Screenshot[], before: readonly Screenshot[], what: string) => {
      for (const [order, picture] of now.entries())
        expect(shareChanged(before[order]!, picture), `${what}, view ${order}`).toBeLessThan(0.002);
    };
    const before = await shown();
    for (const [width, height, deviceScaleFactor] of [
      [1366, 768, 1],
      [1280, 800, 2],
      [900, 600, 1.5],
      [1600, 1000, 1],
    ] as const) {
      await debugging.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile: false });
      // The window hears of its new size a moment later: then every view has a pixel for each of the screen's.
      await expect
        .poll(
          () =>
            app.ask(`innerWidth === ${width} && [...document.querySelectorAll('canvas[data-overlay]')].every((one) =>
              Math.abs(one.width - one.clientWidth * devicePixelRatio) < 2 &&
              Math.abs(one.height - one.clientHeight * devicePixelRatio) < 2)`),
          { message: `${width} × ${height}` },
        )
        .toBe(true);
      await settled();
    }
    expectSame(await shown(), before, 'back from other sizes');
    // What changes while a view is not on the screen is seen when it comes back.
    const pressed = async (key: string) => {
      await page.keyboard.press(key);
      return shown();
    };
    const asLiver = await pressed('1');
    const asSoftTissue = await pressed('2');
    expect(shareChanged(asLiver[0]!, asSoftTissue[0]!)).toBeGreaterThan(0.005);
    for (const layout of ['8', '7', '6']) {
      for (const [window, wanted] of [
        ['1', asLiver],
        ['2', asSoftTissue],
      ] as const) {
        await page.keyboard.press(layout);
        await settled();
        await page.keyboard.press(window);
        await settled();
        expectSame(await pressed('5'), wanted, `window ${window} chosen in layout ${layout}`);
      }
    }
    await page.keyboard.press('1');
    await settled();
  });

  test('opacity and the eye of a structure change the overlay', { timeout }, async () => {
    const { page, settled } = app;
    await page.mouse.click(...(await placeIn(page, 'coronal', [0.25, 0.38])));
    await page.keyboard.press('x');
    await page.mouse.move(5, 500);
    await settled();
    const full = await screenshotOf(viewOf(page, 'axial'));
    expect(coloured(full)).toBeGreaterThan(0.05);
    const slider = page.getByLabel('Opacity of the overlay');
    await slider.focus();
    await page.keyboard.press('End');
    await settled();
    const solid = await screenshotOf(viewOf(page, 'axial'));
    expect(shareChanged(full, solid)).toBeGreaterThan(0.05);
    await slider.focus();
    await page.keyboard.press('Home');
    await settled();
    const bare = await screenshotOf(viewOf(page, 'axial'));
    // The line of the cut is all that is coloured now.
    expect(coloured(bare)).toBeLessThan(0.03);
    for (let press = 0; press < 8; press += 1) await page.keyboard.press('ArrowRight');
    await settled();
    expect(shareChanged(full, await screenshotOf(viewOf(page, 'axial')))).toBeLessThan(0.002);
    await page.getByRole('button', { name: 'Hide Liver' }).click();
    await page.mouse.move(5, 500);
    await settled();
    expect(coloured(await screenshotOf(viewOf(page, 'axial')))).toBeLessThan(coloured(full) / 2);
    await page.getByRole('button', { name: 'Show Liver' }).click();
    await page.mouse.move(5, 500);
    await settled();
    expect(shareChanged(full, await screenshotOf(viewOf(page, 'axial')))).toBeLessThan(0.002);
    await page.keyboard.press('x');
  });

  test('? lists the keys', { timeout }, async () => {
    const { page, picture } = app;
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog');
    await sheet.waitFor();
    const row = async (name: string) => (await sheet.locator('.keys-row', { hasText: name }).first().textContent())!;
    await expect.poll(() => row('Save')).toMatch(/Ctrl\+S/);
    await expect.poll(() => row('Brush')).toMatch(/B$/);
    await picture('keys');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  test('opens with its masks and its plan in one press', { timeout }, async () => {
    const { page, settled } = app;
    await page.keyboard.press('Control+s');
    await page.locator('[data-saved="saved"]').waitFor();
    await command(page, 'file.start').click();
    await command(page, 'file.openSamplePlan').click();
    await page.locator('output[data-figure="flrPercent"]').first().waitFor();
    await settled();
    const { flrPercent, totalMl } = truth.rightHepatectomy;
    const shown = (await figure(page, 'flrPercent'))!;
    expect(Math.abs(shown - flrPercent.true)).toBeLessThanOrEqual(flrPercent.tolerancePercentagePoints);
    expect(Math.abs((await figure(page, 'totalMl'))! - totalMl.trueMl)).toBeLessThanOrEqual(totalMl.toleranceMl);
    await app.picture('sample-case');
  });

  test('all of it on a cross-origin isolated page with a clean console', () => expectClean(app));
});

/** The slice a view names: its number and its coordinate in mm (LPS). */
async function slicePlace({ page }: App, view: SliceView): Promise<{ readonly number: number; readonly mm: number }> {
  const [, number, side, mm] = /^(\d+) \/ \d+ +([RLAPHF]) ([\d.]+) mm$/.exec((await drawnText(page, view, 'slice'))!)!;
  return { number: Number(number), mm: Number(mm) * ('LPH'.includes(side!) ? 1 : -1) };
}

/** "R 1.0  P 2.0  H 3.0 mm" as LPS mm. */
function lps(text: string): readonly [number, number, number] {
  const [x, y, z] = [...text.matchAll(/([RLAPHF]) ([\d.]+)/g)].map(
    ([, side, mm]) => Number(mm) * ('LPH'.includes(side!) ? 1 : -1),
  );
  return [x!, y!, z!];
}

/** The share of the picture that is white within a box: bone, in a soft-tissue window. */
function whiteIn(
  { rgb, width, height }: Screenshot,
  [left, top, right, bottom]: readonly [number, number, number, number],
): number {
  let count = 0;
  for (let y = Math.floor(top * height); y < bottom * height; y += 1) {
    for (let x = Math.floor(left * width); x < right * width; x += 1) {
      if (rgb[3 * (x + width * y)]! > 250) count += 1;
    }
  }
  return count / (width * height);
}

/** The share of a box (all of the picture unless given) that is clearly coloured, as labels are and tissue is not. */
function coloured(
  { rgb, width, height }: Screenshot,
  [left, top, right, bottom]: readonly [number, number, number, number] = [0, 0, 1, 1],
): number {
  let count = 0;
  for (let y = Math.floor(top * height); y < bottom * height; y += 1) {
    for (let x = Math.floor(left * width); x < right * width; x += 1) {
      const pixel = rgb.subarray(3 * (x + width * y), 3 * (x + width * y) + 3);
      if (Math.max(...pixel) - Math.min(...pixel) > 24) count += 1;
    }
  }
  return count / (width * height);
}
