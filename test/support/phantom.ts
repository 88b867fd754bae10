import { createGrid, toWorld, voxelCount, voxelIndex } from '../../src/geometry/index.ts';
import type { Grid, WorldPoint } from '../../src/geometry/index.ts';
import type { Labels } from '../../src/volume/index.ts';

/** An oblique, anisotropic grid with all-different numbers, so that no swap of axes can hide. */
export function obliqueGrid(size: readonly [number, number, number] = [41, 37, 29]): Grid {
  const [a, b, c] = rotation(0.3, -0.5, 0.8);
  return createGrid({ size, spacing: [0.9, 1.3, 2.1], origin: [-31.7, 12.3, 845.1], axes: [a, b, c] });
}

/** The columns of a rotation by three angles (radians) about z, y and x. */
export function rotation(
  x: number,
  y: number,
  z: number,
): [[number, number, number], [number, number, number], [number, number, number]] {
  const [ca, sa, cb, sb, cc, sc] = [Math.cos(z), Math.sin(z), Math.cos(y), Math.sin(y), Math.cos(x), Math.sin(x)];
  return [
    [ca * cb, sa * cb, -sb],
    [ca * sb * sc - sa * cc, sa * sb * sc + ca * cc, cb * sc],
    [ca * sb * cc + sa * sc, sa * sb * cc - ca * sc, cb * cc],
  ];
}

/** Labels painted by a function of the place in the patient. */
export function paintedLabels(
  grid: Grid,
  labelAt: (point: WorldPoint, i: number, j: number, k: number) => number,
): Labels {
  const values = new Uint8Array(voxelCount(grid));
  let offset = 0;
  for (let k = 0; k < grid.size[2]; k += 1) {
    for (let j = 0; j < grid.size[1]; j += 1) {
      for (let i = 0; i < grid.size[0]; i += 1) {
        values[offset] = labelAt(toWorld(grid, voxelIndex(i, j, k)), i, j, k);
        offset += 1;
      }
    }
  }
  return { grid, values };
}
