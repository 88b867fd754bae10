import { between, cross, direction, dot, moved, signedDistance, worldPoint } from '../../src/geometry/index.ts';
import type { Direction, Plane, WorldPoint } from '../../src/geometry/index.ts';
import type { Cut, PlaneCut } from '../../src/liver/index.ts';
import { lineOnCanvas } from './half-planes.ts';
import { toCanvas, toPatient } from './projection.ts';
import type { CanvasPoint, Projection } from './projection.ts';

/** What of a plane is held: its middle moves it along its normal, an end turns it about the middle. */
export type CutGrip = 'middle' | 'first' | 'second';

/** The handles of a plane in one view. */
export interface CutHandles {
  readonly middle: CanvasPoint;
  readonly first: CanvasPoint;
  readonly second: CanvasPoint;
}

/**
 * The plane that holds the drawn line and the direction of view, or null for a line too short to mean a direction (under 2 mm).
 * The side nearer to the patient's right (for a level line: to the head) is resected; the user can turn it round.
 */
export function planeFromLine(from: WorldPoint, to: WorldPoint, viewing: Direction): PlaneCut | null {
  const line = between(from, to);
  if (Math.hypot(...line) < 2) return null;
  const normal = cross(direction(line[0], line[1], line[2]), viewing);
  const towards = Math.abs(normal[0]) > 0.05 ? -normal[0] : normal[2];
  const point = worldPoint((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2);
  return { kind: 'plane', point, normal, resect: towards > 0 ? 'positive' : 'negative' };
}

/** Where the handles of a plane are drawn, or null when the plane does not cross the canvas. */
export function cutHandles(plane: PlaneCut, projection: Projection): CutHandles | null {
  const line = lineOnCanvas(plane, projection);
  if (line === null) return null;
  const [ax, ay] = line.from;
  const dx = line.to[0] - ax;
  const dy = line.to[1] - ay;
  const length = Math.hypot(dx, dy);
  if (length < 1) return null;
  const [px, py] = toCanvas(projection, plane.point);
  // The middle is the point of the line nearest to the plane's own point, kept where it can be reached with the mouse.
  const at = Math.min(0.9 * length, Math.max(0.1 * length, ((px - ax) * dx + (py - ay) * dy) / length));
  const arm = Math.min(0.3 * length, Math.max(0.06 * length, Math.min(at, length - at) * 0.75));
  const place = (distance: number): CanvasPoint => [ax + (dx * distance) / length, ay + (dy * distance) / length];
  return { middle: place(at), first: place(at - arm), second: place(at + arm) };
}

/** The handle within `reach` pixels of the pointer, or the line itself (held like its middle); null when neither is near. */
export function gripAt(
  handles: CutHandles,
  plane: PlaneCut,
  projection: Projection,
  at: CanvasPoint,
  reach: number,
): CutGrip | null {
  const near = (place: CanvasPoint): boolean => Math.hypot(place[0] - at[0], place[1] - at[1]) <= reach;
  if (near(handles.middle)) return 'middle';
  if (near(handles.first)) return 'first';
  if (near(handles.second)) return 'second';
  const across = Math.hypot(dot(plane.normal, projection.right), dot(plane.normal, projection.up));
  const away = Math.abs(signedDistance(plane, toPatient(projection, at))) / Math.max(across, 1e-6);
  return away / projection.mmPerPixel <= reach / 2 ? 'middle' : null;
}

/** The plane moved along its normal so that it follows the pointer from `from` to `to`. */
export function translated<SomePlane extends Plane>(plane: SomePlane, from: WorldPoint, to: WorldPoint): SomePlane {
  return { ...plane, point: moved(plane.point, plane.normal, dot(between(from, to), plane.normal)) };
}

/** The plane turned about the axis through `centre` along the view, by the angle from `from` to `to` as seen there. */
export function rotated(
  plane: PlaneCut,
  centre: WorldPoint,
  viewing: Direction,
  from: WorldPoint,
  to: WorldPoint,
): PlaneCut {
  const a = between(centre, from);
  const b = between(centre, to);
  const cosine = dot(a, b) - dot(a, viewing) * dot(b, viewing);
  const sine =
    (a[1] * b[2] - a[2] * b[1]) * viewing[0] +
    (a[2] * b[0] - a[0] * b[2]) * viewing[1] +
    (a[0] * b[1] - a[1] * b[0]) * viewing[2];
  const angle = Math.atan2(sine, cosine);
  const arm = turned(between(centre, plane.point), viewing, angle);
  return {
    ...plane,
    point: worldPoint(centre[0] + arm[0], centre[1] + arm[1], centre[2] + arm[2]),
    normal: direction(...turned(plane.normal, viewing, angle)),
  };
}

/** Rodrigues' rotation of a triple about a unit axis. */
function turned(v: readonly [number, number, number], axis: Direction, angle: number): [number, number, number] {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const along = dot(axis, v) * (1 - c);
  return [
    v[0] * c + (axis[1] * v[2] - axis[2] * v[1]) * s + axis[0] * along,
    v[1] * c + (axis[2] * v[0] - axis[0] * v[2]) * s + axis[1] * along,
    v[2] * c + (axis[0] * v[1] - axis[1] * v[0]) * s + axis[2] * along,
  ];
}

/** The plan's cuts with the one under the mouse in its place (or added, when it is new). */
export function cutsShown(
  cuts: readonly Cut[],
  dragged: { readonly index: number; readonly cut: PlaneCut } | null,
): readonly Cut[] {
  if (dragged === null) return cuts;
  return dragged.index < cuts.length
    ? cuts.map((cut, index) => (index === dragged.index ? dragged.cut : cut))
    : [...cuts, dragged.cut];
}
