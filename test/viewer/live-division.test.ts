import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createGrid,
  direction,
  moved,
  offsetOf,
  signedDistance,
  toWorld,
  voxelCount,
  voxelIndex,
} from '../../src/geometry/index.ts';
import { colours, liverLabel } from '../../src/liver/index.ts';
import type { Cut, PlaneCut } from '../../src/liver/index.ts';
import { headlessArguments } from '../../electron/browser/index.ts';
import { toCanvas } from '../../renderer/viewer/projection.ts';
import type { CanvasPoint, Projection } from '../../renderer/viewer/projection.ts';
import type { Harness } from '../e2e/viewer-harness/page.ts';
import { serveHarness } from '../e2e/viewer-harness/serve.ts';
import { describeWith, findBrowserForTests } from '../support/needs.ts';

declare const harness: Harness;

const axes = [direction(1, 0, 0), direction(0, 1, 0), direction(0, 0, 1)] as const;
const grid = createGrid({ size: [31, 25, 23], spacing: [2.1, 1.7, 2.6], origin: [-40, 13, 7], axes });
const labels = new Uint8Array(voxelCount(grid));
const middle = [15, 12, 11] as const;
/** An ellipsoid of liver. */
for (let k = 0; k < grid.size[2]; k += 1) {
  for (let j = 0; j < grid.size[1]; j += 1) {
    for (let i = 0; i < grid.size[0]; i += 1) {
      const away = Math.hypot((i - middle[0]) / 13, (j - middle[1]) / 10, (k - middle[2]) / 9);
      if (away < 1) labels[offsetOf(grid, i, j, k)] = liverLabel;
    }
  }
}
const centre = toWorld(grid, voxelIndex(...middle));
/** Across the patient: seen edge-on from the front, so that a pixel's side is known. */
const left: PlaneCut = { kind: 'plane', point: moved(centre, axes[0], 9), normal: axes[0], resect: 'positive' };
/** The upper corner on the other side: above one plane and beyond another. */
const corner: Cut = {
  kind: 'all',
  cuts: [
    { kind: 'plane', point: moved(centre, axes[2], 6), normal: direction(0, 0, -1), resect: 'negative' },
    { kind: 'plane', point: moved(centre, axes[0], -8), normal: axes[0], resect: 'negative' },
  ],
};

describeWith(['browser'], 'The parts in 3D while a plane is dragged', () => {
  let server: Awaited<ReturnType<typeof serveHarness>>;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const { size, spacing, origin } = grid;
    const voxels = new Int16Array(labels.length);
    server = await serveHarness({
      grid: { size, spacing, origin, axes: grid.axes },
      unit: 'HU',
      cuts: [left, corner],
      voxels,
      labels,
    });
    browser = await chromium.launch({ executablePath: findBrowserForTests()!, args: headlessArguments() });
    page = await browser.newPage({ viewport: { width: 903, height: 701 } });
    page.setDefaultTimeout(120_000);
    await page.goto(server.url);
    await page.waitForSelector('body[data-ready=yes]');
    await page.evaluate(() => harness.computeSurfaces());
    await settled();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  const settled = (): Promise<void> => page.evaluate(() => harness.settled());
  const looking = async (): Promise<Projection> => (await page.evaluate(() => harness.viewer.projection('volume')))!;
  const mouseTo = async ([x, y]: CanvasPoint): Promise<void> => {
    const box = (await page.locator('#volume canvas[data-overlay]').boundingBox())!;
    await page.mouse.move(box.x + x, box.y + y, { steps: 3 });
  };
  /** The picture's colours at canvas places. */
  const pixels = async (places: readonly CanvasPoint[]): Promise<(readonly number[])[]> =>
    page.evaluate(async (at) => {
      const picture = await createImageBitmap((await harness.viewer.capture('volume'))!);
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(picture, 0, 0);
      return at.map(([x, y]) => [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3)]);
    }, places);

  /** Shares of the body's pixels that show the side they are on, with the dragged plane moved by `shift` mm, and of those darker than their surroundings: on lines. */
  const agreement = async (
    shift: number,
  ): Promise<{ kept: number; taken: number; right: number; darkKept: number; darkTaken: number }> => {
    const projection = await looking();
    const places: CanvasPoint[] = [];
    const sides: boolean[] = [];
    for (let x = -26; x <= 26; x += 1.3) {
      for (let z = -22; z <= 22; z += 1.3) {
        // Inside the outline, and not on a border, the edge of a square or the handle.
        if (Math.hypot(x / (13 * 2.1), z / (9 * 2.6)) > 0.9) continue;
        if ([9 + shift, -8].some((at) => Math.abs(x - at) < 1.5) || Math.abs(z - 6) < 1.5) continue;
        if (Math.abs(z) < 4 && x > 5 + shift) continue;
        places.push(toCanvas(projection, moved(moved(centre, axes[0], x), axes[2], z)));
        sides.push(x > 9 + shift || (z > 6 && x < -8));
      }
    }
    const shown = await pixels(places);
    const likeness = (pixel: readonly number[], colour: readonly number[]): number =>
      pixel.reduce((sum, value, at) => sum + value * colour[at]!, 0) / Math.hypot(...pixel) / Math.hypot(...colour);
    const right = shown.filter((pixel, at) => {
      const isTaken = likeness(pixel, colours.resected) > likeness(pixel, colours.remnant);
      return isTaken === sides[at];
    }).length;
    const taken = sides.filter(Boolean).length;
    const dark = (side: boolean): number => {
      const levels = shown.filter((_, at) => sides[at] === side).map((pixel) => pixel[0]! + pixel[1]! + pixel[2]!);
      const usual = levels.toSorted((one, other) => one - other)[levels.length >> 1]!;
      return levels.filter((level) => level < 0.6 * usual).length / levels.length;
    };
    return {
      kept: sides.length - taken,
      taken,
      right: right / sides.length,
      darkKept: dark(false),
      darkTaken: dark(true),
    };
  };

  it('take their colours by its present place, with the button still down', async () => {
    const before = await agreement(0);
    expect(before.right).toBeGreaterThan(0.97);
    expect(before.darkTaken).toBeGreaterThan(before.darkKept + 0.03);
    const projection = await looking();
    // The handle sits in the middle of the square: where the plane is nearest to what the camera is aimed at.
    const away: number = signedDistance(left, projection.centre);
    const handle = toCanvas(projection, moved(projection.centre, left.normal, -away));
    await mouseTo(handle);
    await page.mouse.down();
    for (const shift of [-12, 7]) {
      await mouseTo([handle[0] + shift / projection.mmPerPixel, handle[1]]);
      await page.waitForFunction(() => harness.session.get().view.draggedCut !== null);
      await settled();
      const during = await agreement(shift);
      expect(during.kept).toBeGreaterThan(100);
      expect(during.taken).toBeGreaterThan(60);
      expect(during.right).toBeGreaterThan(0.97);
      expect(during.darkTaken).toBeGreaterThan(during.darkKept + 0.03);
      // The surfaces are those of before: nothing waits for new ones.
      const cuts = await page.evaluate(() => harness.session.get().derived.surfaces!.cuts);
      expect(cuts).toEqual([left, corner]);
    }
    await page.mouse.up();
    await settled();
    expect((await agreement(7)).right).toBeGreaterThan(0.97);
    const { cuts, divided } = await page.evaluate(() => ({
      cuts: harness.session.get().openCase!.plan.cuts,
      divided: harness.session.get().derived.surfaces!.cuts,
    }));
    expect(divided).toEqual(cuts);
    expect(cuts).not.toEqual([left, corner]);
  });
});
