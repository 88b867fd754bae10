import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dot, offsetOf, toIndex, toWorld, voxelCount, voxelIndex } from '../../src/geometry/index.ts';
import type { Projection } from '../../renderer/viewer/index.ts';
import { toCanvas, toPatient } from '../../renderer/viewer/projection.ts';
import type { Harness } from '../e2e/viewer-harness/page.ts';
import { serveHarness } from '../e2e/viewer-harness/serve.ts';
import { headlessArguments } from '../../electron/browser/index.ts';
import { describeWith, findBrowserForTests } from '../support/needs.ts';
import { obliqueGrid } from './grids.ts';

declare const harness: Harness;

/** A left-handed, tilted grid: nothing about it is the usual case. */
const grid = obliqueGrid([1, 0, 2], [1, -1, 1], 0.23);
const labels = new Uint8Array(voxelCount(grid));
const voxels = new Int16Array(labels.length);
/** Bright blocks of labelled voxels, 4 × 3 × 3, so that grey picture and overlay can be told to coincide. */
for (let k = 0; k < grid.size[2]; k += 1) {
  for (let j = 0; j < grid.size[1]; j += 1) {
    for (let i = 0; i < grid.size[0]; i += 1) {
      const on = i % 8 < 4 && j % 6 < 3 && k % 6 < 3;
      const at = offsetOf(grid, i, j, k);
      labels[at] = on ? 1 : 0;
      voxels[at] = on ? 900 : -900;
    }
  }
}

for (const ratio of [1, 1.5]) {
  describeWith(['browser'], `The viewer in a browser at ${ratio} device pixels per CSS pixel`, () => {
    let server: Awaited<ReturnType<typeof serveHarness>>;
    let browser: Browser;
    let page: Page;
    const complaints: string[] = [];

    beforeAll(async () => {
      server = await serveHarness({
        grid: { size: grid.size, spacing: grid.spacing, origin: grid.origin, axes: grid.axes },
        unit: 'HU',
        cuts: [],
        voxels,
        labels,
      });
      browser = await chromium.launch({
        executablePath: findBrowserForTests()!,
        args: headlessArguments(),
      });
      page = await browser.newPage({ viewport: { width: 903, height: 701 }, deviceScaleFactor: ratio });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico'))
          complaints.push(message.text());
      });
      page.setDefaultTimeout(120_000);
      await page.goto(server.url);
      await page.waitForSelector('body[data-ready=yes]');
      await settled();
    });
    afterAll(async () => {
      await browser.close();
      server.close();
    });

    const settled = (): Promise<void> => page.evaluate(() => harness.settled());
    const projectionOf = async (view: 'axial' | 'coronal' | 'sagittal' | 'volume'): Promise<Projection> =>
      (await page.evaluate((name) => harness.viewer.projection(name), view))!;
    /** Page coordinates of a canvas place. */
    const pagePlace = async (
      view: string,
      at: readonly [number, number],
      projection: Projection,
    ): Promise<[number, number]> => {
      const box = (await page.locator(`#${view} canvas[data-overlay]`).boundingBox())!;
      return [box.x + (at[0] * box.width) / projection.width, box.y + (at[1] * box.height) / projection.height];
    };

    it('agrees with cornerstone about where every canvas place lies in the patient', async () => {
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      for (const view of ['axial', 'coronal', 'sagittal'] as const) {
        const projection = await projectionOf(view);
        for (const at of [
          [0, 0],
          [projection.width * 0.31, projection.height * 0.83],
          [projection.width, projection.height],
        ] as const) {
          const theirs = await page.evaluate(([name, x, y]) => harness.cornerstoneWorld(name, [x, y]), [
            view,
            at[0] / ratio,
            at[1] / ratio,
          ] as const);
          const ours = toPatient(projection, at);
          // cornerstone answers on its near plane: compare across the view only.
          const off = [theirs[0]! - ours[0], theirs[1]! - ours[1], theirs[2]! - ours[2]] as const;
          expect(Math.abs(dot(off, projection.right))).toBeLessThan(0.02 * projection.mmPerPixel);
          expect(Math.abs(dot(off, projection.up))).toBeLessThan(0.02 * projection.mmPerPixel);
        }
      }
    });

    it('lays the overlay on the voxels it belongs to', async () => {
      // A voxel inside a block in all three directions.
      const focus = toWorld(grid, voxelIndex(9, 7, 7));
      await page.evaluate((crosshair) => {
        harness.session.look({ crosshair, overlayOpacity: 1, showCrosshair: false, window: { centre: 0, width: 400 } });
      }, focus);
      await settled();
      for (const view of ['axial', 'coronal', 'sagittal'] as const) {
        const counted = await page.evaluate((name) => {
          const overlay = document.querySelector<HTMLCanvasElement>(`#${name} canvas[data-overlay]`)!;
          const grey = document.querySelector<HTMLCanvasElement>(`#${name} canvas.cornerstone-canvas`)!;
          const { width, height } = overlay;
          const read = (canvas: HTMLCanvasElement): Uint8ClampedArray =>
            canvas.getContext('2d')!.getImageData(0, 0, width, height).data;
          const drawn = read(overlay);
          const seen = read(grey);
          let bright = 0;
          let wrong = 0;
          // Letters and texts stand near the edges; blocks fill the middle.
          for (let y = Math.round(height * 0.25); y < height * 0.75; y += 1) {
            for (let x = Math.round(width * 0.2); x < width * 0.8; x += 1) {
              const at = 4 * (x + width * y);
              const isBright = seen[at]! > 127;
              const isLabelled = drawn[at]! > 200 && drawn[at + 3]! > 200;
              if (isBright) bright += 1;
              if (isBright !== isLabelled) wrong += 1;
            }
          }
          return { bright, wrong, same: width === grey.width && height === grey.height };
        }, view);
        expect(counted.same).toBe(true);
        expect(counted.bright).toBeGreaterThan(2000);
        // The picture is interpolated: u·v > ½ rounds each corner of a 4 × 3 block by 0.097 voxel, 3.3 % of it. A quarter of a voxel off
        // would make 13 %, half a voxel 25 %.
        expect(counted.wrong / counted.bright).toBeLessThan(0.06);
      }
    });

    it('scrolls one slice a notch, with the other views following', async () => {
      await page.evaluate(() => harness.session.look({ tool: 'crosshair', showCrosshair: true, overlayOpacity: 0.4 }));
      const projection = await projectionOf('axial');
      const middle = await pagePlace('axial', [projection.width / 2, projection.height / 2], projection);
      await page.mouse.move(...middle);
      const before = toIndex(grid, (await projectionOf('axial')).centre);
      const place = await page.evaluate(() => harness.session.get().view.crosshair);
      await page.mouse.wheel(0, 100);
      await page.waitForFunction((old) => String(harness.session.get().view.crosshair) !== old, String(place));
      await settled();
      const after = toIndex(grid, (await projectionOf('axial')).centre);
      const steps = after.map((value, axis) => Math.round((value - before[axis]!) * 1e6) / 1e6);
      expect(steps.map(Math.abs).sort()).toEqual([0, 0, 1]);
      // Towards the user is towards the feet.
      expect((await projectionOf('axial')).centre[2]).toBeLessThan(projection.centre[2]);
    });

    it('paints with the mouse what is asked for, once, and shows it', async () => {
      await page.evaluate(() => harness.session.look({ tool: 'brush', activeLabel: 17, brushRadiusMm: 2 }));
      const projection = await projectionOf('coronal');
      const [x, y] = await pagePlace('coronal', [projection.width * 0.45, projection.height * 0.5], projection);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 30, y + 10, { steps: 4 });
      await page.mouse.up();
      await page.waitForFunction(() => harness.session.get().openCase!.labelsVersion === 2);
      await settled();
      const requested = await page.evaluate(() => harness.requested);
      expect(requested).toHaveLength(1);
      expect(requested[0]).toMatchObject({ kind: 'brush', label: 17, over: null, radiusMm: 2 });
      const painted = await page.evaluate(() =>
        harness.labels.values.reduce((sum, label) => sum + (label === 17 ? 1 : 0), 0),
      );
      expect(painted).toBeGreaterThan(3);
    });

    it('draws a plane by the mouse, moves it by its handle, and records each once', async () => {
      await page.evaluate(() => harness.session.look({ tool: 'plane' }));
      const projection = await projectionOf('axial');
      const from = [projection.width * 0.5, projection.height * 0.2] as const;
      const to = [projection.width * 0.55, projection.height * 0.8] as const;
      const drag = async (a: readonly [number, number], b: readonly [number, number]): Promise<void> => {
        await page.mouse.move(...(await pagePlace('axial', a, projection)));
        await page.mouse.down();
        await page.mouse.move(...(await pagePlace('axial', b, projection)), { steps: 5 });
        await page.mouse.up();
        await settled();
      };
      await drag(from, to);
      const first = await page.evaluate(() => harness.placed);
      expect(first).toHaveLength(1);
      const plane = first[0]!.cut;
      if (plane.kind !== 'plane') throw new Error('Expected a plane');
      const middle = toCanvas(projection, plane.point);
      expect(middle[0]).toBeCloseTo((from[0] + to[0]) / 2, -0.5);
      await drag(middle, [middle[0] + 40, middle[1]]);
      const both = await page.evaluate(() => harness.placed);
      expect(both).toHaveLength(2);
      const after = both[1]!.cut;
      if (after.kind !== 'plane') throw new Error('Expected a plane');
      expect(after.normal).toEqual(plane.normal);
      expect(toCanvas(projection, after.point)[0]).toBeGreaterThan(middle[0] + 30);
      expect(await page.evaluate(() => harness.session.get().view.draggedCut)).toBeNull();
    });

    it('fills the screen on a double click, comes back, and survives it', async () => {
      await page.evaluate(() => harness.session.look({ tool: 'crosshair' }));
      const projection = await projectionOf('sagittal');
      const place = await pagePlace('sagittal', [projection.width * 0.4, projection.height * 0.4], projection);
      await page.mouse.dblclick(...place);
      await settled();
      expect(await page.evaluate(() => harness.session.get().view.maximised)).toBe('sagittal');
      const large = await projectionOf('sagittal');
      expect(large.width).toBeGreaterThan(projection.width * 1.8);
      await page.mouse.dblclick(...place);
      await settled();
      expect(await page.evaluate(() => harness.session.get().view.maximised)).toBeNull();
      expect((await projectionOf('sagittal')).width).toBe(projection.width);
      const picture = await page.evaluate(async () => (await harness.viewer.capture('volume'))!.size);
      expect(picture).toBeGreaterThan(1000);
      expect(toWorld(grid, voxelIndex(0, 0, 0))).toEqual(grid.origin);
      expect(complaints).toEqual([]);
    });
  });
}
