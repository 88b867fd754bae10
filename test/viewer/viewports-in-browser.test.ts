import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  angleAt,
  direction,
  distanceBetween,
  dot,
  offsetOf,
  rotationAbout,
  tiltOf,
  toWorld,
  turnedFrame,
  voxelCount,
  voxelIndex,
} from '../../src/geometry/index.ts';
import type { Rotation } from '../../src/geometry/index.ts';
import type { BrushRequest } from '../../src/segmentation/index.ts';
import { slabValueAt } from '../../src/volume/index.ts';
import type { Projection } from '../../renderer/viewer/index.ts';
import { crosshairLines } from '../../renderer/viewer/oblique.ts';
import { toCanvas, toPatient } from '../../renderer/viewer/projection.ts';
import type { Harness } from '../e2e/viewer-harness/page.ts';
import { serveHarness } from '../e2e/viewer-harness/serve.ts';
import { countGraphicsCalls, graphicsCalls } from '../support/graphics-calls.ts';
import { describeWith, findBrowserForTests } from '../support/needs.ts';
import { obliqueGrid } from './grids.ts';

declare const harness: Harness;

const ratio = 1.5;
const grid = obliqueGrid([1, 0, 2], [1, -1, 1], 0.23);
const labels = new Uint8Array(voxelCount(grid));
const voxels = new Int16Array(labels.length);
/** Smooth waves of three different lengths, labelled where they are high: slabs and oblique planes differ everywhere. */
for (let k = 0; k < grid.size[2]; k += 1) {
  for (let j = 0; j < grid.size[1]; j += 1) {
    for (let i = 0; i < grid.size[0]; i += 1) {
      const value = Math.round(300 * Math.sin(0.55 * i) + 300 * Math.cos(0.71 * j) + 300 * Math.sin(0.9 * k + 0.4));
      const at = offsetOf(grid, i, j, k);
      voxels[at] = value;
      labels[at] = value > 100 ? 1 : 0;
    }
  }
}
const volume = { grid, unit: 'HU', values: voxels } as const;
/** Where all three waves run steeply, so that a slab's thickness tells in every direction. */
const focus = toWorld(grid, voxelIndex(11.4, 6.6, 6.5));
const turn = rotationAbout(direction(0.4, -0.3, 0.9), 0.5);
const views = ['axial', 'coronal', 'sagittal'] as const;
type View = (typeof views)[number];

describeWith(['browser'], 'Oblique views, slabs and measuring in a browser', () => {
  let server: Awaited<ReturnType<typeof serveHarness>>;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    const { size, spacing, origin, axes } = grid;
    server = await serveHarness({ grid: { size, spacing, origin, axes }, unit: 'HU', cuts: [], voxels, labels });
    browser = await chromium.launch({
      executablePath: findBrowserForTests()!,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--disable-background-networking',
        '--disable-dev-shm-usage',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
      ],
    });
    page = await browser.newPage({ viewport: { width: 903, height: 701 }, deviceScaleFactor: ratio });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico'))
        complaints.push(message.text());
    });
    await countGraphicsCalls(page);
    page.setDefaultTimeout(120_000);
    await page.goto(server.url);
    await page.waitForSelector('body[data-ready=yes]');
    await look({ crosshair: focus });
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  const settled = (): Promise<void> => page.evaluate(() => harness.settled());
  const look = async (change: Partial<ReturnType<Harness['session']['get']>['view']>): Promise<void> => {
    await page.evaluate((some) => harness.session.look(some), change);
    await settled();
  };
  const viewNow = () => page.evaluate(() => harness.session.get().view);
  const projectionOf = async (view: View): Promise<Projection> =>
    (await page.evaluate((name) => harness.viewer.projection(name), view))!;
  const mouseTo = async (view: View, [x, y]: readonly [number, number], steps = 1): Promise<void> => {
    const box = (await page.locator(`#${view} canvas[data-overlay]`).boundingBox())!;
    await page.mouse.move(box.x + x / ratio, box.y + y / ratio, { steps });
  };
  const drag = async (view: View, from: readonly [number, number], to: readonly [number, number]): Promise<void> => {
    await mouseTo(view, from);
    await page.mouse.down();
    await mouseTo(view, to, 4);
    await page.mouse.up();
    await settled();
  };
  /** Greys (0 … 255) of the picture alone at a lattice of canvas places. */
  const greys = async (view: View, places: readonly (readonly [number, number])[]): Promise<number[]> =>
    page.evaluate(
      ([name, at]) => {
        const canvas = document.querySelector<HTMLCanvasElement>(`#${name} canvas.cornerstone-canvas`)!;
        const { data, width } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return at.map(([x, y]) => data[4 * (x + width * y)]!);
      },
      [view, places] as const,
    );
  /** Middles of pixels well inside the volume. */
  const lattice = ({ width, height }: Projection): [number, number][] => {
    const places: [number, number][] = [];
    for (let y = 0.3; y < 0.7; y += 0.02) {
      for (let x = 0.35; x < 0.65; x += 0.02) places.push([Math.round(x * width), Math.round(y * height)]);
    }
    return places;
  };
  /** Mean difference of the picture from a slab as we define it, in values. */
  const differenceFrom = async (
    view: View,
    thickness: number,
    mode: 'maximum' | 'minimum' | 'mean',
  ): Promise<number> => {
    const projection = await projectionOf(view);
    const { normal } = turnedFrame(grid, view, (await viewNow()).turn);
    const places = lattice(projection);
    const seen = await greys(view, places);
    const off = places.map(([x, y], order) => {
      const ours = slabValueAt(volume, toPatient(projection, [x + 0.5, y + 0.5]), normal, thickness, mode);
      return Math.abs((seen[order]! / 255) * 2000 - 1000 - ours);
    });
    return off.reduce((sum, one) => sum + one, 0) / off.length;
  };

  it('brings every slice to the graphics card once for all views', async () => {
    expect((await graphicsCalls(page)).slices).toBe(grid.size[2]);
  });

  it('shows in an oblique view the image that lies there, with the labels on it', async () => {
    await look({ turn, window: { centre: 0, width: 2000 }, overlayOpacity: 0, showCrosshair: false });
    for (const view of views) {
      // A slab without thickness is the plane. cornerstone's thinnest is 0.1 mm and the waves rise by up to 300 a mm: half a voxel off would be 100.
      expect(await differenceFrom(view, 0.001, 'mean')).toBeLessThan(16);
    }
    await look({ overlayOpacity: 1, window: { centre: 100, width: 2 } });
    for (const view of views) {
      const projection = await projectionOf(view);
      const places = lattice(projection);
      const bright = await greys(view, places);
      const labelled = await page.evaluate(
        ([name, at]) => {
          const canvas = document.querySelector<HTMLCanvasElement>(`#${name} canvas[data-overlay]`)!;
          const { data, width } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          return at.map(([x, y]) => data[4 * (x + width * y) + 3]! > 200);
        },
        [view, places] as const,
      );
      const wrong = places.filter((_, order) => bright[order]! > 127 !== labelled[order]).length;
      expect(labelled.filter(Boolean).length).toBeGreaterThan(40);
      // Labels are whole voxels, the picture runs smoothly between them.
      expect(wrong / places.length).toBeLessThan(0.15);
    }
    await look({ turn: null, overlayOpacity: 0.4, window: { centre: 0, width: 2000 } });
  });

  it('shows slabs of the thickness asked for, and not half or twice it', async () => {
    await look({ overlayOpacity: 0 });
    // An extreme tells the thickness on a slope, a mean on a crest or trough.
    const onCrest = toWorld(grid, voxelIndex(11.4, 8.85, 4.8));
    for (const [mode, by, thickness] of [
      ['maximum', null, 2.5],
      ['minimum', turn, 2.5],
      ['mean', turn, 6],
    ] as const) {
      await look({ slab: mode, turn: by, slabMm: thickness, crosshair: mode === 'mean' ? onCrest : focus });
      for (const view of ['axial', 'sagittal'] as const) {
        const half = await differenceFrom(view, thickness / 2, mode);
        const right = await differenceFrom(view, thickness, mode);
        const twice = await differenceFrom(view, 2 * thickness, mode);
        const told = `${mode}, ${view}: ${half}, ${right}, ${twice}`;
        expect(right, told).toBeLessThan(25);
        expect(half, told).toBeGreaterThan(1.5 * right);
        expect(twice, told).toBeGreaterThan(1.5 * right);
      }
    }
    await look({ slab: null, turn: null, overlayOpacity: 0.4, crosshair: focus });
    expect(await differenceFrom('axial', 0.001, 'mean')).toBeLessThan(16);
  });

  it('turns the other views by a ring of the crosshair, paints there but takes no outline, and goes back', async () => {
    await look({ tool: 'crosshair', showCrosshair: true });
    const projection = await projectionOf('axial');
    const frame = turnedFrame(grid, 'axial', null);
    const [line] = crosshairLines(grid, frame, null, projection, focus);
    const ring = line!.handles[0]!;
    const centre = toCanvas(projection, focus);
    const away = [ring[0] - centre[0], ring[1] - centre[1]] as const;
    const [c, s] = [Math.cos(0.5), Math.sin(0.5)];
    // On the canvas y runs down: this is clockwise on the screen.
    await drag('axial', ring, [centre[0] + away[0] * c - away[1] * s, centre[1] + away[0] * s + away[1] * c]);
    const turned = (await viewNow()).turn as Rotation;
    for (const view of ['coronal', 'sagittal'] as const) {
      // The mouse is exact to a CSS pixel, about half a degree here.
      expect(Math.abs(tiltOf(grid, turnedFrame(grid, view, turned)) - (0.5 * 180) / Math.PI)).toBeLessThan(2);
    }
    expect(turnedFrame(grid, 'axial', turned).isStraight).toBe(true);
    expect((await viewNow()).crosshair).toEqual(focus);
    const shown = await projectionOf('coronal');
    expect(dot(shown.right, turnedFrame(grid, 'coronal', turned).right)).toBeCloseTo(1, 9);

    await look({ tool: 'outline', activeLabel: 17, brushRadiusMm: 2 });
    await drag('coronal', [shown.width * 0.5, shown.height * 0.5], [shown.width * 0.55, shown.height * 0.5]);
    expect(await page.evaluate(() => harness.requested.length)).toBe(0);
    expect(await page.evaluate(() => harness.explained.map(({ code }) => code))).toEqual(['oblique_view']);
    await look({ tool: 'brush' });
    const [from, to] = [0.5, 0.55].map((share) => [shown.width * share, shown.height * 0.5] as const);
    await drag('coronal', from!, to!);
    const [request] = (await page.evaluate(() => harness.requested)) as unknown as [BrushRequest];
    expect(request).toMatchObject({ kind: 'brush', radiusMm: 2, label: 17 });
    expect(dot(request.normal!, turnedFrame(grid, 'coronal', turned).normal)).toBeCloseTo(1, 9);
    expect(distanceBetween(request.path[0]!, toPatient(shown, from!))).toBeLessThan(shown.mmPerPixel * ratio);
    await look({ turn: null });
  });

  it('measures by the mouse what lies under it, in patient mm', async () => {
    await look({ turn, tool: 'ruler' });
    const projection = await projectionOf('sagittal');
    const place = (x: number, y: number): [number, number] => [
      Math.round(projection.width * x),
      Math.round(projection.height * y),
    ];
    await drag('sagittal', place(0.4, 0.4), place(0.55, 0.5));
    await look({ tool: 'region' });
    await drag('sagittal', place(0.45, 0.55), place(0.6, 0.7));
    await look({ tool: 'angle' });
    await drag('sagittal', place(0.3, 0.3), place(0.3, 0.5));
    await mouseTo('sagittal', place(0.5, 0.5), 3);
    await page.mouse.down();
    await page.mouse.up();
    const [ruler, region, angle] = (await viewNow()).measurements;
    const pixel = (a: [number, number], b: [number, number]): number =>
      projection.mmPerPixel * Math.hypot(a[0] - b[0], a[1] - b[1]);
    if (ruler?.kind !== 'ruler' || region?.kind !== 'region' || angle?.kind !== 'angle')
      throw new Error('Not measured');
    // The mouse of the page is exact to a CSS pixel.
    const slack = 2 * projection.mmPerPixel;
    expect(Math.abs(distanceBetween(...ruler.points) - pixel(place(0.4, 0.4), place(0.55, 0.5)))).toBeLessThan(slack);
    expect(Math.abs(2 * region.ellipse.radii[0] - pixel(place(0.45, 0), place(0.6, 0)))).toBeLessThan(slack);
    expect(Math.abs(angleAt(angle.points[1], angle.points[0], angle.points[2]) - 90)).toBeLessThan(1);

    // An end of the ruler follows the mouse; nothing new is drawn.
    await look({ tool: 'ruler' });
    await drag('sagittal', place(0.55, 0.5), place(0.6, 0.4));
    const after = (await viewNow()).measurements;
    expect(after).toHaveLength(3);
    if (after[0]?.kind !== 'ruler') throw new Error('Not measured');
    expect(Math.abs(distanceBetween(...after[0].points) - pixel(place(0.4, 0.4), place(0.6, 0.4)))).toBeLessThan(slack);
  });

  it('asks for the menu by a right click and changes the window by a right drag', async () => {
    const { window: before, measurements } = await viewNow();
    const projection = await projectionOf('sagittal');
    const line = measurements[0]!;
    if (line.kind !== 'ruler') throw new Error('Not measured');
    const [a, b] = line.points.map((point) => toCanvas(projection, point));
    const middle = [(a![0] + b![0]) / 2, (a![1] + b![1]) / 2] as const;
    await mouseTo('sagittal', middle);
    await page.mouse.down({ button: 'right' });
    await page.mouse.up({ button: 'right' });
    const { menu, window: same } = await viewNow();
    expect(same).toEqual(before);
    expect(menu).toMatchObject({ view: 'sagittal', measurement: line.id });
    expect(distanceBetween(menu!.place!, toPatient(projection, middle))).toBeLessThan(2 * projection.mmPerPixel);
    await look({ menu: null });
    await mouseTo('sagittal', middle);
    await page.mouse.down({ button: 'right' });
    await mouseTo('sagittal', [middle[0] + 40, middle[1]], 4);
    await page.mouse.up({ button: 'right' });
    const later = await viewNow();
    expect(later.menu).toBeNull();
    expect(later.window.width).toBeGreaterThan(before.width);
    expect(complaints).toEqual([]);
  });
});
