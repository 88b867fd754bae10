/** Typed coordinates. World is the DICOM patient system: LPS (x to the left, y to the back, z to the head), in mm. */

declare const space: unique symbol;
type In<Space extends string> = readonly [number, number, number] & { readonly [space]: Space };

/** Where a voxel centre is, counted in voxels: (i, j, k), whole numbers at centres, fractions between. */
export type VoxelIndex = In<'voxel'>;
/** A place in the patient, LPS, mm. */
export type WorldPoint = In<'world'>;
/** A unit vector in patient space, LPS. */
export type Direction = In<'direction'>;
/** A difference of two world points, LPS, mm. */
export type WorldVector = In<'vector'>;

function three<Space extends string>(name: Space, x: number, y: number, z: number): In<Space> {
  if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z)) {
    throw new RangeError(`Expected three finite ${name} coordinates, got (${x}, ${y}, ${z})`);
  }
  return [x, y, z] as unknown as In<Space>;
}

/** A continuous voxel index (centres at whole numbers); throws RangeError unless finite. */
export function voxelIndex(i: number, j: number, k: number): VoxelIndex {
  return three('voxel', i, j, k);
}

/** A point of patient space in mm, LPS; throws RangeError unless finite. */
export function worldPoint(x: number, y: number, z: number): WorldPoint {
  return three('world', x, y, z);
}

/** A displacement in mm, LPS; throws RangeError unless finite. */
export function worldVector(x: number, y: number, z: number): WorldVector {
  return three('vector', x, y, z);
}

/** The unit vector along (x, y, z); throws RangeError for a zero or non-finite vector. */
export function direction(x: number, y: number, z: number): Direction {
  const length = Math.hypot(x, y, z);
  if (!(length > 0) || !Number.isFinite(length)) throw new RangeError(`No direction in (${x}, ${y}, ${z})`);
  return three('direction', x / length, y / length, z / length);
}

/** The scalar product of two triples. */
export function dot(a: readonly [number, number, number], b: readonly [number, number, number]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The right-handed normal of two directions; throws RangeError when they are parallel. */
export function cross(a: Direction, b: Direction): Direction {
  return direction(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);
}

/** The opposite direction. */
export function opposite(a: Direction): Direction {
  return direction(-a[0], -a[1], -a[2]);
}

/** `from` moved by `distance` mm along `along`. */
export function moved(from: WorldPoint, along: Direction, distance: number): WorldPoint {
  return worldPoint(from[0] + along[0] * distance, from[1] + along[1] * distance, from[2] + along[2] * distance);
}

/** The displacement from `a` to `b` in mm. */
export function between(a: WorldPoint, b: WorldPoint): WorldVector {
  return worldVector(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
}
