import { describe, expect, it } from 'vitest';
import { checkDenominator, checkMeasurement, withMeasurement } from '../../src/assessment/index.ts';
import type { DatedRemnant } from '../../src/assessment/index.ts';

const one = (on: string, flrMl: number, intervalMl: DatedRemnant['intervalMl'] = null): DatedRemnant => ({
  on,
  flrMl,
  intervalMl,
});
const why = (outcome: ReturnType<typeof checkMeasurement> | ReturnType<typeof checkDenominator>) =>
  outcome.ok ? null : outcome.error.message;

describe('dated remnants', () => {
  it('are taken with a day, a volume and an interval that can be', () => {
    expect(checkMeasurement(one('2026-02-26', 352, [332, 372]))).toEqual({
      ok: true,
      value: one('2026-02-26', 352, [332, 372]),
    });
  });

  it.each([
    [one('2026-02-30', 352), 'There is no day “2026-02-30”; write it as 2026-03-02.'],
    [one('26.2.2026', 352), 'There is no day “26.2.2026”; write it as 2026-03-02.'],
    [one('2026-02-26', 0.35), 'A liver volume of 0.35 mL is not plausible (1 to 10000 mL).'],
    [one('2026-02-26', 35_200), 'A liver volume of 35200 mL is not plausible (1 to 10000 mL).'],
    [one('2026-02-26', 352, [372, 332]), 'Expected the lower end first.'],
    [one('2026-02-26', 352, [353, 372]), 'The volume lies outside its own interval.'],
  ])('are refused in a sentence: %o', (given, message) => {
    expect(why(checkMeasurement(given))).toBe(message);
  });

  it('take their place by date, one a day', () => {
    const all = [one('2026-02-26', 352), one('2026-03-23', 464)];
    expect(withMeasurement(all, one('2026-03-09', 401)).map(({ flrMl }) => flrMl)).toEqual([352, 401, 464]);
    expect(withMeasurement(all, one('2026-03-23', 470)).map(({ flrMl }) => flrMl)).toEqual([352, 470]);
    expect(withMeasurement([], one('2026-03-23', 470))).toHaveLength(1);
  });

  it('stand over a denominator that can be', () => {
    const given = { kind: 'standard', volumeMl: 1600, intervalMl: null } as const;
    expect(checkDenominator(given)).toEqual({ ok: true, value: given });
    expect(why(checkDenominator({ ...given, volumeMl: 0 }))).toMatch(/^A liver volume of 0 mL is not plausible/);
    expect(why(checkDenominator({ ...given, intervalMl: [1700, 1800] }))).toBe(
      'The volume lies outside its own interval.',
    );
  });
});
