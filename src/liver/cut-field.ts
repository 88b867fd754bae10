import { dot, toWorld, voxelIndex } from '../geometry/index.ts';
import type { Grid, Plane } from '../geometry/index.ts';
import { boxFraction } from './box-fraction.ts';
import type { Cut } from './cut.ts';

/** A cutting plane in voxel coordinates: signed distance in mm s(i, j, k) = atOrigin + i·di + j·dj + k·dk, positive where resected. */
interface PlaneField {
  readonly atOrigin: number;
  readonly di: number;
  readonly dj: number;
  readonly dk: number;
  /** A voxel is crossed when |s| is less than this: half its extent along the normal. */
  readonly reach: number;
}

/** A cut as a tree over numbered planes. */
type Node =
  | { readonly kind: 'plane'; readonly plane: number }
  | { readonly kind: 'any' | 'all'; readonly parts: readonly Node[] };

/** The cuts of a plan laid over one grid, ready to be asked for many voxels. */
export interface CutField {
  readonly planes: readonly PlaneField[];
  readonly root: Node;
  /** Room for the state of every plane and for the stops along a row, reused from row to row. */
  readonly scratch: { readonly states: Int32Array; readonly stops: Int32Array };
}

/** Lays the union of `cuts` over `grid`; `offset` mm moves every cut surface towards what stays (more is resected). */
export function cutField(grid: Grid, cuts: readonly Cut[], offset = 0): CutField {
  const planes: PlaneField[] = [];
  const lay = (cut: Cut): Node => {
    if (cut.kind === 'all') return { kind: 'all', parts: cut.cuts.map(lay) };
    const plane = planeField(grid, cut, cut.resect === 'positive' ? 1 : -1, offset);
    const known = planes.findIndex((other) => isSamePlane(plane, other));
    if (known < 0) planes.push(plane);
    return { kind: 'plane', plane: known < 0 ? planes.length - 1 : known };
  };
  const root: Node = { kind: 'any', parts: cuts.map(lay) };
  const scratch = { states: new Int32Array(planes.length), stops: new Int32Array(2 * planes.length + 1) };
  return { planes, root, scratch };
}

function planeField(grid: Grid, plane: Plane, sign: 1 | -1, offset: number): PlaneField {
  const origin = toWorld(grid, voxelIndex(0, 0, 0));
  const away = [origin[0] - plane.point[0], origin[1] - plane.point[1], origin[2] - plane.point[2]] as const;
  const di = sign * dot(plane.normal, grid.axes[0]) * grid.spacing[0];
  const dj = sign * dot(plane.normal, grid.axes[1]) * grid.spacing[1];
  const dk = sign * dot(plane.normal, grid.axes[2]) * grid.spacing[2];
  return {
    atOrigin: sign * dot(away, plane.normal) + offset,
    di,
    dj,
    dk,
    reach: (Math.abs(di) + Math.abs(dj) + Math.abs(dk)) / 2,
  };
}

/** Two cuts that can not be told apart are one, so that a cut given twice changes nothing (mm, a thousandth of any rounding that shows). */
function isSamePlane(a: PlaneField, b: PlaneField): boolean {
  return [a.atOrigin - b.atOrigin, a.di - b.di, a.dj - b.dj, a.dk - b.dk].every((apart) => Math.abs(apart) < 1e-9);
}

function distanceAt(plane: PlaneField, i: number, j: number, k: number): number {
  return plane.atOrigin + j * plane.dj + k * plane.dk + i * plane.di;
}

/** State of a voxel against one plane, or of a tree: resected, kept, crossed by exactly one plane (its number + 2), or by several. */
const kept = 0;
const resected = 1;
const firstPlane = 2;
const several = -1;

function reduce(node: Node, states: Int32Array): number {
  if (node.kind === 'plane') return states[node.plane]!;
  const decided = node.kind === 'any' ? resected : kept;
  const neutral = node.kind === 'any' ? kept : resected;
  let answer = neutral;
  for (const part of node.parts) {
    const state = reduce(part, states);
    if (state === decided) return decided;
    if (state === neutral) continue;
    answer = answer === neutral || answer === state ? state : several;
  }
  return answer;
}

/** Whether the point (in continuous voxel coordinates) lies on the resected side; on the surface itself counts as resected. */
export function isResected(field: CutField, i: number, j: number, k: number): boolean {
  const inside = (node: Node): boolean => {
    if (node.kind === 'plane') {
      return distanceAt(field.planes[node.plane]!, i, j, k) >= 0;
    }
    return node.kind === 'any' ? node.parts.some(inside) : node.parts.every(inside);
  };
  return inside(field.root);
}

/**
 * Walks the run of voxels start … end − 1 of row (j, k) and calls `part(from, to, fraction)` for stretches of equal resected
 * fraction. Along a row every plane turns from kept to resected (or back) once, so whole stretches come at once, with 0 or 1, and
 * crossed voxels one by one: one plane gives the exact fraction of the box, and where several meet, see `fractionWhereSeveralMeet`.
 */
export function walkRun(
  field: CutField,
  start: number,
  end: number,
  j: number,
  k: number,
  part: (from: number, to: number, fraction: number) => void,
): void {
  const { planes, root } = field;
  const { states, stops } = field.scratch;
  let count = 0;
  for (const plane of planes) {
    const base = distanceAt(plane, 0, j, k);
    const first = firstCrossed(plane, base, start, end);
    stops[count] = first;
    stops[count + 1] = firstBeyond(plane, base, first, end);
    count += 2;
  }
  stops[count] = end;
  count += 1;
  if (planes.length > 1) stops.subarray(0, count).sort();
  let from = start;
  for (let stop = 0; stop < count; stop += 1) {
    const to = stops[stop]!;
    if (to <= from) continue;
    for (let number = 0; number < planes.length; number += 1) {
      const plane = planes[number]!;
      const distance = distanceAt(plane, from, j, k);
      states[number] = distance >= plane.reach ? resected : distance <= -plane.reach ? kept : number + firstPlane;
    }
    const state = reduce(root, states);
    if (state === resected || state === kept) part(from, to, state);
    else {
      const single = state === several ? null : planes[state - firstPlane]!;
      for (let i = from; i < to; i += 1) {
        part(i, i + 1, single === null ? fractionWhereSeveralMeet(field, i, j, k) : fractionOfOne(single, i, j, k));
      }
    }
    from = to;
  }
}

function fractionOfOne(plane: PlaneField, i: number, j: number, k: number): number {
  return boxFraction(
    distanceAt(plane, i, j, k),
    Math.abs(plane.di) / 2,
    Math.abs(plane.dj) / 2,
    Math.abs(plane.dk) / 2,
  );
}

function isCrossed(plane: PlaneField, base: number, i: number): boolean {
  return Math.abs(base + i * plane.di) < plane.reach;
}

/** First voxel of the run that `plane` crosses; `end` when it crosses none. `base` is the distance at i = 0 of this row. */
function firstCrossed(plane: PlaneField, base: number, start: number, end: number): number {
  const { di, reach } = plane;
  if (di === 0) return Math.abs(base) < reach ? start : end;
  const bound = ((di > 0 ? -reach : reach) - base) / di;
  let first = Math.min(end, Math.max(start, Math.ceil(bound)));
  // The division rounds: let the comparison that classifies a voxel have the last word.
  while (first > start && isCrossed(plane, base, first - 1)) first -= 1;
  while (first < end && !isCrossed(plane, base, first) && first < bound + 2) first += 1;
  return first < end && isCrossed(plane, base, first) ? first : end;
}

/** First voxel from `first` on that `plane` does not cross. */
function firstBeyond(plane: PlaneField, base: number, first: number, end: number): number {
  const { di, reach } = plane;
  if (first === end || di === 0) return end;
  const bound = ((di > 0 ? reach : -reach) - base) / di;
  let beyond = Math.min(end, Math.max(first, Math.ceil(bound)));
  while (beyond > first && !isCrossed(plane, base, beyond - 1)) beyond -= 1;
  while (beyond < end && isCrossed(plane, base, beyond)) beyond += 1;
  return beyond;
}

/** Lines per edge through a voxel in which several cut surfaces meet; along each line the resected length is exact. */
const linesPerEdge = 16;

/**
 * The resected fraction of a voxel crossed by several surfaces: exact along one axis of the voxel, 16 × 16 lines across (error about
 * 1e-3 of that voxel). The lines run where the surfaces change most, so that parallel surfaces within one slice are exact too.
 */
function fractionWhereSeveralMeet(field: CutField, i: number, j: number, k: number): number {
  const centre = [i, j, k] as const;
  const crossing = field.planes.filter((plane) => Math.abs(distanceAt(plane, i, j, k)) < plane.reach);
  const steepness = ([0, 1, 2] as const).map((axis) =>
    crossing.reduce((sum, plane) => sum + Math.abs(perStep(plane, axis)) / plane.reach, 0),
  );
  const along = steepness.indexOf(Math.max(...steepness)) as Axis;
  const line: [number, number, number] = [...centre];
  const [across, other] = along === 0 ? ([1, 2] as const) : along === 1 ? ([0, 2] as const) : ([0, 1] as const);
  let length = 0;
  for (let v = 0; v < linesPerEdge; v += 1) {
    for (let w = 0; w < linesPerEdge; w += 1) {
      line[across] = centre[across] - 0.5 + (v + 0.5) / linesPerEdge;
      line[other] = centre[other] - 0.5 + (w + 0.5) / linesPerEdge;
      for (const [low, high] of stretches(field, field.root, line, along)) length += high - low;
    }
  }
  return length / (linesPerEdge * linesPerEdge);
}

type Axis = 0 | 1 | 2;

function perStep(plane: PlaneField, axis: Axis): number {
  return axis === 0 ? plane.di : axis === 1 ? plane.dj : plane.dk;
}

type Stretch = readonly [low: number, high: number];

/** The resected stretches, from −½ to ½ of a voxel, of the line through `line` (a voxel's centre along `along`), ascending and apart. */
function stretches(
  field: CutField,
  node: Node,
  line: readonly [number, number, number],
  along: Axis,
): readonly Stretch[] {
  if (node.kind === 'plane') {
    const plane = field.planes[node.plane]!;
    const middle = distanceAt(plane, line[0], line[1], line[2]);
    const step = perStep(plane, along);
    if (step === 0) return middle >= 0 ? [[-0.5, 0.5]] : [];
    const root = -middle / step;
    const stretch: Stretch = step > 0 ? [Math.max(-0.5, root), 0.5] : [-0.5, Math.min(0.5, root)];
    return stretch[1] > stretch[0] ? [stretch] : [];
  }
  const parts = node.parts.map((part) => stretches(field, part, line, along));
  return node.kind === 'any' ? united(parts.flat()) : parts.reduce(common, [[-0.5, 0.5]]);
}

function united(all: readonly Stretch[]): readonly Stretch[] {
  const result: [number, number][] = [];
  for (const [low, high] of [...all].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && low <= last[1]) last[1] = Math.max(last[1], high);
    else result.push([low, high]);
  }
  return result;
}

function common(some: readonly Stretch[], others: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const a of some) {
    for (const b of others) {
      const low = Math.max(a[0], b[0]);
      const high = Math.min(a[1], b[1]);
      if (high > low) result.push([low, high]);
    }
  }
  return result;
}
