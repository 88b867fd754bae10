import { describe, expect, it } from 'vitest';
import { mergeRuleBase, ruleBase } from '../../src/assessment/index.ts';
import { assessedWith, openPlan, otherRulesRemark, savePlan } from '../../src/plan/index.ts';
import type { Plan } from '../../src/plan/index.ts';
import { madeLabels, madePlan } from './made-plan.ts';

const head = {
  ...{ format: 'remnant-rules', name: 'Ward 4', version: '2026.2', reviewer: 'Dr Own', mode: 'extend' },
} as const;

function department(change: object = {}) {
  const merged = mergeRuleBase(ruleBase, { ...head, ...change });
  if (!merged.ok) throw new Error(merged.error.message);
  return merged.value;
}

function stored(plan: Plan): Plan {
  const file = openPlan(savePlan(plan, madeLabels()));
  if (!file.ok || file.value.plan === null) throw new Error('The plan does not open');
  return file.value.plan;
}

describe('the rules that a plan was stored under', () => {
  it('stand in its file, and nothing is said while they are in force', () => {
    const plan = stored(assessedWith(madePlan(), department()));
    expect(plan.rules).toMatchObject({ name: 'Ward 4', version: '2026.2', basis: { name: ruleBase.name } });
    expect(otherRulesRemark(plan, department())).toBeNull();
    expect(otherRulesRemark(stored(assessedWith(madePlan(), ruleBase)), ruleBase)).toBeNull();
  });

  it('are named when others are in force, both ways', () => {
    const own = stored(assessedWith(madePlan(), department()));
    expect(otherRulesRemark(own, ruleBase)?.message).toMatch(
      /stored under other rules: Ward 4 2026\.2, extending Remnant rule base .*In force now: Remnant rule base \d/,
    );
    const builtIn = stored(assessedWith(madePlan(), ruleBase));
    expect(otherRulesRemark(builtIn, department())?.message).toMatch(/In force now: Ward 4 2026\.2/);
    expect(otherRulesRemark(own, department({ version: '2026.3' }))?.code).toBe('other_rules');
  });

  it('are told apart when a row changed under the same name and version', () => {
    const row = ruleBase.thresholds.find(({ id }) => id === 'flr-functional-normal-20')!;
    const plan = stored(assessedWith(madePlan(), department({ thresholds: [row] })));
    expect(otherRulesRemark(plan, department({ thresholds: [{ ...row, value: 23 }] }))?.message).toMatch(
      /Ward 4 2026\.2.*have changed since it was stored, under the same name and version/,
    );
  });

  it('of a plan of before are not known: nothing is said', () => {
    expect(otherRulesRemark(stored(madePlan()), department())).toBeNull();
  });
});
