import { between, direction, dot } from './points.ts';
import type { Direction, WorldPoint } from './points.ts';
import { millimetres } from './units.ts';
import type { Millimetres } from './units.ts';

/** A rotation of patient space, as what becomes of its three axes: of left, of back and of head. */
export type Rotation = readonly [left: Direction, back: Direction, head: Direction];

/** `v` turned about the unit vector `axis` by `radians`, counter-clockwise as seen by one whom the axis points at (Rodrigues). */
function turned(v: readonly [number, number, number], axis: Direction, radians: number): Direction {
  const c = Math.cos(radians);
  const s = Math.sin(radians);
  const along = dot(axis, v) * (1 - c);
  return direction(
    v[0] * c + (axis[1] * v[2] - axis[2] * v[1]) * s + axis[0] * along,
    v[1] * c + (axis[2] * v[0] - axis[0] * v[2]) * s + axis[1] * along,
    v[2] * c + (axis[0] * v[1] - axis[1] * v[0]) * s + axis[2] * along,
  );
}

/** The rotation about `axis` by `radians`, counter-clockwise as seen by one whom the axis points at. */
export function rotationAbout(axis: Direction, radians: number): Rotation {
  return [turned([1, 0, 0], axis, radians), turned([0, 1, 0], axis, radians), turned([0, 0, 1], axis, radians)];
}

/** `v` after the rotation. */
export function rotate([left, back, head]: Rotation, v: Direction): Direction {
  return direction(
    left[0] * v[0] + back[0] * v[1] + head[0] * v[2],
    left[1] * v[0] + back[1] * v[1] + head[1] * v[2],
    left[2] * v[0] + back[2] * v[1] + head[2] * v[2],
  );
}

/** First `first`, then `then`; made orthonormal anew, so that thousands of small turns do not drift. */
export function followedBy(first: Rotation, then: Rotation): Rotation {
  const left = rotate(then, first[0]);
  const back = rotate(then, first[1]);
  const off = dot(left, back);
  const straight = direction(back[0] - off * left[0], back[1] - off * left[1], back[2] - off * left[2]);
  return [
    left,
    straight,
    direction(
      left[1] * straight[2] - left[2] * straight[1],
      left[2] * straight[0] - left[0] * straight[2],
      left[0] * straight[1] - left[1] * straight[0],
    ),
  ];
}

/** The shortest turn that brings `from` to `to`; for opposite directions the half turn about `spare`, which stands upright on `from`. */
export function shortestTurn(from: Direction, to: Direction, spare: Direction): Rotation {
  const x = from[1] * to[2] - from[2] * to[1];
  const y = from[2] * to[0] - from[0] * to[2];
  const z = from[0] * to[1] - from[1] * to[0];
  const sine = Math.hypot(x, y, z);
  if (sine < 1e-9) return rotationAbout(spare, dot(from, to) > 0 ? 0 : Math.PI);
  return rotationAbout(direction(x, y, z), Math.atan2(sine, dot(from, to)));
}

/** The distance of two places in mm. */
export function distanceBetween(a: WorldPoint, b: WorldPoint): Millimetres {
  return millimetres(Math.hypot(...between(a, b)));
}

/** The angle at `vertex` between the ways to `a` and to `b`, in degrees (0 … 180); 0 when a way has no length. */
export function angleAt(vertex: WorldPoint, a: WorldPoint, b: WorldPoint): number {
  const p = between(vertex, a);
  const q = between(vertex, b);
  const sine = Math.hypot(p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]);
  return (Math.atan2(sine, dot(p, q)) * 180) / Math.PI;
}
