import { createGrid } from '../../src/geometry/index.ts';
import type { Grid } from '../../src/geometry/index.ts';
import type { Labels } from '../../src/volume/index.ts';

/** Pseudo-random numbers 0 … 1 from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An oblique grid with all-different spacings; left-handed when `mirrored`. */
export function obliqueGrid(size: readonly [number, number, number], mirrored = false, tilt = 0.3): Grid {
  const c = Math.cos(tilt);
  const s = Math.sin(tilt);
  const last = [s * s, -s * c, c] as const;
  return createGrid({
    size,
    spacing: [0.7, 1.1, 2.3],
    origin: [-31, 17, 105],
    axes: [[c, s, 0], [-s * c, c * c, s], mirrored ? [-last[0], -last[1], -last[2]] : last],
  });
}

/** Labels in random stretches along i: mostly background, some of 1 … `kinds`. */
export function randomLabels(grid: Grid, seed: number, filling = 0.4, kinds = 3): Labels {
  const random = randomFrom(seed);
  const values = new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]);
  for (let at = 0; at < values.length;) {
    const label = random() < filling ? 1 + Math.floor(random() * kinds) : 0;
    const end = at + 1 + Math.floor(random() * 7);
    values.fill(label, at, end);
    at = end;
  }
  return { grid, values };
}
