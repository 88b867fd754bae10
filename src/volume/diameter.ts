import { millimetres } from '../geometry/index.ts';
import type { Millimetres } from '../geometry/index.ts';
import type { RowRuns } from './row-runs.ts';

type Point = readonly [x: number, y: number, z: number];

/**
 * The largest diameter of each label that is a member (1 in the table of 256) in mm, in any direction: the longest way between the centres of two of its voxels,
 * and half a voxel beyond at either end. Only corners of a slice's convex hull can be its ends, so these alone are compared.
 */
export function largestDiameters(runs: RowRuns, isMember: Uint8Array): ReadonlyMap<number, Millimetres> {
  const [sx, sy, sz] = runs.grid.spacing;
  const slices = new Map<number, Map<number, Point[]>>();
  for (let run = 0; run < runs.start.length; run += 1) {
    if (isMember[runs.label[run]!] === 0) continue;
    const k = runs.rowK[run]!;
    const y = runs.rowJ[run]! * sy;
    const ofLabel = madeIn(slices, runs.label[run]!, () => new Map<number, Point[]>());
    madeIn(ofLabel, k, () => []).push([runs.start[run]! * sx, y, k * sz], [(runs.end[run]! - 1) * sx, y, k * sz]);
  }
  return new Map(
    [...slices].map(([label, ofLabel]) => {
      const [from, to] = farthest([...ofLabel.values()].flatMap(hullOfSlice));
      const way: Point = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
      return [label, millimetres(Math.hypot(...way) + voxelAcross(way, runs.grid.spacing))];
    }),
  );
}

function madeIn<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}

/** Corners of the convex hull of one slice's points, which come row by row (Andrew's monotone chain, along y). */
function hullOfSlice(points: readonly Point[]): readonly Point[] {
  const ordered = [...points].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  return [...chain(ordered), ...chain(ordered.reverse())];
}

function chain(ordered: readonly Point[]): readonly Point[] {
  const corners: Point[] = [];
  for (const point of ordered) {
    while (corners.length > 1 && !turns(corners.at(-2)!, corners.at(-1)!, point)) corners.pop();
    corners.push(point);
  }
  return corners;
}

function turns(a: Point, b: Point, c: Point): boolean {
  return (b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1]) > 0;
}

/** The two points farthest apart: from the outermost inwards, until no pair left can be farther than the best. */
function farthest(points: readonly Point[]): readonly [Point, Point] {
  const count = points.length;
  const middle = [0, 1, 2].map((axis) => points.reduce((sum, point) => sum + point[axis]!, 0) / count);
  const out = points
    .map((point) => ({ point, radius: Math.hypot(...point.map((value, axis) => value - middle[axis]!)) }))
    .sort((a, b) => b.radius - a.radius);
  let best = -1;
  let ends: readonly [Point, Point] = [points[0]!, points[0]!];
  for (let first = 0; first < count; first += 1) {
    const { point: a, radius } = out[first]!;
    if ((2 * radius) ** 2 <= best) break;
    for (let second = first; second < count; second += 1) {
      const { point: b, radius: inner } = out[second]!;
      if ((radius + inner) ** 2 <= best) break;
      const square = (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
      if (square > best) {
        best = square;
        ends = [a, b];
      }
    }
  }
  return ends;
}

/** How far a voxel reaches along a direction in mm, taken as an ellipsoid as wide as its spacing; of one voxel alone, its longest side. */
function voxelAcross(way: Point, spacing: readonly [number, number, number]): number {
  const length = Math.hypot(...way);
  if (length === 0) return Math.max(...spacing);
  return 1 / Math.hypot(...way.map((value, axis) => value / length / spacing[axis]!));
}
