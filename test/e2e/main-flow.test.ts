import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { answerOf } from '../support/command-line.ts';
import { describeWith, realCt } from '../support/needs.ts';
import { greysIn, screenshotOf } from '../support/screenshot.ts';
import {
  command,
  drag,
  expectClean,
  figure,
  importMask,
  openAssessment,
  placeIn,
  showPictures,
  viewOf,
} from './gestures.ts';

describeWith(['real-ct', 'browser', 'pdftotext'], 'the main job on the real CT, by mouse and keys', () => {
  const timeout = 720_000;
  const folder = realCt()!;
  const mask = join(folder, 'liver-reference.nii.gz');
  let app: App;
  /** The FLR as the panel shows it at the end of the planning. */
  let planned = { percent: 0, printed: '' };
  beforeAll(async () => {
    app = await startApp({ roots: [folder] });
  }, timeout);
  afterAll(() => app.close());
  const flr = async () => (await figure(app.page, 'flrPercent'))!;
  const untilFlr = (differs: number) => expect.poll(flr).not.toBe(differs);

  test('open the folder: the series is listed by the facts of its slices, and opens', { timeout }, async () => {
    const { page, settled, picture } = app;
    await picture('start');
    await command(page, 'file.openFolder').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: folder }).click();
    await dialog.getByRole('button', { name: 'dicom' }).click();
    await dialog.getByText('78 files in this folder').waitFor();
    await picture('folder-browser');
    await dialog.getByRole('button', { name: 'Open this folder' }).click();
    // A folder with one series opens it at once; the list stays a press away.
    await page.locator('[data-screen="workspace"]').waitFor();
    await settled();
    await command(page, 'file.series').click();
    const card = page.locator('.series-card');
    await card.waitFor();
    await settled();
    expect(await card.count()).toBe(1);
    const facts = (await card.textContent())!;
    expect(facts).toContain('78 slices');
    expect(facts).toMatch(/0\.73 × 0\.73 × 2\.00\u00a0mm/);
    const remark = (await card.locator('[data-code="slice_thickness_differs"]').textContent())!;
    expect(remark).toMatch(/3\.2\d*\u00a0mm.*2(\.0+)?\u00a0mm apart/);
    await picture('series');
    await card.getByRole('button', { name: /^Open/ }).click();
    await page.locator('[data-screen="workspace"]').waitFor();
    await settled();
    expect(await page.locator('.app-banner').textContent()).toContain('512 × 512 × 78');
    // Settled means seen: every view shows the patient, the one drawn first too.
    for (const view of ['axial', 'coronal', 'sagittal'] as const) {
      expect(greysIn(await screenshotOf(viewOf(page, view))), view).toBeGreaterThan(50);
    }
  });

  test('import the liver mask: the total is the reference volume', { timeout }, async () => {
    await importMask(app, mask);
    expect(Math.abs((await figure(app.page, 'totalMl'))! - 1417.493)).toBeLessThan(0.01);
    expect(await app.page.locator('td[data-figure="totalMl"]').textContent()).toBe('1417');
    expect(await figure(app.page, 'flrPercent')).toBeNull();
    await app.picture('mask');
  });

  test('draw a cut, drag it: the figures follow while the button is held', { timeout }, async () => {
    const { page, settled, picture } = app;
    await page.keyboard.press('p');
    await drag(page, 'axial', [0.44, 0.12], [0.4, 0.5], [0.36, 0.88]);
    await settled();
    const drawn = await flr();
    expect(drawn).toBeGreaterThan(5);
    expect(drawn).toBeLessThan(95);
    await page.mouse.move(...(await placeIn(page, 'axial', [0.4, 0.5])));
    await page.mouse.down();
    const seen = [drawn];
    for (const x of [0.37, 0.34, 0.31]) {
      await page.mouse.move(...(await placeIn(page, 'axial', [x, 0.5])), { steps: 3 });
      await untilFlr(seen.at(-1)!);
      seen.push(await flr());
    }
    await picture('dragging');
    await expect.poll(() => command(page, 'edit.undo').getAttribute('aria-label')).toBe('Undo: Place cutting plane');
    await page.mouse.up();
    await settled();
    expect(new Set(seen).size).toBeGreaterThanOrEqual(4);
    // The patient's right is resected: moved to the image's left, less of it is.
    expect(await flr()).toBeGreaterThan(drawn);
    expect(await command(page, 'edit.undo').getAttribute('aria-label')).toBe('Undo: Move cutting plane');
  });

  test('flip the side; undo and redo', { timeout }, async () => {
    const { page, settled } = app;
    const before = await flr();
    await command(page, 'plane.flip').click();
    await settled();
    const flipped = await flr();
    expect(flipped + before).toBeCloseTo(100, 6);
    await page.keyboard.press('Control+z');
    await settled();
    expect(await flr()).toBe(before);
    await page.keyboard.press('Control+Shift+Z');
    await settled();
    expect(await flr()).toBe(flipped);
    await page.keyboard.press('Control+z');
    await settled();
    expect(await flr()).toBe(before);
  });

  test('say what the verdict needs: verdicts appear, and not before', { timeout }, async () => {
    const { page, settled, picture } = app;
    const overall = page.locator('[data-light]');
    const missing = () => overall.locator('[data-missing]').count();
    await expect.poll(() => overall.getAttribute('data-light')).toBe('grey');
    await expect.poll(() => page.locator('[data-missing="parenchyma"]').count()).toBe(1);
    const open = await missing();
    await openAssessment(page, 'Patient and liver');
    await page.getByRole('combobox', { name: 'Parenchyma' }).selectOption('normal');
    await page.getByLabel('Contrast phase').selectOption('portal-venous');
    await page.getByLabel('Height in cm').fill('176');
    await page.getByLabel('Height in cm').press('Enter');
    await page.getByLabel('Weight in kg').fill('73');
    await page.getByLabel('Weight in kg').press('Enter');
    for (const tick of ['Inflow', 'Outflow', 'Bile drainage', '≥ 2 contiguous segments']) {
      await page.getByLabel(tick, { exact: true }).check();
    }
    await settled();
    expect(await overall.getAttribute('data-light')).toBe('grey');
    await command(page, 'plan.review').click();
    await page.getByLabel('Reviewed by').fill('Dr. Eva Prüferin');
    await page.keyboard.press('Enter');
    await settled();
    expect(open).toBeGreaterThan(await missing());
    expect(await missing()).toBe(0);
    expect(await overall.getAttribute('data-light')).not.toBe('grey');
    for (const denominator of ['functional', 'standard', 'bodyWeight']) {
      const verdict = page.locator(`[data-denominator="${denominator}"]`);
      await expect.poll(() => verdict.getAttribute('data-verdict')).toMatch(/^(above|crosses|below)$/);
    }
    await picture('verdict');
    await showPictures(app);
  });

  test('save, save a copy: the command line reads the same FLR from it', { timeout }, async () => {
    const { page, settled, download } = app;
    await page.keyboard.press('Control+s');
    await page.locator('[data-saved="saved"]').waitFor();
    planned = {
      percent: await flr(),
      printed: (await page.locator('output[data-figure="flrPercent"]').first().textContent())!,
    };
    const copy = await download(() => page.keyboard.press('Control+Shift+S'));
    await settled();
    expect((JSON.parse(readFileSync(copy, 'utf8')) as { version: number }).version).toBe(1);
    const words = ['volumetry', join(folder, 'dicom'), '--liver', mask, '--plan', copy];
    const answer = answerOf<{ flrPercent: number; totalMl: number }>(...words);
    expect(Math.abs(answer.flrPercent - planned.percent)).toBeLessThan(1e-6);
  });

  test('load the page anew and go on with the plan: the same FLR', { timeout }, async () => {
    const { page, settled, questions, picture } = app;
    await page.reload();
    // Everything was saved, so nothing was asked.
    expect(questions).toEqual([]);
    const recent = page.locator('.start-open');
    await recent.first().waitFor();
    await expect.poll(() => recent.count()).toBe(1);
    await picture('start-recent');
    await recent.click();
    await page.locator('[data-screen="workspace"]').waitFor();
    await page.locator('output[data-figure="flrPercent"]').first().waitFor();
    await settled();
    expect(await flr()).toBe(planned.percent);
    expect(await page.locator('[data-light]').getAttribute('data-light')).not.toBe('grey');
    await picture('reopened');
  });

  test('write the report: the PDF carries the same FLR', { timeout }, async () => {
    const { page, settled, download } = app;
    const pdf = await download(() => page.keyboard.press('Control+p'));
    await settled();
    expect(basename(pdf)).toMatch(/\.pdf$/);
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    expect(text).toContain(`${planned.printed} %`);
    expect(text).toContain('Dr. Eva Prüferin');
    expect(text).toContain('1417');
  });

  test('leaving with unsaved work asks first', { timeout }, async () => {
    const { page, questions } = app;
    // The work would be stored by itself some seconds later: not while this store does not answer.
    await page.route('**/data/plan/**', () => undefined);
    await command(page, 'plane.flip').click();
    await page.locator('[data-saved]:not([data-saved="saved"])').waitFor();
    await page.reload();
    expect(questions).toEqual(['beforeunload']);
    await page.locator('.start-page').waitFor();
    await page.unroute('**/data/plan/**');
  });

  test('all of it on a cross-origin isolated page with a clean console', () => expectClean(app));
});
