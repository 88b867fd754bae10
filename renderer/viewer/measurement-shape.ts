import { between, dot, millimetres, moved, opposite, stepOf } from '../../src/geometry/index.ts';
import type { Grid, ViewFrame, WorldPoint } from '../../src/geometry/index.ts';
import type { Measurement } from '../session.ts';
import { toCanvas } from './projection.ts';
import type { CanvasPoint, Projection } from './projection.ts';

/** The places by which a measurement is held: its points, or the middle of a region and the ends of its axes. */
export function gripsOf(measurement: Measurement): readonly WorldPoint[] {
  if (measurement.kind !== 'region') return measurement.points;
  const { centre, first, second, radii } = measurement.ellipse;
  return [
    centre,
    moved(centre, first, radii[0]),
    moved(centre, opposite(first), radii[0]),
    moved(centre, second, radii[1]),
    moved(centre, opposite(second), radii[1]),
  ];
}

/** The measurement with its grip of number `order` at `to`. */
export function withGrip(measurement: Measurement, order: number, to: WorldPoint): Measurement {
  switch (measurement.kind) {
    case 'ruler': {
      const [a, b] = measurement.points;
      return { ...measurement, points: order === 0 ? [to, b] : [a, to] };
    }
    case 'angle': {
      const [a, b, c] = measurement.points;
      return { ...measurement, points: order === 0 ? [to, b, c] : order === 1 ? [a, to, c] : [a, b, to] };
    }
    case 'region': {
      const { ellipse } = measurement;
      if (order === 0) return { ...measurement, ellipse: { ...ellipse, centre: to } };
      const way = between(ellipse.centre, to);
      const [wide, high] = ellipse.radii;
      const radii =
        order <= 2
          ? ([millimetres(Math.max(0.1, Math.abs(dot(way, ellipse.first)))), high] as const)
          : ([wide, millimetres(Math.max(0.1, Math.abs(dot(way, ellipse.second))))] as const);
      return { ...measurement, ellipse: { ...ellipse, radii } };
    }
  }
}

/** Whether a view shows a measurement: all of it lies within half a slice of the view's plane. */
export function liesIn(measurement: Measurement, grid: Grid, frame: ViewFrame, projection: Projection): boolean {
  const reach = stepOf(grid, frame) / 2 + 1e-6;
  return gripsOf(measurement).every((place) => Math.abs(dot(between(projection.centre, place), frame.normal)) <= reach);
}

/** The first grip of the measurements within `reach` pixels, the newest measurement first. */
export function gripNear(
  measurements: readonly Measurement[],
  projection: Projection,
  at: CanvasPoint,
  reach: number,
): { readonly measurement: Measurement; readonly order: number } | null {
  for (const measurement of [...measurements].reverse()) {
    const order = gripsOf(measurement).findIndex((place) => {
      const [x, y] = toCanvas(projection, place);
      return Math.hypot(x - at[0], y - at[1]) <= reach;
    });
    if (order >= 0) return { measurement, order };
  }
  return null;
}

/** The line of a measurement on the canvas: open for rulers and angles, closed for regions. */
export function lineOf(measurement: Measurement, projection: Projection): readonly CanvasPoint[] {
  if (measurement.kind !== 'region') return measurement.points.map((place) => toCanvas(projection, place));
  const { centre, first, second, radii } = measurement.ellipse;
  return Array.from({ length: 73 }, (_, part) => {
    const angle = (part * Math.PI) / 36;
    return toCanvas(
      projection,
      moved(moved(centre, first, radii[0] * Math.cos(angle)), second, radii[1] * Math.sin(angle)),
    );
  });
}

/** The newest measurement whose line passes within `reach` pixels; null for none. */
export function measurementNear(
  measurements: readonly Measurement[],
  projection: Projection,
  at: CanvasPoint,
  reach: number,
): Measurement | null {
  return (
    [...measurements].reverse().find((measurement) => {
      const line = lineOf(measurement, projection);
      return line.some((to, order) => order > 0 && distanceToStretch(at, line[order - 1]!, to) <= reach);
    }) ?? null
  );
}

function distanceToStretch(at: CanvasPoint, from: CanvasPoint, to: CanvasPoint): number {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / length));
  return Math.hypot(at[0] - from[0] - share * dx, at[1] - from[1] - share * dy);
}
