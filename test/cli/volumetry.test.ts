import { mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assembleSeries } from '../../src/dicom/index.ts';
import { writeMaskFile } from '../../src/exchange/index.ts';
import { createGrid, toWorld, voxelIndex } from '../../src/geometry/index.ts';
import type { Grid } from '../../src/geometry/index.ts';
import { partsPerVoxel } from '../../src/liver/index.ts';
import { answerOf, refusalOf, remnant } from '../support/command-line.ts';
import { writeDicomStack } from '../support/dicom-fixture.ts';

/** Fourteen slices whose numbers all differ; the liver is a box with a tumour of 2 × 3 × 2 voxels. */
const size = [19, 17, 14] as const;
const spacing = [1.5, 1.25, 3] as const;
/** Turned by 37° about the long axis. */
const stack = { size, spacing, origin: [-31.7, 12.3, 845.1], orientation: [0.8, 0.6, 0, -0.6, 0.8, 0] } as const;
const voxelMl = (1.5 * 1.25 * 3) / 1000;

let folder = '';
let ct = '';
let grid: Grid;
const file = (name: string): string => join(folder, name);

function mask(inside: (i: number, j: number, k: number) => number): Uint8Array {
  const values = new Uint8Array(size[0] * size[1] * size[2]);
  for (let offset = 0; offset < values.length; offset += 1) {
    const i = offset % size[0];
    const j = Math.floor(offset / size[0]) % size[1];
    values[offset] = inside(i, j, Math.floor(offset / (size[0] * size[1])));
  }
  return values;
}

const inBox = (i: number, j: number, k: number): boolean => i >= 3 && i < 15 && j >= 2 && j < 13 && k >= 2 && k < 12;
const inTumour = (i: number, j: number, k: number): boolean => i >= 4 && i < 6 && j >= 4 && j < 7 && k >= 5 && k < 7;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'remnant-cli-'));
  ct = file('ct');
  mkdirSync(ct);
  const files = writeDicomStack(stack);
  for (const { name, bytes } of files) writeFileSync(join(ct, name), bytes);
  const assembly = assembleSeries(files);
  if (assembly.kind === 'refused') throw new Error(JSON.stringify(assembly.reasons));
  grid = assembly.volume.grid;
  writeFileSync(
    file('liver.nii.gz'),
    writeMaskFile(
      mask((i, j, k) => Number(inBox(i, j, k))),
      grid,
    ),
  );
  writeFileSync(
    file('many.nii.gz'),
    writeMaskFile(
      mask((i, j, k) => (inTumour(i, j, k) ? 5 : Number(inBox(i, j, k)))),
      grid,
    ),
  );
  // A plane between columns 8 and 9, a third of a voxel in: normal along the first axis.
  const point = toWorld(grid, voxelIndex(8 + 1 / 3, 6, 6));
  const cut = { kind: 'plane', point, normal: grid.axes[0], resect: 'positive' };
  writeFileSync(file('plan.json'), JSON.stringify({ version: 1, cuts: [cut] }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  readonly [key: string]: unknown;
  readonly units: {
    readonly total: number;
    readonly remnant: number | null;
    readonly resected: number | null;
    readonly excluded: number | null;
  };
  readonly remnantMl: number | null;
  readonly overall: { readonly light: string; readonly missing: readonly string[] };
  readonly verdicts: readonly { readonly denominator: string; readonly verdict: string }[];
  readonly options: readonly { readonly id: string; readonly title: string; readonly citation: string }[];
}

const volumetry = (...words: readonly string[]): Answer => answerOf<Answer>('volumetry', ct, ...words);

describe('remnant volumetry', () => {
  it('gives every key of its interface, null for what was not given', () => {
    const answer = volumetry('--liver', file('liver.nii.gz'));
    expect(Object.keys(answer)).toEqual(
      expect.arrayContaining([
        ...[
          'seriesInstanceUid',
          'spacing',
          'voxelMl',
          'units',
          'totalMl',
          'tumourMl',
          'functionalMl',
          'remnantMl',
          'resectedMl',
        ],
        ...['excludedMl', 'flrPercent', 'sflrPercent', 'flrBodyWeightPercent', 'bsaM2', 'standardLiverMl', 'intervals'],
        ...['thresholdPercent', 'verdicts', 'overall', 'options', 'remarks'],
      ]),
    );
    expect(answer.units).toEqual({ total: 1320 * partsPerVoxel, remnant: null, resected: null, excluded: null });
    expect(answer['totalMl']).toBeCloseTo(1320 * voxelMl, 9);
    for (const key of [
      'remnantMl',
      'flrPercent',
      'sflrPercent',
      'flrBodyWeightPercent',
      'bsaM2',
      'standardLiverMl',
      'thresholdPercent',
    ]) {
      expect(answer[key]).toBeNull();
    }
    expect(answer.overall.light).toBe('grey');
    expect(answer.options).toEqual([]);
  });

  it('shares the voxels at the cut out exactly and leaves the tumour on the staying side out', () => {
    const answer = volumetry(
      '--liver',
      file('liver.nii.gz'),
      '--tumour',
      `${file('many.nii.gz')}#5`,
      '--plan',
      file('plan.json'),
    );
    const { total, remnant, resected, excluded } = answer.units;
    expect(remnant! + resected! + excluded!).toBe(total);
    // Columns 3 … 7 stay whole; column 8 ends half a voxel after its centre and stays to a third past it.
    const columns = 5 + 0.5 + 1 / 3;
    expect(answer.remnantMl).toBeCloseTo((columns * 110 - 12) * voxelMl, 3);
    expect(excluded).toBe(12 * partsPerVoxel);
    expect(answer['flrPercent']).toBeCloseTo(((columns * 110 - 12) / (1320 - 12)) * 100, 2);
  });

  it('states verdict, light and options only when nothing forbids it', () => {
    const given = ['--liver', file('liver.nii.gz'), '--plan', file('plan.json'), '--height', '168', '--weight', '63.5'];
    const ready = ['--reviewed-by', 'A. Reader', '--phase', 'portal-venous', '--parenchyma', 'cirrhosis'];
    const judged = volumetry(...given, ...ready);
    expect(judged['thresholdPercent']).toBe(40);
    expect(judged.verdicts.map(({ denominator }) => denominator)).toEqual(['functional', 'standard', 'bodyWeight']);
    // A liver of 7 mL in an adult: red against the standard volume, whatever the measured share says.
    expect(judged.verdicts.find(({ denominator }) => denominator === 'standard')?.verdict).toBe('below');
    expect(['amber', 'red']).toContain(judged.overall.light);
    expect(judged.options.length).toBeGreaterThan(0);
    for (const { id, title, citation } of judged.options)
      expect([id, title, citation].every((text) => text.length > 2)).toBe(true);
    for (const [missing, words] of [
      ['review', ['--phase', 'portal-venous', '--parenchyma', 'cirrhosis']],
      ['phase', ['--reviewed-by', 'A. Reader', '--parenchyma', 'cirrhosis', '--phase', 'other']],
      ['parenchyma', ['--reviewed-by', 'A. Reader', '--phase', 'portal-venous', '--parenchyma', 'unknown']],
    ] as const) {
      const refused = volumetry(...given, ...words);
      expect(refused.overall.light).toBe('grey');
      expect(refused.overall.missing).toContain(missing);
      expect(refused.options).toEqual([]);
      expect(refused.verdicts.every(({ verdict }) => verdict === 'none')).toBe(true);
    }
  });

  it('lists the series with its interface', () => {
    const [entry] = answerOf<readonly Record<string, unknown>[]>('series', ct);
    expect(entry).toMatchObject({ modality: 'CT', slices: 14, size: [19, 17, 14], status: 'volume', reasons: [] });
    expect(entry!['spacing']).toEqual([1.5, 1.25, 3]);
  });

  it('converts a mask and writes the report whole', () => {
    const out = file('converted.nii');
    expect(
      answerOf<{ labels: readonly number[] }>('convert', ct, '--mask', file('many.nii.gz'), '--out', out).labels,
    ).toEqual([1, 5]);
    expect(volumetry('--liver', `${out}#1,5`).units.total).toBe(1320 * partsPerVoxel);
    const pdf = file('report.pdf');
    const run = remnant('report', ct, '--liver', file('liver.nii.gz'), '--plan', file('plan.json'), '--out', pdf);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(folder).filter((name) => name.endsWith('.pdf') || name.endsWith('.tmp'))).toEqual([
      'report.pdf',
    ]);
  });
});

describe('bad input', () => {
  const liver = (): string[] => ['--liver', file('liver.nii.gz')];

  it('is refused with its code and a sentence, and nothing is written', () => {
    mkdirSync(file('empty'));
    mkdirSync(file('text'));
    writeFileSync(join(file('text'), 'notes.txt'), 'no image here\n');
    writeFileSync(file('broken.nii.gz'), Uint8Array.of(1, 2, 3, 4, 5));
    const plain = gunzipSync(
      writeMaskFile(
        mask((i, j, k) => Number(inBox(i, j, k))),
        grid,
      ),
    );
    plain.writeInt16LE(-7, 42);
    writeFileSync(file('header.nii'), plain);
    const away = createGrid({ ...grid, origin: [grid.origin[0] + 400, grid.origin[1], grid.origin[2]] });
    writeFileSync(
      file('away.nii.gz'),
      writeMaskFile(
        mask((i, j, k) => Number(inBox(i, j, k))),
        away,
      ),
    );
    writeFileSync(
      file('nan.json'),
      '{"version":1,"cuts":[{"kind":"plane","point":[NaN,0,0],"normal":[1,0,0],"resect":"positive"}]}',
    );
    writeFileSync(
      file('flat.json'),
      '{"version":1,"cuts":[{"kind":"plane","point":[1,0,0],"normal":[0,0,0],"resect":"positive"}]}',
    );
    const before = readdirSync(folder).sort();
    const cases: readonly (readonly [code: string | RegExp, words: readonly string[]])[] = [
      ['no_images', ['series', file('empty')]],
      ['no_images', ['volumetry', file('text'), ...liver()]],
      ['not_a_folder', ['series', join(file('text'), 'notes.txt')]],
      ['folder_not_found', ['series', file('nowhere')]],
      ['mask_not_found', ['volumetry', ct, '--liver', file('nowhere.nii')]],
      [/^nifti_/, ['volumetry', ct, '--liver', file('broken.nii.gz')]],
      [/^nifti_/, ['volumetry', ct, '--liver', file('header.nii')]],
      ['mask_outside_volume', ['volumetry', ct, '--liver', file('away.nii.gz')]],
      ['mask_has_many_labels', ['volumetry', ct, '--liver', file('many.nii.gz')]],
      ['mask_label_absent', ['volumetry', ct, '--liver', `${file('many.nii.gz')}#3`]],
      ['plan_invalid', ['volumetry', ct, ...liver(), '--plan', file('nan.json')]],
      ['plan_invalid', ['volumetry', ct, ...liver(), '--plan', file('flat.json')]],
      ['height_implausible', ['volumetry', ct, ...liver(), '--height', '0', '--weight', '70']],
      ['weight_missing', ['volumetry', ct, ...liver(), '--height', '170']],
      ['height_missing', ['volumetry', ct, ...liver(), '--weight', '70']],
      ['bad_option', ['volumetry', ct, ...liver(), '--parenchyma', 'fine']],
      ['bad_option', ['volumetry', ct, ...liver(), '--surprise']],
      ['liver_missing', ['volumetry', ct]],
      ['series_not_found', ['volumetry', ct, ...liver(), '--series', '1.2.3']],
      ['out_missing', ['report', ct, ...liver()]],
      ['out_not_writable', ['report', ct, ...liver(), '--out', join(file('nowhere'), 'report.pdf')]],
      [/^nifti_/, ['report', ct, '--liver', file('broken.nii.gz'), '--out', file('refused.pdf')]],
      ['mask_outside_volume', ['convert', ct, '--mask', file('away.nii.gz'), '--out', file('refused.nii.gz')]],
      ['format_unknown', ['convert', ct, '--mask', file('liver.nii.gz'), '--out', file('refused.png')]],
      ['unknown_command', ['resect', ct]],
    ];
    for (const [code, words] of cases) {
      const { code: got, message } = refusalOf(...words);
      expect(got, words.join(' ')).toMatch(code);
      expect(message.length).toBeGreaterThan(20);
    }
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it('names the missing slice, and asks which series when there are two', () => {
    const gap = file('gap');
    mkdirSync(gap);
    writeDicomStack(stack).forEach(({ name, bytes }, number) => {
      if (number !== 6) writeFileSync(join(gap, name), bytes);
    });
    expect(refusalOf('volumetry', gap, ...liver())).toMatchObject({ code: 'missing_slice' });
    const two = file('two');
    mkdirSync(two);
    for (const [number, seriesInstanceUid] of ['2.25.11', '2.25.22'].entries()) {
      for (const { name, bytes } of writeDicomStack({ ...stack, common: { seriesInstanceUid } })) {
        writeFileSync(join(two, `${number}-${name}`), bytes);
      }
    }
    expect(refusalOf('volumetry', two, ...liver())).toMatchObject({ code: 'series_ambiguous' });
    expect(answerOf<Answer>('volumetry', two, '--series', '2.25.22', ...liver()).units.total).toBe(
      1320 * partsPerVoxel,
    );
  });
});
