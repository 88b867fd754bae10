import { createGrid, cross, direction, dot } from '../geometry/index.ts';
import type { Direction, Grid } from '../geometry/index.ts';
import type { SeriesRefusal, SeriesRefusalCode } from './refusal-codes.ts';
import { regularGridFor } from './regular-grid.ts';
import type { RegularGrid } from './regular-grid.ts';
import type { SliceHeader } from './slice-header.ts';

/** A slice with its place along the normal of the stack, mm. */
interface PlacedSlice {
  readonly header: SliceHeader;
  readonly along: number;
  readonly position: readonly [number, number, number];
}

/** Slices in ascending order along the normal, and the grid they sample; or the named reasons why they sample none. */
export type SliceOrder =
  | { readonly kind: 'grid'; readonly grid: Grid; readonly slices: readonly SliceHeader[] }
  | {
      readonly kind: 'refused';
      readonly reasons: readonly SeriesRefusal[];
      /** How the slices could be laid on a regular grid, if the user asks for it; null where they can not. */
      readonly regular: { readonly to: RegularGrid; readonly slices: readonly SliceHeader[] } | null;
    };

/** Cosines are written with six digits or fewer; 1e-3 is 0.06°, well below what is seen. */
const cosineTolerance = 1e-3;
/** Two slices nearer than this are at the same place (mm). */
export const samePlace = 0.01;
/** How many places a message names. */
const placesNamed = 4;

/** What may differ between two steps and still be the same step: 1 % or 0.05 mm, whichever is more. */
export function stepTolerance(step: number): number {
  return Math.max(0.01 * step, 0.05);
}

/** A length or a height in mm for a message: three decimals at most, no trailing zeros. */
export function mm(value: number): string {
  return `${Number(value.toFixed(3))} mm`.replace('-', '−');
}

function refused(code: SeriesRefusalCode, message: string): SliceOrder {
  return { kind: 'refused', reasons: [{ code, message }], regular: null };
}

/**
 * Sorts slices by ImagePositionPatient projected on their normal and takes the spacing from the positions, never from SliceThickness
 * or InstanceNumber. All slices must have position, orientation and pixel spacing, and agree in the last two and in size.
 */
export function orderSlices(headers: readonly SliceHeader[]): SliceOrder {
  const [first] = headers;
  if (first === undefined || first.orientation === null || first.pixelSpacing === null)
    throw new RangeError('Slices need their geometry');
  const [ax, ay, az, bx, by, bz] = first.orientation;
  const lengths = [Math.hypot(ax, ay, az), Math.hypot(bx, by, bz)];
  const cosine = ax * bx + ay * by + az * bz;
  if (lengths.some((length) => Math.abs(length - 1) > cosineTolerance) || Math.abs(cosine) > cosineTolerance) {
    return refused(
      'no_orientation',
      `ImageOrientationPatient (${first.orientation.join(', ')}) is not a pair of perpendicular unit vectors, so the slices have no place in the patient.`,
    );
  }
  const along = direction(ax, ay, az);
  const down = direction(bx, by, bz);
  const normal = cross(along, down);
  const placed = headers
    .map((header): PlacedSlice => {
      if (header.position === null) throw new RangeError('Slices need their position');
      return { header, position: header.position, along: dot(header.position, normal) };
    })
    // Equal places are refused below; the name only makes the message independent of the order of files.
    .sort((a, b) => a.along - b.along || (a.header.name < b.header.name ? -1 : 1));
  const same = duplicates(placed);
  if (same !== null) return { kind: 'refused', reasons: [same], regular: null };
  const leaning = tilt(placed, normal, first.pixelSpacing);
  const troubles = [unevenness(placed), leaning].filter((trouble) => trouble !== null);
  if (troubles.length > 0) {
    const to = regularGridFor({
      positions: placed.map(({ position }) => position),
      axes: [along, down, normal],
      pixelSpacing: [first.pixelSpacing[1], first.pixelSpacing[0]],
      size: [first.columns, first.rows],
      isUpright: leaning === null,
    });
    const regular = to === null ? null : { to, slices: placed.map(({ header }) => header) };
    return { kind: 'refused', reasons: troubles, regular };
  }
  const lowest = placed[0]!;
  const step = (placed[placed.length - 1]!.along - lowest.along) / (placed.length - 1);
  const grid = createGrid({
    size: [first.columns, first.rows, placed.length],
    // PixelSpacing is "between rows \ between columns": columns lie PixelSpacing[1] apart.
    spacing: [first.pixelSpacing[1], first.pixelSpacing[0], step],
    origin: lowest.position,
    axes: [along, down, normal],
  });
  return { kind: 'grid', grid, slices: placed.map((slice) => slice.header) };
}

function gapsOf(placed: readonly PlacedSlice[]): readonly number[] {
  return placed.slice(1).map((slice, index) => slice.along - placed[index]!.along);
}

/** "between 12 mm and 16 mm (a.dcm, b.dcm)" for the given gaps. */
function places(placed: readonly PlacedSlice[], gaps: readonly number[]): string {
  const named = gaps.slice(0, placesNamed).map((index) => {
    const [before, after] = [placed[index]!, placed[index + 1]!];
    return `between ${mm(before.along)} and ${mm(after.along)} (${before.header.name}, ${after.header.name})`;
  });
  const more = gaps.length - named.length;
  return named.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function duplicates(placed: readonly PlacedSlice[]): SeriesRefusal | null {
  const same = [...gapsOf(placed).entries()].filter(([, gap]) => gap < samePlace).map(([index]) => index);
  if (same.length === 0) return null;
  const named = same.slice(0, placesNamed).map((index) => {
    const [before, after] = [placed[index]!, placed[index + 1]!];
    return `${before.header.name} and ${after.header.name} at ${mm(before.along)}`;
  });
  const more = same.length - named.length;
  return {
    code: 'duplicate_slice',
    message: `${same.length === 1 ? 'Two slices lie' : `${same.length} pairs of slices lie`} at the same place (${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}). The series may hold several phases or a copied file: keep one slice per place.`,
  };
}

function unevenness(placed: readonly PlacedSlice[]): SeriesRefusal | null {
  const gaps = gapsOf(placed);
  const sorted = [...gaps].sort((a, b) => a - b);
  const mean = (placed[placed.length - 1]!.along - placed[0]!.along) / gaps.length;
  const tolerance = stepTolerance(mean);
  // Steps that are each within tolerance could still add up to a drift of whole voxels: the places are held against the grid as well.
  const drift = Math.max(...placed.map((slice, index) => Math.abs(slice.along - placed[0]!.along - index * mean)));
  const even = gaps.every((gap) => Math.abs(gap - mean) <= tolerance) && drift <= Math.max(tolerance, 0.1 * mean);
  if (even) return null;
  const step = sorted[Math.floor((sorted.length - 1) / 2)]!;
  const counts = gaps.map((gap) => Math.round(gap / step));
  const multiples = gaps.every((gap, index) => counts[index]! >= 1 && fits(gap, counts[index]!, step));
  const wide = [...counts.entries()].filter(([, count]) => count > 1).map(([index]) => index);
  if (multiples && wide.length > 0) {
    const missing = wide.reduce((sum, index) => sum + counts[index]! - 1, 0);
    return {
      code: 'missing_slice',
      message: `${missing === 1 ? 'A slice is' : `${missing} slices are`} missing: slices are ${mm(step)} apart, but there is a gap ${places(placed, wide)}. Export the series again, complete.`,
    };
  }
  const odd = [...gaps.entries()].filter(([, gap]) => Math.abs(gap - step) > stepTolerance(step)).map(([i]) => i);
  const where = odd.length === 0 ? '' : ` (most are ${mm(step)}; others ${places(placed, odd)})`;
  return {
    code: 'uneven_spacing',
    message: `The slices are unevenly spaced: steps run from ${mm(sorted[0]!)} to ${mm(sorted[sorted.length - 1]!)}${where}. Volumes would be wrong; use an evenly reconstructed series.`,
  };
}

/** Whether a gap is `count` steps, each of them within tolerance of one step. */
function fits(gap: number, count: number, step: number): boolean {
  return Math.abs(gap - count * step) <= stepTolerance(step);
}

/** Slices must lie straight above each other: a sheared stack (gantry tilt) is no grid of perpendicular axes. */
function tilt(
  placed: readonly PlacedSlice[],
  normal: Direction,
  pixelSpacing: readonly [number, number],
): SeriesRefusal | null {
  const lowest = placed[0]!;
  const extent = placed[placed.length - 1]!.along - lowest.along;
  let worst = 0;
  for (const slice of placed) {
    const offset = slice.position.map((value, axis) => value - lowest.position[axis]!);
    const height = slice.along - lowest.along;
    worst = Math.max(worst, Math.hypot(...offset.map((value, axis) => value - height * normal[axis]!)));
  }
  // A quarter of a pixel, and not more than 0.3° over a short stack; rounded positions stay below 0.01 mm.
  const tolerance = Math.min(Math.min(...pixelSpacing) / 4, Math.max(0.01, 0.005 * extent));
  if (worst <= tolerance) return null;
  const degrees = (Math.atan2(worst, extent) * 180) / Math.PI;
  const said = lowest.header.gantryTilt;
  const tag = said === null || said === 0 ? '' : ` (GantryDetectorTilt says ${said}°)`;
  return {
    code: 'gantry_tilt',
    message: `The slices do not lie straight above each other: they shift sideways by up to ${mm(worst)} over ${mm(extent)}, ${degrees.toFixed(2)}°${tag}. Use a series without gantry tilt, or one corrected by the scanner.`,
  };
}
