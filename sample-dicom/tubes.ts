import { area, columns, farAway, firstX, firstY, pixel, pixelBox } from './frame.ts';
import type { Point3, Shape } from './frame.ts';

/** A straight piece of a vessel or bowel: a cone between two balls. */
export interface Piece {
  readonly from: Point3;
  readonly to: Point3;
  readonly fromRadius: number;
  readonly toRadius: number;
}

/** A smooth tube through points [x, y, z, radius], cut into straight pieces of about `length` mm. */
export function tube(points: readonly (readonly [number, number, number, number])[], length = 3): readonly Piece[] {
  const places: [number, number, number, number][] = [];
  for (let at = 0; at + 1 < points.length; at += 1) {
    const p = points[Math.max(0, at - 1)]!;
    const q = points[at]!;
    const r = points[at + 1]!;
    const s = points[Math.min(points.length - 1, at + 2)]!;
    const parts = Math.max(1, Math.round(Math.hypot(r[0] - q[0], r[1] - q[1], r[2] - q[2]) / length));
    for (let part = 0; part < parts + (at + 2 === points.length ? 1 : 0); part += 1) {
      const t = part / parts;
      const mix = (axis: 0 | 1 | 2): number =>
        q[axis] +
        0.5 *
          t *
          (r[axis] -
            p[axis] +
            t *
              (2 * p[axis] - 5 * q[axis] + 4 * r[axis] - s[axis] + t * (3 * (q[axis] - r[axis]) + s[axis] - p[axis])));
      places.push([mix(0), mix(1), mix(2), q[3] + (r[3] - q[3]) * t]);
    }
  }
  return places.slice(1).map((to, at) => {
    const from = places[at]!;
    return { from: [from[0], from[1], from[2]], to: [to[0], to[1], to[2]], fromRadius: from[3], toRadius: to[3] };
  });
}

/** The union of pieces; distances are true within `reach` mm of the surface. */
export function tubes(pieces: readonly Piece[], reach = 6): Shape {
  const out = new Float32Array(area);
  return {
    at(z) {
      out.fill(farAway);
      for (const { from, to, fromRadius, toRadius } of pieces) {
        const wide = Math.max(fromRadius, toRadius) + reach;
        if (z < Math.min(from[2], to[2]) - wide || z > Math.max(from[2], to[2]) + wide) continue;
        const [i0, i1, j0, j1] = pixelBox(
          Math.min(from[0], to[0]) - wide,
          Math.max(from[0], to[0]) + wide,
          Math.min(from[1], to[1]) - wide,
          Math.max(from[1], to[1]) + wide,
        );
        const e = [to[0] - from[0], to[1] - from[1], to[2] - from[2]] as const;
        const length2 = e[0] * e[0] + e[1] * e[1] + e[2] * e[2] || 1;
        for (let j = j0; j <= j1; j += 1) {
          const dy = firstY + j * pixel - from[1];
          for (let i = i0; i <= i1; i += 1) {
            const dx = firstX + i * pixel - from[0];
            const dz = z - from[2];
            const t = Math.min(1, Math.max(0, (dx * e[0] + dy * e[1] + dz * e[2]) / length2));
            const ux = dx - t * e[0];
            const uy = dy - t * e[1];
            const uz = dz - t * e[2];
            const distance = Math.sqrt(ux * ux + uy * uy + uz * uz) - fromRadius - t * (toRadius - fromRadius);
            const p = i + columns * j;
            if (distance < out[p]!) out[p] = distance;
          }
        }
      }
      return out;
    },
  };
}
