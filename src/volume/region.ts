import { dot, millimetres, offsetOf, squareMillimetres, toIndex } from '../geometry/index.ts';
import type { Direction, Millimetres, SquareMillimetres, WorldPoint } from '../geometry/index.ts';
import type { Volume } from './volume.ts';

/** An ellipse in the patient: `first` and `second` are its axes (at right angles), `radii` their half lengths in mm. */
export interface Ellipse {
  readonly centre: WorldPoint;
  readonly first: Direction;
  readonly second: Direction;
  readonly radii: readonly [Millimetres, Millimetres];
}

/** What lies in a region of interest, in the unit of the volume. */
export interface RegionStatistics {
  /** Voxels counted. */
  readonly count: number;
  readonly mean: number;
  /** Standard deviation of the sample (n − 1); null for a single voxel. */
  readonly deviation: number | null;
  readonly lowest: number;
  readonly highest: number;
  /** Area of the ellipse itself, not of the voxels. */
  readonly area: SquareMillimetres;
}

/** The ellipse that touches the sides of the box with the corners `a` and `b` (in one plane with `first` and `second`). */
export function ellipseBetween(a: WorldPoint, b: WorldPoint, first: Direction, second: Direction): Ellipse {
  const across = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
  const centre = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2] as unknown as WorldPoint;
  return {
    centre,
    first,
    second,
    radii: [millimetres(Math.abs(dot(across, first)) / 2), millimetres(Math.abs(dot(across, second)) / 2)],
  };
}

/**
 * Statistics of the voxels that the ellipse cuts: of every row of voxels that runs through the plane (along the grid axis it is steepest
 * to) the one nearest to the plane, when the row meets the plane inside the ellipse. In a view along the grid these are the voxels of the
 * slice whose centres lie in the ellipse. No value is interpolated. Null when there is no such voxel.
 */
export function regionStatistics(volume: Volume, ellipse: Ellipse): RegionStatistics | null {
  const { grid, values } = volume;
  const { first, second, radii } = ellipse;
  const centre = toIndex(grid, ellipse.centre);
  /** A direction's share in mm per voxel step along each axis. */
  const perStep = (way: Direction): readonly [number, number, number] => [
    dot(way, grid.axes[0]) * grid.spacing[0],
    dot(way, grid.axes[1]) * grid.spacing[1],
    dot(way, grid.axes[2]) * grid.spacing[2],
  ];
  const u = perStep(first);
  const v = perStep(second);
  const n = perStep([
    first[1] * second[2] - first[2] * second[1],
    first[2] * second[0] - first[0] * second[2],
    first[0] * second[1] - first[1] * second[0],
  ] as unknown as Direction);
  const axes = [0, 1, 2] as const;
  const through = axes.reduce((best, next) => (Math.abs(n[next]) > Math.abs(n[best]) + 1e-9 ? next : best));
  const [e, f] = axes.filter((axis) => axis !== through) as [0 | 1 | 2, 0 | 1 | 2];
  const range = (axis: 0 | 1 | 2): readonly [number, number] => {
    const reach =
      Math.hypot(radii[0] * dot(first, grid.axes[axis]), radii[1] * dot(second, grid.axes[axis])) / grid.spacing[axis];
    const from = Math.ceil(centre[axis] - reach - 1e-6);
    const to = Math.floor(centre[axis] + reach + 1e-6);
    return [Math.max(0, from), Math.min(grid.size[axis] - 1, to)];
  };
  const [fromE, toE] = range(e);
  const [fromF, toF] = range(f);
  const found: number[] = [];
  const index: [number, number, number] = [0, 0, 0];
  for (let y = fromF; y <= toF; y += 1) {
    for (let x = fromE; x <= toE; x += 1) {
      const dx = x - centre[e];
      const dy = y - centre[f];
      const dz = -(n[e] * dx + n[f] * dy) / n[through];
      const a = (u[e] * dx + u[f] * dy + u[through] * dz) / radii[0];
      const b = (v[e] * dx + v[f] * dy + v[through] * dz) / radii[1];
      if (!(a * a + b * b <= 1 + 1e-9)) continue;
      index[e] = x;
      index[f] = y;
      index[through] = Math.floor(centre[through] + dz + 0.5);
      if (index[through] < 0 || index[through] >= grid.size[through]) continue;
      found.push(values[offsetOf(grid, ...index)]!);
    }
  }
  if (found.length === 0) return null;
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  const squares = found.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count: found.length,
    mean,
    deviation: found.length > 1 ? Math.sqrt(squares / (found.length - 1)) : null,
    lowest: found.reduce((least, value) => Math.min(least, value)),
    highest: found.reduce((most, value) => Math.max(most, value)),
    area: squareMillimetres(Math.PI * radii[0] * radii[1]),
  };
}
