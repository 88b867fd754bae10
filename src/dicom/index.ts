export * from './series.ts';
export { headerPrefixBytes, readHeader, readHeaders } from './slice-header.ts';
export { createHeaderReader } from './header-reader.ts';
export type { HeaderReader } from './header-reader.ts';
export type { PixelFormat, SliceHeader } from './slice-header.ts';
export type { PixelLocation } from './pixel-location.ts';
export type { TransferSyntax } from './transfer-syntax.ts';
export { createFrameDecoder } from './codecs/native-decoder.ts';
export type { Compression, FrameDecoder, FrameShape } from './codecs/frame-decoder.ts';
export { isCompressed, readPixels } from './file-pixels.ts';
export type { ReadInto } from './file-pixels.ts';
export type { StoredWords } from './stored-pixels.ts';
export { seriesRefusalCodes } from './refusal-codes.ts';
export type { SeriesRefusal, SeriesRefusalCode } from './refusal-codes.ts';
export { listSeries } from './series-list.ts';
export type { Listing, ListingChoice } from './series-list.ts';
export type { Suggestion } from './suggestion.ts';
export {
  assembleSeries,
  assemblyBytes,
  chooseSeries,
  filesToRead,
  framesAtOnce,
  memoryTrouble,
  prepareAssembly,
} from './assembly.ts';
export type { AssemblyInProgress, DirectSlice, ReadSlice } from './assembly.ts';
export { fingerprint } from './fingerprint.ts';
export { groupedBy } from './grouped-by.ts';
export { coarsePicture, slicesToLookAt } from './coarse-picture.ts';
export type { CoarsePicture } from './coarse-picture.ts';
export { withLooks } from './series-list.ts';
export { lookAt } from './volume-look.ts';
export type { VolumeLook } from './volume-look.ts';
export { hangingFlips, thumbnailOf } from './thumbnail.ts';
export { isArchive, listArchive, readMember } from './archive.ts';
export type { ArchiveMember, ReadAt } from './archive.ts';
export { adviceOn, readOther } from './other-objects.ts';
export type { OtherObject } from './other-objects.ts';
