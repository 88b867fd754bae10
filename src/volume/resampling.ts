import { dot, toIndex, toWorld, voxelIndex } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';

/** How voxel indices of one grid map to continuous indices of another: to = atOrigin + i·perI + j·perJ + k·perK. */
export interface IndexMap {
  readonly atOrigin: readonly [number, number, number];
  readonly perI: readonly [number, number, number];
  readonly perJ: readonly [number, number, number];
  readonly perK: readonly [number, number, number];
}

/** The map from indices of `from` to indices of `to`. */
export function indexMap(from: Grid, to: Grid): IndexMap {
  const column = (axis: 0 | 1 | 2): readonly [number, number, number] => {
    const component = (n: 0 | 1 | 2): number => (dot(from.axes[axis], to.axes[n]) * from.spacing[axis]) / to.spacing[n];
    return [component(0), component(1), component(2)];
  };
  return {
    atOrigin: toIndex(to, toWorld(from, voxelIndex(0, 0, 0))),
    perI: column(0),
    perJ: column(1),
    perK: column(2),
  };
}

/** Calls `visit` for every voxel of `from` in memory order with its continuous index in `to`. */
export function forEachMapped(
  from: Grid,
  to: Grid,
  visit: (offset: number, i: number, j: number, k: number) => void,
): void {
  const { atOrigin, perI, perJ, perK } = indexMap(from, to);
  const [nx, ny, nz] = from.size;
  let offset = 0;
  for (let k = 0; k < nz; k += 1) {
    for (let j = 0; j < ny; j += 1) {
      const x = atOrigin[0] + j * perJ[0] + k * perK[0];
      const y = atOrigin[1] + j * perJ[1] + k * perK[1];
      const z = atOrigin[2] + j * perJ[2] + k * perK[2];
      for (let i = 0; i < nx; i += 1, offset += 1) {
        visit(offset, x + i * perI[0], y + i * perI[1], z + i * perI[2]);
      }
    }
  }
}

/** Labels of another grid brought onto `target`: each voxel takes the label of the source voxel that holds its centre, 0 outside. */
export function resampleLabels(source: { readonly grid: Grid; readonly values: Uint8Array }, target: Grid): Uint8Array {
  const [nx, ny, nz] = source.grid.size;
  const result = new Uint8Array(target.size[0] * target.size[1] * target.size[2]);
  forEachMapped(target, source.grid, (offset, x, y, z) => {
    const i = Math.floor(x + 0.5);
    const j = Math.floor(y + 0.5);
    const k = Math.floor(z + 0.5);
    if (i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz) {
      result[offset] = source.values[i + nx * (j + ny * k)]!;
    }
  });
  return result;
}
