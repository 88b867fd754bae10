export * from './mask-file.ts';
export * from './nifti-read.ts';
export * from './nifti-write.ts';
export * from './place-mask.ts';
export * from './merge-masks.ts';
export * from './mask-patch.ts';
