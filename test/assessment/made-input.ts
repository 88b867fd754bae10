import { millilitres, percent, squareMetres, squareMillimetres } from '../../src/geometry/index.ts';
import type { AssessmentInput } from '../../src/assessment/index.ts';
import type { Interval, Volumetry } from '../../src/liver/index.ts';

/** A figure with its interval, or null. */
export type Figured = readonly [value: number, low: number, high: number] | null;

/** What a made case is described by; percentages need not follow from one another, so that each can be moved alone. */
export interface MadeFigures {
  readonly functional: Figured;
  readonly standard: Figured;
  readonly bodyWeight: Figured;
  readonly remnantMl?: Figured;
  readonly tumourLeftMl?: number;
}

/** A volumetry with the given shares; all other numbers are different from one another. */
export function madeVolumetry(figures: MadeFigures): Volumetry {
  const remnant = figures.remnantMl === undefined ? ([372, 348, 396] as const) : figures.remnantMl;
  const planned = remnant !== null;
  const sized = figures.standard !== null || figures.bodyWeight !== null;
  const value = (figured: Figured) => (figured === null ? null : percent(figured[0]));
  const interval = (name: string, figured: Figured): Record<string, Interval<number>> =>
    figured === null ? {} : { [name]: [figured[1], figured[2]] };
  return {
    voxelMl: millilitres(0.0021),
    units: {
      total: 1611 * 65_536,
      remnant: planned ? 372 * 65_536 : null,
      resected: planned ? 1197 * 65_536 : null,
      excluded: planned ? 42 * 65_536 : null,
    },
    totalMl: millilitres(1611),
    tumourMl: millilitres(67),
    nonFunctionalMl: millilitres(0),
    vesselMl: millilitres(31),
    functionalMl: millilitres(1544),
    remnantMl: planned ? millilitres(remnant[0]) : null,
    resectedMl: planned ? millilitres(1197) : null,
    excludedMl: planned ? millilitres(42) : null,
    tumourLeftMl: planned ? millilitres(figures.tumourLeftMl ?? 0) : null,
    flrPercent: value(figures.functional),
    sflrPercent: value(figures.standard),
    flrBodyWeightPercent: value(figures.bodyWeight),
    bsaM2: sized ? squareMetres(1.93) : null,
    standardLiverMl: sized ? millilitres(1651.4) : null,
    intervals: {
      totalMl: [1580, 1642],
      ...interval('remnantMl', remnant),
      ...interval('flrPercent', figures.functional),
      ...interval('sflrPercent', figures.standard),
      ...interval('flrBodyWeightPercent', figures.bodyWeight),
    },
    intervalMethod: 'provisional',
    surfaceArea: squareMillimetres(98_700),
    cutArea: planned ? squareMillimetres(10_300) : null,
    tumours: [],
  };
}

/** Figures that are far above every threshold. */
export const ample: MadeFigures = {
  functional: [61, 58, 64],
  standard: [57, 54, 60],
  bodyWeight: [1.31, 1.24, 1.38],
  remnantMl: [941, 893, 989],
};

/** An input with nothing missing; change what the case is about. */
export function madeInput(
  figures: MadeFigures = ample,
  change: Partial<Omit<AssessmentInput, 'volumetry'>> = {},
): AssessmentInput & { readonly volumetry: Volumetry } {
  return {
    volumetry: madeVolumetry(figures),
    sliceSpacingMm: 2.5,
    parenchyma: 'normal',
    reviewedBy: 'Dr Reviewer',
    phase: 'portal-venous',
    confirmed: ['inflow', 'outflow', 'bile', 'segments'],
    ...change,
  };
}
