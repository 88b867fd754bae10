import { dot } from '../../src/geometry/index.ts';
import type { Colour, Cut, PlaneCut } from '../../src/liver/index.ts';
import { planesOf } from './half-planes.ts';

/**
 * Colours of a body by the side of the cuts that each of its points is on, decided by the graphics card in every frame. The surfaces of
 * the parts are computed by a worker and come when a plane is let go; until then the whole is shown divided.
 */
export interface Division {
  readonly cuts: readonly Cut[];
  readonly kept: Part;
  readonly taken: Part;
}

interface Part {
  readonly colour: Colour;
  readonly opacity: number;
}

/** More planes than this are not divided live: every graphics card takes as many numbers. */
export const mostPlanes = 16;

/** Whether the planes of some cuts fit on the graphics card. */
export function canDivide(cuts: readonly Cut[]): boolean {
  return cuts.flatMap(planesOf).length <= mostPlanes;
}

/** Whether two lists of cuts divide alike. Surfaces come back from the worker with copies of the cuts they were asked for. */
export function areSameCuts(one: readonly Cut[], other: readonly Cut[]): boolean {
  return one === other || (one.length === other.length && JSON.stringify(one) === JSON.stringify(other));
}

/** A division as the shader of bodies takes it: every plane as n and −n·p, resected where positive; 1 in `ends` for the last of a cut. */
export function divisionValues({ cuts, kept, taken }: Division): {
  readonly planeCount: number;
  readonly planes: readonly number[];
  readonly ends: readonly number[];
  readonly kept: readonly number[];
  readonly taken: readonly number[];
} {
  const groups = cuts.map(planesOf);
  const planes = groups.flat();
  const padded = (values: readonly number[], length: number): readonly number[] =>
    Array.from({ length }, (_, at) => values[at] ?? 0);
  const part = ({ colour, opacity }: Part): readonly number[] => [...colour.map((value) => value / 255), opacity];
  return {
    planeCount: planes.length,
    planes: padded(planes.flatMap(equation), 4 * mostPlanes),
    ends: padded(
      groups.flatMap((group) => group.map((_, at) => (at === group.length - 1 ? 1 : 0))),
      mostPlanes,
    ),
    kept: part(kept),
    taken: part(taken),
  };
}

/** n and −n·p of the plane, turned so that what is resected is positive. */
function equation({ point, normal, resect }: PlaneCut): readonly number[] {
  const sign = resect === 'positive' ? 1 : -1;
  return [sign * normal[0], sign * normal[1], sign * normal[2], -sign * dot(normal, point)];
}
