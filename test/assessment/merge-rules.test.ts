import { describe, expect, it } from 'vitest';
import { assess, mergeRuleBase, ruleBase, sayRuleSet } from '../../src/assessment/index.ts';
import { madeInput } from './made-input.ts';

const head = {
  format: 'remnant-rules',
  name: 'Ward 4',
  version: '2026.2',
  reviewer: 'Dr Own',
  mode: 'extend',
} as const;
const normal20 = ruleBase.thresholds.find(({ id }) => id === 'flr-functional-normal-20')!;
const own25 = { ...normal20, id: 'own-normal-25', value: 25, name: 'Ward 4', source: 'conference of 3 February 2026' };

function merged(own: unknown) {
  const outcome = mergeRuleBase(ruleBase, own);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

function fault(own: unknown): string {
  const outcome = mergeRuleBase(ruleBase, own);
  return outcome.ok ? 'merged' : `${outcome.error.code}: ${outcome.error.message}`;
}

describe('a department’s own rules', () => {
  it('changes nothing but the name where it holds no row', () => {
    const rules = merged(head);
    expect({ ...rules, name: '', version: '', reviewer: null, basis: null }).toEqual({
      ...ruleBase,
      name: '',
      version: '',
    });
    expect(sayRuleSet(rules)).toBe('Ward 4 2026.2, extending Remnant rule base 1.2.0; reviewed by Dr Own');
    expect(sayRuleSet(ruleBase)).toBe('Remnant rule base 1.2.0; not reviewed by a department');
  });

  it('replaces a row of the same id', () => {
    const rules = merged({ ...head, thresholds: [{ ...normal20, value: 22 }] });
    expect(rules.thresholds).toHaveLength(ruleBase.thresholds.length);
    expect(assess(madeInput(), rules)).toMatchObject({ thresholdPercent: 22, rules: 'Ward 4 2026.2' });
  });

  it('decides by the new row and keeps the old one beside it', () => {
    const rules = merged({ ...head, thresholds: [own25] });
    const figures = { functional: [22, 21, 23], standard: [24, 22.2, 25.8], bodyWeight: [0.61, 0.58, 0.64] } as const;
    const { verdicts, otherThresholds, overall } = assess(madeInput(figures), rules);
    expect(verdicts[0]).toMatchObject({ ruleId: 'own-normal-25', thresholdPercent: 25, verdict: 'below' });
    expect(otherThresholds.map(({ ruleId }) => ruleId)).toContain('flr-functional-normal-20');
    expect(overall.light).toBe('amber');
    expect(assess(madeInput(figures)).overall.light).toBe('green');
  });

  it('leaves the old row in force for the states of the liver that the new one does not name', () => {
    const wide = merged({
      ...head,
      thresholds: [{ ...normal20, parenchyma: ['normal', 'chemotherapy'] }],
      leaveOut: ['flr-functional-chemotherapy-30'],
    });
    const outcome = mergeRuleBase(wide, { ...head, name: 'Ward 5', thresholds: [own25] });
    if (!outcome.ok) throw new Error(outcome.error.message);
    const deciding = (state: 'normal' | 'chemotherapy') =>
      assess(madeInput(undefined, { parenchyma: state }), outcome.value).verdicts[0]!.ruleId;
    expect([deciding('normal'), deciding('chemotherapy')]).toEqual(['own-normal-25', 'flr-functional-normal-20']);
  });

  it('leaves rows out by id, and stands alone where it replaces', () => {
    const rules = merged({ ...head, leaveOut: ['flr-functional-cirrhosis-30', 'alpps'] });
    expect(rules.thresholds.some(({ id }) => id === 'flr-functional-cirrhosis-30')).toBe(false);
    expect(rules.options.some(({ id }) => id === 'alpps')).toBe(false);
    const { thresholds, conditions } = ruleBase;
    const alone = merged({ ...head, mode: 'replace', thresholds, conditions });
    expect([alone.options, alone.references, alone.basis]).toEqual([[], [], null]);
  });

  it.each<[string, RegExp, unknown]>([
    [
      'a value that is no number',
      /own-normal-25 \(thresholds\[0\]\): value: /,
      { ...head, thresholds: [{ ...own25, value: 'a quarter' }] },
    ],
    [
      'a missing mark',
      /own-normal-25 \(thresholds\[0\]\): verified: /,
      { ...head, thresholds: [{ ...own25, verified: undefined }] },
    ],
    ['a row without id', /thresholds\[1\]: id: /, { ...head, thresholds: [own25, { ...own25, id: undefined }] }],
    [
      'a misspelt field',
      /own-normal-25 \(thresholds\[0\]\): .*reviewd/,
      { ...head, thresholds: [{ ...own25, reviewd: 'x' }] },
    ],
    ['an id to leave out that is not there', /flr-x: is left out/, { ...head, leaveOut: ['flr-x'] }],
    [
      'two rows that decide the same',
      /Two rules decide normal functional/,
      { ...head, thresholds: [own25, { ...own25, id: 'own-2' }] },
    ],
    [
      'a growth rule that an option needs',
      /Option pve names the unknown rule growth-pve/,
      { ...head, leaveOut: ['growth-pve'] },
    ],
    ['no list at all', /the set: /, []],
    ['another mode', /mode: /, { ...head, mode: 'merge' }],
  ])('refuses %s and names the row', (_, message, own) => {
    expect(fault(own)).toMatch(/^rules_invalid: /);
    expect(fault(own)).toMatch(message);
  });
});
