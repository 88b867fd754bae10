export * from './assessment.ts';
export { citationOf, readRuleBase, ruleBase } from './rules.ts';
export type {
  ConditionRule,
  GrowthRule,
  KnownParenchyma,
  OptionRule,
  Rule,
  RuleBase,
  RuleDenominator,
  ThresholdRule,
} from './rules.ts';
export { assess } from './assess.ts';
export { neededRelativeGrowth, predictGrowth, reachOf } from './growth.ts';
export type { Reach } from './growth.ts';
export { conclusionText } from './conclusion.ts';
export type { PlanFacts } from './conclusion.ts';
export * from './texts.ts';
