import { millilitres, percent, squareMillimetres, voxelVolume } from '../geometry/index.ts';
import type { Grid, Millilitres, Millimetres, Percent } from '../geometry/index.ts';
import { boundaryElements, largestDiameters, rowRunsOf } from '../volume/index.ts';
import type { BoundaryElements, Labels, RowRuns } from '../volume/index.ts';
import { cutField, isResected, walkRun } from './cut-field.ts';
import type { CutField } from './cut-field.ts';
import type { Cut } from './cut.ts';
import { bodyWeightShare, mostellerArea, vautheyVolume } from './standard-liver.ts';
import { firstTumourLabel, kindOf, nonFunctionalLabel, vesselLabel } from './structure.ts';
import { figureIntervals } from './uncertainty.ts';
import type { CutAreas, SurfaceAreas } from './uncertainty.ts';
import { partsPerVoxel } from './volumetry.ts';
import type { BodySize, Volumetry } from './volumetry.ts';

/** What a part of the total is made of, in whole parts of a voxel, by label. */
export type LabelParts = Float64Array;

/** The surfaces whose place is uncertain by half a voxel, in mm². */
export interface Surfaces {
  readonly total: BoundaryElements;
  /** Tumours and non-functional tissue: what the functional volume leaves out. */
  readonly left: BoundaryElements;
}

/** Everything of a segmentation that no cut changes: computed once an edit, asked again with every position of a dragged plane. */
export interface Measurement {
  readonly grid: Grid;
  readonly runs: RowRuns;
  readonly surfaces: Surfaces;
  /** Voxels per label inside the total. */
  readonly voxels: Float64Array;
  /** Largest diameter of each tumour by label. */
  readonly tumourDiameters: ReadonlyMap<number, Millimetres>;
}

/** Which labels belong to the total (B0): liver, intrahepatic vessels, tumours and non-functional tissue; not outside. */
export const totalMembers: Uint8Array = members((label) => {
  const kind = kindOf(label);
  return kind !== null && kind !== 'outside';
});

const tumourMembers = members((label) => label >= firstTumourLabel);

const leftOutMembers = members(countsAsLeftOut);

function members(belongs: (label: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, label) => (belongs(label) ? 1 : 0));
}

/** Tissue of the total that does not count as functional, and is excluded where it stays. */
function countsAsLeftOut(label: number): boolean {
  return label === nonFunctionalLabel || label >= firstTumourLabel;
}

/** Prepares the labels of one case for measuring: runs, voxel counts and surfaces. */
export function prepareMeasurement(labels: Labels): Measurement {
  const runs = rowRunsOf(labels, totalMembers);
  const voxels = new Float64Array(256);
  for (let run = 0; run < runs.start.length; run += 1) {
    voxels[runs.label[run]!]! += runs.end[run]! - runs.start[run]!;
  }
  return {
    grid: labels.grid,
    runs,
    voxels,
    tumourDiameters: largestDiameters(runs, tumourMembers),
    surfaces: { total: boundaryElements(labels, totalMembers), left: boundaryElements(labels, leftOutMembers) },
  };
}

/**
 * The resected parts of each label in 1/65 536 voxel, with every cut surface moved by `offset` mm towards what stays.
 * O(rows + crossed voxels): row runs make the count of either side of a plane cheap enough to follow the mouse.
 */
export function resectedParts(measurement: Measurement, cuts: readonly Cut[], offset = 0): LabelParts {
  const field = cutField(measurement.grid, cuts, offset);
  const { runs } = measurement;
  const parts = new Float64Array(256);
  let label = 0;
  const add = (from: number, to: number, fraction: number): void => {
    if (fraction > 0) parts[label]! += (to - from) * Math.round(fraction * partsPerVoxel);
  };
  for (let run = 0; run < runs.start.length; run += 1) {
    label = runs.label[run]!;
    walkRun(field, runs.start[run]!, runs.end[run]!, runs.rowJ[run]!, runs.rowK[run]!, add);
  }
  return parts;
}

/** The volumes of the measured labels under the union of `cuts` (none: remnant and percentages are null), as B0 defines them. */
export function measure(measurement: Measurement, cuts: readonly Cut[], size: BodySize | null): Volumetry {
  const { voxels, grid } = measurement;
  const voxelMl = voxelVolume(grid);
  const volume = (units: number): Millilitres => millilitres((units / partsPerVoxel) * voxelMl);
  const whole = voxels.map((count) => count * partsPerVoxel);
  const total = sum(whole, () => true);
  const tumour = sum(whole, (label) => label >= firstTumourLabel);
  const nonFunctional = whole[nonFunctionalLabel]!;
  const functional = total - tumour - nonFunctional;
  const planned = cuts.length > 0 && total > 0;
  const taken = planned ? resectedParts(measurement, cuts) : null;
  const kept = taken === null ? null : whole.map((units, label) => units - taken[label]!);
  const resected = taken === null ? null : sum(taken, () => true);
  const excluded = kept === null ? null : sum(kept, countsAsLeftOut);
  const remnant = kept === null ? null : sum(kept, (label) => !countsAsLeftOut(label));
  const remnantMl = remnant === null ? null : volume(remnant);
  const bsaM2 = size === null ? null : mostellerArea(size);
  const standard = bsaM2 === null ? null : vautheyVolume(bsaM2);
  // The formula turns negative below 0.63 m²: an infant's standard volume is not known by it.
  const standardLiverMl = standard !== null && standard > 0 ? standard : null;
  const figures = {
    totalMl: volume(total),
    tumourMl: volume(tumour),
    functionalMl: volume(functional),
    remnantMl,
    resectedMl: resected === null ? null : volume(resected),
    excludedMl: excluded === null ? null : volume(excluded),
    flrPercent: remnant === null || functional === 0 ? null : percent((remnant / functional) * 100),
    sflrPercent: share(remnantMl, standardLiverMl),
    flrBodyWeightPercent: remnantMl === null || size === null ? null : bodyWeightShare(remnantMl, size),
  };
  const areas = surfaceAreas(measurement, planned ? cutField(grid, cuts) : null);
  const cutAreas = planned ? cutSurfaceAreas(measurement, cuts, volume) : null;
  return {
    voxelMl,
    units: { total, remnant, resected, excluded },
    ...figures,
    nonFunctionalMl: volume(nonFunctional),
    vesselMl: volume(whole[vesselLabel]!),
    tumourLeftMl: kept === null ? null : volume(sum(kept, (label) => label >= firstTumourLabel)),
    bsaM2,
    standardLiverMl,
    intervals: figureIntervals(figures, { grid, areas, cutAreas, standardLiverMl, size }),
    intervalMethod: 'provisional',
    surfaceArea: squareMillimetres(areas.total),
    cutArea: cutAreas === null ? null : squareMillimetres(cutAreas.resected),
    tumours: [...whole.entries()]
      .filter(([label, units]) => label >= firstTumourLabel && units > 0)
      .map(([label, units]) => ({
        label,
        volumeMl: volume(units),
        diameterMm: measurement.tumourDiameters.get(label)!,
      })),
  };
}

function sum(parts: LabelParts, counts: (label: number) => boolean): number {
  return parts.reduce((total, units, label) => (counts(label) ? total + units : total), 0);
}

function share(part: Millilitres | null, whole: Millilitres | null): Percent | null {
  return part === null || whole === null ? null : percent((part / whole) * 100);
}

function surfaceAreas(measurement: Measurement, field: CutField | null): SurfaceAreas {
  const { total, left } = measurement.surfaces;
  return {
    total: total.total,
    totalResected: areaOnResectedSide(total, measurement.grid, field),
    left: left.total,
    leftResected: areaOnResectedSide(left, measurement.grid, field),
  };
}

function areaOnResectedSide(elements: BoundaryElements, grid: Grid, field: CutField | null): number {
  if (field === null) return 0;
  const [columns, rows] = grid.size;
  let area = 0;
  for (let element = 0; element < elements.offsets.length; element += 1) {
    const offset = elements.offsets[element]!;
    const i = offset % columns;
    const row = (offset - i) / columns;
    const j = row % rows;
    if (isResected(field, i, j, (row - j) / rows)) area += elements.areas[element]!;
  }
  return area;
}

/** The derivative of a volume by the offset of its cut is the area of the cut: a central difference over 2 mm. */
function cutSurfaceAreas(
  measurement: Measurement,
  cuts: readonly Cut[],
  volume: (units: number) => Millilitres,
): CutAreas {
  const more = resectedParts(measurement, cuts, 1);
  const less = resectedParts(measurement, cuts, -1);
  const change = more.map((units, label) => units - less[label]!);
  const area = (units: number): number => (volume(units) * 1000) / 2;
  return {
    resected: area(sum(change, () => true)),
    counting: area(sum(change, (label) => !countsAsLeftOut(label))),
    left: area(sum(change, countsAsLeftOut)),
  };
}
