export * from './remark.ts';
export * from './volume.ts';
export * from './patch.ts';
export * from './patch-building.ts';
export * from './counting.ts';
export * from './row-runs.ts';
export * from './components.ts';
