import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assess, emptyInputs, measureGrowth, ruleBase } from '../../src/assessment/index.ts';
import type { AssessmentInput } from '../../src/assessment/index.ts';
import type { Volumetry } from '../../src/liver/index.ts';
import { answerOf, refusalOf, remnant } from '../support/command-line.ts';
import { projectRoot } from '../support/needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'remnant-assess-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

type Answer = Readonly<Record<string, unknown>>;

const clinical = {
  version: 1,
  disease: { bilobar: true, lesionCount: 3, largestCm: 2.9 },
  laboratory: { bilirubin: { value: 17.1, unit: 'µmol/L' }, albumin: { value: 40, unit: 'g/L' } },
  plan: { surgeryOn: '2026-04-13' },
  bevacizumab: { lastDoseOn: '2026-03-05', cycles: 4 },
  augmentation: { kind: 'PVE', on: '2026-03-02' },
  growth: {
    denominator: { kind: 'standard', volumeMl: 1600 },
    measurements: [
      { on: '2026-02-26', flrMl: 352, intervalMl: [332, 372] },
      { on: '2026-03-23', flrMl: 464, intervalMl: [449, 479] },
    ],
  },
};

describe('remnant assess on the sample case', () => {
  const sample = (...names: readonly string[]): string => join(projectRoot, 'sample-dicom', ...names);
  let volumetry: Answer = {};
  beforeAll(() => {
    volumetry = answerOf<Answer>(
      'volumetry',
      sample('ct'),
      ...['--liver', sample('masks', 'liver.nii.gz'), '--tumour', `${sample('masks', 'tumours.nii.gz')}#1,2,3`],
      ...['--plan', sample('right-hepatectomy.plan.json'), '--height', '172', '--weight', '74'],
      ...['--parenchyma', 'chemotherapy', '--phase', 'portal-venous', '--reviewed-by', 'A. Reader'],
      ...['--confirmed', 'inflow,bile', '--inputs', file('inputs.json', clinical)],
    );
  });
  const keys = [
    ...['thresholdPercent', 'verdicts', 'overall', 'options', 'otherThresholds', 'rules', 'ruleSet', 'inputs'],
    ...['quantities', 'sheet', 'withheld', 'dateLine', 'growth'],
  ] as const;

  it('says of the printed figures what volumetry said of the images, growth and dates included', () => {
    const answer = answerOf<Answer>('assess', file('volumetry.json', volumetry));
    expect(Object.keys(answer)).toEqual([...keys, 'remarks']);
    for (const key of keys) expect(answer[key], key).toEqual(volumetry[key]);
    expect((answer['dateLine'] as unknown[]).length).toBeGreaterThan(6);
    expect((answer['growth'] as { judged: { daily: { value: number } } }).judged.daily.value).toBeCloseTo(4.48, 12);
    const own = ['lossy_compression', 'slices_far_apart', 'tumour_beyond_liver', 'masks_overlap'];
    const said = (volumetry['remarks'] as { code: string }[]).filter(({ code }) => !own.includes(code));
    expect(answer['remarks']).toEqual(said);
  });

  it('equals what the app computes: `assess` of the same figures', () => {
    const { growth, augmentation } = { growth: clinical.growth, augmentation: clinical.augmentation };
    const inputs = volumetry['inputs'] as NonNullable<AssessmentInput['inputs']>;
    const measured = measureGrowth(
      inputs.growth!.measurements,
      inputs.growth!.denominator,
      inputs.augmentation,
      ruleBase,
    );
    expect(inputs.growth!.measurements).toHaveLength(growth.measurements.length);
    expect(inputs.augmentation).toEqual(augmentation);
    const assessed = assess({
      volumetry: volumetry as unknown as Volumetry,
      sliceSpacingMm: (volumetry['spacing'] as number[])[2]!,
      parenchyma: 'chemotherapy',
      reviewedBy: 'A. Reader',
      phase: 'portal-venous',
      confirmed: ['inflow', 'bile'],
      inputs,
      growth: measured,
    });
    const answer = answerOf<Answer>('assess', file('volumetry.json', volumetry));
    for (const key of ['thresholdPercent', 'verdicts', 'overall', 'options', 'withheld', 'otherThresholds'] as const)
      expect(answer[key], key).toEqual(JSON.parse(JSON.stringify(assessed[key])));
  });

  it('lets a case take the volumes from volumetry and the rest from itself, with rules named beside it', () => {
    file('department.json', {
      format: 'remnant-rules',
      name: 'Ward 7',
      version: '3',
      reviewer: 'Dr. Q. Examiner',
      mode: 'extend',
      leaveOut: ['flr-functional-pve-25-40'],
    });
    const answer = answerOf<{ ruleSet: unknown; overall: { missing: string[] }; inputs: unknown }>(
      'assess',
      file('case.json', { version: 1, volumes: volumetry, parenchyma: 'normal', inputs: {}, rules: 'department.json' }),
    );
    expect(answer.ruleSet).toEqual({
      ...{ name: 'Ward 7', version: '3', reviewer: 'Dr. Q. Examiner' },
      basis: { name: ruleBase.name, version: ruleBase.version },
    });
    expect(answer.inputs).toEqual(emptyInputs);
  });
});

const typed = {
  version: 1,
  volumes: {
    totalMl: 1611,
    functionalMl: 1544,
    remnantMl: 372,
    resectedMl: 1197,
    tumourLeftMl: 0,
    intervals: { remnantMl: [348, 396], flrPercent: [22.4, 25.9] },
  },
  ...{ sliceSpacingMm: 1.5, heightCm: 178, weightKg: 79, parenchyma: 'chemotherapy', phase: 'portal-venous' },
  ...{ reviewedBy: 'R. Reader', confirmed: ['inflow', 'outflow', 'bile', 'segments'] },
};

describe('remnant assess on typed figures', () => {
  it('prints the sheet, options with addresses, what is not listed and the rules', () => {
    const { status, stdout } = remnant('assess', file('typed.json', typed));
    expect(status).toBe(0);
    // By hand: 372/1544 = 24.09 %; √(178 × 79 / 3600) = 1.97639 m² → 1710.23 mL → 21.75 %; 372/79,000 = 0.471 %.
    expect(stdout).toContain('24.1 % (90 % interval 22.4 to 25.9); below the threshold of 30 %');
    expect(stdout).toContain('21.8 % (90 % interval 20.3 to 23.2); below the threshold of 30 %');
    expect(stdout).toContain('body weight: 0.47 %');
    for (const part of [
      'Overall: red',
      'To discuss: Portal vein',
      'https://',
      'Not listed:',
      'Rules: Remnant rule base',
    ])
      expect(stdout).toContain(part);
  });

  it('names the field at fault', () => {
    const volumes = { ...typed.volumes, tumourLeftMl: -2 };
    const error = refusalOf('assess', file('wrong.json', { ...typed, volumes }));
    expect(error).toMatchObject({ code: 'volume_implausible', path: 'volumes.tumourLeftMl' });
    expect(error.message).toContain('-2 mL is not plausible');
  });

  it('refuses what is not there, what is no JSON and rules that are missing', () => {
    expect(refusalOf('assess', join(folder, 'nothing.json')).code).toBe('assessment_not_found');
    expect(refusalOf('assess', file('broken.json', '{')).code).toBe('assessment_invalid');
    expect(refusalOf('assess', file('typed.json', typed), '--rules', join(folder, 'none.json')).code).toBe(
      'rules_not_found',
    );
    expect(refusalOf('assess')).toEqual({ code: 'file_missing', message: 'Name the file that holds the case.' });
    expect(refusalOf('assess', file('typed.json', typed), 'more').message).toContain('One file at a time');
    expect(refusalOf('growth').code).toBe('file_missing');
    const rules = file('rules.json', {
      format: 'remnant-rules',
      name: 'W',
      version: '1',
      reviewer: null,
      mode: 'amend',
    });
    expect(refusalOf('assess', file('typed.json', typed), '--rules', rules).code).toBe('rules_invalid');
    // A mark of the byte order is no fault.
    expect(answerOf<Answer>('assess', file('marked.json', `\ufeff${JSON.stringify(typed)}`))['overall']).toBeDefined();
    expect(remnant('assess', '--help').stdout).toContain('remnant assess CASE.json');
  });
});
