import { loadavg } from 'node:os';
import { join } from 'node:path';
import { has, realCt } from '../support/needs.ts';
import { startApp, type App } from '../support/app.ts';
import { command, importMask, placeIn, type SliceView } from '../e2e/gestures.ts';

/** A task of the page's main thread that took more than 50 ms: milliseconds, and what of them was drawing itself. */
interface LongTask {
  readonly took: number;
  readonly drawing: number;
}

/**
 * Runs in the page before anything else: notes each task over 50 ms, and how long WebGL calls and copies of WebGL pictures took. With a
 * graphics card in software these wait for the picture, so that they are the drawing itself; everything else is counted as script.
 */
function watch(): void {
  const drawn: { readonly at: number; readonly took: number }[] = [];
  const tasks: { readonly at: number; readonly took: number }[] = [];
  const timed = (owner: object, name: string, isDrawing: (argument: unknown) => boolean): void => {
    const own = Object.getOwnPropertyDescriptor(owner, name)?.value as ((...args: unknown[]) => unknown) | undefined;
    if (typeof own !== 'function') return;
    Reflect.set(owner, name, function (this: unknown, ...args: unknown[]): unknown {
      if (!isDrawing(args[0])) return own.apply(this, args);
      const at = performance.now();
      const answer = own.apply(this, args);
      drawn.push({ at, took: performance.now() - at });
      return answer;
    });
  };
  const gl = WebGL2RenderingContext.prototype;
  for (const name of Object.getOwnPropertyNames(gl)) {
    if (
      /^(draw|tex|buffer|clear$|compile|link|getProgram|getShader|readPixels|finish|flush|get(Error|Parameter)$)/.test(
        name,
      )
    )
      timed(gl, name, () => true);
  }
  timed(CanvasRenderingContext2D.prototype, 'drawImage', (source) => {
    // A canvas that was never given a 2D context by us is a WebGL one.
    return source instanceof HTMLCanvasElement && !flat.has(source);
  });
  const flat = new WeakSet<HTMLCanvasElement>();
  const getContext = Reflect.get(HTMLCanvasElement.prototype, 'getContext') as (
    kind: string,
    ...more: unknown[]
  ) => unknown;
  Reflect.set(
    HTMLCanvasElement.prototype,
    'getContext',
    function (this: HTMLCanvasElement, kind: string, ...more: unknown[]) {
      if (kind === '2d') flat.add(this);
      return getContext.call(this, kind, ...more);
    },
  );
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ at: startTime, took: duration });
  }).observe({ type: 'longtask', buffered: true });
  const take = (): LongTask[] => {
    const found = tasks.splice(0).map((task) => ({
      took: task.took,
      drawing: drawn
        .filter(({ at }) => at >= task.at && at <= task.at + task.took)
        .reduce((sum, { took }) => sum + took, 0),
    }));
    drawn.length = 0;
    return found;
  };
  Reflect.set(globalThis, 'takeLongTasks', take);
}

const limit = 50;

/**
 * What keeps the page from answering during gestures: the built app, driven by the mouse on the sample case and on the real CT, and the
 * main-thread tasks over 50 ms. Prints a line for each gesture.
 */
export async function smoothness(): Promise<void> {
  if (!has('browser')) {
    console.log('\nSmoothness: no browser here, left out.');
    return;
  }
  const real = realCt();
  const app = await startApp({ roots: real === null ? [] : [real] });
  try {
    // tsx marks functions with this when it compiles them; the page does not know it.
    await app.page.context().addInitScript('globalThis.__name = (one) => one;');
    await app.page.context().addInitScript(watch);
    await app.page.reload();
    await app.page.locator('.start-page').waitFor();
    await one(app, 'the sample case', async () => {
      await command(app.page, 'file.openSamplePlan').click();
    });
    if (real === null) return;
    await command(app.page, 'file.start').click();
    await app.page.locator('.start-page').waitFor();
    await one(app, 'the real CT', () => openFolder(app, real), join(real, 'liver-reference.nii.gz'));
  } finally {
    await app.close();
  }
}

async function openFolder({ page }: App, folder: string): Promise<void> {
  await command(page, 'file.openFolder').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: folder }).click();
  await dialog.getByRole('button', { name: 'dicom' }).click();
  await dialog.getByRole('button', { name: 'Open this folder' }).click();
}

async function one(app: App, name: string, open: () => Promise<void>, mask?: string): Promise<void> {
  const { page } = app;
  console.log(`\nMain-thread tasks over ${limit} ms, ${name} (drawing: WebGL calls and copies of their pictures)`);
  console.log(
    `  These are times of a clock: trust them on a machine with nothing else to do (load now ${loadavg()[0]!.toFixed(1)}).`,
  );
  console.log('  gesture                          over 50 ms   without drawing   longest without drawing   longest');
  const take = async (): Promise<readonly LongTask[]> => {
    await app.settled();
    await page.waitForTimeout(300);
    return (await app.ask('takeLongTasks()')) as readonly LongTask[];
  };
  const measured = async (gesture: string, act: () => Promise<void>): Promise<void> => {
    await take();
    await act();
    const tasks = await take();
    const script = tasks.map(({ took, drawing }) => took - drawing);
    const longest = (values: readonly number[]): string => {
      const most = Math.max(0, ...values);
      return most < limit ? 'under 50 ms' : `${most.toFixed(0)} ms`;
    };
    const over = script.filter((ms) => ms > limit).length;
    console.log(
      `  ${gesture.padEnd(32)} ${String(tasks.length).padStart(10)} ${String(over).padStart(17)} ${longest(script).padStart(25)} ${longest(tasks.map(({ took }) => took)).padStart(9)}`,
    );
  };
  await measured('open the case', async () => {
    await open();
    await page.locator('[data-screen="workspace"] canvas[data-overlay="axial"]').waitFor({ timeout: 60_000 });
  });
  if (mask !== undefined) await measured('import the mask', () => importMask(app, mask));
  await page.locator('[data-view="axial"]').focus();
  await measured('wheel through the slices', async () => {
    await page.mouse.move(...(await placeIn(page, 'axial', [0.4, 0.45])));
    for (const way of [-100, 100]) {
      for (let notch = 0; notch < 40; notch += 1) {
        await page.mouse.wheel(0, way);
        await page.waitForTimeout(16);
      }
    }
  });
  await measured('drag the crosshair', async () => {
    await page.keyboard.press('c');
    await slowly(app, 'axial', [0.42, 0.42], [0.3, 0.5]);
  });
  await measured('window by a right drag', () => slowly(app, 'coronal', [0.4, 0.4], [0.5, 0.55], 'right'));
  await measured('brush', async () => {
    await page.keyboard.press('b');
    await slowly(app, 'axial', [0.35, 0.35], [0.5, 0.45]);
  });
  await measured('erase', async () => {
    await page.keyboard.press('e');
    await slowly(app, 'coronal', [0.35, 0.45], [0.42, 0.4]);
  });
  while ((await command(page, 'plane.remove').getAttribute('aria-disabled')) !== 'true') {
    await command(page, 'plane.remove').click();
  }
  await page.keyboard.press('p');
  await measured('draw a plane', () => slowly(app, 'axial', [0.42, 0.15], [0.38, 0.85]));
  await measured('drag the plane', () => slowly(app, 'axial', [0.4, 0.5], [0.48, 0.5]));
  await measured('drag the plane in 3D', async () => {
    const { page: own } = app;
    const [x, y] = await handle(app);
    await own.mouse.move(x, y);
    await own.mouse.down();
    for (let step = 1; step <= 30; step += 1) {
      await own.mouse.move(x - step, y);
      await own.waitForTimeout(16);
    }
    await own.mouse.up();
  });
  await measured('turn in 3D', () => slowly(app, 'volume', [0.2, 0.8], [0.4, 0.7]));
  await measured('slide the opacity', async () => {
    const slider = page.getByLabel('Opacity of the overlay');
    const box = (await slider.boundingBox())!;
    await page.mouse.move(box.x + 0.3 * box.width, box.y + box.height / 2);
    await page.mouse.down();
    for (let step = 0; step <= 20; step += 1) {
      await page.mouse.move(box.x + (0.3 + step / 40) * box.width, box.y + box.height / 2);
      await page.waitForTimeout(16);
    }
    await page.mouse.up();
  });
  await measured('undo and redo', async () => {
    for (const keys of ['Control+z', 'Control+z', 'Control+y', 'Control+y']) await page.keyboard.press(keys);
  });
}

type Share = readonly [number, number];

/** A drag of forty moves, one a frame. */
async function slowly(
  { page }: App,
  view: SliceView | 'volume',
  from: Share,
  to: Share,
  button: 'left' | 'right' = 'left',
): Promise<void> {
  const [start, end] = [await placeIn(page, view, from), await placeIn(page, view, to)];
  await page.mouse.move(...start);
  await page.mouse.down({ button });
  for (let step = 1; step <= 40; step += 1) {
    await page.mouse.move(start[0] + ((end[0] - start[0]) * step) / 40, start[1] + ((end[1] - start[1]) * step) / 40);
    await page.waitForTimeout(16);
  }
  await page.mouse.up({ button });
}

/** Where the handle of the plane lies on the page: the middle of its white ring, the only white of that view. */
async function handle({ page, ask }: App): Promise<readonly [number, number]> {
  const found = (await ask(`(() => {
    const canvas = document.querySelector('canvas[data-overlay="volume"]');
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    let [count, x, y] = [0, 0, 0];
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] + data[at + 1] + data[at + 2] + data[at + 3] < 4 * 255) continue;
      count += 1;
      x += (at / 4) % width;
      y += Math.floor(at / 4 / width);
    }
    return [x / count / width, y / count / height];
  })()`)) as Share;
  return placeIn(page, 'volume', found);
}
