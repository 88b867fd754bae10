import { describe, expect, it } from 'vitest';
import { offsetOf, toWorld, voxelIndex } from '../../src/geometry/index.ts';
import {
  boundingBox,
  connectedComponents,
  labelHistogram,
  labelSet,
  largestComponent,
  memberMask,
  middleOfLabel,
  rowRunsOf,
} from '../../src/volume/index.ts';
import type { Labels, RowRuns } from '../../src/volume/index.ts';
import { runPython, describeWith } from '../support/needs.ts';
import { obliqueGrid, randomLabels } from './random-labels.ts';
import { withFiles } from './temporary-files.ts';

const sizes = [
  [1, 1, 1],
  [7, 5, 3],
  [16, 9, 4],
  [33, 6, 11],
] as const;

function voxelsOf(runs: RowRuns): Map<number, number> {
  const found = new Map<number, number>();
  runs.start.forEach((start, run) => {
    for (let i = start; i < runs.end[run]!; i += 1) {
      const offset = offsetOf(runs.grid, i, runs.rowJ[run]!, runs.rowK[run]!);
      expect(found.has(offset)).toBe(false);
      found.set(offset, runs.label[run]!);
    }
  });
  return found;
}

describe('counting on random labels equals the plain definition', () => {
  for (const size of sizes) {
    for (const filling of [0, 0.03, 0.5, 1]) {
      // The labels lie 0 … 3 bytes into a larger buffer: words must not be read across its start.
      const lead = (size[0] + Math.round(filling * 10)) % 4;
      const random = randomLabels(obliqueGrid(size), 11 + size[0], filling);
      const buffer = new Uint8Array(random.values.length + lead + 5).fill(9);
      buffer.set(random.values, lead);
      const labels: Labels = { grid: random.grid, values: buffer.subarray(lead, lead + random.values.length) };
      const members = labelSet([1, 3]);
      const inside = [...labels.values.keys()].filter((at) => members[labels.values[at]!] === 1);

      it(`${size.join(' × ')}, ${filling} filled`, () => {
        const histogram = labelHistogram(labels.values);
        for (let label = 0; label < 256; label += 1) {
          expect(histogram[label]).toBe(labels.values.filter((value) => value === label).length);
        }
        const runs = rowRunsOf(labels, members);
        expect([...voxelsOf(runs).keys()]).toEqual(inside);
        for (const [offset, label] of voxelsOf(runs)) expect(label).toBe(labels.values[offset]);

        const box = boundingBox(labels, members);
        if (inside.length === 0) {
          expect(box).toBeNull();
          return;
        }
        const along = [
          inside.map((at) => at % size[0]),
          inside.map((at) => Math.floor(at / size[0]) % size[1]),
          inside.map((at) => Math.floor(at / (size[0] * size[1]))),
        ];
        expect(box!.low).toEqual(along.map((list) => Math.min(...list)));
        expect(box!.size).toEqual(along.map((list) => Math.max(...list) - Math.min(...list) + 1));
        const mask = memberMask(labels, members, box!, 2);
        expect(mask.values.reduce((sum, value) => sum + value, 0)).toBe(inside.length);
      });
    }
  }

  it('takes background for no member', () => {
    expect(() => rowRunsOf(randomLabels(obliqueGrid([3, 4, 5]), 1), labelSet([0]))).toThrow(RangeError);
    expect(() => labelSet([256])).toThrow(RangeError);
  });
});

describeWith(['python:scipy'], 'connected components equal scipy', () => {
  it('on random labels', () => {
    for (const [seed, filling] of [0.15, 0.35, 0.55].entries()) {
      const labels = randomLabels(obliqueGrid([23, 14, 9]), seed, filling);
      const components = connectedComponents(rowRunsOf(labels, labelSet([1, 2])));
      const sizesFound = [...components.voxels].sort((a, b) => b - a);
      const answer = withFiles({ 'mask.bin': labels.values }, (folder) =>
        runPython(
          `
import sys, json, numpy as np
from scipy import ndimage
a = np.fromfile(sys.argv[1] + '/mask.bin', np.uint8).reshape(9, 14, 23)
parts, n = ndimage.label((a == 1) | (a == 2))
print(json.dumps(sorted(np.bincount(parts.ravel())[1:].tolist(), reverse=True)))`,
          folder,
        ),
      );
      expect(sizesFound).toEqual(JSON.parse(answer));
      expect(components.voxels[largestComponent(components)!]).toBe(sizesFound[0]);
    }
  });
});

describe('The middle of a label', () => {
  for (const size of sizes) {
    it(`is the mean place of its voxels, ${size.join(' × ')}`, () => {
      const labels = randomLabels(obliqueGrid(size), 91);
      for (const label of [1, 2, 3, 77]) {
        const places = [...labels.values].flatMap((value, offset) => {
          const [nx, ny] = size;
          const index = voxelIndex(offset % nx, Math.floor(offset / nx) % ny, Math.floor(offset / nx / ny));
          return value === label ? [toWorld(labels.grid, index)] : [];
        });
        const found = middleOfLabel(labels, label);
        if (places.length === 0) expect(found).toBeNull();
        else {
          const mean = [0, 1, 2].map((axis) => places.reduce((sum, place) => sum + place[axis]!, 0) / places.length);
          found!.forEach((value, axis) => expect(value).toBeCloseTo(mean[axis]!, 8));
        }
      }
    });
  }
});
