import { cross, direction, dot, moved, worldPoint } from '../../src/geometry/index.ts';
import type { Direction, WorldPoint } from '../../src/geometry/index.ts';
import type { PlaneCut } from '../../src/liver/index.ts';
import { toCanvas } from './projection.ts';
import type { CanvasPoint, Projection } from './projection.ts';

/** How the 3D view is looked at: screen right and up in the patient. */
export interface Stance {
  readonly right: Direction;
  readonly up: Direction;
}

export type StandardStance = 'front' | 'left' | 'top';

/** From the front as in a coronal view, from the patient's left, and from the head with the front of the patient up. */
export const stances: Readonly<Record<StandardStance, Stance>> = {
  front: { right: direction(1, 0, 0), up: direction(0, 0, 1) },
  left: { right: direction(0, 1, 0), up: direction(0, 0, 1) },
  top: { right: direction(-1, 0, 0), up: direction(0, -1, 0) },
};

/** The stance after a drag of `dx`, `dy` (a full turn each = 1) that takes the front of the object along with the pointer. */
export function turnedBy(stance: Stance, dx: number, dy: number): Stance {
  const normal = cross(stance.right, stance.up);
  const spin = -2 * Math.PI * dx;
  // Turning the object right is walking round it to the left: right and normal turn about up.
  const right = blend(stance.right, Math.cos(spin), normal, -Math.sin(spin));
  const facing = cross(right, stance.up);
  const tilt = 2 * Math.PI * dy;
  const up = blend(stance.up, Math.cos(tilt), facing, -Math.sin(tilt));
  return squared(right, up);
}

function blend(a: Direction, shareOfA: number, b: Direction, shareOfB: number): Direction {
  return direction(
    a[0] * shareOfA + b[0] * shareOfB,
    a[1] * shareOfA + b[1] * shareOfB,
    a[2] * shareOfA + b[2] * shareOfB,
  );
}

/** Takes the rounding of many small turns out: up is made exactly square to right. */
function squared(right: Direction, up: Direction): Stance {
  const lean = dot(right, up);
  return { right, up: blend(up, 1, right, -lean) };
}

/** The four corners of a square of half-width `reach` mm in the plane, around the foot of `around`. */
export function planeSquare(
  plane: PlaneCut,
  around: WorldPoint,
  reach: number,
): { readonly centre: WorldPoint; readonly corners: readonly [WorldPoint, WorldPoint, WorldPoint, WorldPoint] } {
  const away = dot([around[0] - plane.point[0], around[1] - plane.point[1], around[2] - plane.point[2]], plane.normal);
  const centre = moved(around, plane.normal, -away);
  const helper = Math.abs(plane.normal[2]) < 0.9 ? direction(0, 0, 1) : direction(0, 1, 0);
  const a = cross(plane.normal, helper);
  const b = cross(plane.normal, a);
  const corner = (u: number, v: number): WorldPoint => moved(moved(centre, a, u * reach), b, v * reach);
  return { centre, corners: [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)] };
}

/**
 * How far (mm) a plane moves along its normal for a drag on the canvas: the drag's share along the drawn normal. A normal that points
 * nearly at the viewer has hardly a direction on the screen; then up is towards the viewer.
 */
export function normalTravel(projection: Projection, plane: PlaneCut, from: CanvasPoint, to: CanvasPoint): number {
  const origin = toCanvas(projection, plane.point);
  const tip = toCanvas(projection, moved(plane.point, plane.normal, 1));
  const nx = tip[0] - origin[0];
  const ny = tip[1] - origin[1];
  const squaredLength = nx * nx + ny * ny;
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const foreshortened = Math.sqrt(squaredLength) * projection.mmPerPixel < 0.2;
  if (!foreshortened) return (dx * nx + dy * ny) / squaredLength;
  const facing = cross(projection.right, projection.up);
  return -dy * projection.mmPerPixel * (dot(plane.normal, facing) >= 0 ? 1 : -1);
}

/** The middle and half-diagonal (mm) of the box around coordinate triples, or null when there are none. */
export function ballAround(
  meshes: readonly Float32Array[],
): { readonly centre: WorldPoint; readonly radius: number } | null {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const positions of meshes) {
    for (let at = 0; at < positions.length; at += 1) {
      const axis = at % 3;
      const value = positions[at]!;
      if (value < low[axis]!) low[axis] = value;
      if (value > high[axis]!) high[axis] = value;
    }
  }
  if (low[0]! > high[0]!) return null;
  const middle = low.map((value, axis) => (value + high[axis]!) / 2);
  return {
    centre: worldPoint(middle[0]!, middle[1]!, middle[2]!),
    radius: Math.hypot(...low.map((value, axis) => high[axis]! - value)) / 2,
  };
}
