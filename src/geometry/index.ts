export * from './units.ts';
export * from './points.ts';
export * from './grid.ts';
export * from './plane.ts';
export * from './rotation.ts';
export * from './view-frame.ts';
export * from './turned-view.ts';
