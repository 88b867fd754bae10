import { area, columns, firstX, firstY, pixel, pixelBox, pixelX, pixelY, rows } from './frame.ts';
import type { Field, Point3, Shape } from './frame.ts';
import { noise } from './noise.ts';

/** A shape computed pixel by pixel inside a box in mm, far away elsewhere. */
export function computed(
  box: readonly [x0: number, x1: number, y0: number, y1: number],
  distance: (x: number, y: number, z: number, p: number) => number,
): Shape {
  const out = new Float32Array(area).fill(60);
  const [i0, i1, j0, j1] = pixelBox(...box);
  return {
    at(z) {
      for (let j = j0; j <= j1; j += 1) {
        for (let i = i0; i <= i1; i += 1) {
          const p = i + columns * j;
          out[p] = distance(firstX + i * pixel, firstY + j * pixel, z, p);
        }
      }
      return out;
    },
  };
}

/** An approximate signed distance of the ellipsoid with these half axes: exact in sign, true near the surface for round shapes. */
export function ellipsoid(x: number, y: number, z: number, centre: Point3, half: Point3): number {
  const u = (x - centre[0]) / half[0];
  const v = (y - centre[1]) / half[1];
  const w = (z - centre[2]) / half[2];
  const r = Math.sqrt(u * u + v * v + w * w);
  const g = Math.sqrt((u / half[0]) ** 2 + (v / half[1]) ** 2 + (w / half[2]) ** 2);
  return g > 1e-9 ? (r * (r - 1)) / g : -Math.min(...half);
}

/** Keeps of `field` what is also inside `other` shrunk by `gap` mm. */
export function clip(field: Field, other: Field, gap = 0): Field {
  for (let p = 0; p < area; p += 1) {
    const limit = other[p]! + gap;
    if (limit > field[p]!) field[p] = limit;
  }
  return field;
}

/** Takes out of `field` what lies inside `other` or nearer than `gap` mm to it. */
export function carve(field: Field, other: Field, gap = 0): Field {
  for (let p = 0; p < area; p += 1) {
    const limit = gap - other[p]!;
    if (limit > field[p]!) field[p] = limit;
  }
  return field;
}

/** Joins two shapes with a fillet about `round` mm wide. */
export function join(field: Field, other: Field, round = 0): Field {
  for (let p = 0; p < area; p += 1) {
    const a = field[p]!;
    const b = other[p]!;
    const h = round > 0 ? Math.max(0, round - Math.abs(a - b)) / round : 0;
    field[p] = Math.min(a, b) - h * h * round * 0.25;
  }
  return field;
}

/** Smooth noise on the plane z, computed on every second or third pixel and interpolated. */
export function noisePlane(z: number, width: number, seed: number, stretch = 1): Field {
  const coarse = width > 9 ? 3 : 2;
  const w = Math.ceil((columns - 1) / coarse) + 2;
  const h = Math.ceil((rows - 1) / coarse) + 2;
  const knots = new Float32Array(w * h);
  for (let b = 0; b < h; b += 1) {
    for (let a = 0; a < w; a += 1) {
      const x = (firstX + a * coarse * pixel) / width;
      const y = (firstY + b * coarse * pixel) / width;
      knots[a + w * b] = noise(x, y, z / (width * stretch), seed);
    }
  }
  const out = new Float32Array(area);
  for (let j = 0; j < rows; j += 1) {
    const b = Math.floor(j / coarse);
    const v = j / coarse - b;
    for (let i = 0; i < columns; i += 1) {
      const a = Math.floor(i / coarse);
      const u = i / coarse - a;
      const p = a + w * b;
      const front = knots[p]! + (knots[p + 1]! - knots[p]!) * u;
      const back = knots[p + w]! + (knots[p + w + 1]! - knots[p + w]!) * u;
      out[i + columns * j] = front + (back - front) * v;
    }
  }
  return out;
}

/** Moves the surface by up to `amount` mm with smooth noise of the given feature width in mm; pixels far from it are left alone. */
export function roughen(field: Field, z: number, amount: number, width: number, seed: number): Field {
  for (let p = 0; p < area; p += 1) {
    const distance = field[p]!;
    if (distance > 10 || distance < -10) continue;
    const x = pixelX[p]!;
    const y = pixelY[p]!;
    field[p] = distance + amount * noise(x / width, y / width, z / width, seed);
  }
  return field;
}
