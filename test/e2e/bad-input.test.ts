import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { writeElements } from '../support/dicom-fixture.ts';
import { describeWith, projectRoot } from '../support/needs.ts';
import {
  command,
  expectClean,
  figure,
  importMask,
  openAssessment,
  openSample,
  sentence,
  showPictures,
} from './gestures.ts';

const sample = (...names: readonly string[]) => join(projectRoot, 'sample-dicom', ...names);

describeWith(['browser'], 'bad input in the app: a clear sentence, and nothing changed', () => {
  const timeout = 480_000;
  const folder = mkdtempSync(join(tmpdir(), 'remnant-bad-'));
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  let app: App;
  beforeAll(async () => {
    mkdirSync(join(folder, 'empty'));
    mkdirSync(join(folder, 'gap'));
    const slices = readdirSync(sample('ct')).filter((name) => name.endsWith('.dcm'));
    for (const name of slices) if (name !== '041.dcm') copyFileSync(sample('ct', name), join(folder, 'gap', name));
    app = await startApp({ roots: [folder] });
  }, timeout);
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const openFolder = async (name: string) => {
    await command(app.page, 'file.openFolder').click();
    const dialog = app.page.getByRole('dialog');
    await dialog.getByRole('button', { name: folder }).click();
    await dialog.getByRole('button', { name }).click();
    await dialog.getByRole('button', { name: 'Open this folder' }).click();
  };
  const isOnStartPage = async () => {
    await app.settled();
    expect(await app.page.locator('[data-screen="start"]').count()).toBe(1);
  };

  test('an empty folder', { timeout }, async () => {
    await openFolder('empty');
    expect(await sentence(app.page, 'no_images')).toMatch(/no DICOM images in empty/);
    await isOnStartPage();
  });

  test('a text file dropped on the start page', { timeout }, async () => {
    await app.drop(file('letter.txt', 'Dear colleague, here is the CT.'));
    expect(await sentence(app.page, 'no_images')).toMatch(/no DICOM images/);
    await isOnStartPage();
  });

  test('a program, and the index of a disc without its files', { timeout }, async () => {
    await app.drop(file('viewer.exe', 'MZ and so on'));
    expect(await sentence(app.page, 'no_images')).toBe(
      'There are no DICOM images in viewer.exe. Choose the folder that holds the slices.',
    );
    const start = writeElements(
      [
        { tag: '00020002', vr: 'UI', value: '1.2.840.10008.1.3.10' },
        { tag: '00020010', vr: 'UI', value: '1.2.840.10008.1.2.1' },
      ],
      true,
    );
    const index = writeElements([{ tag: '00041130', vr: 'CS', value: 'DISC 9' }], true);
    await app.drop(file('DICOMDIR', Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), start, index])));
    expect(await sentence(app.page, 'no_images')).toMatch(/index of a disc.*Open or drop the whole folder it lies in/);
    await isOnStartPage();
  });

  test('a mask and a plan before their series', { timeout }, async () => {
    await app.drop(sample('masks', 'liver.nii.gz'));
    expect(await sentence(app.page, 'series_needed')).toMatch(/liver\.nii\.gz is a mask/);
    await isOnStartPage();
    await app.drop(sample('right-hepatectomy.plan.json'));
    expect(await sentence(app.page, 'series_needed')).toMatch(/right-hepatectomy\.plan\.json/);
    await isOnStartPage();
  });

  test('a folder with a missing slice: listed, refused by name, not opened', { timeout }, async () => {
    const { page, picture } = app;
    await openFolder('gap');
    const card = page.locator('.series-card');
    await card.waitFor();
    await app.settled();
    await expect.poll(() => card.locator('[data-code="missing_slice"]').textContent()).toMatch(/mm/);
    // It does not open as it is; interpolating it is offered, and would be said.
    expect(await card.getByRole('button', { name: /^Open/ }).count()).toBe(0);
    await expect.poll(() => card.getByRole('button', { name: /^Interpolate/ }).count()).toBe(1);
    await picture('refused');
    await command(page, 'file.start').click();
    await page.locator('.start-page').waitFor();
  });

  /** What must stay as it is. */
  let before: unknown = null;
  const state = async () => ({
    total: await figure(app.page, 'totalMl'),
    flr: await figure(app.page, 'flrPercent'),
    bsa: await app.page.locator('[data-figure="bsaM2"]').count(),
    undo: await command(app.page, 'edit.undo').getAttribute('aria-label'),
    structures: await app.page.locator('.structures-list').textContent(),
  });
  const unchanged = async () => {
    await app.settled();
    expect(await state()).toEqual(before);
  };

  test('the sample with its liver is open', { timeout }, async () => {
    await openSample(app);
    await importMask(app, sample('masks', 'liver.nii.gz'));
    await app.choose(command(app.page, 'file.openPlan'), sample('right-hepatectomy.plan.json'));
    await app.page.locator('output[data-figure="flrPercent"]').first().waitFor();
    await app.settled();
    before = await state();
    expect(before).toMatchObject({ bsa: 0, undo: expect.stringMatching(/^Undo: ./) as string });
  });

  test('a mask outside the volume', { timeout }, async () => {
    const bytes = gunzipSync(readFileSync(sample('masks', 'liver.nii.gz')));
    // The origin of a NIfTI: quaternion offsets and the last column of the matrix, 4 m to the side.
    for (const at of [268, 292]) bytes.writeFloatLE(bytes.readFloatLE(at) + 4000, at);
    await importMask(app, file('far-liver.nii', bytes));
    expect(await sentence(app.page, 'mask_outside_volume')).toMatch(/outside/);
    await unchanged();
  });

  test('a NIfTI with a broken header, and one cut short', { timeout }, async () => {
    const { page, choose, drop } = app;
    const bytes = gunzipSync(readFileSync(sample('masks', 'liver.nii.gz')));
    const broken = Buffer.from(bytes);
    broken.fill(0, 40, 56);
    await choose(command(page, 'mask.import'), file('broken-liver.nii', broken));
    expect(await sentence(page, 'nifti_broken')).toMatch(/broken-liver\.nii/);
    await choose(command(page, 'mask.import'), file('half-liver.nii', bytes.subarray(0, bytes.length / 2)));
    expect(await sentence(page, 'nifti_truncated')).toMatch(/half-liver\.nii/);
    await drop(file('text.nii', 'No mask at all, only words, and not many of them.'));
    expect(await sentence(page, 'nifti_broken')).toMatch(/text\.nii/);
    await unchanged();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('a plan of another series, a plan with NaN, a plan that is none', { timeout }, async () => {
    const { page, choose, download } = app;
    const copy = await download(() => page.keyboard.press('Control+Shift+S'));
    const text = readFileSync(copy, 'utf8');
    const uid = /"seriesInstanceUid":\s*"([\d.]+)"/.exec(text)![1]!;
    const open = (name: string, content: string) => choose(command(page, 'file.openPlan'), file(name, content));
    await open('other.json', text.replaceAll(uid, `${uid.slice(0, -2)}77`));
    expect(await sentence(page, 'plan_other_series')).toMatch(/series/);
    await unchanged();
    const plan = readFileSync(sample('right-hepatectomy.plan.json'), 'utf8');
    await open('nan.json', plan.replace('-60', 'NaN'));
    expect(await sentence(page, 'plan_invalid')).toMatch(/NaN|number/);
    await open('null.json', plan.replace('-60', 'null'));
    expect(await sentence(page, 'plan_invalid')).toMatch(/point/);
    await open('words.json', 'Right hepatectomy, please.');
    expect(await sentence(page, 'plan_broken')).toMatch(/JSON/);
    await unchanged();
  });

  test('a height of 0, and a weight that is a word', { timeout }, async () => {
    const { page, settled, picture } = app;
    await openAssessment(page, 'Patient and liver');
    const height = page.getByLabel('Height in cm');
    const trouble = page.locator('.inputs-trouble');
    await height.fill('0');
    await height.press('Enter');
    await expect.poll(() => trouble.textContent()).toMatch(/height of 0\u00a0cm is not plausible.*not taken/);
    await settled();
    const bar = (await page.locator('.app-status-bar').boundingBox())!;
    const sentenceBox = (await trouble.boundingBox())!;
    // Scrolling stops at whole pixels.
    expect(sentenceBox.y + sentenceBox.height).toBeLessThanOrEqual(bar.y + 1);
    await picture('height-0');
    await unchanged();
    await height.fill('');
    await height.press('Enter');
    await trouble.waitFor({ state: 'detached' });
    const weight = page.getByLabel('Weight in kg');
    await weight.fill('seventy');
    await weight.press('Enter');
    await expect.poll(() => trouble.textContent()).toMatch(/“seventy” is not a number/);
    await unchanged();
    await weight.fill('');
    await weight.press('Enter');
    await settled();
    await unchanged();
    await showPictures(app);
  });

  test(
    'another folder dropped on unsaved work: the work is stored before it leaves the screen',
    { timeout },
    async () => {
      const { page, drop, settled } = app;
      await command(page, 'plane.flip').click();
      await settled();
      const flipped = await figure(page, 'flrPercent');
      await drop(sample('ct', '001.dcm'));
      const card = page.locator('.series-card');
      await expect.poll(() => card.locator('[data-code="too_few_slices"]').textContent()).toMatch(/slice/);
      await command(page, 'file.start').click();
      await page.locator('.start-recent li button').first().click();
      await page.locator('output[data-figure="flrPercent"]').first().waitFor();
      await settled();
      expect(await figure(page, 'flrPercent')).toBe(flipped);
    },
  );

  test('all of it on a cross-origin isolated page with a clean console', () => expectClean(app));
});
