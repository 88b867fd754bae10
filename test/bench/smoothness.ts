import { loadavg } from 'node:os';
import { join } from 'node:path';
import { has, realCt } from '../support/needs.ts';
import { startApp, type App } from '../support/app.ts';
import { command, importMask, placeIn, type SliceView } from '../e2e/gestures.ts';
import { besideDrawing, prepareForTraces, tasksDuring } from './main-thread.ts';

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
    await prepareForTraces(app.page);
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
  console.log(`\nMain-thread tasks over ${limit} ms, ${name} (load ${loadavg()[0]!.toFixed(1)})`);
  console.log(
    '  clock: as waited for, also for other programs; processor: the thread alone; beside drawing: without WebGL',
  );
  console.log(
    '  calls, copies of their pictures, painting and compositing. Of the longest beside drawing: layout, garbage.',
  );
  console.log('                                        over 50 ms                        longest, ms');
  console.log('  gesture                     clock  processor  beside drawing   clock  processor  beside drawing');
  const measured = async (gesture: string, act: () => Promise<void>): Promise<void> => {
    await app.settled();
    const tasks = await tasksDuring(page, `${name} ${gesture}`, async () => {
      await act();
      await app.settled();
      await page.waitForTimeout(300);
    });
    const columns = [tasks.map(({ took }) => took), tasks.map(({ worked }) => worked), tasks.map(besideDrawing)];
    const over = columns.map((times) => String(times.filter((ms) => ms > limit).length));
    const longest = columns.map((times) => Math.max(0, ...times).toFixed(0));
    const worst = tasks.reduce((one, other) => (besideDrawing(other) > besideDrawing(one) ? other : one));
    console.log(
      `  ${gesture.padEnd(24)} ${over[0]!.padStart(8)} ${over[1]!.padStart(10)} ${over[2]!.padStart(15)} ${longest[0]!.padStart(7)} ${longest[1]!.padStart(10)} ${longest[2]!.padStart(15)}   (${worst.layout.toFixed(0)}, ${worst.garbage.toFixed(0)})`,
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
