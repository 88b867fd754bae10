export * from './structure.ts';
export * from './cut.ts';
export * from './volumetry.ts';
