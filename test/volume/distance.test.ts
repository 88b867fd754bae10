import { expect, it, describe } from 'vitest';
import { distanceTo } from '../../src/volume/index.ts';
import { describeWith, runPython } from '../support/needs.ts';
import { randomFrom } from './random-labels.ts';
import { withFiles } from './temporary-files.ts';

const size = [29, 17, 11] as const;
const spacing = [0.7, 1.3, 2.1] as const;

describe('distance', () => {
  it('is infinite everywhere without a source, and zero on it', () => {
    expect(distanceTo(new Uint8Array(24), [2, 3, 4], spacing).every((value) => value === Infinity)).toBe(true);
    expect(distanceTo(new Uint8Array(24).fill(1), [2, 3, 4], spacing).every((value) => value === 0)).toBe(true);
  });

  it('of one voxel is the distance of centres', () => {
    const source = new Uint8Array(3 * 5 * 4);
    source[1 + 3 * (4 + 5 * 2)] = 1;
    const distance = distanceTo(source, [3, 5, 4], spacing);
    for (let k = 0; k < 4; k += 1) {
      for (let j = 0; j < 5; j += 1) {
        for (let i = 0; i < 3; i += 1) {
          expect(distance[i + 3 * (j + 5 * k)]).toBeCloseTo(Math.hypot((i - 1) * 0.7, (j - 4) * 1.3, (k - 2) * 2.1), 5);
        }
      }
    }
  });
});

describeWith(['python:scipy'], 'distance equals scipy', () => {
  it('on sparse and dense random masks, anisotropic', () => {
    for (const filling of [0.002, 0.05, 0.6]) {
      const random = randomFrom(Math.round(filling * 1000));
      const source = Uint8Array.from({ length: 29 * 17 * 11 }, () => (random() < filling ? 1 : 0));
      source[100] = 1;
      const distance = distanceTo(source, size, spacing);
      const worst = withFiles({ 'mask.bin': source, 'ours.bin': new Uint8Array(distance.buffer) }, (folder) =>
        runPython(
          `
import sys, numpy as np
from scipy import ndimage
a = np.fromfile(sys.argv[1] + '/mask.bin', np.uint8).reshape(11, 17, 29)
ours = np.fromfile(sys.argv[1] + '/ours.bin', np.float32).reshape(a.shape)
truth = ndimage.distance_transform_edt(a == 0, sampling=(2.1, 1.3, 0.7))
print(np.abs(ours - truth).max(), truth.max())`,
          folder,
        ),
      );
      const [error, greatest] = worst.split(' ').map(Number) as [number, number];
      expect(greatest).toBeGreaterThan(0.6);
      expect(error).toBeLessThan(1e-5);
    }
  });
});
