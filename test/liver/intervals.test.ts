import { describe, expect, it } from 'vitest';
import { createGrid, toWorld, voxelIndex } from '../../src/geometry/index.ts';
import { liverLabel, measure, prepareMeasurement, tumourLabel } from '../../src/liver/index.ts';
import type { PlaneCut, Volumetry } from '../../src/liver/index.ts';

function gridOf(slices: number) {
  return createGrid({
    size: [32, 28, 12],
    spacing: [1.2, 1.6, slices],
    origin: [3, -7, 40],
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  });
}

/** A box of liver with a box of tumour in it, columns 4 … 9; the outermost voxels are background. */
function boxed(slices: number, hasTumour: boolean) {
  const grid = gridOf(slices);
  const values = new Uint8Array(32 * 28 * 12);
  values.forEach((_, voxel) => {
    const i = voxel % 32;
    const j = Math.floor(voxel / 32) % 28;
    const k = Math.floor(voxel / (32 * 28));
    const within = (n: number, low: number, high: number): boolean => n >= low && n < high;
    if (!(within(i, 1, 31) && within(j, 1, 27) && within(k, 1, 11))) return;
    const isTumour = hasTumour && within(i, 4, 10) && within(j, 8, 17) && within(k, 4, 9);
    values[voxel] = isTumour ? tumourLabel(1) : liverLabel;
  });
  return { grid, measurement: prepareMeasurement({ grid, values }) };
}

function cutAt(column: number, slices: number): PlaneCut {
  const grid = gridOf(slices);
  return { kind: 'plane', point: toWorld(grid, voxelIndex(column, 9, 5)), normal: grid.axes[0], resect: 'positive' };
}

const half = (volumetry: Volumetry, figure: 'remnantMl' | 'flrPercent' | 'sflrPercent' | 'flrBodyWeightPercent') =>
  volumetry.intervals[figure]![1] - volumetry[figure]!;
const size = { heightCm: 171, weightKg: 68 };

describe('the 90 % intervals (B0 and the formula for displayed uncertainty)', () => {
  it('take 1.645 × 2 mm at the cut, and at every boundary half an in-plane voxel', () => {
    const { measurement } = boxed(2.5, false);
    const volumetry = measure(measurement, [cutAt(12.4, 2.5)], size);
    // The face of the box that the plane crosses, in mm², counted once.
    const face = 26 * 1.6 * 10 * 2.5;
    expect(volumetry.cutArea).toBeCloseTo(face, 1);
    const cutPart = (face * 1.6449 * 2) / 1000;
    // Mean of both in-plane spacings over two, on the outer surface of what stays.
    const surfaces = prepareMeasurement({
      grid: measurement.grid,
      values: Uint8Array.from({ length: 32 * 28 * 12 }, (_, voxel) => {
        const i = voxel % 32;
        const j = Math.floor(voxel / 32) % 28;
        const k = Math.floor(voxel / (32 * 28));
        return Number(i >= 1 && i <= 12 && j >= 1 && j < 27 && k >= 1 && k < 11);
      }),
    }).surfaces.total.total;
    const boundaryPart = ((surfaces - face) * 0.7) / 1000;
    expect(half(volumetry, 'remnantMl') / Math.hypot(cutPart, boundaryPart)).toBeCloseTo(1, 1);
    // Standard volume and body weight are exact: the remnant's interval alone, scaled.
    expect(half(volumetry, 'sflrPercent')).toBeCloseTo(
      (half(volumetry, 'remnantMl') / volumetry.standardLiverMl!) * 100,
      9,
    );
    expect(half(volumetry, 'flrBodyWeightPercent')).toBeCloseTo(half(volumetry, 'remnantMl') / 680, 9);
    // In FLR % the boundary nearly cancels; the cut does not.
    const cutPoints = (cutPart / volumetry.functionalMl) * 100;
    expect(half(volumetry, 'flrPercent')).toBeGreaterThan(cutPoints);
    expect(half(volumetry, 'flrPercent')).toBeLessThan(1.1 * cutPoints);
  });

  it('move the tumour’s edge in numerator and denominator together, whichever side it lies on', () => {
    const { measurement } = boxed(2.5, true);
    const { left } = measurement.surfaces;
    const tumourHalf = (left.total * 0.7) / 1000;
    for (const [column, isLeftBehind] of [
      [12.4, true],
      [2.4, false],
    ] as const) {
      const volumetry = measure(measurement, [cutAt(column, 2.5)], null);
      const without = measure(boxed(2.5, false).measurement, [cutAt(column, 2.5)], null);
      expect(volumetry.tumourLeftMl! > 0).toBe(isLeftBehind);
      const { remnantMl, functionalMl, flrPercent } = volumetry;
      // The tumour grown by its half: what stays loses it where it stays, the functional volume loses it always.
      const moved = (100 * (remnantMl! - (isLeftBehind ? tumourHalf : 0))) / (functionalMl - tumourHalf);
      const expected = Math.abs(moved - flrPercent!);
      const others = Math.hypot(
        (without.intervals.flrPercent![1] - without.flrPercent!) * (without.functionalMl / functionalMl),
      );
      const found = half(volumetry, 'flrPercent');
      expect(found).toBeGreaterThan(Math.hypot(expected, others) * 0.9);
      expect(found).toBeLessThan(Math.hypot(expected, others) * 1.1);
    }
  });

  it('add the term for coarse slices from 5 mm on, also when positions make it a hair less', () => {
    const widen = (slices: number): number => {
      const { measurement } = boxed(slices, false);
      return half(measure(measurement, [cutAt(12.4, slices)], null), 'flrPercent');
    };
    expect(widen(4.9999999) - widen(4.98)).toBeGreaterThan(0.01);
    expect(widen(5) - widen(4.9999999)).toBeLessThan(1e-4);
  });

  it('stay in order at the edges: cut beside the liver, everything resected, tumour alone', () => {
    const { measurement } = boxed(2.5, true);
    const none = measure(measurement, [cutAt(60, 2.5)], size);
    expect([none.units.resected, none.cutArea]).toEqual([0, 0]);
    expect(none.flrPercent).toBe(100);
    const all = measure(measurement, [cutAt(-60, 2.5)], size);
    expect([all.units.remnant, all.units.excluded]).toEqual([0, 0]);
    expect(all.intervals.flrPercent![1]).toBeLessThan(1e-6);
    const values = new Uint8Array(32 * 28 * 12);
    values.fill(tumourLabel(3), 5000, 5010);
    const alone = measure(prepareMeasurement({ grid: gridOf(2.5), values }), [cutAt(60, 2.5)], size);
    expect(alone.units).toEqual({ total: 655_360, remnant: 0, resected: 0, excluded: 655_360 });
    expect([alone.functionalMl, alone.flrPercent, alone.remnantMl]).toEqual([0, null, 0]);
    for (const { intervals } of [none, all, alone]) {
      for (const [low, high] of Object.values(intervals)) {
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low);
        expect(Number.isFinite(high)).toBe(true);
      }
    }
  });
});
