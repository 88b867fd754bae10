import type { Remark, Volume } from '../volume/index.ts';

/** What is known of a series from its headers alone. Null where the tag is absent or empty: never a guess. */
export interface SeriesHeader {
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string | null;
  readonly frameOfReferenceUid: string | null;
  readonly modality: string;
  readonly description: string | null;
  readonly studyDescription: string | null;
  readonly seriesNumber: number | null;
  readonly patientName: string | null;
  readonly patientId: string | null;
  readonly patientBirthDate: string | null;
  readonly patientSex: string | null;
  /** From PatientSize and PatientWeight; offered for confirmation, never taken as input. */
  readonly patientHeightCm: number | null;
  readonly patientWeightKg: number | null;
  readonly studyDate: string | null;
  readonly acquisitionDate: string | null;
  readonly contrastAgent: string | null;
  /** Window centre and width of the first slice, as the scanner stored them. */
  readonly window: { readonly centre: number; readonly width: number } | null;
}

/** One line of the series list. `volume` = can be assembled; `refused` = cannot, for the named reasons. */
export interface SeriesEntry {
  readonly header: SeriesHeader;
  /** Names this volume: the SeriesInstanceUID, followed by `#` and a number (or `localizer`, `other`) where a series holds several. */
  readonly volumeId: string;
  /** What tells it from the other volumes of its series, for people; null when there is no other. */
  readonly part: string | null;
  readonly slices: number;
  /** Columns, rows, slices; null where the headers do not agree. */
  readonly size: readonly [number, number, number] | null;
  /** Distances of voxel centres in mm (columns, rows, slices, the last from positions); null when refused for its geometry. */
  readonly spacing: readonly [number, number, number] | null;
  /** Thickness of the whole stack in mm, half a step beyond the first and the last slice; null when refused for its geometry. */
  readonly coverageMm: number | null;
  /** The contrast phase as far as it can be guessed; never a statement. */
  readonly phase: PhaseGuess | null;
  readonly status: 'volume' | 'refused';
  /** Whether the slices can be (`offered`) or are to be (`done`) interpolated to a regular grid because the user asked for it. */
  readonly resampling: 'none' | 'offered' | 'done';
  readonly reasons: readonly Remark[];
  readonly remarks: readonly Remark[];
  /** Names (or ids) of the files in slice order along the normal (refused: in the order they were found). */
  readonly files: readonly string[];
  /** Files that hold one of these slices once more: they are read too, and must be the same. */
  readonly copies: readonly string[];
}

/** The contrast phase as guessed from the header, with the reason in words. */
export interface PhaseGuess {
  readonly phase: 'native' | 'arterial' | 'portal-venous' | 'delayed';
  readonly reason: string;
}

/** The outcome of assembling a series: a volume one can trust, or the named reasons why not. */
export type Assembly =
  | { readonly kind: 'volume'; readonly volume: Volume; readonly entry: SeriesEntry; readonly fingerprint: string }
  | { readonly kind: 'refused'; readonly reasons: readonly Remark[] };
