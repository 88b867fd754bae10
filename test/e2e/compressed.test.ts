import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stoppingDisk } from '../gallery/stopping-disk.ts';
import { startApp, type App } from '../support/app.ts';
import { describeWith, projectRoot, runPython } from '../support/needs.ts';
import { command, expectClean, figure, importMask, openSample } from './gestures.ts';

const sample = (...names: readonly string[]) => join(projectRoot, 'sample-dicom', ...names);

/** The slices again and again along the patient: more than is decoded in a moment. */
const lengthen = `
import os, pydicom, sys
source, out, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
slices = sorted((pydicom.dcmread(os.path.join(source, name)) for name in os.listdir(source)), key=lambda d: d.ImagePositionPatient[2])
x, y, first = slices[0].ImagePositionPatient
step = slices[1].ImagePositionPatient[2] - first
for k in range(len(slices) * times):
    slice = slices[k % len(slices)]
    slice.ImagePositionPatient = [x, y, round(first + step * k, 3)]
    slice.SOPInstanceUID = slice.file_meta.MediaStorageSOPInstanceUID = '2.25.4242%d' % k
    slice.SeriesInstanceUID, slice.InstanceNumber = '2.25.4242', k + 1
    slice.save_as(os.path.join(out, '%04d' % k))
`;

describeWith(
  ['browser', 'gdcmconv', 'python:pydicom'],
  'a series in JPEG 2000, decoded by workers under the strict policy',
  () => {
    const timeout = 960_000;
    const folder = mkdtempSync(join(tmpdir(), 'remnant-j2k-'));
    const disk = stoppingDisk();
    let app: App;
    beforeAll(async () => {
      mkdirSync(join(folder, 'packed'));
      for (const name of readdirSync(sample('ct'))) {
        execFileSync('gdcmconv', ['--j2k', sample('ct', name), join(folder, 'packed', name)]);
      }
      mkdirSync(join(folder, 'long'));
      runPython(lengthen, join(folder, 'packed'), join(folder, 'long'), '6');
      app = await startApp({ roots: [folder] });
    }, timeout);
    afterAll(async () => {
      disk.goOn();
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test('has the total of the uncompressed one, and nothing to complain of', { timeout }, async () => {
      const { page, settled, picture } = app;
      await openSample(app);
      await importMask(app, sample('masks', 'liver.nii.gz'));
      const plain = await figure(page, 'totalMl');
      expect(plain).toBeGreaterThan(1000);
      const value = () => page.locator('canvas[data-overlay="axial"]').getAttribute('data-value');
      const before = await value();

      await command(page, 'file.start').click();
      await command(page, 'file.openFolder').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: folder }).click();
      await dialog.getByRole('button', { name: 'packed' }).click();
      await dialog.getByRole('button', { name: 'Open this folder' }).click();
      // The only series of a folder opens by itself. How its slices are seen as they come is tried on a disk that stops:
      // here the pictures may be gone before they can be looked for.
      await page.locator('[data-screen="workspace"]').waitFor();
      await settled();
      await importMask(app, sample('masks', 'liver.nii.gz'));
      expect(await figure(page, 'totalMl')).toBe(plain);
      expect(await value()).toBe(before);
      await picture('compressed');
    });

    test(
      'can be cancelled while it is decoded: the list is back at once, and no worker goes on',
      { timeout },
      async () => {
        const { page, ask, settled } = app;
        // Of its 31 pieces: it can not be over before it is looked at, however slow the page is.
        disk.stopAfter(14);
        await command(page, 'file.start').click();
        await command(page, 'file.openFolder').click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: folder }).click();
        await dialog.getByRole('button', { name: 'long' }).click();
        await dialog.getByRole('button', { name: 'Open this folder' }).click();
        const loading = page.locator('.series-loading');
        for (const time of ['first', 'second']) {
          await loading.locator('canvas').waitFor();
          // The middle is shown as soon as it is decoded, long before the others are.
          await expect.poll(() => loading.locator('canvas').getAttribute('data-slice'), { message: time }).toBe('258');
          expect(Number(await loading.locator('progress').getAttribute('value'))).toBeLessThan(0.5);
          await loading.locator('.series-loading-cancel').click();
          await loading.waitFor({ state: 'detached' });
          await expect.poll(() => page.workers().length).toBe(1);
          await settled();
          expect(await page.locator('.series-card').count()).toBe(1);
          expect(await page.locator('[data-screen="workspace"], .app-notice, .app-task').count()).toBe(0);
          await expect.poll(() => ask('document.activeElement.textContent')).toBe('Open');
          if (time === 'second') disk.goOn();
          await page.keyboard.press('Enter');
        }
        await page.locator('[data-screen="workspace"]').waitFor();
        await expect.poll(() => page.locator('.app-banner').textContent()).toContain('280 × 280 × 516');
        await settled();
        await command(page, 'file.start').click();
        await expectClean(app);
      },
    );
  },
);
