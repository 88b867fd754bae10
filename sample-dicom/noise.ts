/** Seeded chance: the same numbers on every machine (32-bit integer arithmetic and correctly rounded operations only). */

/** A generator of numbers in [0, 1): mulberry32. */
export function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function hash(i: number, j: number, k: number, seed: number): number {
  let h = Math.imul(i, 0x27d4eb2d) ^ Math.imul(j, 0x165667b1) ^ Math.imul(k, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 2147483648 - 1;
}

function ease(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

/** Smooth value noise in [−1, 1] with features about one unit wide. */
export function noise(x: number, y: number, z: number, seed: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const k = Math.floor(z);
  const u = ease(x - i);
  const v = ease(y - j);
  const w = ease(z - k);
  const plane = (layer: number): number => {
    const a = hash(i, j, layer, seed);
    const b = hash(i + 1, j, layer, seed);
    const c = hash(i, j + 1, layer, seed);
    const d = hash(i + 1, j + 1, layer, seed);
    const front = a + (b - a) * u;
    return front + (c + (d - c) * u - front) * v;
  };
  const below = plane(k);
  return below + (plane(k + 1) - below) * w;
}
