/**
 * Where the sample lies: the voxel grid in patient coordinates (LPS, mm) and, in one slice plane, the lattice on which every shape is
 * a signed distance. z = 0 is the top of the liver's dome, x = 0 the midline, y = 0 the middle of the trunk.
 */
export const columns = 280;
export const rows = 280;
export const slices = 86;
/** Pixel size in mm, both ways. */
export const pixel = 1.3;
/** Distance between slice centres in mm. */
export const sliceStep = 2.5;
/** Centre of the first pixel of a slice. */
export const firstX = -178.75;
export const firstY = -168.35;
/** Centre of the lowest slice. */
export const lowestZ = -194.5;

/** Pixels of one slice. */
export const area = columns * rows;

/** x and y of each pixel centre, mm. */
export const pixelX = Float32Array.from({ length: area }, (_, p) => firstX + (p % columns) * pixel);
export const pixelY = Float32Array.from({ length: area }, (_, p) => firstY + Math.floor(p / columns) * pixel);

/** A number for each pixel centre of one plane z = constant; for shapes the signed distance in mm, negative inside. */
export type Field = Float32Array;

/** A body part: its signed distance on the plane at height z. The array belongs to the shape and is valid until its next call. */
export interface Shape {
  readonly at: (z: number) => Field;
}

/** The signed distance written where a shape is out of reach, in mm. */
export const farAway = 60;

/** A place in the patient, LPS, mm. */
export type Point3 = readonly [number, number, number];

/** The columns and rows that a box in mm touches, clipped to the slice: [i0, i1, j0, j1], both ends included. */
export function pixelBox(x0: number, x1: number, y0: number, y1: number): readonly [number, number, number, number] {
  return [
    Math.max(0, Math.floor((x0 - firstX) / pixel)),
    Math.min(columns - 1, Math.ceil((x1 - firstX) / pixel)),
    Math.max(0, Math.floor((y0 - firstY) / pixel)),
    Math.min(rows - 1, Math.ceil((y1 - firstY) / pixel)),
  ];
}
