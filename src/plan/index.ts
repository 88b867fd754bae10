export * from './plan.ts';
export * from './edit.ts';
export * from './create.ts';
export * from './history.ts';
export { checksum } from './checksum.ts';
export { squashEdits } from './squash.ts';
export { checkMasks, checkSeries, openPlan, savePlan } from './plan-file.ts';
export type { PlanFile } from './plan-file.ts';
