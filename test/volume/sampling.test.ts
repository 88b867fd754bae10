import { describe, expect, it } from 'vitest';
import { createGrid, direction, dot, toIndex, toWorld, voxelIndex, worldPoint } from '../../src/geometry/index.ts';
import { labelAt, resampleLabels, sampleLabelSlice, sampleSlice, valueAt } from '../../src/volume/index.ts';
import type { Labels, Volume } from '../../src/volume/index.ts';
import { obliqueGrid, randomLabels } from './random-labels.ts';

const grid = obliqueGrid([9, 8, 7]);
/** A field that is linear in space, which linear interpolation must reproduce exactly. */
const linear = (point: readonly [number, number, number]): number => 40 * point[0] - 70 * point[1] + 20 * point[2];
const volume: Volume = { grid, unit: 'HU', values: new Int16Array(9 * 8 * 7) };
for (let k = 0, at = 0; k < 7; k += 1) {
  for (let j = 0; j < 8; j += 1) {
    for (let i = 0; i < 9; i += 1, at += 1) volume.values[at] = Math.round(linear(toWorld(grid, voxelIndex(i, j, k))));
  }
}

describe('sampling', () => {
  it('reproduces a linear field between voxel centres and knows where the volume ends', () => {
    for (const [i, j, k] of [
      [0, 0, 0],
      [3.3, 4.6, 2.1],
      [7.9, 6.9, 5.9],
      [8, 7, 6],
    ] as const) {
      const place = toWorld(grid, voxelIndex(i, j, k));
      expect(Math.abs(valueAt(volume, place) - linear(place))).toBeLessThan(0.6);
    }
    expect(valueAt(volume, toWorld(grid, voxelIndex(-0.4, 0, 0)))).toBeCloseTo(volume.values[0]!, 9);
    expect(valueAt(volume, toWorld(grid, voxelIndex(-0.6, 0, 0)))).toBeNaN();
    expect(valueAt(volume, toWorld(grid, voxelIndex(0, 7.6, 0)))).toBeNaN();
  });

  it('cuts any plane: each pixel holds the value at its place', () => {
    const frame = {
      origin: toWorld(grid, voxelIndex(1, 1, 1.5)),
      right: direction(1, 0.4, -0.2),
      down: direction(-0.4, 1, 0),
      width: 5,
      height: 4,
      step: 0.9,
    };
    expect(Math.abs(dot(frame.right, frame.down))).toBeLessThan(1e-12);
    const picture = sampleSlice(volume, frame);
    const labels = randomLabels(grid, 5);
    const overlay = sampleLabelSlice(labels, frame);
    for (let row = 0; row < 4; row += 1) {
      for (let column = 0; column < 5; column += 1) {
        const place = worldPoint(
          ...([0, 1, 2].map(
            (axis) => frame.origin[axis]! + 0.9 * (column * frame.right[axis]! + row * frame.down[axis]!),
          ) as [number, number, number]),
        );
        const expected = valueAt(volume, place);
        if (Number.isNaN(expected)) expect(picture[row * 5 + column]).toBeNaN();
        else expect(picture[row * 5 + column]).toBeCloseTo(expected, 2);
        expect(overlay[row * 5 + column]).toBe(labelAt(labels, place));
      }
    }
  });

  it('brings labels from another grid by the nearest voxel', () => {
    const source: Labels = randomLabels(obliqueGrid([12, 9, 8], true, 0.5), 9);
    const target = createGrid({
      size: [15, 11, 10],
      spacing: [0.6, 0.8, 1.7],
      origin: [-30, 18, 92],
      axes: obliqueGrid([1, 1, 1], false, 0.1).axes,
    });
    const moved = resampleLabels(source, target);
    let inside = 0;
    for (let k = 0, at = 0; k < 10; k += 1) {
      for (let j = 0; j < 11; j += 1) {
        for (let i = 0; i < 15; i += 1, at += 1) {
          const place = toWorld(target, voxelIndex(i, j, k));
          expect(moved[at]).toBe(labelAt(source, place));
          if (toIndex(source.grid, place).every((n, axis) => n > 0 && n < source.grid.size[axis]! - 1)) inside += 1;
        }
      }
    }
    expect(inside).toBeGreaterThan(50);
  });
});
