import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { percent, percentagePoints } from '../../src/geometry/index.ts';
import type { Percent, PercentagePoints } from '../../src/geometry/index.ts';
import { addDays, measureGrowth, ruleBase } from '../../src/assessment/index.ts';
import type { BaselineDenominator, DatedRemnant, GrowthStep, PointsPerWeek } from '../../src/assessment/index.ts';

const standard: BaselineDenominator = { kind: 'standard', volumeMl: 1600, intervalMl: null };
const pve = { kind: 'PVE', on: '2026-03-02' } as const;
const at = (on: string, flrMl: number, half: number | null): DatedRemnant => ({
  on,
  flrMl,
  intervalMl: half === null ? null : [flrMl - half, flrMl + half],
});

function grown(...parts: Parameters<typeof measureGrowth>) {
  const growth = measureGrowth(...parts);
  if (growth === null) throw new Error('no growth');
  return growth;
}

describe('measured growth', () => {
  // By hand: 352 → 464 mL over 1600 mL: 22 % → 29 %: 7 points; 112/352 = 31.8 %; PVE to CT 21 days: 7/3 = 2.33 points a week;
  // scan to scan 25 days: 4.48 mL/day; half-width of the difference √(20² + 15²) = 25 mL = 1.5625 points.
  const growth = grown([at('2026-02-26', 352, 20), at('2026-03-23', 464, 15)], standard, pve, ruleBase);

  it('reproduces figures computed by hand', () => {
    const step = growth.judged!;
    expect(step).toMatchObject({ from: '2026-02-26', on: '2026-03-23', days: 25, weeks: 3, since: 'augmentation' });
    expect(growth.measurements.map(({ share, day }) => [share.value, day])).toEqual([
      [22, -4],
      [29, 21],
    ]);
    expect(step.degree.value).toBeCloseTo(7, 12);
    expect(step.degree.interval![0]).toBeCloseTo(5.4375, 12);
    expect(step.degree.interval![1]).toBeCloseTo(8.5625, 12);
    expect(step.relative.value).toBeCloseTo(31.8182, 4);
    expect(step.kinetic.value).toBeCloseTo(2.3333, 4);
    expect(step.kinetic.interval![0]).toBeCloseTo(1.8125, 12);
    expect(step.daily.value).toBeCloseTo(4.48, 12);
    expect(step.daily.interval).toEqual([87 / 25, 137 / 25]);
    expect(step.beyondNoise).toBe(true);
  });

  it('judges by every published cut-off with its source', () => {
    expect(growth.judgements.map(({ ruleId, verdict, pointReaches }) => [ruleId, verdict, pointReaches])).toEqual([
      ['degree-5-ribero', 'above', true],
      ['share-20-ribero', 'above', true],
      ['degree-7.5-shindoh', 'crosses', false],
      ['share-29.6-shindoh', 'crosses', false],
      ['kinetic-2-shindoh', 'crosses', true],
    ]);
    for (const { citation, address } of growth.judgements) {
      expect(citation.length).toBeGreaterThan(10);
      expect(address).toMatch(/^https:/);
    }
  });

  it.each([
    [1, 1.41],
    [2, 0.71],
    [4, 0.35],
  ])('one point of error a scan is, after %i weeks, %f points a week', (weeks, sd) => {
    const z = 1.6448536269514722;
    const half = z * 16;
    const { judged } = grown(
      [at('2026-03-02', 352, half), at(addDays('2026-03-02', 7 * weeks), 464, half)],
      standard,
      pve,
      ruleBase,
    );
    const [low, high] = judged!.kinetic.interval!;
    expect(Number(((high - low) / 2 / z).toFixed(2))).toBe(sd);
  });

  it('has an interval that a simulation confirms, ratio and denominator included', () => {
    // A small generator with a fixed seed: sums of twelve uniform numbers are near enough to a normal.
    let state = 12345;
    const uniform = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
    const normal = (): number => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6);
    const z = 1.6448536269514722;
    const [a, b, total] = [
      [352, 14],
      [464, 11],
      [1600, 60],
    ] as const;
    const denominator: BaselineDenominator = {
      ...standard,
      kind: 'functional',
      intervalMl: [1600 - z * 60, 1600 + z * 60],
    };
    const { judged } = grown(
      [at('2026-02-26', a[0], z * a[1]), at('2026-03-23', b[0], z * b[1])],
      denominator,
      pve,
      ruleBase,
    );
    const made = Array.from({ length: 20_000 }, () => {
      const [first, second, over] = [a[0] + a[1] * normal(), b[0] + b[1] * normal(), total[0] + total[1] * normal()];
      return { degree: ((second - first) / over) * 100, relative: (second / first - 1) * 100 };
    });
    for (const figure of ['degree', 'relative'] as const) {
      const sorted = made.map((one) => one[figure]).sort((one, other) => one - other);
      const [low, high] = judged![figure].interval!;
      const width = high - low;
      expect(Math.abs(low - sorted[1000]!) / width).toBeLessThan(0.03);
      expect(Math.abs(high - sorted[19_000]!) / width).toBeLessThan(0.03);
    }
  });

  it('takes the ends of lopsided intervals to the side they belong to', () => {
    const first = { on: '2026-02-26', flrMl: 352, intervalMl: [346, 376] as const };
    const second = { on: '2026-03-23', flrMl: 464, intervalMl: [457, 472] as const };
    const { judged } = grown([first, second], standard, pve, ruleBase);
    expect(judged!.daily.interval![0]).toBeCloseTo((112 - Math.hypot(7, 24)) / 25, 12);
    expect(judged!.daily.interval![1]).toBeCloseTo((112 + Math.hypot(8, 6)) / 25, 12);
  });

  it('turns the ends of the denominator round for a loss', () => {
    const exact = (on: string, flrMl: number): DatedRemnant => ({ on, flrMl, intervalMl: [flrMl, flrMl] });
    const lopsided = { ...standard, intervalMl: [1500, 1640] } as const;
    const { judged } = grown([exact('2026-02-26', 464), exact('2026-03-23', 352)], lopsided, pve, ruleBase);
    // −7 points: a liver of 1500 mL makes the loss larger by 100/1600 of it, one of 1640 mL smaller by 40/1600.
    expect(judged!.degree.value).toBeCloseTo(-7, 12);
    expect(judged!.degree.interval![0]).toBeCloseTo(-7.4375, 12);
    expect(judged!.degree.interval![1]).toBeCloseTo(-6.825, 12);
    expect(judged!.beyondNoise).toBe(true);
  });

  it('takes 14 days as early enough, 13 as too early, and a degree of just 5 points as not over 5', () => {
    const on = (days: number) =>
      grown([at('2026-02-26', 352, 2), at(addDays(pve.on, days), 432, 2)], standard, pve, ruleBase);
    const codes = (days: number) => on(days).remarks.map(({ code }) => code);
    expect(codes(13)).toContain('scan_too_early');
    expect(codes(14)).not.toContain('scan_too_early');
    const reaches = on(14).judgements.find(({ ruleId }) => ruleId === 'degree-5-ribero')!;
    expect([reaches.value, reaches.operator, reaches.pointReaches]).toEqual([5, '>', false]);
    const limit = grown([at('2026-02-26', 352, 2), at(addDays(pve.on, 21), 448, 2)], standard, pve, ruleBase);
    const kinetic = limit.judgements.find(({ ruleId }) => ruleId === 'kinetic-2-shindoh')!;
    expect([kinetic.value, kinetic.operator, kinetic.pointReaches]).toEqual([2, '>=', true]);
  });

  it('says that a remnant is larger than the liver it is related to', () => {
    const said = (volumeMl: number) =>
      grown(
        [at('2026-02-26', 352, 2), at('2026-03-23', 464, 2)],
        { ...standard, volumeMl },
        pve,
        ruleBase,
      ).remarks.find(({ code }) => code === 'remnant_over_denominator')?.message;
    expect(said(464)).toBeUndefined();
    expect(said(460)).toMatch(/remnant of 2026-03-23 \(464 mL\) is larger than the whole liver.*\(460 mL\)/);
    expect(said(1.6)).toMatch(/remnant of 2026-02-26 .*\(1\.6 mL\)/);
  });

  it('keeps the denominator locked and the first scan after augmentation as the judged one', () => {
    const scans = [
      at('2026-02-01', 340, 20),
      at('2026-02-26', 352, 20),
      at('2026-03-16', 420, 15),
      at('2026-04-13', 470, 15),
    ];
    const more = grown(scans, standard, pve, ruleBase);
    expect(more.baseline.on).toBe('2026-02-26');
    expect(more.judged!.on).toBe('2026-03-16');
    expect(more.steps.map(({ on, weeks }) => [on, weeks])).toEqual([
      ['2026-03-16', 2],
      ['2026-04-13', 6],
    ]);
    expect(more.between.map(({ from, on, weeks }) => [from, on, weeks])).toEqual([
      ['2026-02-01', '2026-02-26', 25 / 7],
      ['2026-02-26', '2026-03-16', 18 / 7],
      ['2026-03-16', '2026-04-13', 4],
    ]);
    expect(more.steps[1]!.share.value).toBe((470 / 1600) * 100);
  });

  it('says when a scan came earlier than its noise allows', () => {
    const codes = (on: string, half: number | null) =>
      grown([at('2026-02-26', 352, half), at(on, 372, half)], standard, pve, ruleBase).remarks.map(({ code }) => code);
    // √2 × 40 mL = 3.54 points: ± 2 points a week from 12.4 days on.
    expect(grown([at('2026-02-26', 352, 40), at('2026-03-12', 372, 40)], standard, pve, ruleBase).tellingFrom).toBe(
      '2026-03-15',
    );
    expect(codes('2026-03-12', 40)).toEqual(['scan_too_early', 'growth_within_noise']);
    expect(codes('2026-03-23', 40)).toEqual(['growth_within_noise']);
    expect(codes('2026-03-12', 5)).toEqual(['scan_too_early']);
    expect(codes('2026-03-23', 5)).toEqual([]);
    expect(codes('2026-03-23', null)).toEqual(['interval_missing']);
  });

  it('does not judge without a scan before augmentation, nor without augmentation', () => {
    const late = grown([at('2026-03-10', 352, 9), at('2026-03-23', 464, 9)], standard, pve, ruleBase);
    expect([late.judged, late.judgements, late.remarks[0]!.code]).toEqual([null, [], 'no_scan_before_augmentation']);
    const none = grown([at('2026-03-10', 352, 9), at('2026-03-23', 464, 9)], standard, null, ruleBase);
    expect([none.judged, none.steps[0]!.since, none.steps[0]!.weeks]).toEqual([null, 'scan', 13 / 7]);
    expect(measureGrowth([at('2026-03-10', 352, 9)], standard, null, ruleBase)).toBe(null);
  });

  it('holds its point inside its interval, and grows with the later remnant', () => {
    const volume = fc.double({ min: 100, max: 1200, noNaN: true });
    const half = fc.double({ min: 0.1, max: 90, noNaN: true });
    fc.assert(
      fc.property(volume, volume, half, half, fc.integer({ min: 1, max: 200 }), (first, second, one, other, days) => {
        const step = (flrMl: number) =>
          grown([at('2026-03-01', first, one), at(addDays('2026-03-02', days), flrMl, other)], standard, pve, ruleBase)
            .judged!;
        const now = step(second);
        for (const { value, interval } of [now.degree, now.relative, now.kinetic, now.daily, now.share]) {
          expect(interval![0]).toBeLessThan(value);
          expect(interval![1]).toBeGreaterThan(value);
        }
        expect(step(second + 1).kinetic.value).toBeGreaterThan(now.kinetic.value);
      }),
      { seed: 77, numRuns: 300 },
    );
  });
});

describe('units of growth', () => {
  it('do not compile when points and percent are mixed', () => {
    expectTypeOf<Percent>().not.toExtend<PercentagePoints>();
    expectTypeOf<PercentagePoints>().not.toExtend<Percent>();
    expectTypeOf<GrowthStep['degree']['value']>().toEqualTypeOf<PercentagePoints>();
    expectTypeOf<GrowthStep['relative']['value']>().toEqualTypeOf<Percent>();
    expectTypeOf<GrowthStep['kinetic']['value']>().toEqualTypeOf<PointsPerWeek>();
    const wantsPoints = (points: PercentagePoints): number => points;
    // @ts-expect-error percent where percentage points are meant
    wantsPoints(percent(30));
    // @ts-expect-error a bare number has no unit
    wantsPoints(30);
    expect(wantsPoints(percentagePoints(7))).toBe(7);
  });
});
