import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readInputs, safetyWording } from '../../src/assessment/index.ts';
import { worldPoint } from '../../src/geometry/index.ts';
import type { Cut } from '../../src/liver/index.ts';
import { makeReport, reportText } from '../../src/report/index.ts';
import type { ReportInput } from '../../src/report/index.ts';
import { describeWith, projectRoot } from '../support/needs.ts';
import { middle, phantomCase, phantomCut, phantomGrid, phantomLabels, reportFonts } from './case.ts';

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

  test('are three, tagged, titled, with every font embedded', () => {
    const facts = read('pdfinfo', file);
    expect(facts).toMatch(/Pages:\s+3/);
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
    const {
      volumetry,
      assessed: { assessment },
    } = input;
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
      'Page 3 of 3',
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

  test('names in other scripts are set in a font that has them, and no figure beside them is mirrored', async () => {
    const input = phantomCase({
      header: { patientName: 'שרון, דבורה', studyDescription: 'วงศ์ใหญ่', description: 'قباني 2.0 B30f' },
      plan: { plannedBy: '王 小东', structures: [{ label: 17, name: '洪 홍길동 3' }] },
      reviewedBy: '山田 太郎',
    });
    const file = await pagesOf(input, 'scripts');
    const fonts = read('pdffonts', file);
    for (const script of ['SC', 'KR', 'Arabic', 'Hebrew', 'Thai'])
      expect(fonts).toContain(`+NotoSans${script}-Regular`);
    const words = wordsOf(file).replace(/[\u200e\u200f\u202a-\u202e]/g, '');
    for (const name of ['שרון', 'דבורה', 'วงศ์ใหญ่', '王 小东', '山田 太郎', '洪 홍길동 3'])
      expect(words).toContain(name);
    expect(words).toMatch(/· ID PH-0815 · CT 4, /);
    expect(words).toMatch(/ 2\.0 B30f/);
    expect(words).not.toMatch(/5180|f03B/);
    expect(collisions(file)).toEqual([]);
  });

  test('options are listed whole with their sources, on three pages', async () => {
    const input = phantomCase({ parenchyma: 'cirrhosis' });
    expect(input.assessed.assessment.options.length).toBeGreaterThan(2);
    const file = await pagesOf(input, 'options');
    expect(collisions(file)).toEqual([]);
    expect(pageCount(file)).toBe(3);
    const words = wordsOf(file).replaceAll('- ', '-');
    const squeezed = words.replaceAll(' ', '');
    for (const { title, citations } of input.assessed.assessment.options) {
      expect(words).toContain(title.replaceAll('- ', '-'));
      for (const { text, address } of citations) {
        // A DOI is said once, as the address.
        expect(squeezed).toContain(text.replace(/[,;]? ?doi:\S+$/, '').replaceAll(' ', ''));
        if (address !== null) expect(squeezed).toContain(address.replace('https://', ''));
      }
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

/** A case with everything given: clinical inputs, two dated scans after an embolisation, and a guess that must stay private. */
function fullCase(): ReportInput {
  const read = readInputs({
    version: 1,
    liver: { chemotherapy: { drugs: ['oxaliplatin'], cycles: 7, weeksSince: 6, startedOn: '2025-11-10' } },
    body: { sex: 'female', ageYears: 64, measuredOn: '2026-03-20' },
    laboratory: { bilirubin: { value: 17.1, unit: 'µmol/L' }, albumin: { value: 40, unit: 'g/L' }, platelets: 183 },
    functionTests: { hbsPercentPerMinPerM2: 2.41, icgR15Percent: 11 },
    disease: { diagnosis: 'colorectal', bilobar: true, lesionCount: 2, largestCm: 3.4 },
    plan: { weeksAvailable: 5, surgeryOn: '2026-04-13', asOf: '2026-03-27' },
    bevacizumab: { lastDoseOn: '2026-03-05', cycles: 4 },
    augmentation: { kind: 'PVE', on: '2026-03-02' },
    growth: {
      denominator: { kind: 'standard', volumeMl: 1600 },
      measurements: [
        { on: '2026-02-26', flrMl: 352, intervalMl: [332, 372] },
        { on: '2026-03-23', flrMl: 424, intervalMl: [404, 444] },
      ],
    },
  });
  if (!read.ok) throw new Error(read.error.message);
  // A cut far to the left: a small remnant.
  const cut = { ...phantomCut, kind: 'plane', point: worldPoint(middle[0] + 33, middle[1], middle[2]) } as Cut;
  const guess = { flrPercent: 61.7, shownPercent: 24.3, by: 'Dr. G. Guesser', on: '2026-03-27' };
  const { inputs } = read.value;
  return phantomCase({ inputs, cuts: [cut], confirmed: ['inflow', 'outflow', 'bile'], plan: { inputs, guess } });
}

describeWith(['pdftotext'], 'the assessment pages', () => {
  const input = fullCase();
  const { assessment, sheet, growth, dateLine } = input.assessed;
  let file = '';
  let words = '';
  beforeAll(async () => {
    file = await pagesOf(input, 'assessment');
    words = wordsOf(file);
  });

  test('read as agreed on', async () => {
    const pages = read('pdftotext', '-raw', '-f', '2', file, '-')
      .replaceAll(String.fromCharCode(12), '')
      .replace(/\n{3,}/g, '\n\n');
    await expect(pages).toMatchFileSnapshot('./golden/assessment-pages.txt');
  });

  test('leave no word outside its place and no heading alone at the foot of a page', () => {
    expect(collisions(file)).toEqual([]);
    const boxes = boxesOf(file);
    const headings = ['Options', 'Growth', 'Dates', 'Clinical', 'Inputs', 'Remarks', 'Sources', 'Against'];
    for (const head of boxes.filter(
      ({ text, left, bottom, top }) => headings.includes(text) && left < 41 && bottom - top > 10,
    )) {
      const below = boxes.filter(({ page, top }) => page === head.page && top > head.bottom - 2 && top < 784);
      expect(below.length, head.text).toBeGreaterThan(3);
    }
  });

  test('hold every threshold, its word and its mark', () => {
    expect(sheet.lines.flatMap(({ thresholds }) => thresholds).length).toBeGreaterThan(8);
    for (const { label, value, thresholds } of sheet.lines) {
      if (value === null && thresholds.length === 0) continue;
      expect(words.toLowerCase()).toContain(`${label.toLowerCase()}: `);
      for (const { population } of thresholds) expect(words).toContain(population);
    }
    expect(words).toContain('Shindoh 2013 [');
    expect(words).toMatch(/Shindoh 2013 \[\d+\] · not verified/);
  });

  test('hold options, what is not listed, dates, growth and the rules in force', () => {
    expect(assessment.options.length).toBeGreaterThan(2);
    for (const { title } of assessment.options) expect(words).toContain(title);
    for (const { reason } of assessment.withheld) expect(words).toContain(reason);
    for (const { from, id, label } of dateLine.marks) {
      expect(words).toContain(from);
      if (id !== 'as-of') expect(words).toContain(label);
    }
    expect(dateLine.remarks.length).toBeGreaterThan(0);
    for (const { message } of dateLine.remarks) expect(words).toContain(message);
    const { degree, kinetic, daily } = growth!.judged!;
    for (const text of [degree.value.toFixed(1), kinetic.value.toFixed(2), daily.value.toFixed(1)])
      expect(words).toContain(`${text} (`);
    expect(words).toContain('not reviewed by a department');
    expect(words).toContain('A population range, not a prediction for this patient.');
    for (const figure of ['bilirubin 17.1 µmol/L', 'ALBI −2.59, grade 2', '7 cycles', 'ICG-R15 11 %'])
      expect(words).toContain(figure);
  });

  test('never hold the surgeon’s guess', () => {
    expect(input.plan.guess?.flrPercent).toBe(61.7);
    for (const text of [words, reportText(input)]) {
      expect(text).not.toContain('61.7');
      expect(text).not.toMatch(/guess/i);
    }
  });

  test('open at the addresses they print', () => {
    const addresses = assessment.options.flatMap(({ citations }) => citations.flatMap(({ address }) => address ?? []));
    const bytes = execFileSync('cat', [file], { maxBuffer: 1 << 26, encoding: 'latin1' });
    expect(addresses.length).toBeGreaterThan(4);
    // Brackets are escaped in a string of a PDF.
    for (const address of addresses) expect(bytes).toContain(`(${address.replace(/[()]/g, '\\$&')})`);
  });
});

test('a moment that is none is refused', async () => {
  await expect(makeReport({ ...phantomCase(), now: 'yesterday' }, reportFonts())).rejects.toThrow(RangeError);
});
