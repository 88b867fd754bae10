import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { largestDiameters, rowRunsOf } from '../../src/volume/index.ts';
import type { Labels } from '../../src/volume/index.ts';
import { createGrid, toWorld, voxelIndex } from '../../src/geometry/index.ts';
import { describeWith, realCt, runPython } from '../support/needs.ts';
import { obliqueGrid, paintedLabels, rotation } from '../support/phantom.ts';
import { referenceMask } from './reference-mask.ts';
import { randomLabels } from './random-labels.ts';

const every = Uint8Array.from({ length: 256 }, (_, label) => (label === 0 ? 0 : 1));

function diametersOf(labels: Labels): ReadonlyMap<number, number> {
  return largestDiameters(rowRunsOf(labels, every), every);
}

describe('the largest diameter of a lesion', () => {
  it.each([
    [23, 11, 6, 0.4, 0.9],
    [17.3, 16.8, 9, -0.7, 0.2],
    [8.6, 8.6, 8.6, 0, 0],
    [26, 4.5, 4.5, 1.1, -0.5],
  ])(
    'of an ellipsoid with half-axes %d, %d, %d mm, turned, is its long axis within the mean of a voxel’s sides',
    (a, b, c, y, z) => {
      const grid = obliqueGrid([70, 52, 34]);
      const centre = toWorld(grid, voxelIndex(35.2, 25.9, 16.6));
      const axes = rotation(0.6, y, z);
      const labels = paintedLabels(grid, (point) => {
        const from = point.map((value, axis) => value - centre[axis]!);
        const along = axes.map((axis) => axis.reduce((sum, value, at) => sum + value * from[at]!, 0));
        return (along[0]! / a) ** 2 + (along[1]! / b) ** 2 + (along[2]! / c) ** 2 <= 1 ? 17 : 0;
      });
      const diameter = diametersOf(labels).get(17)!;
      expect(Math.abs(diameter - 2 * Math.max(a, b, c))).toBeLessThan((0.9 + 1.3 + 2.1) / 3);
    },
  );

  it('of a box along an axis is its length, of one voxel its longest side, of each label its own', () => {
    const grid = createGrid({
      size: [20, 20, 20],
      spacing: [0.7, 1.1, 2.5],
      origin: [0, 0, 0],
      axes: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    const labels = paintedLabels(grid, (_, i, j, k) =>
      k === 3 && j === 4 && i > 1 && i < 16
        ? 16
        : i === 9 && j === 9 && k > 4
          ? 18
          : i === 1 && j === 18 && k === 1
            ? 17
            : 0,
    );
    const found = diametersOf(labels);
    expect([...found.keys()].sort()).toEqual([16, 17, 18]);
    expect(found.get(16)).toBeCloseTo(14 * 0.7, 9);
    expect(found.get(17)).toBeCloseTo(2.5, 9);
    expect(found.get(18)).toBeCloseTo(15 * 2.5, 9);
  });
});

/** For each label: the farthest distance between two of its voxels, and the diameter by each pair that is so far apart. */
const program = `
import sys, json, numpy
from scipy.spatial.distance import pdist, squareform
case = json.loads(sys.argv[1])
spacing = numpy.array(case['spacing'])
values = numpy.array(case['values']).reshape(case['size'][::-1])
out = {}
for label in sorted(set(values.ravel().tolist()) - {0}):
    points = numpy.argwhere(values == label)[:, ::-1] * spacing
    far = squareform(pdist(points))
    one, other = numpy.nonzero(far > far.max() - 1e-9)
    ways = points[other] - points[one]
    out[label] = [float(d + 1 / numpy.linalg.norm(way / d / spacing)) for way in ways for d in [numpy.linalg.norm(way)]]
print(json.dumps(out))
`;

describeWith(['python:scipy'], 'the farthest voxels of a label', () => {
  it.each([1, 2, 3])('are those that scipy finds among all pairs, seed %d', (seed) => {
    const labels = randomLabels(obliqueGrid([11 + seed, 9, 7]), seed, 0.2);
    const { spacing, size } = labels.grid;
    const answer = JSON.parse(
      runPython(program, JSON.stringify({ spacing, size, values: [...labels.values] })),
    ) as Record<string, readonly number[]>;
    const found = diametersOf(labels);
    expect([...found.keys()].map(String).sort()).toEqual(Object.keys(answer).sort());
    for (const [label, diameter] of found) {
      expect(Math.min(...answer[label]!.map((theirs) => Math.abs(theirs - diameter)))).toBeLessThan(1e-9);
    }
  });
});

/** The farthest voxels of the reference mask, by way of the corners of its convex hull. */
const hullProgram = `
import sys, nibabel, numpy
from scipy.spatial import ConvexHull
from scipy.spatial.distance import pdist, squareform
image = nibabel.load(sys.argv[1])
spacing = numpy.array(image.header.get_zooms()[:3], dtype=float)
points = numpy.argwhere(numpy.asanyarray(image.dataobj) > 0) * spacing
corners = points[ConvexHull(points).vertices]
far = squareform(pdist(corners))
one, other = numpy.unravel_index(far.argmax(), far.shape)
way = corners[other] - corners[one]
d = numpy.linalg.norm(way)
print(float(d + 1 / numpy.linalg.norm(way / d / spacing)))
`;

describeWith(['real-ct', 'python:scipy', 'python:nibabel'], 'the largest diameter of a real liver', () => {
  it('is what scipy finds among the corners of its convex hull', () => {
    const file = join(realCt()!, 'liver-reference.nii.gz');
    expect(diametersOf(referenceMask(realCt()!)).get(1)).toBeCloseTo(Number(runPython(hullProgram, file)), 4);
  });
});
