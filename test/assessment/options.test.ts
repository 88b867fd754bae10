import { describe, expect, it } from 'vitest';
import { percent } from '../../src/geometry/index.ts';
import {
  assess,
  growthCaveat,
  neededRelativeGrowth,
  predictGrowth,
  reachOf,
  ruleBase,
} from '../../src/assessment/index.ts';
import { ample, madeInput } from './made-input.ts';

const short = { functional: [22, 20.5, 23.5], standard: [24, 22.2, 25.8], bodyWeight: null } as const;

function optionsOf(...parts: Parameters<typeof madeInput>) {
  return assess(madeInput(...parts)).options;
}

describe('growth', () => {
  const pve = ruleBase.growth[0]!.value;

  it('solves for the growth that is needed: 22 % to 30 % needs +36 %', () => {
    expect(neededRelativeGrowth(percent(30), percent(22))).toBeCloseTo(36.3636, 3);
    expect(neededRelativeGrowth(percent(20), percent(20))).toBe(0);
    expect(neededRelativeGrowth(percent(20), percent(25))).toBeCloseTo(-20, 12);
    expect(() => neededRelativeGrowth(percent(20), percent(0))).toThrow(RangeError);
  });

  it('predicts over the baseline denominator: PVE centrally just misses 30 % from 22 %', () => {
    const after = predictGrowth(percent(22), pve);
    expect(after.low).toBeCloseTo(25.3, 10);
    expect(after.central).toBeCloseTo(29.92, 10);
    expect(after.high).toBeCloseTo(35.2, 10);
  });

  it.each([
    [27, 'all'],
    [23, 'centre'],
    [22, 'part'],
    [18.7, 'none'],
  ] as const)('from %f to 30 by PVE: %s of the range', (now, reach) => {
    expect(reachOf(percent(30), percent(now), pve)).toBe(reach);
  });

  it('reaches a threshold that it just meets, at each of its ends', () => {
    const exact = { low: 1.25, central: 1.5, high: 2 } as const;
    const reached = [25, 25.01, 30, 30.01, 40, 40.01].map((threshold) =>
      reachOf(percent(threshold), percent(20), exact),
    );
    expect(reached).toEqual(['all', 'centre', 'centre', 'part', 'part', 'none']);
  });
});

describe('options to discuss (C3)', () => {
  it('lists the parenchyma-sparing redesign first, then from least to most invasive', () => {
    const options = optionsOf(short, { parenchyma: 'chemotherapy' });
    expect(options.map(({ id }) => id)).toEqual(['parenchyma_sparing', 'pve', 'lvd', 'two_stage', 'alpps']);
    for (const option of options) {
      expect(option.citation).not.toBe('');
      expect(option.verify.length).toBeGreaterThan(0);
      expect(option.expectedGrowth === null).toBe(option.predictedPercent === null);
      if (option.expectedGrowth !== null) expect(option.expectedGrowth).toContain(growthCaveat);
    }
  });

  it('computes each reason from the figures', () => {
    const [redesign, pve, lvd, , alpps] = optionsOf(short, { parenchyma: 'chemotherapy' });
    expect(redesign!.reason).toBe(
      '22.0 % of functional liver needs +36 % relative growth to reach 30 %, or a smaller resection.',
    );
    expect(redesign!.predictedPercent).toBe(null);
    expect(pve!.reason).toBe(
      '22.0 % of functional liver needs +36 % relative growth to reach 30 %; published growth leads to 25.3–35.2 %, centrally to 29.9 %: only the upper part of the published range reaches it.',
    );
    expect(pve!.expectedGrowth).toBe(`FLR × 1.15–1.60, central 1.36 in 2–6 weeks; ${growthCaveat}`);
    expect(lvd!.reason).toContain('centrally to 35.0 %: the published centre reaches it');
    expect(alpps!.predictedPercent).toEqual({ low: 22 * 1.2, central: null, high: 22 * 2.2 });
    expect(alpps!.expectedGrowth).toContain('measured centres 1.60 to 1.85 in 1–2 weeks');
    expect(alpps!.expectedGrowth).toContain('+160 % (90–250), that is × 2.6');
  });

  it('reasons by the denominator that is furthest from its threshold', () => {
    const figures = { functional: [31, 29.5, 32.5], standard: [24, 22.8, 25.2], bodyWeight: null } as const;
    const [redesign] = optionsOf(figures, { parenchyma: 'chemotherapy' });
    expect(redesign!.reason).toContain('24.0 % of the standard liver volume needs +25 % relative growth to reach 30 %');
  });

  it('reasons by the lower bound where only that falls short', () => {
    const figures = {
      functional: [21, 19.2, 22.8],
      standard: [25, 23.1, 26.9],
      bodyWeight: [0.6, 0.55, 0.65],
    } as const;
    const [redesign] = optionsOf(figures);
    expect(redesign!.reason).toContain(
      'The lower bound 19.2 % of functional liver needs +4 % relative growth to reach 20 %',
    );
  });

  it('says what body weight asks for when it alone crosses at 0.5 %', () => {
    const figures = { functional: [41, 39, 43], standard: [35, 33, 37], bodyWeight: [0.52, 0.5, 0.54] } as const;
    const [redesign] = optionsOf(figures);
    expect(redesign!.reason).toContain(
      'The lower bound 0.50 % of body weight lies at the threshold of 0.5 % and has to exceed it',
    );
  });

  it('names the tumour in the remnant as the reason to clear it first', () => {
    const options = optionsOf({ ...short, tumourLeftMl: 4.26 }, { parenchyma: 'chemotherapy' });
    expect(options.find(({ id }) => id === 'two_stage')!.reason).toMatch(/^Tumour of 4.3 mL lies in the remnant\. /);
  });

  it('keeps to row 8 in cirrhosis: no ALPPS, growth range shifted down and marked unverified', () => {
    const assessment = assess(madeInput(short, { parenchyma: 'cirrhosis' }));
    expect(assessment.options.map(({ id }) => id)).toEqual([
      'parenchyma_sparing',
      'limited_resection',
      'pve_stress_test',
      'transplant_referral',
    ]);
    const stress = assessment.options[2]!;
    expect(stress.expectedGrowth).toBe(`FLR × 1.05–1.35 in 2–6 weeks; unverified; ${growthCaveat}`);
    expect(stress.predictedPercent).toEqual({ low: 22 * 1.05, central: null, high: 22 * 1.35 });
    expect(stress.citation).toContain('(unverified)');
    expect(assessment.remarks.find(({ code }) => code === 'alpps_avoided')?.message).toContain('avoided in cirrhosis');
  });

  it('lists the operation as planned under green, with what to compare and verify', () => {
    const options = optionsOf(ample);
    expect(options.map(({ id }) => id)).toEqual(['upfront_one_stage']);
    expect(options[0]!.reason).toBe('The whole interval lies above the threshold for every denominator.');
  });

  it('works from nothing: a remnant of 0 mL has no growth to solve for', () => {
    const options = optionsOf({ functional: [0, 0, 1], standard: null, bodyWeight: null }, { parenchyma: 'cirrhosis' });
    expect(options[0]!.reason).toBe('No parenchyma remains that could grow.');
  });
});
