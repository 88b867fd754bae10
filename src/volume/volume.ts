import type { Grid } from '../geometry/index.ts';

/** The image: one signed 16-bit value per voxel, `i` fastest, on a regular grid. The buffer may be shared between threads. */
export interface Volume {
  readonly grid: Grid;
  readonly values: Int16Array;
  /** Hounsfield units for CT; MR signal has no unit and nothing may be read into its level. */
  readonly unit: 'HU' | 'arbitrary';
}

/** The anatomy layer: one label per voxel, `i` fastest, on the volume's grid (codes in `liver/structure.ts`). */
export interface Labels {
  readonly grid: Grid;
  readonly values: Uint8Array;
}
