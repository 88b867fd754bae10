export * from './request.ts';
export * from './segment.ts';
