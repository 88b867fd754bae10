export * from './remark.ts';
export * from './volume.ts';
export * from './patch.ts';
