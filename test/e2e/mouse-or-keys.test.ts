import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { focusedNow } from '../support/focus.ts';
import { describeWith, projectRoot } from '../support/needs.ts';
import { command, drag, drawnText, expectClean, figure, placeIn } from './gestures.ts';

const mask = join(projectRoot, 'sample-dicom', 'masks', 'liver.nii.gz');
const timeout = 960_000;
const ticks = ['Inflow', 'Outflow', 'Bile drainage', '≥ 2 contiguous segments'] as const;

describeWith(['browser', 'pdftotext'], 'from the start page to the written report', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  }, timeout);
  afterAll(() => app.close());

  /** From now on the page writes down what it hears of mouse and keys, and what had the focus. */
  const listen = () =>
    app.ask(`(() => {
      const heard = (globalThis.heard = []);
      const mouse = ['pointerdown', 'pointermove', 'mousedown', 'mousemove', 'wheel', 'touchstart'];
      for (const type of mouse) addEventListener(type, ({ isTrusted }) => isTrusted && heard.push('mouse: ' + type), true);
      const name = (one) => one.labels?.[0]?.textContent || one.ariaLabel || one.tagName;
      addEventListener('keydown', ({ target }) => heard.push('key at ' + name(target)), true);
    })()`);
  const heard = async () => [...new Set((await app.ask('globalThis.heard')) as readonly string[])];
  const stepState = (id: string) => app.page.locator(`[data-step="${id}"]`).getAttribute('data-state');
  const light = () => app.page.locator('[data-light]').getAttribute('data-light');
  const value = (label: string) => app.page.getByLabel(label, { exact: true }).inputValue();

  /** The end of either way: the plan is whole, and the file says what the screen says. */
  const expectReport = async (file: string) => {
    await app.settled();
    expect(basename(file)).toMatch(/\.pdf$/);
    expect(statSync(file).size).toBeGreaterThan(20_000);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    const printed = (await app.page.locator('output[data-figure="flrPercent"]').first().textContent())!;
    expect(text).toContain(`${printed} %`);
    expect(text).toContain('Dr. Eva Prüferin');
    for (const step of ['series', 'liver', 'resection', 'assessment', 'report'])
      await expect.poll(() => stepState(step), { message: step }).toBe('done');
    await expect.poll(() => light()).not.toBe('grey');
  };

  test('by the mouse alone: but for a name nothing has to be typed', { timeout }, async () => {
    const { page, settled, download, choose } = app;
    await listen();
    /** Turns the wheel over what scrolls until the control is in sight, as a hand does, and presses it. */
    const press = async (control: Locator) => {
      await bringIntoSight(app, control);
      const { x, y, width, height } = (await control.boundingBox())!;
      await page.mouse.click(x + width / 2, y + height / 2);
      await settled();
    };
    await press(command(page, 'file.openSample'));
    await page.locator('[data-screen="workspace"]').waitFor();
    await settled();

    // The computer's own window for files is no part of the page: a person points at the file there.
    await choose(command(page, 'mask.import'), mask);
    await press(page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }));
    await expect.poll(() => figure(page, 'totalMl')).toBeGreaterThan(1000);

    // Looked through: slices by the wheel, the window by the right button.
    const [slice, window] = [await drawnText(page, 'axial', 'slice'), await drawnText(page, 'axial', 'window')];
    const [x, y] = await placeIn(page, 'axial', [0.4, 0.5]);
    await page.mouse.move(x, y);
    for (let notch = 0; notch < 3; notch += 1) await page.mouse.wheel(0, 120);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(x + 40, y + 20, { steps: 4 });
    await page.mouse.up({ button: 'right' });
    await settled();
    expect(await drawnText(page, 'axial', 'slice')).not.toBe(slice);
    expect(await drawnText(page, 'axial', 'window')).not.toBe(window);

    await press(command(page, 'tool.plane'));
    await drag(page, 'axial', [0.44, 0.12], [0.4, 0.5], [0.36, 0.88]);
    await settled();
    const drawn = (await figure(page, 'flrPercent'))!;
    await drag(page, 'axial', [0.4, 0.5], [0.37, 0.5], [0.35, 0.5]);
    await settled();
    expect(await figure(page, 'flrPercent')).toBeGreaterThan(drawn);

    await press(command(page, 'plan.review'));
    await page.keyboard.type('Dr. Eva Prüferin');
    await press(page.getByRole('dialog').getByRole('button', { name: 'Mark as reviewed' }));

    await press(page.locator('[data-step="assessment"]'));
    await choosePointed(app, page.getByRole('combobox', { name: 'Parenchyma' }), 'normal', press);
    await press(page.locator('.inputs-offer', { hasText: 'cm and' }));
    expect([await value('Height in cm'), await value('Weight in kg')]).toEqual(['172', '74']);
    await choosePointed(app, page.getByLabel('Contrast phase'), 'portal-venous', press);
    for (const tick of ticks) await press(page.getByLabel(tick, { exact: true }));
    await expectReport(await download(() => press(command(page, 'report.write'))));

    // The only text that was typed is the reviewer's name, which nothing on a computer can know.
    const typed = (await heard()).filter((one) => one.startsWith('key'));
    expect(typed).toEqual(['key at Reviewed by']);
    await app.picture('by-mouse');
  });

  test('by the keys alone, with the focus in sight at every step', { timeout }, async () => {
    const { page, settled, download } = app;
    await page.keyboard.press('Control+s');
    await page.locator('[data-saved="saved"]').waitFor();
    await page.reload();
    await page.locator('.start-page').waitFor();
    await listen();

    const seen: string[] = [];
    const expectRing = async () => {
      const { name, trouble } = await focusedNow(app);
      expect(trouble, name ?? 'nothing').toBeNull();
      if (name !== null) seen.push(name);
    };
    const isAt = (control: string) => app.ask(`document.activeElement.matches(${JSON.stringify(control)})`);
    /** Goes on by Tab to a control; every stop on the way shows that it has the focus. */
    const tabTo = async (control: string) => {
      for (let presses = 0; presses < 150; presses += 1) {
        if ((await isAt(control)) === true) return;
        await page.keyboard.press('Tab');
        await expectRing();
      }
      throw new Error(`Tab does not lead to ${control}`);
    };
    const keys = async (...pressed: readonly string[]) => {
      for (const key of pressed) await page.keyboard.press(key);
      await settled();
    };
    const dialog = page.getByRole('dialog');
    const find = async (words: string) => {
      await page.keyboard.press('Control+k');
      await dialog.getByRole('combobox').waitFor();
      await expectRing();
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
    };

    await tabTo('[data-command="file.openSample"]');
    await page.keyboard.press('Enter');
    await page.locator('[data-screen="workspace"]').waitFor();
    await settled();
    // The button is gone with its screen: the focus is on the pictures, not lost.
    expect(await isAt('[data-view="axial"]')).toBe(true);
    await expectRing();
    const slice = await drawnText(page, 'axial', 'slice');
    await keys('ArrowUp', 'ArrowUp');
    await expect.poll(() => drawnText(page, 'axial', 'slice')).not.toBe(slice);

    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Control+i')]);
    await chooser.setFiles(mask);
    await dialog.waitFor();
    await expectRing();
    await tabTo('[role="dialog"] button[type="submit"]');
    await keys('Enter');
    await dialog.waitFor({ state: 'detached' });
    await settled();
    expect(await figure(page, 'totalMl')).toBeGreaterThan(1000);

    // The plane at the crosshair, moved, turned and flipped.
    await keys('Shift+P');
    const placed = (await figure(page, 'flrPercent'))!;
    await keys('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+Q', 'Shift+Q');
    const turned = (await figure(page, 'flrPercent'))!;
    expect(turned).not.toBe(placed);
    await keys('f');
    await expect.poll(() => figure(page, 'flrPercent')).toBeCloseTo(100 - turned, 6);
    await keys('Control+z');
    await expect.poll(() => figure(page, 'flrPercent')).toBe(turned);

    await find('mark as reviewed');
    await page.getByLabel('Reviewed by').waitFor();
    await expectRing();
    await page.keyboard.type('Dr. Eva Prüferin');
    await keys('Enter');
    await dialog.waitFor({ state: 'detached' });

    await keys('d');
    await find('patient and liver');
    await expect.poll(() => isAt('[data-place="parenchyma"] select')).toBe(true);
    await expectRing();
    await keys('ArrowDown');
    await tabTo('[data-place="size"] input');
    await page.keyboard.type('176');
    await keys('Enter', 'Tab');
    await page.keyboard.type('73');
    await keys('Enter');
    expect([await value('Height in cm'), await value('Weight in kg')]).toEqual(['176', '73']);
    await tabTo('[data-place="phase"] select');
    await keys('ArrowDown');
    await expect.poll(() => value('Contrast phase')).toBe('portal-venous');
    for (let tick = 0; tick < ticks.length; tick += 1) {
      await page.keyboard.press('Tab');
      await expectRing();
      await keys('Space');
    }
    for (const tick of ticks) expect(await page.getByLabel(tick, { exact: true }).isChecked(), tick).toBe(true);
    await expectReport(await download(() => page.keyboard.press('Control+p')));

    expect((await heard()).filter((one) => one.startsWith('mouse'))).toEqual([]);
    expect(new Set(seen).size).toBeGreaterThan(30);
    await app.picture('by-keys');
  });

  test('all of it with a clean console', () => expectClean(app));
});

/** Turns the wheel over the nearest thing that scrolls until the middle of the control lies in it. */
async function bringIntoSight({ page, settled }: App, control: Locator): Promise<void> {
  await control.waitFor();
  const scroller = control.locator(
    'xpath=ancestor::*[contains(@class, "figures-panel") or contains(@class, "assessment-panel") or contains(@class, "structures-panel")][1]',
  );
  if ((await scroller.count()) === 0) return;
  const frame = (await scroller.boundingBox())!;
  // What stays at the top of the figures covers what is scrolled beneath it.
  const head = scroller.locator('.figures-head');
  const covered = (await head.count()) === 0 ? 0 : (await head.boundingBox())!.height;
  for (let turns = 0; turns < 40; turns += 1) {
    const box = (await control.boundingBox())!;
    const middle = box.y + box.height / 2;
    if (middle > frame.y + covered + 4 && middle < frame.y + frame.height - 4) return;
    await page.mouse.move(frame.x + frame.width - 6, frame.y + frame.height / 2);
    await page.mouse.wheel(0, middle < frame.y + frame.height / 2 ? -100 : 100);
    await settled();
  }
  throw new Error('The wheel does not bring the control into sight');
}

/** Opens a list of words by a press. Its words are drawn by the browser outside of the page: there a person points, here it is set. */
async function choosePointed(
  { settled }: App,
  list: Locator,
  word: string,
  press: (control: Locator) => Promise<void>,
): Promise<void> {
  await press(list);
  await list.selectOption(word);
  await settled();
}
