import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../support/command-line.ts';
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
