import { gzipSync } from 'fflate';
import { voxelCount } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';

/** Header, and the four bytes that say that no extension follows. */
const headerBytes = 352;

/**
 * A mask as NIfTI-1 bytes, gzipped, on its own grid with the image's order of voxels: uint8, sform and qform both set (LPS turned to
 * RAS). The same mask gives the same bytes.
 */
export function writeMaskFile(values: Uint8Array, grid: Grid): Uint8Array {
  const count = voxelCount(grid);
  if (values.length !== count) throw new RangeError(`${values.length} labels do not fill a grid of ${count} voxels`);
  const bytes = new Uint8Array(headerBytes + count);
  const view = new DataView(bytes.buffer);
  const short = (at: number, value: number): void => view.setInt16(at, value, true);
  const float = (at: number, value: number): void => view.setFloat32(at, value, true);
  const affine = rasAffine(grid);
  const { quaternion, handedness } = quaternionOf(affine, grid);

  view.setInt32(0, 348, true);
  [3, ...grid.size, 1, 1, 1, 1].forEach((value, n) => short(40 + 2 * n, value));
  short(70, 2); // uint8
  short(72, 8);
  [handedness, ...grid.spacing, 0, 0, 0, 0].forEach((value, n) => float(76 + 4 * n, value));
  float(108, headerBytes);
  float(112, 1);
  bytes[123] = 2; // mm
  short(252, 1);
  short(254, 1);
  quaternion.forEach((value, n) => float(256 + 4 * n, value));
  affine.forEach((row, n) => float(268 + 4 * n, row[3]!));
  affine.forEach((row, n) => row.forEach((value, m) => float(280 + 16 * n + 4 * m, value)));
  bytes.set([0x6e, 0x2b, 0x31, 0], 344); // "n+1"
  bytes.set(values, headerBytes);
  return gzipSync(bytes, { level: 6, mtime: 0 });
}

/** Voxel index to RAS mm, three rows of four. */
function rasAffine(grid: Grid): readonly (readonly number[])[] {
  return ([0, 1, 2] as const).map((row) => {
    const sign = row === 2 ? 1 : -1;
    return [
      ...([0, 1, 2] as const).map((axis) => sign * grid.axes[axis][row] * grid.spacing[axis]),
      sign * grid.origin[row],
    ];
  });
}

/** The rotation of an affine as the last three parts of a unit quaternion; −1 says that the third axis is mirrored. */
function quaternionOf(
  affine: readonly (readonly number[])[],
  grid: Grid,
): { readonly quaternion: readonly [number, number, number]; readonly handedness: 1 | -1 } {
  const m = affine.map((row) => [0, 1, 2].map((axis) => row[axis]! / grid.spacing[axis]!));
  const at = (row: number, column: number): number => m[row]![column]!;
  const determinant =
    at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) -
    at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
    at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
  const handedness = determinant < 0 ? -1 : 1;
  for (const row of m) row[2]! *= handedness;
  // Take the greatest of the four parts by its square root, the others by division: no cancellation near half turns.
  const trace = [
    1 + at(0, 0) + at(1, 1) + at(2, 2),
    1 + at(0, 0) - at(1, 1) - at(2, 2),
    1 - at(0, 0) + at(1, 1) - at(2, 2),
    1 - at(0, 0) - at(1, 1) + at(2, 2),
  ];
  const greatest = trace.indexOf(Math.max(...trace));
  const s = 2 * Math.sqrt(trace[greatest]!);
  const pairs = [
    [s / 4, (at(2, 1) - at(1, 2)) / s, (at(0, 2) - at(2, 0)) / s, (at(1, 0) - at(0, 1)) / s],
    [(at(2, 1) - at(1, 2)) / s, s / 4, (at(0, 1) + at(1, 0)) / s, (at(0, 2) + at(2, 0)) / s],
    [(at(0, 2) - at(2, 0)) / s, (at(0, 1) + at(1, 0)) / s, s / 4, (at(1, 2) + at(2, 1)) / s],
    [(at(1, 0) - at(0, 1)) / s, (at(0, 2) + at(2, 0)) / s, (at(1, 2) + at(2, 1)) / s, s / 4],
  ] as const;
  const [a, b, c, d] = pairs[greatest]!;
  // The first part is stored as the positive root of what the others leave.
  const sign = a < 0 ? -1 : 1;
  return { quaternion: [sign * b, sign * c, sign * d], handedness };
}
