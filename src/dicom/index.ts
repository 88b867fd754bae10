export * from './series.ts';
export { headerPrefixBytes, readHeader } from './slice-header.ts';
export type { PixelFormat, SliceHeader } from './slice-header.ts';
export type { TransferSyntax } from './transfer-syntax.ts';
export { listSeries } from './series-list.ts';
export { assembleSeries, assemblyBytes, chooseSeries, prepareAssembly } from './assembly.ts';
export type { AssemblyInProgress } from './assembly.ts';
export { fingerprint } from './fingerprint.ts';
export { thumbnailOf } from './thumbnail.ts';
