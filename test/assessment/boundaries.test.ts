import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  assess,
  emptyInputs,
  measureGrowth,
  quantitiesOf,
  ruleBase,
  verdictSheet,
} from '../../src/assessment/index.ts';
import type { AssessmentInput, KnownParenchyma, Light, ThresholdRule } from '../../src/assessment/index.ts';
import { bodySurfaceArea, standardFormulas } from '../../src/liver/index.ts';
import { ample, madeInput } from './made-input.ts';
import type { Figured } from './made-input.ts';

const size = { heightCm: 172, weightKg: 74 };
const urata = standardFormulas.find(({ id }) => id === 'slv-urata')!.volume(size, null)!;
const surface = bodySurfaceArea(size, 'mosteller');

/** A case whose 90 % interval against one rule is `ends`; every other denominator stays far above. */
function inputAt(rule: ThresholdRule, ends: readonly [number, number]): AssessmentInput {
  const [low, high] = ends;
  const figured: Figured = [(low + high) / 2, low, high];
  const scaled = (by: number): Figured => [((low + high) / 2) * by, low * by, high * by];
  const own =
    rule.denominator === 'standardUrata'
      ? { remnantMl: scaled(urata / 100) }
      : rule.denominator === 'bodySurface'
        ? { remnantMl: scaled(surface) }
        : { [rule.denominator]: figured };
  const input = madeInput({ ...ample, ...own }, { parenchyma: rule.parenchyma[0]! });
  // The made volumetry has a body surface of its own; the rule is meant for this patient's.
  return { ...input, volumetry: { ...input.volumetry, bsaM2: surface } };
}

function verdictOf(rule: ThresholdRule, ends: readonly [number, number]) {
  const input = inputAt(rule, ends);
  const sheet = verdictSheet(input, assess(input), quantitiesOf(input.volumetry, size, emptyInputs), ruleBase);
  return sheet.lines.flatMap(({ thresholds }) => thresholds).find(({ ruleId }) => ruleId === rule.id)?.verdict;
}

describe('every published threshold, in its own denominator', () => {
  it.each(ruleBase.thresholds.map((rule) => [rule.id, rule] as const))(
    '%s: exactly at, just under and just over',
    (_, rule) => {
      const [least, most] = typeof rule.value === 'number' ? [rule.value, rule.value] : rule.value;
      const hair = 1e-6;
      const reaches = rule.operator === '>=';
      // Volumes are divided again: a hair of tolerance where the figure itself is made by a division.
      const exact = rule.denominator !== 'standardUrata' && rule.denominator !== 'bodySurface';
      if (exact) {
        expect(verdictOf(rule, [most, most + 5])).toBe(reaches ? 'above' : 'crosses');
        expect(verdictOf(rule, [least - 0.1, least])).toBe(reaches ? 'crosses' : 'below');
      }
      expect(verdictOf(rule, [most + hair, most + 5])).toBe('above');
      expect(verdictOf(rule, [most - hair, most + 5])).toBe('crosses');
      expect(verdictOf(rule, [least - 0.1, least + hair])).toBe('crosses');
      expect(verdictOf(rule, [least - 0.1, least - hair])).toBe('below');
    },
  );

  it('never moves down when the interval moves up', () => {
    const order = { below: 0, crosses: 1, above: 2, none: -1 };
    fc.assert(
      fc.property(
        fc.constantFrom(...ruleBase.thresholds),
        fc.double({ min: 0.3, max: 1.5, noNaN: true }),
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rule, at, width, lift) => {
          const unit = typeof rule.value === 'number' ? rule.value : rule.value[0];
          const lower = verdictOf(rule, [unit * at, unit * (at + width)])!;
          const higher = verdictOf(rule, [unit * (at + lift), unit * (at + width + lift)])!;
          expect(order[higher]).toBeGreaterThanOrEqual(order[lower]);
        },
      ),
      { seed: 4_105, numRuns: 400 },
    );
  });
});

describe('congestion (C2)', () => {
  const withCongestion = (congestedMl: number | null, parenchyma: KnownParenchyma = 'normal') =>
    assess(
      madeInput(
        { functional: [30, 28, 32], standard: [29, 27, 31], bodyWeight: [0.9, 0.84, 0.96], remnantMl: [600, 560, 640] },
        { parenchyma, inputs: { ...emptyInputs, plan: { ...emptyInputs.plan, congestedMl } } },
      ),
    );

  it('takes away green where it would take the lower bound below a threshold, and says so', () => {
    // 27 % · (1 − 155/600) = 20.03 %; with 156 mL 19.98 %: below 20 % of standard liver volume.
    expect(withCongestion(null).overall.light).toBe('green');
    expect(withCongestion(155).overall.light).toBe('green');
    const dropped = withCongestion(156);
    expect(dropped.overall.light).toBe('amber');
    expect(dropped.remarks.find(({ code }) => code === 'congested_volume')?.message).toContain('156 mL');
    expect(withCongestion(155).remarks.some(({ code }) => code === 'congested_volume')).toBe(false);
  });

  it('never improves a light', () => {
    const order: Readonly<Record<Light, number>> = { grey: 0, red: 0, amber: 1, green: 2 };
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 600, noNaN: true }),
        fc.double({ min: 0, max: 200, noNaN: true }),
        (congested, more) => {
          const [less, worse] = [withCongestion(congested), withCongestion(congested + more)];
          expect(order[worse.overall.light]).toBeLessThanOrEqual(order[less.overall.light]);
        },
      ),
      { seed: 4_106, numRuns: 200 },
    );
  });
});

describe('the interval of the kinetic growth rate against a simulation', () => {
  // One measurement errs by one point (standard deviation) of a denominator of 1600 mL; twelve uniform numbers make a normal one.
  let state = 4_107;
  const uniform = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const normal = (): number => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6);
  const z = 1.6448536269514722;

  it.each([
    [1, 1.41],
    [2, 0.71],
    [4, 0.35],
  ])('after %i weeks the standard deviation is %f points a week', (weeks, published) => {
    const start = '2026-03-02';
    const end = addDays(start, weeks * 7);
    const scan = (on: string, flrMl: number) => ({ on, flrMl, intervalMl: [flrMl - z * 16, flrMl + z * 16] as const });
    const denominator = { kind: 'standard', volumeMl: 1600, intervalMl: null } as const;
    const rateOf = (before: number, after: number) =>
      measureGrowth([scan(start, before), scan(end, after)], denominator, { kind: 'PVE', on: start }, ruleBase)!.judged!
        .kinetic;
    const rates = Array.from({ length: 6000 }, () => rateOf(352 + 16 * normal(), 464 + 16 * normal()).value);
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    const deviation = Math.sqrt(rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / (rates.length - 1));
    expect(Math.abs(deviation / published - 1)).toBeLessThan(0.04);
    const [low, high] = rateOf(352, 464).interval!;
    const inside = rates.filter((rate) => low <= rate && rate <= high).length / rates.length;
    expect(Math.abs(inside - 0.9)).toBeLessThan(0.015);
  });
});
