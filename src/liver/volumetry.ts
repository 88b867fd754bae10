import type { Millilitres, Millimetres, Percent, SquareMetres, SquareMillimetres } from '../geometry/index.ts';

/** The 5th and 95th percentile of a figure. */
export type Interval<Unit extends number> = readonly [low: Unit, high: Unit];

/** One voxel is 65 536 parts, so that a voxel crossed by a cut is shared out in whole numbers. */
export const partsPerVoxel = 65_536;

/** Whole parts of a voxel (1/65 536). remnant + resected + excluded = total, exactly. Null where no cut is planned. */
export interface VolumeUnits {
  readonly total: number;
  readonly remnant: number | null;
  readonly resected: number | null;
  readonly excluded: number | null;
}

/** The figures that carry an interval. */
export type Figure =
  | 'totalMl'
  | 'tumourMl'
  | 'functionalMl'
  | 'remnantMl'
  | 'resectedMl'
  | 'excludedMl'
  | 'flrPercent'
  | 'sflrPercent'
  | 'flrBodyWeightPercent';

/** Volumes of one segmentation under one set of cuts, as B0 of the rule base defines them. */
export interface Volumetry {
  /** Volume of one voxel. */
  readonly voxelMl: Millilitres;
  readonly units: VolumeUnits;
  readonly totalMl: Millilitres;
  readonly tumourMl: Millilitres;
  readonly nonFunctionalMl: Millilitres;
  readonly vesselMl: Millilitres;
  /** total − tumour − non-functional. */
  readonly functionalMl: Millilitres;
  /** The future liver remnant. */
  readonly remnantMl: Millilitres | null;
  readonly resectedMl: Millilitres | null;
  /** Stays but does not count: tumour left behind, non-functional tissue. */
  readonly excludedMl: Millilitres | null;
  /** Tumour on the remnant side of the cuts (part of `excludedMl`). */
  readonly tumourLeftMl: Millilitres | null;
  /** Remnant over functional volume. */
  readonly flrPercent: Percent | null;
  /** Remnant over the standard liver volume (Vauthey, Mosteller). */
  readonly sflrPercent: Percent | null;
  readonly flrBodyWeightPercent: Percent | null;
  readonly bsaM2: SquareMetres | null;
  readonly standardLiverMl: Millilitres | null;
  /** 90 % intervals by the default of B0 and section D of the algorithms, marked provisional. */
  readonly intervals: Readonly<Partial<Record<Figure, Interval<number>>>>;
  readonly intervalMethod: 'provisional';
  /** Outer surface of the total. */
  readonly surfaceArea: SquareMillimetres;
  /** Area of the cut surface inside the total, null without cuts. */
  readonly cutArea: SquareMillimetres | null;
  /** Each tumour by label: its volume, largest remainder not applied, and its largest diameter in any direction. */
  readonly tumours: readonly {
    readonly label: number;
    readonly volumeMl: Millilitres;
    readonly diameterMm: Millimetres;
  }[];
}

/** What is known of the patient's size; both or neither. */
export interface BodySize {
  readonly heightCm: number;
  readonly weightKg: number;
}
