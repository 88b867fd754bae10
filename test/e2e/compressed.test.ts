import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { describeWith, projectRoot } from '../support/needs.ts';
import { command, expectClean, figure, importMask, openSample } from './gestures.ts';

const sample = (...names: readonly string[]) => join(projectRoot, 'sample-dicom', ...names);

describeWith(['browser', 'gdcmconv'], 'a series in JPEG 2000, decoded by workers under the strict policy', () => {
  const timeout = 240_000;
  const folder = mkdtempSync(join(tmpdir(), 'remnant-j2k-'));
  let app: App;
  beforeAll(async () => {
    mkdirSync(join(folder, 'packed'));
    for (const name of readdirSync(sample('ct'))) {
      execFileSync('gdcmconv', ['--j2k', sample('ct', name), join(folder, 'packed', name)]);
    }
    app = await startApp({ roots: [folder] });
  }, timeout);
  afterAll(async () => {
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
    await page.locator('[data-screen="workspace"]').waitFor({ timeout: 60_000 });
    await settled();
    await importMask(app, sample('masks', 'liver.nii.gz'));
    expect(await figure(page, 'totalMl')).toBe(plain);
    expect(await value()).toBe(before);
    await picture('compressed');
    await expectClean(app);
  });
});
