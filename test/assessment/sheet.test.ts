import { describe, expect, it } from 'vitest';
import { percent } from '../../src/geometry/index.ts';
import {
  assess,
  calibrateGuesses,
  guessedCase,
  guessSchema,
  dateLine,
  quantitiesOf,
  readInputs,
  ruleBase,
  verdictSheet,
} from '../../src/assessment/index.ts';
import type { AssessmentInputs } from '../../src/assessment/index.ts';
import { openPlan, savePlan } from '../../src/plan/index.ts';
import { madeLabels, madePlan } from '../plan/made-plan.ts';
import { madeInput } from './made-input.ts';

function given(json: Record<string, unknown> = {}): AssessmentInputs {
  const read = readInputs({ version: 1, ...json });
  if (!read.ok) throw new Error(read.error.message);
  return read.value.inputs;
}

const figures = { functional: [24.1, 22.4, 25.9], standard: [22.5, 21, 24], bodyWeight: [0.46, 0.43, 0.49] } as const;
const size = { heightCm: 182, weightKg: 81 };

describe('the verdict sheet', () => {
  const input = madeInput(figures, {
    parenchyma: 'chemotherapy',
    inputs: given({ functionTests: { hbsPercentPerMinPerM2: 2.69, icgR15Percent: 10 }, disease: { largestCm: 3.1 } }),
  });
  const sheet = verdictSheet(input, assess(input), quantitiesOf(input.volumetry, size, input.inputs!), ruleBase);

  it('sets every denominator against every threshold of this liver', () => {
    expect(
      sheet.lines.map(({ denominator, thresholds }) => [denominator, thresholds.map(({ verdict }) => verdict)]),
    ).toEqual([
      ['functional', ['below', 'below', 'below', 'below', 'below', 'crosses']],
      ['standard', ['below', 'below']],
      ['standardUrata', []],
      ['bodyWeight', ['below']],
      ['bodySurface', ['below']],
    ]);
    expect(sheet.lines[0]!.thresholds.filter(({ decides }) => decides).map(({ ruleId }) => ruleId)).toEqual([
      'flr-functional-chemotherapy-30',
    ]);
    expect(sheet.overall.light).toBe('red');
    expect(sheet.condition).toContain('below the threshold in all denominators');
  });

  it('shows function tests and extent beside published cut-offs, their bounds as published', () => {
    expect(sheet.findings.map(({ ruleId, holds }) => [ruleId, holds])).toEqual([
      ['ablation-3-cm', false],
      ['hbs-2.69', true],
      ['icg-10', false],
    ]);
  });

  it('gives figures without verdicts while something essential is missing', () => {
    const grey = { ...input, reviewedBy: null };
    const { lines } = verdictSheet(grey, assess(grey), quantitiesOf(grey.volumetry, size, given()), ruleBase);
    expect(lines[0]!.value).toBe(24.1);
    expect(new Set(lines.flatMap(({ thresholds }) => thresholds.map(({ verdict }) => verdict)))).toEqual(
      new Set(['none']),
    );
  });
});

describe('the quantities', () => {
  const { volumetry } = madeInput(figures);

  it('relates the remnant to every formula, with its interval', () => {
    const { standardShares, shareSpread, remnantPerBsa, bsaM2 } = quantitiesOf(volumetry, size, given());
    const urata = standardShares.find(({ id }) => id === 'slv-urata')!;
    // Mosteller √(182 × 81 / 3600) = 2.02361; Urata 1431.47 mL; 372 mL are 25.987 %.
    expect(bsaM2!.mosteller).toBeCloseTo(2.02361, 4);
    expect(urata.percent).toBeCloseTo(25.987, 2);
    expect(urata.interval![0]).toBeCloseTo((348 / 1431.47) * 100, 2);
    expect(remnantPerBsa!.value).toBeCloseTo(372 / 2.02361, 2);
    expect(shareSpread![0]).toBeLessThan(shareSpread![1]);
    expect(standardShares.find(({ id }) => id === 'slv-hong-kong')!.percent).toBe(null);
  });

  it('computes only what its inputs allow', () => {
    const none = quantitiesOf(volumetry, null, given());
    expect([none.bsaM2, none.standardShares, none.shareSpread, none.albi, none.tumourBurdenScore]).toEqual([
      null,
      [],
      null,
      null,
      null,
    ]);
    const some = quantitiesOf(
      volumetry,
      { heightCm: 50, weightKg: 3 },
      given({ disease: { lesionCount: 4, largestCm: 3 } }),
    );
    expect(some.tumourBurdenScore).toBe(5);
    // A newborn drives Vauthey’s line below zero.
    expect(some.standardShares[0]!.percent).toBe(null);
  });
});

describe('the date line', () => {
  it('orders events and published windows, and says what conflicts', () => {
    const line = dateLine(
      given({
        liver: { chemotherapy: { startedOn: '2026-01-05' } },
        bevacizumab: { lastDoseOn: '2026-02-20' },
        augmentation: { kind: 'PVE', on: '2026-03-02' },
        plan: { asOf: '2026-03-12', weeksAvailable: 6, surgeryOn: '2026-03-20' },
      }),
      ruleBase,
      ['2026-02-26'],
    );
    expect(line.marks.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['chemotherapy', '2026-01-05', '2026-01-05'],
      ['bevacizumab', '2026-02-20', '2026-02-20'],
      ['scan', '2026-02-26', '2026-02-26'],
      ['augmentation', '2026-03-02', '2026-03-02'],
      ['chemotherapy-length', '2026-03-07', '2026-05-07'],
      ['as-of', '2026-03-12', '2026-03-12'],
      ['first-ct', '2026-03-16', '2026-03-30'],
      ['surgery', '2026-03-20', '2026-03-20'],
      ['embolisation-wait', '2026-03-23', '2026-04-13'],
      ['bevacizumab-washout', '2026-04-03', '2026-04-17'],
      ['time-available', '2026-04-23', '2026-04-23'],
    ]);
    expect(line.remarks.map(({ code }) => code)).toEqual(['bevacizumab_washout', 'growth_time_short']);
  });

  it('says which days lie after today or after the operation, and nothing of days that follow one another', () => {
    const line = dateLine(
      given({
        bevacizumab: { lastDoseOn: '2026-02-20' },
        augmentation: { kind: 'PVE', on: '2026-03-02' },
        plan: { asOf: '2026-03-12', surgeryOn: '2026-03-01' },
      }),
      ruleBase,
      ['2026-03-11', '2026-03-13'],
    );
    const said = (code: string) => line.remarks.find((remark) => remark.code === code)?.message;
    expect(said('date_in_future')).toBe(
      'Later than the day given as today (2026-03-12): Scan (2026-03-13). Check the dates.',
    );
    expect(said('dates_reversed')).toBe(
      'Later than the planned resection (2026-03-01): PVE (2026-03-02). Check the dates.',
    );
  });

  it('gives ALPPS 7–14 days between the stages and is empty without dates', () => {
    const { marks } = dateLine(given({ augmentation: { kind: 'ALPPS', on: '2026-03-02' } }), ruleBase);
    expect(marks.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['augmentation', '2026-03-02', '2026-03-02'],
      ['alpps-interval', '2026-03-09', '2026-03-16'],
    ]);
    expect(dateLine(given(), ruleBase)).toEqual({ marks: [], remarks: [] });
  });
});

describe('the surgeon’s guess', () => {
  const one = (guessed: number, measured: number) => ({ guessed: percent(guessed), measured: percent(measured) });

  it('is calibrated by mean error and limits of agreement', () => {
    const calibration = calibrateGuesses([one(30, 26), one(25, 27), one(40, 33)])!;
    // Errors 4, −2, 7: mean 3, standard deviation √21.
    expect(calibration).toMatchObject({ cases: 3, meanError: 3 });
    expect(calibration.meanAbsoluteError).toBeCloseTo(13 / 3, 12);
    expect(calibration.limits![0]).toBeCloseTo(3 - 1.96 * Math.sqrt(21), 12);
    // 4/26 − 2/27 + 7/33 over three: percent of the measured remnant, not points.
    expect(calibration.meanRelativeError).toBeCloseTo(((4 / 26 - 2 / 27 + 7 / 33) / 3) * 100, 12);
    expect(calibrateGuesses([one(30, 26), one(25, 27)])!.limits).toBe(null);
    expect(calibrateGuesses([])).toBe(null);
  });

  it('counts with the figure that was shown then, not with a skipped question', () => {
    const guess = { flrPercent: 31, by: 'Dr S', on: null, shownPercent: 24.5 };
    expect(guessedCase(guess)).toEqual({ guessed: 31, measured: 24.5 });
    expect(guessedCase({ ...guess, laterPercent: 24 })).toEqual({ guessed: 31, measured: 24.5 });
    expect(guessedCase({ ...guess, flrPercent: null, laterPercent: 24 })).toBe(null);
    expect(guessedCase({ ...guess, flrPercent: null })).toBe(null);
    expect(guessedCase({ ...guess, shownPercent: null })).toBe(null);
    expect(guessedCase({ ...guess, shownPercent: 0 })).toBe(null);
    // Plans of before kept no shown figure.
    expect(guessSchema.parse({ flrPercent: 31, by: 'Dr S', on: null })).toEqual({ ...guess, shownPercent: null });
  });

  it('and the inputs are kept with the plan; a plan without them opens as it was', () => {
    const kept = {
      ...madePlan(),
      inputs: given({ disease: { bilobar: true } }),
      guess: { flrPercent: 31, by: 'Dr S', on: null, shownPercent: 24.5 },
    };
    const open = (plan: typeof kept | ReturnType<typeof madePlan>) => {
      const file = openPlan(savePlan(plan, madeLabels()));
      return file.ok ? file.value.plan : null;
    };
    expect(open(kept)).toStrictEqual(kept);
    expect(open(madePlan())).toStrictEqual(madePlan());
    expect(open({ ...kept, guess: { ...kept.guess, flrPercent: 310 } })).toBe(null);
  });
});
