import { between, dot, worldPoint } from '../../src/geometry/index.ts';
import type { Direction, WorldPoint } from '../../src/geometry/index.ts';

/** A place on a canvas in device pixels from its top left corner; pixel n covers n … n + 1. */
export type CanvasPoint = readonly [x: number, y: number];

/**
 * A parallel view of the patient on a canvas: `centre` lies in the middle of the canvas. Voxel centres are where they are; there is no
 * corner convention here, so nothing is half a voxel off.
 */
export interface Projection {
  readonly centre: WorldPoint;
  readonly right: Direction;
  readonly up: Direction;
  readonly mmPerPixel: number;
  readonly width: number;
  readonly height: number;
}

/** Where `point` (projected along the view) lies on the canvas. */
export function toCanvas(projection: Projection, point: WorldPoint): CanvasPoint {
  const offset = between(projection.centre, point);
  return [
    projection.width / 2 + dot(offset, projection.right) / projection.mmPerPixel,
    projection.height / 2 - dot(offset, projection.up) / projection.mmPerPixel,
  ];
}

/** The place in the viewed plane that a canvas point shows. */
export function toPatient(projection: Projection, [x, y]: CanvasPoint): WorldPoint {
  const { centre, right, up, mmPerPixel } = projection;
  const a = (x - projection.width / 2) * mmPerPixel;
  const b = (projection.height / 2 - y) * mmPerPixel;
  return worldPoint(
    centre[0] + a * right[0] + b * up[0],
    centre[1] + a * right[1] + b * up[1],
    centre[2] + a * right[2] + b * up[2],
  );
}

/** The scale at which a picture of `size` mm just fits a canvas, in mm per device pixel. */
export function fittingScale(size: readonly [number, number], width: number, height: number): number {
  return Math.max(size[0] / Math.max(1, width), size[1] / Math.max(1, height));
}

/** A round length in mm whose bar is at most `longest` pixels. */
export function scaleBar(mmPerPixel: number, longest: number): { readonly mm: number; readonly pixels: number } {
  const most = mmPerPixel * longest;
  const power = 10 ** Math.floor(Math.log10(most));
  const mm = [5, 2, 1].map((step) => step * power).find((length) => length <= most) ?? power;
  return { mm, pixels: mm / mmPerPixel };
}
