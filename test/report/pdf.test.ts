import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { safetyWording } from '../../src/assessment/index.ts';
import { makeReport, reportText } from '../../src/report/index.ts';
import type { ReportInput } from '../../src/report/index.ts';
import { describeWith, projectRoot } from '../support/needs.ts';
import { phantomCase, phantomCut, phantomGrid, phantomLabels, reportFonts } from './case.ts';

const folder = mkdtempSync(join(tmpdir(), 'remnant-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function pagesOf(input: ReportInput, name: string): Promise<string> {
  const file = join(folder, `${name}.pdf`);
  writeFileSync(file, await makeReport(input, reportFonts()));
  return file;
}

function read(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
}

/** The text of the pages with white space evened out; lines broken at hyphens stay broken. */
function wordsOf(file: string): string {
  return read('pdftotext', '-raw', file, '-').replace(/\s+/g, ' ');
}

interface Box {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function boxesOf(file: string): readonly Box[] {
  const boxes: Box[] = [];
  read('pdftotext', '-bbox', file, '-')
    .split('<page ')
    .slice(1)
    .forEach((page, number) => {
      for (const word of page.matchAll(
        /xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g,
      )) {
        const [left, top, right, bottom] = word.slice(1, 5).map(Number) as [number, number, number, number];
        boxes.push({ page: number, text: word[5]!, left, top, right, bottom });
      }
    });
  return boxes;
}

/** Words that leave the page's frame, and pairs of words that cover each other's middle lines. */
function collisions(file: string): readonly string[] {
  const boxes = boxesOf(file);
  const troubles = boxes
    .filter((box) => box.left < 39 || box.right > 557 || box.top < 30 || box.bottom > 836)
    .map((box) => `outside: ${box.text} on page ${box.page + 1}`);
  for (const [place, a] of boxes.entries()) {
    for (const b of boxes.slice(place + 1)) {
      if (a.page !== b.page) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const along = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      // A word's box is the font's full height, a third more than its letters.
      if (across > 0.5 && along > 0.4 * Math.min(a.bottom - a.top, b.bottom - b.top)) {
        troubles.push(`${a.text} over ${b.text} on page ${a.page + 1}`);
      }
    }
  }
  return troubles;
}

function pageCount(file: string): number {
  return Number(/Pages:\s+(\d+)/.exec(read('pdfinfo', file))![1]);
}

describeWith(['pdftotext'], 'the pages, read back by poppler', () => {
  const input = phantomCase();
  let file = '';
  beforeAll(async () => {
    file = await pagesOf(input, 'usual');
  });

  test('are two, tagged, titled, with every font embedded', () => {
    const facts = read('pdfinfo', file);
    expect(facts).toMatch(/Pages:\s+2/);
    expect(facts).toMatch(/Tagged:\s+yes/);
    expect(facts).toMatch(/Page size:.*A4/);
    expect(facts).toContain('Łukasiewicz');
    const fonts = read('pdffonts', file).trim().split('\n').slice(2);
    expect(fonts).toHaveLength(3);
    for (const font of fonts) expect(font).toMatch(/Inter-.*TrueType.* yes yes yes /);
    const structure = read('pdfinfo', '-struct', file);
    for (const tag of ['Document', 'H1', 'Figure', 'Table', 'TH', 'TD']) expect(structure).toContain(tag);
  });

  test('hold every figure, source and name, and the safety wording to the letter', () => {
    const words = wordsOf(file);
    expect(words).toContain(safetyWording);
    const { volumetry, assessment } = input;
    for (const figure of [
      volumetry.flrPercent!.toFixed(1),
      volumetry.sflrPercent!.toFixed(1),
      volumetry.flrBodyWeightPercent!.toFixed(2),
      volumetry.remnantMl!.toFixed(0),
      volumetry.totalMl.toFixed(1),
      ...volumetry.tumours.map(({ volumeMl }) => `${volumeMl.toFixed(1)} mL`),
      'Łukasiewicz, Jürgen',
      'PH-0815',
      '1961-02-03',
      '2026-03-04 05:06 UTC+01:00',
      'Lesion in segment III',
      'Dr. R. Reader',
      'Dr. S. Surgeon',
      'liver.nii.gz, imported',
      'DRAFT — not signed',
      'Page 2 of 2',
      'Remnant 9.8.7',
      ...assessment.options.map(({ title }) => title),
      ...assessment.verdicts.flatMap(({ citation }) => citation ?? []),
    ]) {
      expect(words.replaceAll('- ', '-')).toContain(figure.replaceAll('- ', '-'));
    }
  });

  test('print a column that sums', () => {
    const words = wordsOf(file);
    const number = (name: string): number => Number(new RegExp(`${name} ([\\d.]+) `).exec(words)![1]);
    const [remnant, resected, excluded, total] = ['Remnant \\(FLR\\)', 'Resected', 'Excluded', 'Total liver'].map(
      (name) => (name === 'Remnant \\(FLR\\)' ? Number(/Remnant \(FLR\) (\d+\.\d) /.exec(words)![1]) : number(name)),
    ) as [number, number, number, number];
    expect(remnant + resected + excluded).toBeCloseTo(total, 6);
  });

  test('leave no word outside its place', () => {
    expect(boxesOf(file).length).toBeGreaterThan(400);
    expect(collisions(file)).toEqual([]);
  });

  test('are the same bytes again, and other bytes a second later', async () => {
    const once = Buffer.from(await makeReport(input, reportFonts()));
    expect(once.equals(execFileSync('cat', [file], { maxBuffer: 1 << 26 }))).toBe(true);
    const later = await makeReport({ ...input, now: '2026-03-04T05:06:08+01:00' }, reportFonts());
    expect(once.equals(Buffer.from(later))).toBe(false);
  });

  test('are the same bytes from the build that browsers load', async () => {
    const bundle = join(folder, 'report-for-browsers.mjs');
    await build({
      entryPoints: [join(projectRoot, 'src/report/index.ts')],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      outfile: bundle,
      logLevel: 'error',
    });
    const browsers = (await import(/* @vite-ignore */ pathToFileURL(bundle).href)) as { makeReport: typeof makeReport };
    const theirs = Buffer.from(await browsers.makeReport(input, reportFonts()));
    expect(theirs.equals(Buffer.from(await makeReport(input, reportFonts())))).toBe(true);
  });
});

describeWith(['pdftotext'], 'pages of hard cases', () => {
  test('no plan, no patient, no review: dashes and words, nothing invented', async () => {
    const input = phantomCase({
      cuts: [],
      size: null,
      reviewedBy: null,
      parenchyma: 'unknown',
      header: { patientName: null, patientId: null, patientSex: null, patientBirthDate: null, studyDate: null },
    });
    const file = await pagesOf(input, 'no-plan');
    const words = wordsOf(file);
    expect(words).toContain('No resection planned');
    expect(words).toContain('not in the images');
    expect(words).toContain('GREY');
    expect(words).not.toMatch(/NaN|undefined|\bnull\b/);
    expect(collisions(file)).toEqual([]);
    expect(pageCount(file)).toBe(2);
  });

  test('long names, twenty tumours, many remarks and cuts stay on three pages, apart from each other', async () => {
    const labels = phantomLabels();
    const values = labels.values.slice();
    let next = 0;
    values.forEach((label, offset) => {
      if (label === 1 && offset % 97 === 0 && next < 400) {
        values[offset] = 16 + (next % 20);
        next += 1;
      }
    });
    const long = 'Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl';
    const input = phantomCase({
      labels: { grid: phantomGrid(), values },
      cuts: [phantomCut, { kind: 'all', cuts: [phantomCut, phantomCut] }, phantomCut],
      header: {
        patientName: `${long}^${long.slice(0, 30)}`,
        patientId: long,
        description: `${long.slice(0, 40)} 2.0 B30f`,
        studyDescription: long,
        seriesInstanceUid: '1.2.826.0.1.3680043.8.498.10293847561029384756102938475610293847',
      },
      remarks: Array.from({ length: 14 }, (_, place) => ({
        code: `r${place}`,
        message: `Remark ${place + 1}: the mask was drawn on another grid and was resampled; its boundary is known to half of a voxel.`,
      })),
    });
    const file = await pagesOf(input, 'long');
    expect(collisions(file)).toEqual([]);
    expect(pageCount(file)).toBeLessThanOrEqual(3);
    const words = wordsOf(file);
    for (let tumour = 1; tumour <= 20; tumour += 1) {
      if (tumour !== 2) expect(words).toContain(`Tumour ${tumour} `);
    }
    expect(words).toContain('Remark 14:');
    expect(reportText(input)).toContain('Remark 14:');
  });

  test('options are listed whole with their sources, on two pages', async () => {
    const input = phantomCase({ parenchyma: 'cirrhosis' });
    expect(input.assessment.options.length).toBeGreaterThan(2);
    const file = await pagesOf(input, 'options');
    expect(collisions(file)).toEqual([]);
    expect(pageCount(file)).toBe(2);
    const words = wordsOf(file).replaceAll('- ', '-');
    for (const { title, citation } of input.assessment.options) {
      expect(words).toContain(title.replaceAll('- ', '-'));
      expect(words).toContain(citation.replaceAll('- ', '-'));
    }
  });

  test('an empty mask still gives pages', async () => {
    const grid = phantomGrid();
    const file = await pagesOf(
      phantomCase({
        labels: { grid, values: new Uint8Array(phantomLabels().values.length) },
        cuts: [],
        reviewedBy: null,
      }),
      'empty',
    );
    expect(wordsOf(file)).toContain('Total liver 0.0');
    expect(collisions(file)).toEqual([]);
  });
});

test('a moment that is none is refused', async () => {
  await expect(makeReport({ ...phantomCase(), now: 'yesterday' }, reportFonts())).rejects.toThrow(RangeError);
});
