import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stoppingDisk } from '../gallery/stopping-disk.ts';
import { startApp, type App } from '../support/app.ts';
import { answerOf } from '../support/command-line.ts';
import { writeMixedFolder } from '../support/mixed-folder.ts';
import { describeWith, projectRoot, realCt } from '../support/needs.ts';
import { command, drag, drawnText, expectClean, figure, importMask, sentence, volumeOf } from './gestures.ts';

interface Listed {
  readonly volumeId: string;
  readonly modality: string;
  readonly description: string;
  readonly part: string | null;
  readonly slices: number;
  readonly size: readonly number[] | null;
  readonly spacing: readonly number[] | null;
  readonly coverageMm: number | null;
  readonly phase: { readonly phase: string; readonly reason: string } | null;
  readonly status: string;
  readonly resampling: string;
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
  readonly remarks: readonly { readonly code: string; readonly message: string }[];
  readonly suggested: string | null;
}

describeWith(
  ['browser', 'pdftotext', 'python:pydicom', 'python:numpy'],
  'the list of a folder that mixes eleven series',
  () => {
    const timeout = 960_000;
    const folder = mkdtempSync(join(tmpdir(), 'remnant-mixed-'));
    const zipped = mkdtempSync(join(tmpdir(), 'remnant-zipped-'));
    const disk = stoppingDisk();
    let app: App;
    let listed: readonly Listed[] = [];
    beforeAll(async () => {
      writeMixedFolder(folder);
      listed = answerOf<readonly Listed[]>('series', folder);
      app = await startApp({ roots: [folder] });
    }, timeout);
    afterAll(async () => {
      disk.goOn();
      await app.close();
      for (const made of [folder, zipped]) rmSync(made, { recursive: true, force: true });
    });

    const card = (volumeId: string) => app.page.locator(`[data-volume="${volumeId}"]`);
    const openFolder = async () => {
      await command(app.page, 'file.openFolder').click();
      const dialog = app.page.getByRole('dialog');
      await dialog.getByRole('button', { name: folder }).click();
      await dialog.getByRole('button', { name: 'Open this folder' }).click();
      await app.page.locator('.series-card').first().waitFor();
    };
    const backToList = async () => {
      await command(app.page, 'file.start').click();
      await openFolder();
    };

    test('is the truth on the command line', () => {
      const codes = (list: Listed['reasons']) => list.map(({ code }) => code).join(' ');
      expect(
        listed.map((one) => [
          one.volumeId.replace('2.25.90', ''),
          one.modality,
          one.slices,
          one.phase?.phase ?? null,
          codes(one.reasons) + (one.resampling === 'offered' ? ' (can be interpolated)' : ''),
          codes(one.remarks),
        ]),
      ).toEqual([
        ['01', 'CT', 2, null, 'localizer', ''],
        ['02', 'CT', 86, 'portal-venous', '', ''],
        ['03#1', 'CT', 43, 'arterial', '', 'slices_far_apart not_portal_venous'],
        ['03#2', 'CT', 43, 'portal-venous', '', 'slices_far_apart'],
        ['03#3', 'CT', 43, 'delayed', '', 'slices_far_apart not_portal_venous'],
        ...[1, 2, 3].map((n) => [`04#${n}`, 'MR', 43, null, '', 'slices_far_apart no_rescale']),
        ['04#4', 'MR', 43, null, '', 'slices_far_apart'],
        ['05', 'CT', 63, null, 'missing_slice (can be interpolated)', ''],
        ['06', 'CT', 43, null, 'gantry_tilt (can be interpolated)', ''],
        ['07', 'CT', 85, null, 'missing_slice (can be interpolated)', ''],
        ['08', 'CT', 29, 'portal-venous', '', 'slices_too_far_apart'],
        ['09', 'CT', 41, 'portal-venous', '', 'liver_may_be_cut'],
        ['10', 'SR', 0, null, 'not_an_image', ''],
        ['11', 'CT', 1, null, 'not_ct_or_mr colour_image', ''],
      ]);
      expect(listed.find(({ suggested }) => suggested !== null)?.volumeId).toBe('2.25.9002');
    });

    test(
      'is the same on the screen: facts, guesses, reasons and warnings in words, the best first',
      { timeout },
      async () => {
        const { page, ask, picture } = app;
        await openFolder();
        await expect.poll(() => page.locator('.series-card').count()).toBe(listed.length);
        await app.settled();
        for (const one of listed) {
          const text = ((await card(one.volumeId).textContent()) ?? '').replace(/\s+/g, ' ');
          for (const { message } of [...one.reasons, ...one.remarks]) expect(text).toContain(message);
          for (const said of [
            one.modality,
            one.description,
            one.slices === 1 ? '1 slice' : `${one.slices} slices`,
            one.part ?? '',
          ])
            expect(text).toContain(said);
          if (one.coverageMm !== null) expect(text).toContain(`${one.coverageMm.toFixed(0)} mm covered`);
          if (one.phase !== null) expect(text).toContain(`Perhaps ${one.phase.phase}: ${one.phase.reason}`);
          expect(text.includes('Perhaps')).toBe(one.phase !== null);
          if (one.suggested !== null) expect(text).toContain(one.suggested);
          const buttons = await card(one.volumeId).getByRole('button').allTextContents();
          const action = one.status === 'volume' ? ['Open'] : one.resampling === 'offered' ? ['Interpolate'] : [];
          expect(buttons).toEqual(action);
          await expect.poll(() => card(one.volumeId).locator('canvas').count()).toBe(one.slices > 1 ? 1 : 0);
        }
        // The best one is preselected: the key that opens is on it.
        await expect
          .poll(() => ask(`document.activeElement.closest('[data-volume]').dataset.volume`))
          .toBe('2.25.9002');
        // Pictures hang alike, however the rows are stored.
        const likeness = `(() => {
      const grey = (volume) => {
        const canvas = document.querySelector('[data-volume="' + volume + '"] canvas');
        return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((_, at) => at % 4 === 0);
      };
      const [a, b] = [grey('2.25.9002'), grey('2.25.9007')];
      const apart = (other) => a.reduce((sum, value, at) => sum + Math.abs(value - other[at]), 0);
      const mirrored = b.map((_, at) => b[(95 - Math.floor(at / 96)) * 96 + (at % 96)]);
      return apart(b) / apart(mirrored);
    })()`;
        await expect.poll(() => ask(likeness)).toBeLessThan(0.3);
        for (const [width, height] of [
          [1366, 768],
          [1920, 1080],
        ] as const) {
          await page.setViewportSize({ width, height });
          await app.settled();
          await picture(`series-list-${width}`);
        }
        await command(page, 'view.theme').click();
        await app.settled();
        await picture('series-list-light');
        await command(page, 'view.theme').click();
      },
    );

    test(
      'is the same of a drop of its folders and of a ZIP archive that is chosen; loose files open at once',
      { timeout },
      async () => {
        const { page, choose, drop, picture } = app;
        const shown = async () => {
          await page.locator('.series-card').first().waitFor();
          await app.settled();
          const ids = await page.locator('.series-card').evaluateAll((all) => all.map((one) => one.dataset['volume']));
          const said = await page.locator('.series-list').innerText();
          return { ids, said: said.replace(/\s+/g, ' ').replaceAll('disc.zip/', '') };
        };
        const before = await shown();
        const folders = readdirSync(folder).map((name) => join(folder, name));
        await command(page, 'file.start').click();
        await drop(...folders);
        expect(await shown()).toEqual(before);
        await expect.poll(() => page.locator('h1').textContent()).toBe('Series in 11 folders');

        const contents = folders.flatMap((path) => readdirSync(path).map((name) => join(path, name)));
        const disc = join(zipped, 'disc.zip');
        const entries = contents.map((path) => [relative(folder, path), readFileSync(path)]);
        writeFileSync(disc, zipSync(Object.fromEntries(entries) as Record<string, Buffer>, { level: 1 }));
        await command(page, 'file.start').click();
        await choose(command(page, 'file.openFiles'), disc);
        expect(await shown()).toEqual(before);
        await expect.poll(() => page.locator('h1').textContent()).toBe('Series in disc.zip');
        await picture('series-list-zip');

        await command(page, 'file.start').click();
        const upper = join(folder, 'S09');
        await drop(...readdirSync(upper).map((name) => join(upper, name)));
        await page.locator('[data-screen="workspace"]').waitFor();
        await expect.poll(() => page.locator('.app-banner').textContent()).toContain('280 × 280 × 41');
        await app.settled();
        await backToList();
      },
    );

    test(
      'leads by keys to an interpolated stack, whose every result says so, and its plan again',
      { timeout },
      async () => {
        const { page, settled, picture, download } = app;
        const focused = () => app.ask(`document.activeElement.closest('[data-volume]')?.dataset.volume ?? ''`);
        for (let presses = 0; presses < 20 && (await focused()) !== '2.25.9005'; presses++)
          await page.keyboard.press('Tab');
        expect(await focused()).toBe('2.25.9005');
        disk.stopAfter(2);
        await page.keyboard.press('Enter');
        await page.locator('.series-loading').waitFor();
        await picture('series-loading');
        disk.goOn();
        await page.locator('[data-screen="workspace"]').waitFor();
        await settled();
        const said = async () => {
          const text = await page.locator('[data-code="resampled_to_regular_grid"]').first().textContent();
          return text!.replace(/\s+/g, ' ').trim();
        };
        await expect.poll(() => said()).toMatch(/interpolated/);
        await importMask(app, join(projectRoot, 'sample-dicom', 'masks', 'liver.nii.gz'));
        await page.keyboard.press('p');
        await drag(page, 'axial', [0.4, 0.1], [0.38, 0.5], [0.36, 0.9]);
        await settled();
        const figures = async () => [await figure(page, 'totalMl'), await figure(page, 'remnantMl')];
        const before = await figures();
        expect(before[0]).toBeCloseTo(1582.0513, 3);
        expect(before[1]! / before[0]!).toBeGreaterThan(0.05);
        const pdf = await download(() => page.keyboard.press('Control+p'));
        await settled();
        const text = execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' });
        expect(text.replace(/\s+/g, ' ')).toContain(await said());
        await page.keyboard.press('Control+s');
        await page.locator('[data-saved="saved"]').waitFor();

        // The plan opens on the same interpolated voxels, with the same remark.
        await command(page, 'file.start').click();
        await page.locator('.start-recent li button').first().click();
        await page.locator('[data-screen="workspace"]').waitFor();
        await settled();
        expect(await figures()).toEqual(before);
        expect(await said()).toMatch(/interpolated/);
        await backToList();
      },
    );

    test(
      'leads to an MR volume of signed words: window and threshold from its values, volumes, and no Hounsfield unit anywhere',
      { timeout },
      async () => {
        const { page, settled, picture } = app;
        await card('2.25.9004#4').getByRole('button').click();
        await page.locator('[data-screen="workspace"]').waitFor();
        await settled();
        await importMask(app, join(projectRoot, 'sample-dicom', 'masks', 'liver.nii.gz'));
        expect(await figure(page, 'totalMl')).toBeGreaterThan(1000);
        await command(page, 'tool.threshold').click();
        await settled();
        const drawn = await drawnText(page, 'axial', 'window');
        const [width, centre] = /W (\d+)\s+L (\d+)/.exec(drawn!)!.slice(1).map(Number);
        // The signal of 0 to 450 in steps of 0.55, as the remark says.
        await expect.poll(() => page.locator('[data-code="signal_scaled"]').first().textContent()).toMatch(/0\.55/);
        expect(centre! + width! / 2).toBeGreaterThan(400);
        expect(centre! + width! / 2).toBeLessThanOrEqual(Math.ceil(450 / 0.55));
        const [from, to] = [page.getByLabel('Lowest value painted'), page.getByLabel('Highest value painted')];
        const range = [Number(await from.inputValue()), Number(await to.inputValue())];
        expect(range).toEqual([centre! - Math.round(width! / 4), centre! + Math.round(width! / 4)]);
        const text = await app.ask('document.body.innerText');
        expect(text).not.toMatch(/\bHU\b|Hounsfield/);
        expect(text).toMatch(/signal/);
        await picture('mr-workspace');
      },
    );

    test(
      'lets MR be planned as CT is: a stroke, a cut, the remnant, and a report without Hounsfield units',
      { timeout },
      async () => {
        const { page, settled, picture, download } = app;
        const imported = await volumeOf(page, 1);
        await page.locator('[data-view="axial"]').focus();
        await page.keyboard.press('b');
        await drag(page, 'axial', [0.6, 0.75], [0.7, 0.75]);
        await settled();
        // A stroke of 10 mm radius on one slice of 5 mm, in muscle beside the liver.
        const stroke = (await volumeOf(page, 1)) - imported;
        expect(stroke).toBeGreaterThan(1.5);
        expect(stroke).toBeLessThan(20);
        await page.keyboard.press('Control+z');
        await settled();
        expect(await volumeOf(page, 1)).toBe(imported);

        await page.keyboard.press('p');
        await drag(page, 'axial', [0.4, 0.1], [0.38, 0.5], [0.36, 0.9]);
        await settled();
        const [percent, total, remnant] = [
          (await figure(page, 'flrPercent'))!,
          (await figure(page, 'totalMl'))!,
          (await figure(page, 'remnantMl'))!,
        ];
        expect(percent).toBeGreaterThan(5);
        expect(percent).toBeLessThan(95);
        expect(percent).toBeCloseTo((100 * remnant) / total, 6);
        const printed = (await page.locator('output[data-figure="flrPercent"]').first().textContent())!;
        await picture('mr-planned');
        const pdf = await download(() => page.keyboard.press('Control+p'));
        await settled();
        const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
        expect(text).toContain(`${printed} %`);
        expect(text).toContain(total.toFixed(0));
        expect(text).toMatch(/\bMR\b/);
        expect(text).not.toMatch(/\bHU\b|Hounsfield/);
        expect(await app.ask('document.body.innerText')).not.toMatch(/\bHU\b|Hounsfield/);
        await backToList();
      },
    );

    test('leads to slices too far apart: no verdict before that is confirmed', { timeout }, async () => {
      const { page, settled } = app;
      await card('2.25.9008').getByRole('button').click();
      await page.locator('[data-screen="workspace"]').waitFor();
      await settled();
      await importMask(app, join(projectRoot, 'sample-dicom', 'masks', 'liver.nii.gz'));
      const tick = page.getByRole('checkbox', { name: /verdict all the same/ });
      await tick.check();
      await settled();
      expect(await page.locator('[data-code="slice_spacing_confirmed"]').first().textContent()).toMatch(
        /7\.5\u00a0mm apart/,
      );
      await command(page, 'edit.undo').click();
      await settled();
      expect(await tick.isChecked()).toBe(false);
      expect(await page.locator('[data-code="slice_spacing_confirmed"]').count()).toBe(0);
    });

    test(
      'opens nothing in which another slice took the place of a listed one, until it is listed anew',
      { timeout },
      async () => {
        const { page, picture } = app;
        await backToList();
        const [name, other] = readdirSync(join(folder, 'S09'));
        const [path, own] = [join(folder, 'S09', name!), readFileSync(join(folder, 'S09', name!))];
        writeFileSync(path, readFileSync(join(folder, 'S09', other!)));
        await card('2.25.9009').getByRole('button').click();
        const said = await sentence(page, 'stream_broken');
        expect(said).toMatch(/has changed since it was listed.*Open the folder again/);
        expect(said.startsWith(`S09/${name!} `)).toBe(true);
        await expect.poll(() => page.locator('.series-card').count()).toBe(listed.length);
        await app.settled();
        expect(await page.locator('[data-screen="workspace"], .app-task').count()).toBe(0);
        await picture('series-changed');
        writeFileSync(path, own);
        await backToList();
        await card('2.25.9009').getByRole('button').click();
        await page.locator('[data-screen="workspace"]').waitFor();
        await app.settled();
        await expectClean(app);
      },
    );

    describeWith(['real-ct'], 'with the real CT beside them', () => {
      let both = '';
      beforeAll(() => {
        both = mkdtempSync(join(tmpdir(), 'remnant-beside-'));
      });
      afterAll(() => rmSync(both, { recursive: true, force: true }));

      test('each is what it was alone, and the real one is listed by its own facts', { timeout }, () => {
        for (const name of readdirSync(folder)) symlinkSync(join(folder, name), join(both, name));
        symlinkSync(join(realCt()!, 'dicom'), join(both, 'hospital'));
        const all = answerOf<readonly Listed[]>('series', both);
        const isMade = (one: Listed) => listed.some(({ volumeId }) => volumeId === one.volumeId);
        const withoutSuggestion = (one: Listed) => ({ ...one, suggested: null });
        expect(all.filter(isMade).map(withoutSuggestion)).toEqual(listed.map(withoutSuggestion));
        const [real, ...none] = all.filter((one) => !isMade(one));
        expect(none).toEqual([]);
        expect(real).toMatchObject({ modality: 'CT', slices: 78, size: [512, 512, 78], status: 'volume', reasons: [] });
        expect(real!.spacing!.map((step) => step.toFixed(2))).toEqual(['0.73', '0.73', '2.00']);
        expect(real!.coverageMm).toBeCloseTo(156, 3);
        expect(real!.remarks.map(({ code }) => code)).toContain('slice_thickness_differs');
        expect(all.filter(({ suggested }) => suggested !== null).length).toBe(1);
      });
    });
  },
);
