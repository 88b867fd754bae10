import { dot } from './points.ts';
import type { Direction, WorldPoint } from './points.ts';
import { millimetres } from './units.ts';
import type { Millimetres } from './units.ts';

/** An oriented plane in patient space: the positive side is where `normal` points. */
export interface Plane {
  readonly point: WorldPoint;
  readonly normal: Direction;
}

/** Signed distance of `point` from `plane` in mm, positive on the side of the normal. */
export function signedDistance(plane: Plane, point: WorldPoint): Millimetres {
  const offset = [point[0] - plane.point[0], point[1] - plane.point[1], point[2] - plane.point[2]] as const;
  return millimetres(dot(offset, plane.normal));
}
