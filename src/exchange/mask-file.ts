import type { Grid } from '../geometry/index.ts';

/** Labels read from a file, on the file's own grid (LPS), `i` fastest. */
export interface MaskFile {
  /** The file's name, for remarks. */
  readonly name: string;
  readonly grid: Grid;
  readonly values: Uint8Array | Uint16Array;
  /** Labels other than 0 that occur, ascending. */
  readonly labelsPresent: readonly number[];
}
