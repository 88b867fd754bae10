import { dot, signedDistance } from '../../src/geometry/index.ts';
import type { Cut, PlaneCut } from '../../src/liver/index.ts';
import { toPatient } from './projection.ts';
import type { CanvasPoint, Projection } from './projection.ts';

/** A cutting plane seen on a canvas: s(x, y) = at + x·dx + y·dy in mm, resected where s ≥ 0. */
export interface HalfPlane {
  readonly at: number;
  readonly dx: number;
  readonly dy: number;
}

/** The union of cuts, each an intersection of half-planes. */
export type ResectedSide = readonly (readonly HalfPlane[])[];

/** The planes of a cut: a plan resects the union of its cuts, a cut the intersection of its planes. */
export function planesOf(cut: Cut): readonly PlaneCut[] {
  return cut.kind === 'plane' ? [cut] : cut.cuts.flatMap(planesOf);
}

/** The cuts as the canvas sees them; empty when there are none. */
export function resectedSide(cuts: readonly Cut[], projection: Projection): ResectedSide {
  return cuts.map((cut) => planesOf(cut).map((plane) => halfPlane(plane, projection)));
}

function halfPlane(plane: PlaneCut, projection: Projection): HalfPlane {
  const sign = plane.resect === 'positive' ? 1 : -1;
  return {
    at: sign * signedDistance(plane, toPatient(projection, [0, 0])),
    dx: sign * dot(plane.normal, projection.right) * projection.mmPerPixel,
    dy: -sign * dot(plane.normal, projection.up) * projection.mmPerPixel,
  };
}

/**
 * Marks in `row` which samples of a canvas row are resected: sample x lies at ((x + ½)·step, y). The surface itself counts as
 * resected, as in the volumetry. By intervals: a half-plane holds from one sample on, or up to one.
 */
export function markResected(side: ResectedSide, y: number, step: number, row: Uint8Array): void {
  row.fill(0);
  for (const cut of side) {
    let from = 0;
    let to = row.length;
    for (const { at, dx, dy } of cut) {
      const holds = (x: number): boolean => at + (x + 0.5) * step * dx + y * dy >= 0;
      if (dx === 0) {
        if (!holds(0)) to = 0;
        continue;
      }
      const crossing = Math.ceil(-(at + y * dy) / dx / step - 0.5);
      let border = Math.min(row.length, Math.max(0, crossing));
      // The division may round to the neighbour: the sample itself decides.
      while (border > 0 && holds(border - 1) === dx > 0) border -= 1;
      while (border < row.length && holds(border) !== dx > 0) border += 1;
      if (dx > 0) from = Math.max(from, border);
      else to = Math.min(to, border);
    }
    if (from < to) row.fill(1, from, to);
  }
}

/** Where the plane crosses the canvas, edge to edge, or null when it does not (or only grazes it along its whole face). */
export function lineOnCanvas(
  plane: PlaneCut,
  projection: Projection,
): { readonly from: CanvasPoint; readonly to: CanvasPoint } | null {
  const { at, dx, dy } = halfPlane(plane, projection);
  const { width, height } = projection;
  if (Math.hypot(dx, dy) < 1e-6 * projection.mmPerPixel) return null;
  const crossings: CanvasPoint[] = [];
  if (dy !== 0) {
    for (const x of [0, width]) {
      const y = -(at + x * dx) / dy;
      if (y >= 0 && y <= height) crossings.push([x, y]);
    }
  }
  if (dx !== 0) {
    for (const y of [0, height]) {
      const x = -(at + y * dy) / dx;
      if (x >= 0 && x <= width) crossings.push([x, y]);
    }
  }
  let best: { from: CanvasPoint; to: CanvasPoint } | null = null;
  let longest = 0;
  for (const from of crossings) {
    for (const to of crossings) {
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      if (length > longest) {
        longest = length;
        best = { from, to };
      }
    }
  }
  return best;
}
