import { describe, expect, it } from 'vitest';
import { assess, emptyInputs, isCited, mergeRuleBase, ruleBase } from '../../src/assessment/index.ts';
import type { AssessmentInputs, Parenchyma } from '../../src/assessment/index.ts';
import { madeInput } from './made-input.ts';
import type { MadeFigures } from './made-input.ts';

const chemotherapy = { drugs: ['oxaliplatin'], cycles: 4, weeksSince: 7, startedOn: null } as const;
/** Between the thresholds of a normal and of an injured liver, in every denominator. */
const between: MadeFigures = {
  ...{ functional: [26.3, 25.1, 27.5], standard: [25.7, 24.6, 26.8], bodyWeight: [0.91, 0.88, 0.94] },
};
const clears30: MadeFigures = {
  ...{ functional: [33.1, 30, 36.2], standard: [32.7, 31.1, 34.3], bodyWeight: [0.91, 0.88, 0.94] },
};

function judged(
  figures: MadeFigures,
  parenchyma: Parenchyma,
  liver: Partial<AssessmentInputs['liver']>,
  rules = ruleBase,
) {
  const inputs = { ...emptyInputs, liver: { ...emptyInputs.liver, ...liver } };
  const { overall, remarks } = assess(madeInput(figures, { parenchyma, inputs }), rules);
  return { ...overall, said: remarks.find(({ code }) => code === 'parenchyma_contradicts')?.message ?? null };
}

describe('what a remark names', () => {
  it('can be opened where it has an address, and every one is cited by the rules', () => {
    const inputs = { ...emptyInputs, liver: { ...emptyInputs.liver, chemotherapy: { ...chemotherapy, cycles: 8 } } };
    const { remarks } = assess(madeInput(clears30, { parenchyma: 'chemotherapy', inputs }));
    const named = remarks.flatMap(({ code, sources = [] }) => sources.map(({ address }) => [code, address] as const));
    expect(named.filter(([, address]) => !isCited(address))).toEqual([]);
    for (const code of ['sources_disagree', 'no_threshold_is_safe', 'rule_unverified', 'chemotherapy_cycles'])
      expect(named.map(([told]) => told)).toContain(code);
  });

  it('leads to the row that it names, not to another', () => {
    const { remarks } = assess(madeInput(clears30, { parenchyma: 'chemotherapy' }));
    const { message, sources } = remarks.find(({ code }) => code === 'sources_disagree')!;
    for (const { text, address } of sources!) {
      expect(message).toContain(`(${text})`);
      expect(ruleBase.thresholds.some((row) => row.name === text && row.address === address)).toBe(true);
    }
  });
});

describe('a state of the liver that its details contradict', () => {
  it.each([
    [
      'normal',
      { steatosisPercent: 35 },
      /set to normal liver, but steatosis is given, for which ≥ 30 % of measured liver stands \(.*does not clear/,
    ],
    ['normal', { chemotherapy }, /but chemotherapy is given, for which ≥ 30 %/],
    ['normal', { chemotherapy, steatosisPercent: 35 }, /but chemotherapy and steatosis are given, for which ≥ 30 %/],
    [
      'normal',
      { fibrosisStage: 3, steatosisPercent: 35 },
      /but fibrosis of stage 3 or more is given, for which ≥ 40 %/,
    ],
    ['normal', { childPugh: 'A' }, /but a Child-Pugh class is given, for which ≥ 40 %/],
  ] as const)('withholds green: %s with %o', (parenchyma, liver, sentence) => {
    expect(judged(between, parenchyma, {})).toEqual({ light: 'green', missing: [], said: null });
    const { light, missing, said } = judged(between, parenchyma, liver);
    expect([light, missing]).toEqual(['grey', ['liver_state']]);
    expect(said).toMatch(sentence);
  });

  it('withholds it from a liver after chemotherapy with fibrosis too', () => {
    expect(judged(clears30, 'chemotherapy', {}).light).toBe('green');
    expect(judged(clears30, 'chemotherapy', { fibrosisStage: 4 })).toMatchObject({
      light: 'grey',
      missing: ['liver_state'],
    });
  });

  it('decides nothing where the remnant clears the stricter threshold as well, the bound itself included; it is said', () => {
    const { light, missing, said } = judged(clears30, 'normal', { steatosisPercent: 35 });
    expect([light, missing]).toEqual(['green', []]);
    expect(said).toMatch(/clears that too/);
  });

  it('is none where the details fit, or ask for no more than the state', () => {
    for (const liver of [{}, { steatosisPercent: 0 }, { fibrosisStage: 2 }])
      expect(judged(between, 'normal', liver).said).toBeNull();
    expect(judged(clears30, 'chemotherapy', { chemotherapy, steatosisPercent: 35 }).said).toBeNull();
    expect(judged(clears30, 'cirrhosis', { chemotherapy, fibrosisStage: 4, childPugh: 'A' }).said).toBeNull();
  });

  it('never takes red or amber away, nor rests on a rule whose source was not read', () => {
    const short: MadeFigures = {
      ...{ functional: [14.3, 13.1, 15.5], standard: [13.7, 12.6, 14.8], bodyWeight: [0.31, 0.28, 0.34] },
    };
    expect(judged(short, 'normal', { steatosisPercent: 35 }).light).toBe('red');
    const row = ruleBase.thresholds.find(({ id }) => id === 'flr-functional-chemotherapy-30')!;
    const own = mergeRuleBase(ruleBase, {
      ...{ format: 'remnant-rules', name: 'Ward', version: '1', reviewer: null, mode: 'extend' },
      thresholds: [{ ...row, verified: false }],
    });
    if (!own.ok) throw new Error(own.error.message);
    expect(judged(between, 'normal', { steatosisPercent: 35 }, own.value)).toMatchObject({
      light: 'green',
      said: null,
    });
  });
});
