import { mkdtempSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assembleSeries } from '../../src/dicom/index.ts';
import { maskPatch, writeMaskFile } from '../../src/exchange/index.ts';
import { direction, toWorld, voxelIndex } from '../../src/geometry/index.ts';
import type { Grid } from '../../src/geometry/index.ts';
import { liverLabel, measure, outsideLabel, prepareMeasurement, tumourLabel } from '../../src/liver/index.ts';
import type { Cut } from '../../src/liver/index.ts';
import { createPlan, importVoxels, savePlan } from '../../src/plan/index.ts';
import type { Plan } from '../../src/plan/index.ts';
import { applyPatch } from '../../src/volume/index.ts';
import type { Remark } from '../../src/volume/index.ts';
import { answerOf, refusalOf, remnant } from '../support/command-line.ts';
import { writeDicomStack } from '../support/dicom-fixture.ts';
import { randomFrom } from '../volume/random-labels.ts';

const size = [13, 11, 9] as const;
const stack = {
  size,
  spacing: [1.5, 1.25, 3],
  origin: [-31.7, 12.3, 845.1],
  orientation: [0.8, 0.6, 0, -0.6, 0.8, 0],
} as const;
const count = 13 * 11 * 9;

let folder = '';
let ct = '';
let grid: Grid;
let plan: Plan;
let labels: Uint8Array;
let appRemarks: readonly Remark[] = [];
const file = (name: string): string => join(folder, name);
/** Names as people give them. */
const named = { liver: 'Leber Ä #1 neu.nii.gz', tumour: 'tumeur 肝.nii.gz', outside: "gall 'bladder'.nii.gz" };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'remnant plan ü '));
  ct = file('CT Ärzte 1');
  mkdirSync(join(ct, 'deep er'), { recursive: true });
  const files = writeDicomStack(stack);
  files.forEach(({ name, bytes }, number) => {
    writeFileSync(join(ct, number % 2 === 0 ? '.' : 'deep er', name), bytes);
  });
  // What else lies in such folders.
  writeFileSync(join(ct, 'DICOMDIR'), 'no directory');
  writeFileSync(join(ct, 'LIES MICH.txt'), 'viewer');
  writeFileSync(join(ct, 'empty'), '');
  const assembly = assembleSeries(files);
  if (assembly.kind === 'refused') throw new Error(JSON.stringify(assembly.reasons));
  grid = assembly.volume.grid;
  const random = randomFrom(515);
  const masks = {
    liver: Uint8Array.from({ length: count }, (_, voxel) => Number(voxel === 1 || random() < 0.7)),
    tumour: Uint8Array.from({ length: count }, (_, voxel) => Number(voxel !== 1 && random() < 0.15)),
    outside: Uint8Array.from({ length: count }, (_, voxel) => Number(voxel !== 1 && random() < 0.1)),
  };
  for (const kind of ['liver', 'tumour', 'outside'] as const) {
    writeFileSync(file(named[kind]), writeMaskFile(masks[kind], grid));
  }
  const cuts: readonly Cut[] = [
    {
      kind: 'plane',
      point: toWorld(grid, voxelIndex(7.3, 5, 4)),
      normal: direction(0.6, 0.2, -0.3),
      resect: 'negative',
    },
    {
      kind: 'all',
      cuts: [
        { kind: 'plane', point: toWorld(grid, voxelIndex(9.1, 5, 4)), normal: grid.axes[0], resect: 'positive' },
        { kind: 'plane', point: toWorld(grid, voxelIndex(9, 5, 3.7)), normal: grid.axes[2], resect: 'positive' },
      ],
    },
  ];
  writeFileSync(file('bare.json'), JSON.stringify({ version: 1, cuts }));

  // As the app does it: masks imported one after another, a review, a saved plan.
  const { entry, fingerprint } = assembly;
  plan = createPlan({ seriesInstanceUid: entry.header.seriesInstanceUid, fingerprint, description: null });
  labels = new Uint8Array(count);
  const steps = [
    ['liver', liverLabel],
    ['outside', outsideLabel],
    ['tumour', tumourLabel(1)],
  ] as const;
  for (const [kind, label] of steps) {
    const mask = { name: named[kind], grid, values: masks[kind], labelsPresent: [1] };
    const found = maskPatch({ grid, values: labels }, mask, [{ fileLabels: null, label }]);
    if (!found.ok) throw new Error(found.error.message);
    applyPatch(labels, found.value.patch);
    const from = {
      author: named[kind],
      structures: [{ label, name: label === liverLabel ? 'Old liver' : 'Old name' }],
      remarks: found.value.remarks,
    };
    plan = importVoxels(plan, found.value.patch, from, 'Import').after;
  }
  appRemarks = plan.remarks.map(({ code, message }) => ({ code, message }));
  plan = {
    ...plan,
    cuts,
    heightCm: 171,
    weightKg: 66,
    parenchyma: 'chemotherapy',
    phase: 'portal-venous',
    confirmed: ['inflow', 'bile'],
    segmentation: { ...plan.segmentation, reviewedBy: 'Dr Early' },
  };
  writeFileSync(file('whole plan.json'), savePlan(plan, { grid, values: labels }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  readonly units: object;
  readonly flrPercent: number;
  readonly sflrPercent: number;
  readonly intervals: object;
  readonly thresholdPercent: number;
  readonly overall: { readonly light: string; readonly missing: readonly string[] };
  readonly remarks: readonly Remark[];
}

const volumetry = (...words: readonly string[]): Answer => answerOf<Answer>('volumetry', ct, ...words);
const maskWords = (): string[] => [
  ...['--liver', file(named.liver)],
  ...['--tumour', file(named.tumour)],
  ...['--outside', file(named.outside)],
];

describe('a plan with its masks inside', () => {
  it('gives the command line the figures of the app, alone and with the same masks as files', () => {
    const app = measure(prepareMeasurement({ grid, values: labels }), plan.cuts, { heightCm: 171, weightKg: 66 });
    const alone = volumetry('--plan', file('whole plan.json'));
    expect(alone.units).toEqual(app.units);
    expect(alone.intervals).toEqual(app.intervals);
    expect([alone.flrPercent, alone.sflrPercent]).toEqual([app.flrPercent, app.sflrPercent]);
    expect(alone.thresholdPercent).toBe(30);
    expect(alone.overall.missing).not.toContain('review');
    const bare = volumetry(...maskWords(), '--plan', file('bare.json'), '--height', '171', '--weight', '66');
    expect(bare.units).toEqual(app.units);
    expect(bare.intervals).toEqual(app.intervals);
    const ofMasks = (remarks: readonly Remark[]) => remarks.filter(({ code }) => /overlap|beyond/.test(code));
    expect(ofMasks(appRemarks).map(({ code }) => code)).toEqual([
      'masks_overlap',
      'masks_overlap',
      'tumour_beyond_liver',
    ]);
    expect(ofMasks(bare.remarks)).toEqual(ofMasks(appRemarks));
    expect(ofMasks(alone.remarks)).toEqual(ofMasks(appRemarks));
  });

  it('loses review, names and remarks when other masks take their place, and keeps what was said of the patient', () => {
    const other = volumetry('--liver', file(named.tumour), '--plan', file('whole plan.json'));
    expect(other.overall.light).toBe('grey');
    expect(other.overall.missing).toContain('review');
    expect(other.thresholdPercent).toBe(30);
    expect(other.remarks.filter(({ code }) => /overlap|beyond/.test(code))).toEqual([]);
    const again = volumetry(
      '--liver',
      file(named.tumour),
      '--plan',
      file('whole plan.json'),
      '--reviewed-by',
      'Dr Late',
    );
    expect(again.overall.missing).not.toContain('review');
    const stricter = volumetry('--plan', file('whole plan.json'), '--parenchyma', 'cirrhosis');
    expect(stricter.thresholdPercent).toBe(40);
    expect(refusalOf('volumetry', ct, '--plan', file('whole plan.json'), '--tumour', file(named.tumour)).code).toBe(
      'liver_missing',
    );
  });

  it('takes two hundred tumours, the last label, links and odd names, and refuses what is too much in a sentence', () => {
    const lesions = new Uint8Array(count);
    for (let number = 0; number < 200; number += 1) lesions[5 * number + 3] = number + 56;
    writeFileSync(file('lesions.nii.gz'), writeMaskFile(lesions, grid));
    const words = Array.from({ length: 200 }, (_, number) => number + 56).join(',');
    const many = answerOf<{ readonly tumourMl: number; readonly voxelMl: number }>(
      ...['volumetry', ct, '--liver', file(named.liver), '--tumour', `${file('lesions.nii.gz')}#${words}`],
    );
    expect(many.tumourMl / many.voxelMl).toBeCloseTo(200, 6);

    symlinkSync(ct, file('link'));
    symlinkSync('.', join(ct, 'circle'));
    expect(answerOf<Answer>('volumetry', file('link'), '--plan', file('whole plan.json')).units).toEqual(
      volumetry('--plan', file('whole plan.json')).units,
    );
    const before = readdirSync(folder).sort();
    const tooMany = Array.from({ length: 241 }, () => 255).join(',');
    const refused = refusalOf(
      'volumetry',
      ct,
      '--liver',
      file(named.liver),
      '--tumour',
      `${file('lesions.nii.gz')}#${tooMany}`,
    );
    expect(refused).toMatchObject({ code: 'bad_option' });
    expect(refused.message).toMatch(/240/);
    const report = remnant('report', ct, '--plan', file('bare.json'), '--out', file('never.pdf'));
    expect(report.status).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});
