import { describe, expect, it } from 'vitest';
import data from '../../src/assessment/rules.json' with { type: 'json' };
import { assess, citationOf, readRuleBase, ruleBase } from '../../src/assessment/index.ts';
import type { KnownParenchyma } from '../../src/assessment/index.ts';
import { ample, madeInput } from './made-input.ts';

describe('the rule base', () => {
  const rules = [...ruleBase.thresholds, ...ruleBase.conditions, ...ruleBase.growth];

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s has source, scope, evidence and a mark', (_, rule) => {
    expect(rule.source.length).toBeGreaterThan(3);
    expect(rule.population.length).toBeGreaterThan(3);
    expect(rule.evidence.length).toBeGreaterThan(3);
    expect(typeof rule.verified).toBe('boolean');
    expect(citationOf(rule).endsWith('(unverified)')).toBe(!rule.verified);
  });

  it('marks what was only remembered or seen in a secondary source', () => {
    const unread = [...rules, ...ruleBase.options].filter(({ verified }) => !verified).map(({ id }) => id);
    expect(unread).toEqual([
      'flr-standard-normal-20',
      'flr-standard-chemotherapy-30',
      'flr-standard-cirrhosis-40',
      'growth-pve-cirrhosis',
      'drain_first',
      'natural_portal_occlusion',
      'limited_resection',
      'pve_stress_test',
      'transplant_referral',
      'no_augmentation',
    ]);
  });

  // Section B2 of the rule base, row by row: parenchyma, value, unit.
  it.each<[KnownParenchyma, (string | number)[][]]>([
    [
      'normal',
      [
        ['flr-functional-normal-20', 20, '%'],
        ['flr-standard-normal-20', 20, '%'],
        ['flr-body-weight-normal-0.5', 0.5, '%'],
        ['flr-urata-normal-25', 25, '%'],
        ['flr-functional-normal-25-shoup', 25, '%'],
        ['flr-functional-normal-26.6', 26.6, '%'],
        ['flr-functional-normal-25-30', '25–30', '%'],
        ['flr-functional-normal-30-dragon2', 30, '%'],
        ['flr-standard-any-30', 30, '%'],
        ['flr-body-surface-biliary-300', 300, 'mL/m²'],
        ['flr-functional-pve-25-40', '25–40', '%'],
      ],
    ],
    [
      'chemotherapy',
      [
        ['flr-functional-chemotherapy-30', 30, '%'],
        ['flr-standard-chemotherapy-30', 30, '%'],
        ['flr-body-weight-injured-0.8', 0.8, '%'],
        ['flr-standard-any-30', 30, '%'],
        ['flr-functional-steatosis-30', 30, '%'],
        ['flr-functional-chemotherapy-40', 40, '%'],
        ['flr-functional-chemotherapy-40-azoulay', 40, '%'],
        ['flr-functional-chemotherapy-40-dragon2', 40, '%'],
        ['flr-body-surface-biliary-300', 300, 'mL/m²'],
        ['flr-functional-pve-25-40', '25–40', '%'],
      ],
    ],
    [
      'cirrhosis',
      [
        ['flr-functional-cirrhosis-40', 40, '%'],
        ['flr-standard-cirrhosis-40', 40, '%'],
        ['flr-body-weight-injured-0.8', 0.8, '%'],
        ['flr-standard-any-30', 30, '%'],
        ['flr-functional-cirrhosis-30', 30, '%'],
        ['flr-functional-cirrhosis-40-50', '40–50', '%'],
        ['flr-functional-hcc-42.7', 42.7, '%'],
        ['flr-body-surface-injured-250', 250, 'mL/m²'],
        ['flr-body-weight-hcc-0.55', 0.55, '%'],
        ['flr-body-surface-biliary-300', 300, 'mL/m²'],
        ['flr-functional-pve-25-40', '25–40', '%'],
      ],
    ],
  ])('holds every threshold for %s', (parenchyma, expected) => {
    const held = ruleBase.thresholds.filter((rule) => rule.parenchyma.includes(parenchyma));
    const show = (value: number | readonly [number, number]) => (typeof value === 'number' ? value : value.join('–'));
    expect(held.map(({ id, value, unit }) => [id, show(value), unit])).toEqual(expected);
    const { otherThresholds, verdicts } = assess(madeInput(ample, { parenchyma }));
    const shown = [...verdicts.map(({ ruleId }) => ruleId), ...otherThresholds.map(({ ruleId }) => ruleId)];
    expect(shown.filter((id) => id !== null).sort()).toEqual(held.map(({ id }) => id).sort());
  });

  it('compares with “more than” where the source says so, else with “at least”', () => {
    const strict = ruleBase.thresholds.filter(({ operator }) => operator === '>').map(({ id }) => id);
    expect(strict).toEqual([
      'flr-body-weight-normal-0.5',
      'flr-urata-normal-25',
      'flr-functional-chemotherapy-40-azoulay',
    ]);
  });

  it('gives a year only where the source states it, not where an identifier seems to', () => {
    const years = rules
      .filter(({ year }) => year !== null)
      .map(({ id, year, name, source }) => [id, year, name, source]);
    for (const [id, year, name, source] of years) {
      expect(`${String(name)} ${String(source)}`, String(id)).toContain(String(year));
    }
    expect(years.length).toBeGreaterThan(15);
    for (const { source, year } of rules) {
      if (/^(doi|BSR)/.test(source)) expect(year).toBeNull();
    }
  });

  it('holds growth as published (B3, C3)', () => {
    expect(ruleBase.growth.map(({ id, value, weeks }) => [id, value.low, value.central, value.high, weeks])).toEqual([
      ['growth-pve', 1.15, 1.36, 1.6, [2, 6]],
      ['growth-lvd', 1.35, 1.59, 1.75, [3, 3]],
      ['growth-two-stage', 1.15, 1.36, 1.6, [2, 6]],
      ['growth-alpps', 1.2, [1.6, 1.85], 2.2, [1, 2]],
      ['growth-pve-cirrhosis', 1.05, null, 1.35, [2, 6]],
    ]);
  });

  it('uses each growth rule in an option', () => {
    const used = ruleBase.options.flatMap(({ growth }) => (growth === null ? [] : [growth]));
    expect([...new Set(used)].sort()).toEqual(ruleBase.growth.map(({ id }) => id).sort());
  });
});

describe('published figures beside the thresholds', () => {
  // Section B3 and the windows, extents and function tests of B4, B5 and C3, as they stand there.
  it.each<[string, number | [number, number], number | null, string]>([
    ['degree-5-ribero', 5, null, 'pp'],
    ['share-20-ribero', 20, null, '%'],
    ['degree-7.5-shindoh', 7.5, null, 'pp'],
    ['share-29.6-shindoh', 29.6, null, '%'],
    ['kinetic-2-shindoh', 2, null, 'pp/week'],
    ['kinetic-first-week', [1.4, 9.4], 5.4, 'pp/week'],
    ['kinetic-later', [-0.5, 3.5], 1.5, 'pp/week'],
    ['pve-relative-20-40', [20, 40], null, '%'],
    ['pve-relative-37.9', [37.8, 38], 37.9, '%'],
    ['pve-relative-33.9', [16.5, 60.4], 33.9, '%'],
    ['pve-relative-36', [8.8, 63.2], 36, '%'],
    ['pve-daily-4.4', [1.2, 7.6], 4.4, 'mL/day'],
    ['pve-relative-50', 50, null, '%'],
    ['pve-segment-4', [26, 54], null, '%'],
    ['pve-conversion', [62.6, 62.6], null, '%'],
    ['lvd-relative-59', [48, 59], 59, '%'],
    ['lvd-liver-failure-disagree', [0.22, 0.91], 0.45, 'odds ratio'],
    ['dragon1-kinetic', [8.3, 8.3], 8.3, '%/week'],
    ['waiting-dropout', [20, 40], null, '%'],
    ['alpps-interval', [7, 14], null, 'days'],
    ['alpps-daily-22-35', [22, 35], null, 'mL/day'],
    ['two-stage-daily-3-5', [3, 5], null, 'mL/day'],
    ['alpps-relative-160', [90, 250], 160, '%'],
    ['alpps-relative-84', [76.5, 92.1], 84.3, '%'],
    ['alpps-daily-32.7', [19.1, 46.3], 32.7, 'mL/day'],
    ['rescue-alpps', [19.3, 120], 61.8, '%'],
    ['ligro', [57, 92], null, '%'],
    ['two-stage-dropout', [20, 35.2], 30, '%'],
    ['two-stage-fast', 4, null, 'weeks'],
    ['two-stage-interval', [2, 4], null, 'months'],
    ['volume-not-function', [35, 120], null, '%'],
    ['bevacizumab-6-cycles', 6, null, 'cycles'],
    ['bevacizumab-washout', [6, 8], null, 'weeks'],
    ['involved-70', 70, null, '%'],
    ['involved-6-segments', 6, null, 'segments'],
    ['ablation-3-cm', 3, null, 'cm'],
    ['hbs-2.69', 2.69, null, '%/min/m²'],
    ['hbs-biliary', [2.7, 4.5], null, '%/min/m²'],
    ['limax-315', 315, null, 'µg/kg/h'],
  ])('%s is %j', (id, value, central, unit) => {
    expect(ruleBase.references.find((rule) => rule.id === id)).toMatchObject({ value, central, unit });
  });

  it('marks what comes from memory or from a secondary source', () => {
    expect(ruleBase.references.filter(({ verified }) => !verified).map(({ id }) => id)).toEqual([
      'dragon1-kinetic',
      'bevacizumab-6-cycles',
      'icg-10',
      'albi-grade',
    ]);
  });

  it('has an option for every row of the decision table and a sentence for every light', () => {
    expect([...new Set(ruleBase.options.map(({ row }) => row))].sort((a, b) => a! - b!)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
    expect(ruleBase.lights.map(({ light }) => light)).toEqual(['green', 'amber', 'red', 'grey']);
  });
});

describe('reading a rule base', () => {
  const [first, ...rest] = data.thresholds;
  it.each<[string, RegExp, unknown]>([
    ['an unknown field', /unrecognized/i, { ...data, extra: 1 }],
    ['another format', /remnant-rules/, { ...data, format: 'rules' }],
    ['a missing source', /source/, { ...data, thresholds: [{ ...first, source: ' ' }, ...rest] }],
    ['a missing mark', /verified/, { ...data, thresholds: [{ ...first, verified: undefined }, ...rest] }],
    ['a negative value', /value/, { ...data, thresholds: [{ ...first, value: -20 }, ...rest] }],
    ['an address that is not https', /address/, { ...data, thresholds: [{ ...first, address: 'http://x' }, ...rest] }],
    ['an id used twice', /used twice/, { ...data, thresholds: [...data.thresholds, { ...first, use: 'other' }] }],
    [
      'two rules for one verdict',
      /Two rules decide normal functional/,
      { ...data, thresholds: [...data.thresholds, { ...first, id: 'second' }] },
    ],
    ['a verdict by a range', /can not decide/, { ...data, thresholds: [{ ...first, value: [20, 25] }, ...rest] }],
    [
      'a verdict on a figure not shown',
      /can not decide/,
      { ...data, thresholds: [{ ...first, denominator: 'bodySurface' }, ...rest] },
    ],
    ['a range upside down', /low/, { ...data, thresholds: [{ ...first, use: 'other', value: [30, 25] }, ...rest] }],
    [
      'an option with an unknown growth rule',
      /unknown rule/,
      { ...data, options: data.options.map((option) => ({ ...option, growth: 'growth-x' })) },
    ],
    [
      'points given in percent',
      /degree-5-ribero is given in %, not in pp/,
      { ...data, references: data.references.map((rule, index) => (index === 0 ? { ...rule, unit: '%' } : rule)) },
    ],
    ['no limit of slice spacing', /slice-spacing-5/, { ...data, conditions: [] }],
    [
      'growth upside down',
      /low ≤ central/,
      { ...data, growth: data.growth.map((rule) => ({ ...rule, value: { low: 2, central: 1.5, high: 3 } })) },
    ],
  ])('refuses %s', (_, message, json) => {
    expect(() => readRuleBase(json)).toThrow(message);
  });
});
