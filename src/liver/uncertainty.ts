import type { Grid, Millilitres } from '../geometry/index.ts';
import type { BodySize, Figure, Interval, Volumetry } from './volumetry.ts';

/** 95th percentile of the standard normal distribution: the interval shown is 90 %. */
const ninetyPercent = 1.6449;
/** Standard deviation of the cut's place in mm (B0 of the rule base). */
const cutDeviationMm = 2;
/** From this distance between slices on, the sampling of slices shows in the figures. */
const coarseSpacingMm = 5;
/** Positions are written with few digits: slices that are 5 mm apart may come out a hair closer. */
const positionToleranceMm = 0.0005;
/** What coarse slices add: share of a whole organ's volume, share of a cut part's volume, percentage points of FLR %. */
const coarse = { whole: 0.005, part: 0.02, points: 0.5 } as const;

/** Areas in mm² of the outer surface of the total and of what the functional volume leaves out, whole and on the resected side. */
export interface SurfaceAreas {
  readonly total: number;
  readonly totalResected: number;
  readonly left: number;
  readonly leftResected: number;
}

/** Cut surface inside all tissue, inside what counts, and inside what is left out, in mm². */
export interface CutAreas {
  readonly resected: number;
  readonly counting: number;
  readonly left: number;
}

type Figures = Pick<Volumetry, Figure>;

/**
 * The 90 % intervals of B0's default, by the formula for displayed uncertainty: the boundary lies within half an in-plane voxel
 * (a common bias: it moves every surface the same way), the cut is off by a normal error of 2 mm, coarse slices add their share;
 * independent terms add in quadrature. In the share of functional liver a boundary moves numerator and denominator together. The
 * standard volume and the body weight are taken as exact: the error of a formula, or of a balance, is not in them. Provisional.
 */
export function figureIntervals(
  figures: Figures,
  known: {
    readonly grid: Grid;
    readonly areas: SurfaceAreas;
    readonly cutAreas: CutAreas | null;
    readonly standardLiverMl: Millilitres | null;
    readonly size: BodySize | null;
  },
): Partial<Record<Figure, Interval<number>>> {
  const { grid, areas, cutAreas } = known;
  const edge = (grid.spacing[0] + grid.spacing[1]) / 4;
  const isCoarse = grid.spacing[2] >= coarseSpacingMm - positionToleranceMm;
  const boundaryMl = (area: number): number => (area * edge) / 1000;
  const cutMl = (area: number): number => (area * ninetyPercent * cutDeviationMm) / 1000;
  const sliceMl = (volume: number, share: number): number => (isCoarse ? volume * share : 0);

  const totalHalf = boundaryMl(areas.total);
  const leftHalf = boundaryMl(areas.left);
  const intervals: Partial<Record<Figure, Interval<number>>> = {
    totalMl: around(figures.totalMl, totalHalf, sliceMl(figures.totalMl, coarse.whole)),
    tumourMl: around(figures.tumourMl, leftHalf, sliceMl(figures.tumourMl, coarse.part)),
    functionalMl: around(figures.functionalMl, totalHalf, leftHalf, sliceMl(figures.functionalMl, coarse.whole)),
  };
  const { remnantMl, resectedMl, excludedMl, flrPercent } = figures;
  if (cutAreas === null || remnantMl === null || resectedMl === null || excludedMl === null) return intervals;

  const remnantHalf = Math.hypot(
    boundaryMl(areas.total - areas.totalResected),
    boundaryMl(areas.left - areas.leftResected),
    cutMl(cutAreas.counting),
    sliceMl(remnantMl, coarse.part),
  );
  intervals.remnantMl = around(remnantMl, remnantHalf);
  intervals.resectedMl = around(
    resectedMl,
    boundaryMl(areas.totalResected),
    cutMl(cutAreas.resected),
    sliceMl(resectedMl, coarse.part),
  );
  intervals.excludedMl = around(
    excludedMl,
    boundaryMl(areas.left - areas.leftResected),
    cutMl(cutAreas.left),
    sliceMl(excludedMl, coarse.part),
  );
  if (flrPercent !== null) {
    const functional = figures.functionalMl;
    // First order: (remnant + r) / (functional + f) − remnant / functional = (r − FLR · f) / functional.
    const together = (remnantPart: number, functionalPart: number): number =>
      (100 * remnantPart - flrPercent * functionalPart) / functional;
    intervals.flrPercent = around(
      flrPercent,
      together(boundaryMl(areas.total - areas.totalResected), totalHalf),
      together(boundaryMl(areas.left - areas.leftResected), leftHalf),
      (cutMl(cutAreas.counting) / functional) * 100,
      isCoarse ? coarse.points : 0,
    );
  }
  if (figures.sflrPercent !== null && known.standardLiverMl !== null) {
    intervals.sflrPercent = around(figures.sflrPercent, (remnantHalf / known.standardLiverMl) * 100);
  }
  if (figures.flrBodyWeightPercent !== null && known.size !== null) {
    intervals.flrBodyWeightPercent = around(
      figures.flrBodyWeightPercent,
      (remnantHalf / (known.size.weightKg * 1000)) * 100,
    );
  }
  return intervals;
}

function around(value: number, ...independent: readonly number[]): Interval<number> {
  const half = Math.hypot(...independent);
  return [Math.max(0, value - half), value + half];
}
