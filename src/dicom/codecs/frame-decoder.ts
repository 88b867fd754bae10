import type { Outcome } from '../../volume/index.ts';

/** The families of compression that DICOM uses for pixels. */
export type Compression = 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'ht-jpeg-2000';

/** What the header of a slice says that its decoded pixels must be. */
export interface FrameShape {
  readonly columns: number;
  readonly rows: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly signed: boolean;
}

/**
 * Turns one compressed frame into the stored words of a grey slice: row by row, 8 or 16 bits as allocated. Failures:
 * `truncated_pixels` (the stream ends too early) and `pixels_undecodable` (it is broken, or is not what the header says).
 */
export interface FrameDecoder {
  readonly decode: (
    compression: Compression,
    stream: Uint8Array,
    shape: FrameShape,
  ) => Outcome<Uint8Array | Uint16Array>;
}
