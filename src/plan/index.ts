export * from './plan.ts';
export * from './edit.ts';
