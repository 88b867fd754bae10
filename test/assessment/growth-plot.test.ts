import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  gathered,
  growthPlot,
  measureGrowth,
  roundTicks,
  ruleBase,
  sayEarlierScans,
  spread,
} from '../../src/assessment/index.ts';
import type { DatedRemnant, GrowthMethod, GrowthPlot } from '../../src/assessment/index.ts';

const standard = { kind: 'standard', volumeMl: 1600, intervalMl: null } as const;
const pve = { kind: 'PVE', on: '2026-03-02' } as const;
const scans: readonly DatedRemnant[] = [
  { on: '2026-02-26', flrMl: 352, intervalMl: [332, 372] },
  { on: '2026-03-23', flrMl: 464, intervalMl: [449, 479] },
  { on: '2026-04-20', flrMl: 500, intervalMl: [480, 520] },
];
const growth = (measurements = scans, augmentation: Parameters<typeof measureGrowth>[2] = pve) =>
  measureGrowth(measurements, standard, augmentation, ruleBase)!;
const band = ({ bands }: GrowthPlot, id: string) => {
  const { outline, central } = bands.find(({ ruleId }) => ruleId === id)!;
  return { days: [outline[0].day, outline[2].day], shares: outline.map(({ share }) => share), central };
};

describe('the growth plot', () => {
  const plot = growthPlot(growth(), ['PVE', 'LVD', 'ALPPS', 'TSH']);

  it('places the measurements by day since augmentation and share of the locked denominator', () => {
    expect([plot.zero, plot.zeroOn]).toEqual(['PVE', '2026-03-02']);
    expect(plot.points.map(({ day, share, interval, role }) => [day, share, interval, role])).toEqual([
      [-4, 22, [20.75, 23.25], 'baseline'],
      [21, 29, [28.0625, 29.9375], 'judged'],
      [49, 31.25, [30, 32.5], 'other'],
    ]);
  });

  it('names a scan of years before and does not draw it; one of some months before stays', () => {
    const old = { on: '2021-05-12', flrMl: 331, intervalMl: null } as const;
    const told = growthPlot(growth([old, ...scans]));
    expect(told.points.map(({ on }) => on)).toEqual(scans.map(({ on }) => on));
    expect(told.days).toEqual(growthPlot(growth()).days);
    expect(sayEarlierScans(told)).toBe('Earlier than this axis begins: 2021-05-12 20.7 %.');
    const recent = growthPlot(growth([{ ...old, on: '2025-11-20' }, ...scans]));
    expect(recent.points).toHaveLength(4);
    expect(sayEarlierScans(recent)).toBeNull();
  });

  it('applies published ranges to the baseline, by hand', () => {
    // 352 mL = 22 %. +20–40 % is 26.4–30.8 %; 3–5 mL a day over 14 and 42 days is 42–70 and 126–210 mL, each a 16th in points.
    expect(band(plot, 'pve-relative-20-40').days).toEqual([14, 28]);
    band(plot, 'pve-relative-20-40').shares.forEach((share, corner) =>
      expect(share).toBeCloseTo([26.4, 30.8, 30.8, 26.4][corner]!, 12),
    );
    expect(band(plot, 'two-stage-daily-3-5')).toMatchObject({
      days: [14, 42],
      shares: [24.625, 26.375, 35.125, 29.875],
    });
    expect(band(plot, 'kinetic-first-week').shares).toEqual([22, 22, 31.4, 23.4]);
    expect(band(plot, 'alpps-relative-160').central!.map(({ day }) => day)).toEqual([7, 14]);
    expect(band(plot, 'alpps-relative-160').central![0].share).toBeCloseTo(57.2, 12);
    // One published week is drawn a day to each side.
    expect(band(plot, 'lvd-relative-59').days).toEqual([20, 22]);
  });

  it('lets each range stand by itself where it leads by the end of its weeks', () => {
    const end = (id: string) => plot.bands.find(({ ruleId }) => ruleId === id)!;
    const daily = end('two-stage-daily-3-5');
    expect(daily.weeks).toBe('2–6');
    expect([daily.end.low, daily.end.high, daily.end.central]).toEqual([29.875, 35.125, null]);
    const kinetic = end('kinetic-first-week');
    expect([kinetic.weeks, kinetic.end.low, kinetic.end.high]).toEqual(['0–1', 23.4, 31.4]);
    expect(end('lvd-relative-59').weeks).toBe('3');
    const alpps = end('alpps-relative-160');
    expect(alpps.end.central).toBeCloseTo(57.2, 12);
  });

  it('says as text what can not be drawn over time', () => {
    expect(plot.beside.map(({ ruleId }) => ruleId)).toEqual([
      'kinetic-later',
      'pve-relative-50',
      'pve-segment-4',
      'dragon1-kinetic',
    ]);
    expect(plot.beside.at(-1)).toMatchObject({ verified: false });
    expect(plot.beside.at(-1)!.citation).toContain('(unverified)');
  });

  it('draws every cut-off: degrees from the baseline, shares as they are, the kinetic rate as a slope', () => {
    expect(plot.cutoffs.map(({ ruleId, mark, line }) => [ruleId, mark, line[0].share])).toEqual([
      ['degree-5-ribero', 'a', 27],
      ['share-20-ribero', 'b', 20],
      ['degree-7.5-shindoh', 'c', 29.5],
      ['share-29.6-shindoh', 'd', 29.6],
      ['kinetic-2-shindoh', 'e', 22],
    ]);
    const [from, to] = plot.cutoffs.at(-1)!.line;
    expect(((to.share - from.share) / (to.day - from.day)) * 7).toBeCloseTo(2, 12);
    for (const { citation, label } of plot.cutoffs) {
      expect(citation.length).toBeGreaterThan(10);
      expect(label).toMatch(/points$|points a week$|%$/);
    }
  });

  it('stands beside the method used unless others are chosen', () => {
    const methods = (kind: 'PVE' | 'LVD' | 'PVL' | 'ALPPS') => [
      ...new Set(growthPlot(growth(scans, { kind, on: '2026-03-02' })).bands.map(({ method }) => method)),
    ];
    expect(methods('PVE')).toEqual(['PVE']);
    expect(methods('PVL')).toEqual(['PVE', 'TSH']);
    expect(methods('LVD')).toEqual(['LVD', 'PVE']);
    expect(methods('ALPPS')).toEqual(['ALPPS']);
  });

  it('holds nothing against a growth without a scan before the augmentation, or without one', () => {
    const late = growthPlot(growth(scans, { kind: 'PVE', on: '2026-02-27' }), ['PVE']);
    expect(late.bands.length).toBeGreaterThan(0);
    for (const one of [growth(scans.slice(1), pve), growth(scans, null)]) {
      expect(growthPlot(one, ['PVE', 'ALPPS'])).toMatchObject({ bands: [], cutoffs: [], beside: [] });
    }
    expect(growthPlot(growth(scans, null))).toMatchObject({ zero: 'baseline', zeroOn: '2026-02-26' });
  });

  it('names the weeks and the mL where they stand', () => {
    expect(plot.days.ticks.map(({ at, label, on }) => [at, label, on]).slice(0, 3)).toEqual([
      [0, '0', '2026-03-02'],
      [7, '1', '2026-03-09'],
      [14, '2', '2026-03-16'],
    ]);
    for (const { at, label } of plot.millilitres) expect((at * 1600) / 100).toBeCloseTo(Number(label), 9);
  });

  it('keeps all that is drawn inside its axes', () => {
    const volume = fc.double({ min: 100, max: 1500, noNaN: true });
    const methods = fc.subarray<GrowthMethod>(['PVE', 'LVD', 'TSH', 'ALPPS']);
    fc.assert(
      fc.property(volume, volume, fc.integer({ min: 1, max: 300 }), methods, (first, second, days, chosen) => {
        const made = growthPlot(
          growth([
            { on: '2026-02-26', flrMl: first, intervalMl: [first - 20, first + 30] },
            { on: addDays('2026-03-02', days), flrMl: second, intervalMl: null },
          ]),
          chosen,
        );
        const places = [
          ...made.points,
          ...made.points.flatMap(({ day, interval }) => (interval ?? []).map((share) => ({ day, share }))),
          ...made.bands.flatMap(({ outline }) => outline),
          ...made.cutoffs.flatMap(({ line }) => line),
        ];
        for (const { day, share } of places) {
          expect(day).toBeGreaterThanOrEqual(made.days.low);
          expect(day).toBeLessThanOrEqual(made.days.high);
          expect(share).toBeGreaterThanOrEqual(made.shares.low);
          expect(share).toBeLessThanOrEqual(made.shares.high + 1e-9);
        }
        expect(made.days.ticks.length).toBeGreaterThan(1);
        expect(made.days.ticks.length).toBeLessThan(13);
      }),
      { seed: 11, numRuns: 60 },
    );
  });
});

describe('ticks and labels', () => {
  it.each([
    [0, 1, 4, ['0.00', '0.25', '0.50', '0.75', '1.00']],
    [15.4, 81.6, 7, ['20', '30', '40', '50', '60', '70', '80']],
    [-3, 4, 7, ['−3', '−2', '−1', '0', '1', '2', '3', '4']],
    [0.02, 0.09, 7, ['0.02', '0.03', '0.04', '0.05', '0.06', '0.07', '0.08', '0.09']],
  ])('from %f to %f', (low, high, count, labels) => {
    expect(roundTicks(low, high, count).map(({ label }) => label)).toEqual(labels);
  });

  it('are gathered where they fall on one another', () => {
    expect(gathered([29.5, 27, 29.6, 20, 29.9], 0.35)).toEqual([[3], [1], [0, 2, 4]]);
    expect(gathered([1, 2], 1)).toEqual([[0], [1]]);
    expect(gathered([], 5)).toEqual([]);
  });

  it('are moved apart as little as needed, in their order', () => {
    expect(spread([5, 30, 31], 10, 0, 100)).toEqual([5, 25.5, 35.5]);
    expect(spread([31, 5, 30], 10, 0, 100)).toEqual([35.5, 5, 25.5]);
    expect(spread([1, 2, 3], 10, 0, 100)).toEqual([0, 10, 20]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 12 }), (places) => {
        const moved = spread(places, 13, 0, 300);
        const order = places.map((_, index) => index).sort((a, b) => places[a]! - places[b]! || moved[a]! - moved[b]!);
        order.forEach((index, place) => {
          if (place > 0) expect(moved[index]! - moved[order[place - 1]!]!).toBeGreaterThanOrEqual(13 - 1e-6);
        });
        expect(Math.min(...moved)).toBeGreaterThanOrEqual(-1e-6);
        expect(Math.max(...moved)).toBeLessThanOrEqual(300 + 1e-6);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
