import type { Direction, WorldPoint } from '../src/geometry/index.ts';
import { ellipseBetween } from '../src/volume/index.ts';
import type { Measurement, Tool, ViewState } from './session.ts';

/** A tool that measures. */
export type MeasuringTool = Measurement['kind'];

/** The tools that measure. */
export const measuringTools: readonly Tool[] = ['ruler', 'angle', 'region'];

/** How many points each measurement is drawn by; a region by two corners of its box. */
export const pointsOf = { ruler: 2, angle: 3, region: 2 } as const satisfies Record<MeasuringTool, number>;

/** The measurement of a tool by its points (as many as `pointsOf` says) in a plane that `right` and `up` span. */
export function measurementBy(
  kind: MeasuringTool,
  [a, b, c]: readonly WorldPoint[],
  { right, up }: { readonly right: Direction; readonly up: Direction },
  id: number,
): Measurement | null {
  if (a === undefined || b === undefined) return null;
  if (kind === 'ruler') return { id, kind, points: [a, b] };
  if (kind === 'region') return { id, kind, ellipse: ellipseBetween(a, b, right, up) };
  return c === undefined ? null : { id, kind, points: [a, b, c] };
}

/** The number of the next measurement. */
export function nextMeasurement({ measurements }: ViewState): number {
  return 1 + Math.max(0, ...measurements.map(({ id }) => id));
}
