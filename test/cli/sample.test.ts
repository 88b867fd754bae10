import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answerOf, refusalOf } from '../support/command-line.ts';
import { projectRoot } from '../support/needs.ts';

const sample = (...names: readonly string[]): string => join(projectRoot, 'sample-dicom', ...names);
const truth = JSON.parse(readFileSync(sample('truth.json'), 'utf8')) as {
  readonly structures: Readonly<Record<string, { readonly trueMl: number; readonly toleranceMl: number }>>;
  readonly rightHepatectomy: {
    readonly [part in 'remnantMl' | 'resectedMl' | 'excludedMl']: {
      readonly trueMl: number;
      readonly toleranceMl: number;
    };
  } & { readonly flrPercent: { readonly true: number; readonly tolerancePercentagePoints: number } };
};

interface Answer {
  readonly totalMl: number;
  readonly tumourMl: number;
  readonly functionalMl: number;
  readonly remnantMl: number;
  readonly resectedMl: number;
  readonly excludedMl: number;
  readonly flrPercent: number;
}

describe('the sample case on the command line', () => {
  it('has the volumes of its formulas', () => {
    const masks = [
      '--liver',
      sample('masks', 'liver.nii.gz'),
      '--tumour',
      `${sample('masks', 'tumours.nii.gz')}#1,2,3`,
    ];
    const answer = answerOf<Answer>(
      'volumetry',
      sample('ct'),
      ...masks,
      '--plan',
      sample('right-hepatectomy.plan.json'),
    );
    const near = (value: number, name: string): void => {
      const { trueMl, toleranceMl } = truth.structures[name]!;
      expect(Math.abs(value - trueMl), name).toBeLessThanOrEqual(toleranceMl);
    };
    near(answer.totalMl, 'liver');
    near(answer.tumourMl, 'tumours');
    near(answer.functionalMl, 'functional liver');
    for (const part of ['remnantMl', 'resectedMl', 'excludedMl'] as const) {
      const { trueMl, toleranceMl } = truth.rightHepatectomy[part];
      expect(Math.abs(answer[part] - trueMl), part).toBeLessThanOrEqual(toleranceMl);
    }
    const { flrPercent } = truth.rightHepatectomy;
    expect(Math.abs(answer.flrPercent - flrPercent.true)).toBeLessThanOrEqual(flrPercent.tolerancePercentagePoints);
    expect(answer.remnantMl + answer.resectedMl + answer.excludedMl).toBeCloseTo(answer.totalMl, 9);
  });
});

describe('clinical inputs on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'remnant-inputs-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const written = (name: string, value: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  const words = [
    ...['volumetry', sample('ct'), '--liver', sample('masks', 'liver.nii.gz')],
    ...['--plan', sample('right-hepatectomy.plan.json'), '--height', '172', '--weight', '74'],
    ...['--parenchyma', 'chemotherapy', '--phase', 'portal-venous', '--reviewed-by', 'A. Reader'],
  ];
  interface Judged {
    readonly overall: { readonly light: string };
    readonly options: readonly { readonly id: string }[];
    readonly withheld: readonly { readonly id: string; readonly reason: string }[];
  }

  it('take augmentation off the list on overt portal hypertension, and say why', () => {
    const without = answerOf<Judged>(...words);
    expect(without.overall.light).toBe('amber');
    expect(without.options.map(({ id }) => id)).toContain('pve');
    const inputs = written('inputs.json', { version: 1, contraindications: { portalHypertension: true } });
    const judged = answerOf<Judged>(...words, '--inputs', inputs);
    const augmenting = ['pve', 'lvd', 'two_stage', 'alpps'];
    expect(judged.options.filter(({ id }) => augmenting.includes(id))).toEqual([]);
    expect(judged.withheld.find(({ id }) => id === 'pve')?.reason).toMatch(/hypertension/i);
  });

  it('are refused by name', () => {
    const albumin = written('albumin.json', { version: 1, laboratory: { albumin: { value: 3500, unit: 'g/L' } } });
    expect(refusalOf(...words, '--inputs', albumin).code).toBe('albumin_implausible');
    expect(refusalOf(...words, '--inputs', join(folder, 'nowhere.json')).code).toBe('inputs_not_found');
    expect(refusalOf(...words, '--rules', written('rules.json', { mode: 'amend' })).code).toBe('rules_invalid');
  });
});
