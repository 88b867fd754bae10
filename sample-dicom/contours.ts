import { area, columns, farAway, firstX, firstY, pixel, pixelBox } from './frame.ts';
import type { Field, Shape } from './frame.ts';

/** Corners of a closed contour in a plane, mm; a smooth curve passes through them. */
export type Loop = readonly (readonly [number, number])[];

/** The contours of an organ at one height. */
export interface Section {
  readonly z: number;
  readonly loops: readonly Loop[];
}

/** A contour that is the same left and right: given from front to back on the patient's right (x ≤ 0). */
export function mirrored(half: Loop): Loop {
  const left = half
    .filter(([x]) => x !== 0)
    .map(([x, y]) => [-x, y] as const)
    .reverse();
  return [...half, ...left];
}

/** A closed Catmull-Rom curve through the corners, as a polygon with `parts` edges for each corner. */
export function smoothLoop(loop: Loop, parts = 8): Loop {
  const n = loop.length;
  const curve: (readonly [number, number])[] = [];
  for (let at = 0; at < n; at += 1) {
    const [p, q, r, s] = [loop[(at + n - 1) % n]!, loop[at]!, loop[(at + 1) % n]!, loop[(at + 2) % n]!];
    for (let part = 0; part < parts; part += 1) {
      const t = part / parts;
      const mix = (axis: 0 | 1): number =>
        q[axis] +
        0.5 *
          t *
          (r[axis] -
            p[axis] +
            t *
              (2 * p[axis] - 5 * q[axis] + 4 * r[axis] - s[axis] + t * (3 * (q[axis] - r[axis]) + s[axis] - p[axis])));
      curve.push([mix(0), mix(1)]);
    }
  }
  return curve;
}

/** The signed distance of a polygon on the lattice, within `reach` mm around it. */
function polygonField(polygon: Loop, out: Field, reach: number): void {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const [i0, i1, j0, j1] = pixelBox(
    Math.min(...xs) - reach,
    Math.max(...xs) + reach,
    Math.min(...ys) - reach,
    Math.max(...ys) + reach,
  );
  const n = polygon.length;
  for (let j = j0; j <= j1; j += 1) {
    const y = firstY + j * pixel;
    for (let i = i0; i <= i1; i += 1) {
      const x = firstX + i * pixel;
      let nearest = Infinity;
      let inside = false;
      for (let at = 0; at < n; at += 1) {
        const ax = xs[at]!;
        const ay = ys[at]!;
        const bx = xs[(at + 1) % n]!;
        const by = ys[(at + 1) % n]!;
        const ex = bx - ax;
        const ey = by - ay;
        const t = Math.min(1, Math.max(0, ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey)));
        const dx = x - ax - t * ex;
        const dy = y - ay - t * ey;
        nearest = Math.min(nearest, dx * dx + dy * dy);
        if (ay > y !== by > y && x < ax + ((y - ay) / ey) * ex) inside = !inside;
      }
      const distance = (inside ? -1 : 1) * Math.sqrt(nearest);
      const offset = i + columns * j;
      if (distance < out[offset]!) out[offset] = distance;
    }
  }
}

/** Weights of four neighbouring heights at z: a cubic through uneven knots (Hermite, slopes from the neighbours on both sides). */
function cubicWeights(heights: readonly number[], z: number): readonly (readonly [number, number])[] {
  const n = heights.length;
  let at = 0;
  while (at < n - 2 && z < heights[at + 1]!) at += 1;
  const h = heights[at + 1]! - heights[at]!;
  const t = (z - heights[at]!) / h;
  const before = Math.max(0, at - 1);
  const after = Math.min(n - 1, at + 2);
  const slopeStart = (h * (t * (1 - t) * (1 - t))) / (heights[at + 1]! - heights[before]!);
  const slopeEnd = (h * (t * t * (t - 1))) / (heights[after]! - heights[at]!);
  return [
    [before, -slopeStart],
    [at, (1 + 2 * t) * (1 - t) * (1 - t) - slopeEnd],
    [at + 1, t * t * (3 - 2 * t) + slopeStart],
    [after, slopeEnd],
  ];
}

/**
 * An organ drawn as contours at some heights, highest first. Between them the signed distances are blended by a cubic, so that parts
 * may join and split; beyond the first and last height the shape closes, `cap` mm inwards for each mm of height.
 */
export function drawn(sections: readonly Section[], cap = 1, reach = 30): Shape {
  const heights = sections.map((section) => section.z);
  const fields = sections.map((section) => {
    const field = new Float32Array(area).fill(farAway);
    for (const loop of section.loops) polygonField(smoothLoop(loop), field, reach);
    return field;
  });
  const out = new Float32Array(area);
  return {
    at(z) {
      const inside = Math.min(heights[0]!, Math.max(heights.at(-1)!, z));
      const closing = cap * Math.abs(z - inside);
      if (closing > 40) return out.fill(farAway);
      const [[a, wa], [b, wb], [c, wc], [d, wd]] = cubicWeights(heights, inside) as [
        [number, number],
        [number, number],
        [number, number],
        [number, number],
      ];
      const [fa, fb, fc, fd] = [fields[a]!, fields[b]!, fields[c]!, fields[d]!];
      for (let p = 0; p < area; p += 1) out[p] = fa[p]! * wa + fb[p]! * wb + fc[p]! * wc + fd[p]! * wd + closing;
      return out;
    },
  };
}
