import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createGrid,
  direction,
  gridCentre,
  moved,
  toWorld,
  voxelIndex,
  voxelVolume,
} from '../../src/geometry/index.ts';
import type { Grid } from '../../src/geometry/index.ts';
import { firstTumourLabel, liverLabel, measure, prepareMeasurement, tumourLabel } from '../../src/liver/index.ts';
import type { Cut, PlaneCut } from '../../src/liver/index.ts';
import { describeWith, runPython } from '../support/needs.ts';
import { obliqueGrid, randomLabels } from '../volume/random-labels.ts';
import { withFiles } from '../volume/temporary-files.ts';

/** The remnant by 48 × 48 × 48 points a voxel, from nothing but labels, affine and the cuts as a plan file has them. */
const referee = `
import sys, json, numpy as np
folder = sys.argv[1]
answers = []
for case in json.load(open(folder + '/cases.json')):
    nx, ny, nz = case['size']
    labels = np.array(case['labels'], np.uint8).reshape(nz, ny, nx)
    m = np.array(case['affine'])
    n = 48
    f = (np.arange(n) + 0.5) / n - 0.5
    def taken(cut, p):
        if cut['kind'] == 'all': return np.logical_and.reduce([taken(c, p) for c in cut['cuts']])
        s = (p - np.array(cut['point'])) @ (np.array(cut['normal']) / np.linalg.norm(cut['normal']))
        return s >= 0 if cut['resect'] == 'positive' else s <= 0
    dk, dj, di = np.meshgrid(f, f, f, indexing='ij')
    inner = np.stack([di, dj, dk], -1).reshape(-1, 3) @ m[:, :3].T
    resected = {}
    for k, j, i in np.argwhere(labels > 0):
        p = inner + m[:, :3] @ np.array([i, j, k]) + m[:, 3]
        label = int(labels[k, j, i])
        resected[label] = resected.get(label, 0) + np.logical_or.reduce([taken(c, p) for c in case['cuts']]).mean()
    answers.append(resected)
print(json.dumps(answers))
`;

interface Case {
  readonly grid: Grid;
  readonly labels: Uint8Array;
  readonly cuts: readonly Cut[];
}

const aNumber = fc.double({ min: -1, max: 1, noNaN: true });

function aPlane(grid: Grid): fc.Arbitrary<PlaneCut> {
  const along = fc.oneof(
    fc.tuple(aNumber, aNumber, aNumber).filter(([x, y, z]) => Math.hypot(x, y, z) > 0.1),
    fc.constantFrom(...grid.axes.map((axis): [number, number, number] => [axis[0], axis[1], axis[2]])),
  );
  return fc.tuple(along, fc.double({ min: -4, max: 4, noNaN: true }), fc.boolean()).map(([normal, far, positive]) => ({
    kind: 'plane',
    point: moved(gridCentre(grid), direction(...normal), far),
    normal: direction(...normal),
    resect: positive ? 'positive' : 'negative',
  }));
}

function someCuts(grid: Grid, depth: number): fc.Arbitrary<readonly Cut[]> {
  const plane: fc.Arbitrary<Cut> = aPlane(grid);
  const cut =
    depth === 0
      ? plane
      : fc.oneof(
          plane,
          someCuts(grid, depth - 1).map((cuts): Cut => ({ kind: 'all', cuts })),
        );
  return fc.array(cut, { minLength: 1, maxLength: 3 });
}

describeWith(['python:numpy'], 'volumetry beside numpy', () => {
  it('agrees with 48 points an edge for random cut trees on oblique grids of either hand', () => {
    const cases: Case[] = [1, 2, 3, 4].flatMap((seed) => {
      const grid = obliqueGrid([6, 5, 4], seed % 2 === 0, 0.4 * seed);
      const raw = randomLabels(grid, 3).values;
      const labels = Uint8Array.from(raw, (value) => (value === 0 ? 0 : value === 1 ? liverLabel : tumourLabel(value)));
      return fc.sample(someCuts(grid, 2), { seed, numRuns: 4 }).map((cuts) => ({ grid, labels, cuts }));
    });
    const origin = voxelIndex(0, 0, 0);
    const written = cases.map(({ grid, labels, cuts }) => {
      const [zero, x, y, z] = [origin, voxelIndex(1, 0, 0), voxelIndex(0, 1, 0), voxelIndex(0, 0, 1)].map((index) =>
        toWorld(grid, index),
      );
      const affine = ([0, 1, 2] as const).map((row) => [
        x![row] - zero![row],
        y![row] - zero![row],
        z![row] - zero![row],
        zero![row],
      ]);
      return { size: grid.size, labels: [...labels], affine, cuts };
    });
    const answers = JSON.parse(
      withFiles({ 'cases.json': new TextEncoder().encode(JSON.stringify(written)) }, (folder) =>
        runPython(referee, folder),
      ),
    ) as Record<string, number>[];
    let crossed = 0;
    answers.forEach((answer, at) => {
      const { grid, labels, cuts } = cases[at]!;
      const volumetry = measure(prepareMeasurement({ grid, values: labels }), cuts, null);
      const expected = Object.values(answer).reduce((sum, voxels) => sum + voxels, 0);
      const found = volumetry.resectedMl! / voxelVolume(grid);
      // 48 levels of a plane along an axis are half a level off, in every voxel of a layer: at most 1/96 of 30 voxels.
      expect(Math.abs(found - expected), JSON.stringify(cuts)).toBeLessThan(0.32);
      const tumourTaken = Object.entries(answer).reduce(
        (sum, [label, voxels]) => (Number(label) >= firstTumourLabel ? sum + voxels : sum),
        0,
      );
      const tumourFound = (volumetry.tumourMl - volumetry.tumourLeftMl!) / voxelVolume(grid);
      expect(Math.abs(tumourFound - tumourTaken)).toBeLessThan(0.32);
      if (expected % 1 > 0.02) crossed += 1;
    });
    expect(crossed).toBeGreaterThan(8);
  });
});

describe('cuts that meet in one voxel', () => {
  const grid = createGrid({
    size: [9, 8, 7],
    spacing: [0.7, 0.9, 2.3],
    origin: [-12, 31, 8],
    axes: [
      [0.8, 0.6, 0],
      [0.6, -0.8, 0],
      [0, 0, -1],
    ],
  });
  const box = prepareMeasurement({ grid, values: new Uint8Array(9 * 8 * 7).fill(liverLabel) });
  const at = (i: number, j: number, k: number, axis: 0 | 1 | 2, resect: 'positive' | 'negative'): PlaneCut => ({
    kind: 'plane',
    point: toWorld(grid, voxelIndex(i, j, k)),
    normal: grid.axes[axis],
    resect,
  });

  it('are exact for a slab within one layer, along any axis', () => {
    for (const axis of [0, 1, 2] as const) {
      const low = [3, 3, 3].map((middle, n) => (n === axis ? middle - 0.213 : middle)) as [number, number, number];
      const high = [3, 3, 3].map((middle, n) => (n === axis ? middle + 0.378 : middle)) as [number, number, number];
      const slab: Cut = { kind: 'all', cuts: [at(...low, axis, 'positive'), at(...high, axis, 'negative')] };
      const layer = (9 * 8 * 7) / grid.size[axis];
      const { resectedMl } = measure(box, [slab], null);
      expect(resectedMl! / voxelVolume(grid) / layer).toBeCloseTo(0.591, 4);
    }
  });

  it('change nothing when given twice, in other words, or with their own parts', () => {
    const normal = direction(0.31, -0.77, 0.42);
    const point = toWorld(grid, voxelIndex(4.3, 3.6, 2.9));
    const one: PlaneCut = { kind: 'plane', point, normal, resect: 'positive' };
    const turned: PlaneCut = {
      kind: 'plane',
      point: moved(point, direction(0.77, 0.31, 0), 5),
      normal: direction(-0.31, 0.77, -0.42),
      resect: 'negative',
    };
    const alone = measure(box, [one], null);
    for (const cuts of [
      [one, one],
      [one, turned],
      [{ kind: 'all', cuts: [one, turned, one] }],
      [one, { kind: 'all', cuts: [one, turned] }],
    ] as Cut[][]) {
      const twice = measure(box, cuts, null);
      expect(twice.units).toEqual(alone.units);
      expect(twice.cutArea).toBeCloseTo(alone.cutArea!, 6);
      expect(twice.intervals).toEqual(alone.intervals);
    }
    const both = measure(box, [one, { ...one, resect: 'negative' }], null);
    expect(both.units.remnant).toBe(0);
  });
});
