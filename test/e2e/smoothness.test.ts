import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { countGraphicsCalls } from '../support/graphics-calls.ts';
import { describeWith } from '../support/needs.ts';
import { command, dismissAll, drag, expectClean, placeIn } from './gestures.ts';

/** What a gesture cost, counted and not timed. */
interface Cost {
  /** Changes of the page outside of the views. */
  readonly changes: number;
  /** What the worker was asked, in order. */
  readonly asked: readonly string[];
  /** Slices of the volume and bytes of shapes that went to the graphics card. */
  readonly slices: number;
  readonly shapeBytes: number;
}

/** Counts from the page's next loading on; `takeCost()` tells and begins anew. */
function countCosts(): void {
  let changes = 0;
  let asked: string[] = [];
  let before = { slices: 0, shapeBytes: 0 };
  const post = Reflect.get(Worker.prototype, 'postMessage') as (...args: readonly unknown[]) => void;
  Reflect.set(Worker.prototype, 'postMessage', function (this: Worker, ...args: readonly unknown[]) {
    const message = args[0] as { readonly kind?: string; readonly name?: string } | null;
    if (message?.kind === 'call') asked.push(message.name!);
    post.apply(this, [...args]);
  });
  const isInView = (node: Node): boolean => {
    const element = node instanceof Element ? node : node.parentElement;
    return element !== null && element.closest('[data-view]') !== null;
  };
  new MutationObserver((records) => {
    changes += records.filter(
      // Busy or settled is told on the root itself.
      ({ target }) => !isInView(target) && (target as Element).id !== 'root',
    ).length;
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  Reflect.set(globalThis, 'takeCost', () => {
    const { slices, shapeBytes } = Reflect.get(globalThis, 'graphicsCalls') as typeof before;
    const cost = { changes, asked, slices: slices - before.slices, shapeBytes: shapeBytes - before.shapeBytes };
    changes = 0;
    asked = [];
    before = { slices, shapeBytes };
    return cost;
  });
}

describeWith(['browser'], 'What gestures ask of the page', () => {
  const timeout = 720_000;
  let app: App;
  beforeAll(async () => {
    app = await startApp();
    await countGraphicsCalls(app.page);
    await app.page.addInitScript(countCosts);
    await app.page.reload();
    await command(app.page, 'file.openSamplePlan').click();
    await app.page.locator('[data-screen="workspace"] canvas[data-overlay="axial"]').waitFor();
    await app.page.locator('.app-notice[data-code="sample_ready"]').waitFor({ timeout });
    await app.settled();
    // The plan is stored a few seconds after the last change: not amid the counting.
    await command(app.page, 'file.save').click();
    await app.page.locator('[data-saved="saved"]').waitFor({ timeout });
    // Nor do sentences and hints go just then.
    await dismissAll(app.page);
    await app.page.mouse.move(5, 500);
    await app.page.locator('.control-tooltip').waitFor({ state: 'detached' });
    await app.settled();
  }, timeout);
  afterAll(() => app.close());

  const costOf = async (act: () => Promise<void>): Promise<Cost> => {
    await app.ask('takeCost()');
    await act();
    await app.settled();
    return (await app.ask('takeCost()')) as Cost;
  };

  /** What a gesture that still goes on has cost when the worker was asked for something and the frames after that are drawn. */
  const costWhenAsked = async (name: string): Promise<Cost> => {
    let cost: Cost = { changes: 0, asked: [], slices: 0, shapeBytes: 0 };
    const add = async (): Promise<readonly string[]> => {
      await app.ask('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
      const more = (await app.ask('takeCost()')) as Cost;
      cost = {
        changes: cost.changes + more.changes,
        asked: [...cost.asked, ...more.asked],
        slices: cost.slices + more.slices,
        shapeBytes: cost.shapeBytes + more.shapeBytes,
      };
      return cost.asked;
    };
    await expect.poll(add).toContain(name);
    await add();
    return cost;
  };

  it(
    'scrolling, windowing and turning change nothing outside the views, and ask the worker nothing',
    async () => {
      const { page } = app;
      await page.keyboard.press('c');
      await page.mouse.move(...(await placeIn(page, 'axial', [0.4, 0.45])));
      await page.locator('[data-view="axial"]').focus();
      await app.settled();
      const still = { changes: 0, asked: [], slices: 0, shapeBytes: 0 };
      const wheel = await costOf(async () => {
        for (let notch = 0; notch < 5; notch += 1) await page.mouse.wheel(0, 100);
      });
      expect(wheel).toEqual(still);
      const window = await costOf(async () => {
        await page.mouse.down({ button: 'right' });
        await page.mouse.move(...(await placeIn(page, 'axial', [0.55, 0.5])), { steps: 5 });
        await page.mouse.up({ button: 'right' });
      });
      expect(window).toEqual(still);
      expect(await costOf(() => drag(page, 'volume', [0.2, 0.8], [0.4, 0.7]))).toEqual(still);
    },
    timeout,
  );

  it(
    'a stroke asks the worker once for voxels, figures and surfaces, and for nothing while the button is down',
    async () => {
      const { page } = app;
      await page.keyboard.press('b');
      const [from, to] = [await placeIn(page, 'axial', [0.35, 0.35]), await placeIn(page, 'axial', [0.42, 0.4])];
      await page.mouse.move(...from);
      const painting = await costOf(async () => {
        await page.mouse.down();
        await page.mouse.move(...to, { steps: 8 });
      });
      expect(painting).toEqual({ changes: 0, asked: [], slices: 0, shapeBytes: 0 });
      const letGo = await costOf(() => page.mouse.up());
      expect(letGo.asked.filter((name) => !name.startsWith('save') && name !== 'planThumbnail')).toEqual([
        'segment',
        'volumetry',
        'surfaces',
      ]);
      expect(letGo.slices).toBe(0);
      // The counts above could be other than none: now there are new figures and new surfaces.
      expect(letGo.changes).toBeGreaterThan(0);
      expect(letGo.shapeBytes).toBeGreaterThan(0);
    },
    timeout,
  );

  it(
    'a dragged plane asks for figures, at most once a move, and for surfaces only when it is let go',
    async () => {
      const { page } = app;
      await command(page, 'plane.remove').click();
      await page.keyboard.press('p');
      await drag(page, 'axial', [0.42, 0.15], [0.38, 0.85]);
      await app.settled();
      await page.mouse.move(...(await placeIn(page, 'axial', [0.4, 0.5])));
      await page.mouse.down();
      const moves = 8;
      await app.ask('takeCost()');
      for (let move = 1; move <= moves; move += 1) {
        await page.mouse.move(...(await placeIn(page, 'axial', [0.4 + move / 100, 0.5])));
      }
      const moving = await costWhenAsked('volumetry');
      const figures = moving.asked.filter((name) => name === 'volumetry');
      expect(figures.length).toBeLessThanOrEqual(moves);
      expect(moving.asked).not.toContain('surfaces');
      expect(moving.slices).toBe(0);
      await app.ask('graphicsCalls.mostShapeBytes = 0');
      const letGo = await costOf(() => page.mouse.up());
      expect(letGo.asked.filter((name) => name === 'surfaces')).toEqual(['surfaces']);
      // Packing both parts in one frame would keep the page waiting: at most 60 000 triangles, three corners each with place and normal.
      const bytesAFrame = 60_000 * 3 * 24;
      expect(letGo.shapeBytes).toBeGreaterThan(1.5 * bytesAFrame);
      await expect.poll(() => app.ask('graphicsCalls.mostShapeBytes')).toBeLessThan(1.01 * bytesAFrame);
      // Only the two parts of the liver are new: a second move finds the undivided liver and all else on the graphics card.
      await page.mouse.down();
      await app.ask('takeCost()');
      await page.mouse.move(...(await placeIn(page, 'axial', [0.46, 0.5])), { steps: 4 });
      const again = await costWhenAsked('volumetry');
      expect(again.shapeBytes).toBeLessThan(letGo.shapeBytes / 20);
      await page.mouse.up();
      await app.settled();
      await expectClean(app);
    },
    timeout,
  );
});
