import { emptyInputs, measureGrowth } from '../../src/assessment/index.ts';
import type { MeasuredGrowth, RuleBase } from '../../src/assessment/index.ts';
import type { Plan } from '../../src/plan/index.ts';

/** The growth measured after an augmentation, from the dated remnants kept with the plan; null without any. */
export function growthOf(plan: Plan, rules: RuleBase): MeasuredGrowth | null {
  const { growth, augmentation } = plan.inputs ?? emptyInputs;
  return growth === null ? null : measureGrowth(growth.measurements, growth.denominator, augmentation, rules);
}
