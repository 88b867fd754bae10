import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  direction,
  gridCentre,
  moved,
  toIndex,
  toWorld,
  voxelIndex,
  voxelVolume,
  worldPoint,
} from '../../src/geometry/index.ts';
import type { WorldPoint } from '../../src/geometry/index.ts';
import {
  cutField,
  isResected,
  liverLabel,
  measure,
  nonFunctionalLabel,
  outsideLabel,
  partsPerVoxel,
  prepareMeasurement,
  printedVolumes,
  tumourLabel,
  vesselLabel,
} from '../../src/liver/index.ts';
import type { Cut, PlaneCut } from '../../src/liver/index.ts';
import { obliqueGrid, paintedLabels } from '../support/phantom.ts';

const grid = obliqueGrid([39, 31, 21]);
const centre = gridCentre(grid);
const within = (point: WorldPoint, middle: WorldPoint, radius: number): boolean =>
  Math.hypot(point[0] - middle[0], point[1] - middle[1], point[2] - middle[2]) < radius;

const near = moved(centre, direction(1, 0.4, -0.2), 6);
const far = moved(centre, direction(-1, -0.4, 0.2), 7);
const labels = paintedLabels(grid, (point) => {
  if (!within(point, centre, 16)) return within(point, centre, 17) ? outsideLabel : 0;
  if (within(point, near, 4)) return tumourLabel(1);
  if (within(point, far, 3)) return tumourLabel(2);
  if (within(point, moved(centre, direction(0, 1, 0), 9), 2.5)) return nonFunctionalLabel;
  return Math.abs(point[2] - centre[2]) < 1.5 ? vesselLabel : liverLabel;
});
const measurement = prepareMeasurement(labels);

function plane(
  point: WorldPoint,
  normal: readonly [number, number, number],
  resect: 'positive' | 'negative',
): PlaneCut {
  return { kind: 'plane', point, normal: direction(...normal), resect };
}

/** Counts by many sample points a voxel: slow, plain, and written without any of the code under test but the side of a point. */
function sampledRemnantMl(cuts: readonly Cut[], levels: number): number {
  const side = (cut: Cut, point: readonly [number, number, number]): boolean => {
    if (cut.kind === 'all') return cut.cuts.every((part) => side(part, point));
    const s =
      (point[0] - cut.point[0]) * cut.normal[0] +
      (point[1] - cut.point[1]) * cut.normal[1] +
      (point[2] - cut.point[2]) * cut.normal[2];
    return cut.resect === 'positive' ? s >= 0 : s <= 0;
  };
  let remnant = 0;
  labels.values.forEach((label, offset) => {
    if (label !== liverLabel && label !== vesselLabel) return;
    const i = offset % grid.size[0];
    const j = Math.floor(offset / grid.size[0]) % grid.size[1];
    const k = Math.floor(offset / (grid.size[0] * grid.size[1]));
    for (let u = 0; u < levels; u += 1) {
      for (let v = 0; v < levels; v += 1) {
        for (let w = 0; w < levels; w += 1) {
          const at = (n: number): number => (n + 0.5) / levels - 0.5;
          const point = toWorld(grid, voxelIndex(i + at(u), j + at(v), k + at(w)));
          if (!cuts.some((cut) => side(cut, point))) remnant += 1;
        }
      }
    }
  });
  return (remnant / levels ** 3) * voxelVolume(grid);
}

describe('volumetry', () => {
  const aNumber = fc.double({ min: -1, max: 1, noNaN: true });
  const aPlane = fc
    .tuple(aNumber, aNumber, aNumber, fc.double({ min: -14, max: 14, noNaN: true }), fc.boolean())
    .filter(([x, y, z]) => Math.hypot(x, y, z) > 0.1)
    .map(([x, y, z, far, positive]) =>
      plane(moved(centre, direction(x, y, z), far), [x, y, z], positive ? 'positive' : 'negative'),
    );
  const someCuts = fc.array(
    fc.oneof(
      aPlane,
      fc.array(aPlane, { minLength: 1, maxLength: 3 }).map((cuts): Cut => ({ kind: 'all', cuts })),
    ),
    { minLength: 1, maxLength: 3 },
  );

  it('shares every part of the total out exactly, for any cuts, also in print', () => {
    fc.assert(
      fc.property(someCuts, (cuts) => {
        const volumetry = measure(measurement, cuts, null);
        const { total, remnant, resected, excluded } = volumetry.units;
        expect(Number.isInteger(remnant) && Number.isInteger(resected) && Number.isInteger(excluded)).toBe(true);
        expect(remnant! + resected! + excluded!).toBe(total);
        for (const decimals of [0, 1, 2]) {
          const printed = printedVolumes(volumetry, decimals);
          const whole = (text: string): number => Math.round(Number(text) * 10 ** decimals);
          expect(whole(printed.remnant!) + whole(printed.resected!) + whole(printed.excluded!)).toBe(
            whole(printed.total),
          );
          expect(Math.abs(Number(printed.remnant) - volumetry.remnantMl!)).toBeLessThan(1.01 / 10 ** decimals);
        }
        for (const [figure, interval] of Object.entries(volumetry.intervals)) {
          const value = volumetry[figure as 'totalMl'];
          expect(interval[0]).toBeLessThanOrEqual(value);
          expect(interval[1]).toBeGreaterThanOrEqual(value);
        }
      }),
      { seed: 4_711, numRuns: 30 },
    );
  });

  it('agrees with many samples a voxel for one plane, a union, and an intersection', () => {
    const one = plane(near, [0.3, -0.8, 0.52], 'positive');
    const other = plane(far, [0.9, 0.1, -0.4], 'negative');
    const third = plane(centre, [-0.2, 0.5, 0.84], 'positive');
    for (const cuts of [
      [one],
      [one, other],
      [{ kind: 'all', cuts: [one, third] }],
      [other, { kind: 'all', cuts: [one, third] }],
    ] as Cut[][]) {
      const sampled = sampledRemnantMl(cuts, 8);
      expect(Math.abs(measure(measurement, cuts, null).remnantMl! - sampled)).toBeLessThan(0.008);
    }
  });

  it('counts B0: total without outside, functional without tumour and non-functional, tumour left behind is excluded', () => {
    const counted = (label: number): number => labels.values.filter((value) => value === label).length;
    const cut = plane(moved(centre, direction(1, 0.4, -0.2), -1), [1, 0.4, -0.2], 'positive');
    const volumetry = measure(measurement, [cut], null);
    const voxelMl = voxelVolume(grid);
    const tumours = counted(tumourLabel(1)) + counted(tumourLabel(2));
    const total = counted(liverLabel) + counted(vesselLabel) + tumours + counted(nonFunctionalLabel);
    expect(volumetry.units.total).toBe(total * partsPerVoxel);
    expect(volumetry.totalMl).toBeCloseTo(total * voxelMl, 9);
    expect(volumetry.functionalMl).toBeCloseTo((total - tumours - counted(nonFunctionalLabel)) * voxelMl, 9);
    expect(volumetry.tumourLeftMl).toBeCloseTo(counted(tumourLabel(2)) * voxelMl, 9);
    expect(volumetry.flrPercent).toBeCloseTo((volumetry.remnantMl! / volumetry.functionalMl) * 100, 9);
    expect(volumetry.tumours.map(({ label }) => label)).toEqual([tumourLabel(1), tumourLabel(2)]);
  });

  it('grows steadily while a plane is dragged in tenths of a voxel', () => {
    for (const normal of [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0.4, -0.7, 0.6],
    ] as [number, number, number][]) {
      let before = -1;
      for (let step = 0; step < 60; step += 1) {
        const cut = plane(moved(centre, direction(...normal), step * 0.09), normal, 'positive');
        const { remnant } = measure(measurement, [cut], null).units;
        expect(remnant!).toBeGreaterThanOrEqual(before);
        before = remnant!;
      }
    }
  });

  it('leaves remnant and percentages open without a cut, and sizes open without a body', () => {
    const volumetry = measure(measurement, [], null);
    expect(volumetry.units).toMatchObject({ remnant: null, resected: null, excluded: null });
    expect(volumetry.flrPercent).toBeNull();
    expect(volumetry.standardLiverMl).toBeNull();
    const sized = measure(measurement, [plane(centre, [1, 0, 0], 'positive')], { heightCm: 172, weightKg: 72 });
    expect(sized.bsaM2).toBeCloseTo(1.8547, 4);
    expect(sized.standardLiverMl).toBeCloseTo(-794.41 + 1267.28 * Math.sqrt((172 * 72) / 3600), 6);
    expect(sized.flrBodyWeightPercent).toBeCloseTo(sized.remnantMl! / 720, 9);
  });

  it('knows the cut’s area: a plane through the middle of a ball of 16 mm', () => {
    const ball = prepareMeasurement(paintedLabels(grid, (point) => (within(point, centre, 16) ? liverLabel : 0)));
    const volumetry = measure(ball, [plane(centre, [0.3, -0.8, 0.52], 'positive')], null);
    const area = Math.PI * 16 ** 2;
    expect(Math.abs(volumetry.cutArea! / area - 1)).toBeLessThan(0.02);
    expect(Math.abs(volumetry.surfaceArea / (4 * area) - 1)).toBeLessThan(0.04);
    // Half an in-plane voxel around, 3.29 mm at the cut, in quadrature.
    const half = Math.hypot((volumetry.surfaceArea / 2) * 0.55, volumetry.cutArea! * 3.2898) / 1000;
    expect(volumetry.intervals.remnantMl![1] - volumetry.remnantMl!).toBeCloseTo(half, 1);
  });

  it('says of a point which side it lies on', () => {
    const field = cutField(grid, [plane(centre, [0, 0, 1], 'negative')]);
    const above = worldPoint(centre[0], centre[1], centre[2] + 3);
    const side = (point: WorldPoint): boolean => {
      const index = toIndex(grid, point);
      return isResected(field, index[0], index[1], index[2]);
    };
    expect(side(above)).toBe(false);
    expect(side(worldPoint(centre[0], centre[1], centre[2] - 3))).toBe(true);
  });
});
