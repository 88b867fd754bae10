import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { millilitres } from '../../src/geometry/index.ts';
import { assess, missingLabels, readRuleBase, ruleBase } from '../../src/assessment/index.ts';
import type { Light, Missing, Parenchyma, Verdict } from '../../src/assessment/index.ts';
import { ample, madeInput } from './made-input.ts';
import type { Figured, MadeFigures } from './made-input.ts';

const none: Figured = null;

describe('verdict of one denominator', () => {
  it.each<[string, Parenchyma, MadeFigures, Verdict[]]>([
    [
      'lower bounds exactly at 20 %, body weight just over 0.5 %',
      'normal',
      made([20.9, 20, 21.8], [20.7, 20, 21.4], [0.54, 0.5000001, 0.58]),
      ['above', 'above', 'above'],
    ],
    [
      'body weight lower bound exactly 0.5 %: strictly more is asked',
      'normal',
      made([31, 29, 33], [30, 28, 32], [0.53, 0.5, 0.56]),
      ['above', 'above', 'crosses'],
    ],
    [
      'body weight upper bound exactly 0.5 %: at most 0.5 % is the risk',
      'normal',
      made([31, 29, 33], [30, 28, 32], [0.47, 0.44, 0.5]),
      ['above', 'above', 'below'],
    ],
    [
      'upper bounds exactly at the threshold still cross',
      'chemotherapy',
      made([28.4, 26.8, 30], [27.1, 24.2, 30], [0.61, 0.55, 0.67]),
      ['crosses', 'crosses', 'none'],
    ],
    [
      'upper bounds just below',
      'chemotherapy',
      made([28.4, 26.8, 29.999], [27.1, 24.2, 29.99], none),
      ['below', 'below', 'none'],
    ],
    [
      'cirrhosis asks 40 %',
      'cirrhosis',
      made([41.7, 40, 43.4], [38.3, 36.9, 39.7], [0.71, 0.69, 0.73]),
      ['above', 'below', 'none'],
    ],
    [
      'no body size: only the functional share is judged',
      'normal',
      made([17.2, 15.3, 19.1], none, none),
      ['below', 'none', 'none'],
    ],
  ])('%s', (_, parenchyma, figures, expected) => {
    const { verdicts } = assess(madeInput(figures, { parenchyma }));
    expect(verdicts.map(({ denominator }) => denominator)).toEqual(['functional', 'standard', 'bodyWeight']);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(expected);
  });

  it.each<[Parenchyma, number | null, (string | null)[], (number | null)[]]>([
    ['normal', 20, ['flr-functional-normal-20', 'flr-standard-normal-20', 'flr-body-weight-normal-0.5'], [20, 20, 0.5]],
    ['chemotherapy', 30, ['flr-functional-chemotherapy-30', 'flr-standard-chemotherapy-30', null], [30, 30, null]],
    ['cirrhosis', 40, ['flr-functional-cirrhosis-40', 'flr-standard-cirrhosis-40', null], [40, 40, null]],
    ['unknown', null, [null, null, null], [null, null, null]],
  ])('%s picks its rules', (parenchyma, threshold, ids, thresholds) => {
    const { thresholdPercent, verdicts } = assess(madeInput(ample, { parenchyma }));
    expect(thresholdPercent).toBe(threshold);
    expect(verdicts.map(({ ruleId }) => ruleId)).toEqual(ids);
    expect(verdicts.map((line) => line.thresholdPercent)).toEqual(thresholds);
    for (const { ruleId, citation } of verdicts) expect(citation === null).toBe(ruleId === null);
  });

  it('keeps figure and interval beside a verdict that is not given', () => {
    const { verdicts } = assess(madeInput(made([31, 29, 33], [28, 27, 29.5], [0.72, 0.7, 0.74]), { reviewedBy: null }));
    expect(verdicts.map(({ percent, interval, verdict }) => ({ percent, interval, verdict }))).toEqual([
      { percent: 31, interval: [29, 33], verdict: 'none' },
      { percent: 28, interval: [27, 29.5], verdict: 'none' },
      { percent: 0.72, interval: [0.7, 0.74], verdict: 'none' },
    ]);
  });
});

describe('the overall light (C2)', () => {
  it.each<[string, Light, MadeFigures, Parenchyma]>([
    ['green: every lower bound clears its threshold', 'green', ample, 'normal'],
    [
      'green: injured liver is not judged by body weight',
      'green',
      made([43, 41, 45], [36, 34, 38], [0.4, 0.3, 0.49]),
      'chemotherapy',
    ],
    ['amber: one interval crosses', 'amber', made([23, 21, 25], [21, 19.4, 22.6], [0.71, 0.66, 0.76]), 'normal'],
    ['amber: all intervals cross', 'amber', made([20.4, 18.8, 22], [19.7, 18.1, 21.3], [0.51, 0.47, 0.55]), 'normal'],
    ['amber: denominators disagree', 'amber', made([34, 32, 36], [26, 24.5, 27.5], [0.6, 0.5, 0.7]), 'chemotherapy'],
    ['amber: only body weight is short', 'amber', made([27, 25, 29], [24, 22.3, 25.7], [0.42, 0.39, 0.45]), 'normal'],
    ['red: every upper bound is below', 'red', made([17, 15.2, 18.8], [14, 12.7, 15.3], [0.31, 0.28, 0.34]), 'normal'],
    [
      'red without body size: the one denominator there is lies below',
      'red',
      made([33, 31, 35], none, none),
      'cirrhosis',
    ],
    ['grey: no body size, what is known would be green', 'grey', made([61, 58, 64], none, none), 'normal'],
  ])('%s', (_, light, figures, parenchyma) => {
    expect(assess(madeInput(figures, { parenchyma })).overall.light).toBe(light);
  });

  const short = made([17, 15.2, 18.8], [14, 12.7, 15.3], [0.31, 0.28, 0.34]);
  const unplanned: MadeFigures = { functional: none, standard: none, bodyWeight: none, remnantMl: none };
  it.each<[Missing, Parameters<typeof madeInput>]>([
    ['plan', [unplanned]],
    ['parenchyma', [short, { parenchyma: 'unknown' }]],
    ['review', [short, { reviewedBy: null }]],
    ['review', [short, { reviewedBy: '  ' }]],
    ['phase', [short, { phase: null }]],
    ['phase', [short, { phase: 'other' }]],
    ['slice_spacing', [short, { sliceSpacingMm: 5.001 }]],
    ['slice_spacing', [short, { sliceSpacingMm: Number.NaN }]],
  ])('grey, no verdict and no option without %s', (code, parts) => {
    const { overall, verdicts, options } = assess(madeInput(...parts));
    expect(overall.light).toBe('grey');
    expect(overall.missing).toContain(code);
    expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['none']));
    expect(options).toEqual([]);
  });

  it('judges slices further apart once that is confirmed, lists no option on them, and says so', () => {
    const wide = { sliceSpacingMm: 6.25 };
    const confirmed = ['inflow', 'outflow', 'bile', 'segments', 'slice_spacing'] as const;
    const thin = assess(madeInput(short));
    const { overall, verdicts, options, withheld, remarks } = assess(madeInput(short, { ...wide, confirmed }));
    expect(overall).toEqual({ light: 'red', missing: [] });
    expect(verdicts).toEqual(thin.verdicts);
    expect(thin.options.length).toBeGreaterThan(0);
    expect([options, withheld]).toEqual([[], []]);
    expect(remarks.find(({ code }) => code === 'slice_spacing_confirmed')?.message).toMatch(/6\.3 mm apart/);
    // Confirmed in vain on thin slices: nothing changes, and nothing is said.
    expect(assess(madeInput(short, { confirmed }))).toEqual(thin);
    const unknown = assess(madeInput(short, { sliceSpacingMm: Number.NaN, confirmed }));
    expect(unknown.overall).toEqual({ light: 'grey', missing: ['slice_spacing'] });
  });

  it('allows slices exactly 5 mm apart', () => {
    // Positions like −127.69 and −122.69 are 5 mm apart and come out as 5.000000000000001.
    for (const sliceSpacingMm of [5, 5.000000000000001, 5.0000004]) {
      expect(assess(madeInput(ample, { sliceSpacingMm })).overall).toEqual({ light: 'green', missing: [] });
    }
  });

  it('is grey without functional liver', () => {
    const input = madeInput(unplanned);
    const { overall } = assess({ ...input, volumetry: { ...input.volumetry, functionalMl: 0 as never } });
    expect(overall).toEqual({ light: 'grey', missing: ['liver', 'plan', 'body_size'] });
  });

  it.each(['inflow', 'outflow', 'bile', 'segments'] as const)('withholds green until %s is confirmed', (part) => {
    const rest = (['inflow', 'outflow', 'bile', 'segments'] as const).filter((other) => other !== part);
    expect(assess(madeInput(ample, { confirmed: rest })).overall).toEqual({ light: 'grey', missing: [part] });
    // Red needs no confirmation: nothing confirmed makes a small remnant larger.
    expect(assess(madeInput(short, { confirmed: rest })).overall).toEqual({ light: 'red', missing: [part] });
  });

  it('withholds green, and says so, while the plan leaves tumour in the remnant', () => {
    const { overall, remarks, options } = assess(madeInput({ ...ample, tumourLeftMl: 3.14 }));
    expect(overall).toEqual({ light: 'grey', missing: ['tumour_in_remnant'] });
    expect(options).toEqual([]);
    expect(remarks.find(({ code }) => code === 'tumour_in_remnant')?.message).toContain('3.1 mL of tumour');
  });

  it('lists everything that is missing, in one order, each with a sentence', () => {
    const { overall } = assess(
      madeInput(
        { ...unplanned },
        { parenchyma: 'unknown', reviewedBy: null, phase: null, sliceSpacingMm: 7, confirmed: ['bile'] },
      ),
    );
    expect(overall.missing).toEqual([
      'plan',
      'parenchyma',
      'review',
      'phase',
      'slice_spacing',
      'body_size',
      'inflow',
      'outflow',
      'segments',
    ]);
    for (const code of overall.missing) expect(missingLabels[code]).toMatch(/^[A-Z].*: .*\.$/);
  });

  it('never turns red or green on unverified rules alone', () => {
    const unread = {
      ...ruleBase,
      thresholds: ruleBase.thresholds.map((rule) => ({ ...rule, verified: false })),
    };
    for (const figures of [ample, short]) {
      const { overall, remarks } = assess(madeInput(figures), unread);
      expect(overall.light).toBe('grey');
      expect(remarks.find(({ code }) => code === 'rule_unverified')?.message).toContain('no red or green');
    }
  });
});

describe('properties of the light', () => {
  const order: Readonly<Record<Light, number>> = { grey: -1, red: 0, amber: 1, green: 2 };
  const share = fc.record({
    value: fc.double({ min: 1, max: 70, noNaN: true }),
    half: fc.double({ min: 0, max: 6, noNaN: true }),
  });
  const known = fc.constantFrom<Parenchyma>('normal', 'chemotherapy', 'cirrhosis');

  it('a larger remnant never has a worse light', () => {
    fc.assert(
      fc.property(
        share,
        share,
        share,
        fc.double({ min: 0, max: 30, noNaN: true }),
        known,
        (f, s, b, more, parenchyma) => {
          const grown = (by: number) => {
            const at = ({ value, half }: typeof f, scale: number): Figured => [
              (value + by) * scale,
              (value + by - half) * scale,
              (value + by + half) * scale,
            ];
            return made(at(f, 1), at(s, 1), at(b, 0.02));
          };
          const now = order[assess(madeInput(grown(0), { parenchyma })).overall.light];
          const then = order[assess(madeInput(grown(more), { parenchyma })).overall.light];
          expect(now).toBeGreaterThanOrEqual(0);
          expect(then).toBeGreaterThanOrEqual(now);
        },
      ),
      { seed: 20_130_115, numRuns: 500 },
    );
  });

  it('is never green when anything is missing, and lists options only under amber, red and green', () => {
    const confirmations = fc.subarray(['inflow', 'outflow', 'bile', 'segments'] as const);
    const figured = fc.option(
      share.map(({ value, half }): Figured => [value, value - half, value + half]),
      { freq: 4 },
    );
    fc.assert(
      fc.property(
        fc.record({
          functional: figured,
          sized: fc.boolean(),
          standard: share.map(({ value, half }): Figured => [value, value - half, value + half]),
          parenchyma: fc.constantFrom<Parenchyma>('normal', 'chemotherapy', 'cirrhosis', 'unknown'),
          reviewedBy: fc.constantFrom('Dr Reviewer', null),
          phase: fc.constantFrom('portal-venous' as const, 'other' as const, null),
          sliceSpacingMm: fc.constantFrom(1, 5, 8),
          confirmed: confirmations,
          tumourLeftMl: fc.constantFrom(0, 0, 2.5),
        }),
        ({ functional, sized, standard, tumourLeftMl, ...rest }) => {
          const figures: MadeFigures = {
            functional,
            standard: functional === null || !sized ? null : standard,
            bodyWeight: functional === null || !sized ? null : [0.9, 0.8, 1],
            remnantMl: functional === null ? null : [500, 480, 520],
            tumourLeftMl,
          };
          const { overall, options } = assess(madeInput(figures, rest));
          if (overall.light === 'green') expect(overall.missing).toEqual([]);
          expect(options.length > 0).toBe(overall.light !== 'grey');
        },
      ),
      { seed: 71_986, numRuns: 1000 },
    );
  });
});

describe('what is said beside the light', () => {
  const said = (code: string, ...parts: Parameters<typeof madeInput>) =>
    assess(madeInput(...parts)).remarks.find((remark) => remark.code === code)?.message;

  it('says which denominators disagree', () => {
    const message = said('denominators_disagree', made([34, 32, 36], [26, 24.5, 27.5], none), {
      parenchyma: 'chemotherapy',
    });
    expect(message).toContain('of measured liver 34.0 % (32.0–36.0): above the threshold of 30 %');
    expect(message).toContain('of standard liver volume 26.0 % (24.5–27.5): below the threshold of 30 %');
    expect(
      said('denominators_disagree', made([34, 32, 36], [28, 26.5, 30.5], none), { parenchyma: 'chemotherapy' }),
    ).toBe(undefined);
  });

  it('says where sources disagree (B6): 20, 25, 26.6 and 30 % in normal liver', () => {
    const message = said('sources_disagree', made([25.8, 25.2, 26.4], [33, 31, 35], [0.71, 0.68, 0.74]))!;
    // 25.2–26.4 % is above 20 and 25 %, below 26.6 and 30 %, and inside 25–30 %.
    expect(message).toContain('below the threshold ≥ 26.6 % of measured liver (Schindl 2005)');
    expect(message).toContain('below the threshold ≥ 30 % of measured liver (DRAGON 2, trial entry)');
    expect(message).toContain('interval crosses the threshold ≥ 25–30 % of measured liver (reviews, 25–30 %)');
    expect(message).not.toContain('Shoup');
    expect(message).not.toContain('Management of Liver Metastases');
  });

  it('says where sources disagree after chemotherapy (30 or 40 %) and in cirrhosis (30, 40 or 50 %)', () => {
    const chemotherapy = said('sources_disagree', made([34, 32, 36], none, none), { parenchyma: 'chemotherapy' });
    expect(chemotherapy).toContain('below the threshold > 40 % of measured liver (Azoulay)');
    const cirrhosis = said('sources_disagree', made([35, 33, 37], none, none), { parenchyma: 'cirrhosis' });
    expect(cirrhosis).toContain('above the threshold ≥ 30 % of measured liver (Baishideng 2014 (outlier))');
    expect(cirrhosis).not.toContain('Kubota');
  });

  it('shows 0.8 % of body weight for injured liver as text, without colour', () => {
    const { otherThresholds, overall } = assess(
      madeInput(made([47, 45, 49], [44, 42, 46], [0.61, 0.58, 0.64]), { parenchyma: 'cirrhosis' }),
    );
    expect(otherThresholds.find(({ ruleId }) => ruleId === 'flr-body-weight-injured-0.8')?.text).toMatch(
      /^≥ 0.8 % of body weight/,
    );
    expect(otherThresholds.find(({ ruleId }) => ruleId === 'flr-body-surface-injured-250')?.text).toMatch(
      /^≥ 250 mL\/m² of body surface \(here 193\): /,
    );
    expect(overall.light).toBe('green');
  });

  it('names unverified rules that were applied, and the set of rules', () => {
    expect(said('rule_unverified', ample)).toContain('Kishi 2009');
    expect(said('rule_unverified', ample, { parenchyma: 'chemotherapy' })).toContain('Shindoh 2013');
    expect(said('rule_unverified', ample, { parenchyma: 'cirrhosis' })).toContain(
      'Azoulay, applied to standard volume',
    );
    expect(assess(madeInput()).rules).toBe(`Remnant rule base ${ruleBase.version}`);
  });

  it('says that no threshold is safe whenever there is a verdict, and never that a volume is "adequate"', () => {
    expect(said('no_threshold_is_safe', ample)).toContain('547 patients');
    expect(said('no_threshold_is_safe', ample, { reviewedBy: null })).toBe(undefined);
    expect(JSON.stringify([assess(madeInput()), ruleBase])).not.toMatch(/adequate|not a medical device/i);
  });

  it('says when the cuts miss the liver', () => {
    const input = madeInput();
    const resectedMl = millilitres(0);
    const { remarks, overall, verdicts, options } = assess({ ...input, volumetry: { ...input.volumetry, resectedMl } });
    expect(remarks.map(({ code }) => code)).toContain('nothing_resected');
    // A remnant of 100 % of a resection that takes nothing is no success.
    expect(overall).toMatchObject({ light: 'grey' });
    expect(overall.missing).toContain('plan');
    expect(verdicts.every(({ verdict }) => verdict === 'none')).toBe(true);
    expect(options).toEqual([]);
  });
});

describe('a department’s own rules', () => {
  it('decide in place of the shipped ones', () => {
    const own = readRuleBase({
      ...ruleBase,
      name: 'Department rules',
      version: '7',
      reviewer: 'Dr Head',
      thresholds: ruleBase.thresholds.map((rule) =>
        rule.id === 'flr-functional-normal-20' ? { ...rule, id: 'own-25', value: 25 } : rule,
      ),
    });
    const { verdicts, rules } = assess(madeInput(made([23, 21, 24.5], [33, 31, 35], [0.7, 0.6, 0.8])), own);
    expect(verdicts[0]).toMatchObject({ ruleId: 'own-25', verdict: 'below', thresholdPercent: 25 });
    expect(rules).toBe('Department rules 7');
  });
});

function made(functional: Figured, standard: Figured, bodyWeight: Figured): MadeFigures {
  return { functional, standard, bodyWeight };
}
