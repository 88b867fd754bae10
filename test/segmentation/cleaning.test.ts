import { describe, expect, it } from 'vitest';
import { segment } from '../../src/segmentation/index.ts';
import type { SegmentationRequest } from '../../src/segmentation/index.ts';
import { applyPatch } from '../../src/volume/index.ts';
import type { Labels } from '../../src/volume/index.ts';
import { describeWith, runPython } from '../support/needs.ts';
import { obliqueGrid, randomLabels } from '../volume/random-labels.ts';
import { withFiles } from '../volume/temporary-files.ts';

const size = [21, 16, 12] as const;

function carriedOut(labels: Labels, request: SegmentationRequest): Uint8Array {
  const volume = { grid: labels.grid, unit: 'HU', values: new Int16Array(labels.values.length) } as const;
  const patch = segment(volume, labels, request);
  if (!patch.ok) throw new Error(patch.error.message);
  const values = labels.values.slice();
  applyPatch(values, patch.value);
  return values;
}

describe('clearing', () => {
  it('removes one label and no other', () => {
    const labels = randomLabels(obliqueGrid(size), 31);
    const values = carriedOut(labels, { kind: 'clear', label: 2 });
    expect(values).toEqual(labels.values.map((label) => (label === 2 ? 0 : label)));
  });

  it('and filling or keeping of a structure that is not there is refused', () => {
    const labels = randomLabels(obliqueGrid(size), 31);
    const volume = { grid: labels.grid, unit: 'HU', values: new Int16Array(labels.values.length) } as const;
    for (const kind of ['keepLargest', 'fillHoles'] as const) {
      const answer = segment(volume, labels, { kind, label: 9, axis: null } as SegmentationRequest);
      expect(answer).toMatchObject({ ok: false, error: { code: 'structure_empty' } });
    }
    const cancelled = segment(volume, labels, { kind: 'clear', label: 2 }, { cancelled: () => true });
    expect(cancelled).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });
});

describeWith(['python:scipy'], 'cleaning equals scipy', () => {
  const referee = (labels: Labels, program: string): Uint8Array =>
    withFiles({ 'labels.bin': labels.values }, (folder) => {
      const answer = runPython(
        `
import sys, numpy as np
from scipy import ndimage
a = np.fromfile(sys.argv[1] + '/labels.bin', np.uint8).reshape(12, 16, 21)
m = a == 1
${program}
print(a.tobytes().hex())`,
        folder,
      );
      return Uint8Array.from(Buffer.from(answer.trim(), 'hex'));
    });

  it('keeps the largest part', () => {
    const labels = randomLabels(obliqueGrid(size), 8, 0.55, 2);
    const values = carriedOut(labels, { kind: 'keepLargest', label: 1 });
    const truth = referee(
      labels,
      `
parts, n = ndimage.label(m)
sizes = np.bincount(parts.ravel()); sizes[0] = 0
a[m & (parts != sizes.argmax())] = 0`,
    );
    expect(values).toEqual(truth);
    expect(values).not.toEqual(labels.values);
  });

  for (const axis of [null, 0, 1, 2] as const) {
    it(axis === null ? 'fills holes in space' : `fills holes slice by slice along axis ${axis}`, () => {
      // Dense labels: many small holes, some of them holding other structures, some open to the faces of the volume.
      const labels = randomLabels(obliqueGrid(size), 21, axis === null ? 0.93 : 0.8, 1);
      labels.values.forEach((label, at) => {
        if (label === 0 && at % 3 === 0) labels.values[at] = 5;
      });
      const values = carriedOut(labels, { kind: 'fillHoles', label: 1, axis });
      const program =
        axis === null
          ? 'f = ndimage.binary_fill_holes(m)'
          : `f = np.stack([ndimage.binary_fill_holes(s) for s in np.moveaxis(m, ${2 - axis}, 0)])\nf = np.moveaxis(f, 0, ${2 - axis})`;
      const truth = referee(labels, `${program}\na[f & (a == 0)] = 1`);
      expect(values).toEqual(truth);
      expect(values).not.toEqual(labels.values);
    });
  }
});
