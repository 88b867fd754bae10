export * from './units.ts';
export * from './points.ts';
export * from './grid.ts';
export * from './plane.ts';
export * from './rotation.ts';
