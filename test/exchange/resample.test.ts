import { expect, it } from 'vitest';
import { placeMask } from '../../src/exchange/index.ts';
import { createGrid, toWorld, voxelIndex } from '../../src/geometry/index.ts';
import type { Grid } from '../../src/geometry/index.ts';
import { describeWith, runPython } from '../support/needs.ts';
import { obliqueGrid, randomFrom } from '../volume/random-labels.ts';
import { withFiles } from '../volume/temporary-files.ts';

/** Half and more of the linear share by scipy; nearest edge value within the outer half voxel, nothing beyond. */
const referee = `
import sys, json, numpy as np
from scipy.ndimage import map_coordinates
c = json.load(open(sys.argv[1] + '/case.json'))
src = np.array(c['values'], float).reshape(c['from']['size'][::-1])
n = c['to']['size']
i, j, k = np.meshgrid(*[np.arange(m) for m in n], indexing='ij')
h = np.stack([i, j, k, np.ones_like(i)], 0).reshape(4, -1)
p = np.linalg.solve(np.array(c['from']['affine']), np.array(c['to']['affine']) @ h)[:3]
v = map_coordinates(src, p[::-1], order=1, mode='nearest')
size = np.array(c['from']['size'])[:, None]
v[((p < -0.5) | (p > size - 0.5)).any(0)] = 0
v = v.reshape(n).transpose(2, 1, 0).ravel()
print(json.dumps([round(float(x), 6) for x in v]))
`;

function described(grid: Grid) {
  const zero = toWorld(grid, voxelIndex(0, 0, 0));
  const x = toWorld(grid, voxelIndex(1, 0, 0));
  const y = toWorld(grid, voxelIndex(0, 1, 0));
  const z = toWorld(grid, voxelIndex(0, 0, 1));
  const rows = ([0, 1, 2] as const).map((row) => [
    x[row] - zero[row],
    y[row] - zero[row],
    z[row] - zero[row],
    zero[row],
  ]);
  return { size: grid.size, affine: [...rows, [0, 0, 0, 1]] };
}

describeWith(['python:scipy', 'python:numpy'], 'masks from another grid beside scipy', () => {
  for (const mirrored of [false, true]) {
    it(`take half and more of the linear share, between grids turned against each other (${mirrored ? 'left' : 'right'}-handed)`, () => {
      const target = obliqueGrid([23, 15, 11], false, 0.3);
      const like = obliqueGrid([17, 13, 9], mirrored, 0.52);
      const middle = toWorld(target, voxelIndex(11, 7, 5));
      const own = toWorld(like, voxelIndex(8, 6, 4));
      const from = createGrid({
        ...like,
        spacing: [0.6, 0.83, 1.41],
        origin: [0, 1, 2].map((axis) => like.origin[axis]! + middle[axis]! - own[axis]!) as [number, number, number],
      });
      const random = randomFrom(77);
      const values = Uint8Array.from({ length: 17 * 13 * 9 }, (_, voxel) => {
        const i = voxel % 17;
        const j = Math.floor(voxel / 17) % 13;
        const k = Math.floor(voxel / (17 * 13));
        return Number(Math.hypot((i - 9) / 5, (j - 6) / 4, (k - 4) / 3) < 0.8 + 0.3 * random());
      });
      const placed = placeMask({ name: 'mask.nii', grid: from, values, labelsPresent: [1] }, null, target);
      if (!placed.ok) throw new Error(placed.error.message);
      const shares = JSON.parse(
        withFiles(
          {
            'case.json': new TextEncoder().encode(
              JSON.stringify({ values: [...values], from: described(from), to: described(target) }),
            ),
          },
          (folder) => runPython(referee, folder),
        ),
      ) as number[];
      let inside = 0;
      shares.forEach((share, voxel) => {
        if (Math.abs(share - 0.5) < 1e-5) return;
        inside += Number(share > 0.5);
        expect(placed.value.inside[voxel]).toBe(Number(share > 0.5));
      });
      expect(inside).toBeGreaterThan(50);
      expect(inside).toBeLessThan(shares.length / 2);
    });
  }
});
