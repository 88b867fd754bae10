import fc from 'fast-check';
import { createGrid, cross, direction } from '../../src/geometry/index.ts';
import type { Grid } from '../../src/geometry/index.ts';

/** A tilted, anisotropic grid with all-different sizes and spacings; `permutation` and `signs` say which way its axes run. */
export function obliqueGrid(
  permutation: readonly [number, number, number],
  signs: readonly [number, number, number],
  tilt: number,
): Grid {
  const x = direction(1, tilt, -0.6 * tilt);
  const z = cross(x, direction(0.3 * tilt, 1, 0.4 * tilt));
  const y = cross(z, x);
  const frame = [x, y, z] as const;
  const size = [23, 17, 11] as const;
  const spacing = [0.7, 1.1, 2.3] as const;
  const axes = permutation.map((from, order) => frame[from]!.map((value) => value * signs[order]!));
  return createGrid({
    size: [...size],
    spacing: [...spacing],
    origin: [-31.5, 12.25, 401.75],
    axes: axes as unknown as Parameters<typeof createGrid>[0]['axes'],
  });
}

const permutations = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** Any order and direction of axes, tilted up to about 20°. */
export const anyGrid = fc
  .record({
    permutation: fc.constantFrom(...permutations),
    signs: fc.tuple(fc.constantFrom(1, -1), fc.constantFrom(1, -1), fc.constantFrom(1, -1)),
    tilt: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  })
  .map(({ permutation, signs, tilt }) => obliqueGrid(permutation, signs, tilt));
