import { deflateSync, inflateSync } from 'fflate';
import { createGrid, voxelCount } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import { kindOf } from '../liver/index.ts';
import { failure, success } from '../volume/index.ts';
import type { Labels, Outcome } from '../volume/index.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { checksum } from './checksum.ts';
import { decodeRuns, encodeRuns } from './label-runs.ts';

/** The anatomy layer inside a plan file: grid, then runs (see `encodeRuns`), deflated, in base64; the checksum is that of the runs. */
export interface StoredMasks {
  readonly encoding: 'deflate-runs-base64';
  readonly grid: {
    readonly size: readonly [number, number, number];
    readonly spacing: readonly [number, number, number];
    readonly origin: readonly [number, number, number];
    readonly axes: readonly [
      readonly [number, number, number],
      readonly [number, number, number],
      readonly [number, number, number],
    ];
  };
  readonly checksum: string;
  readonly data: string;
}

/** The most voxels a plan file may claim: 1024 slices of 1024 × 1024. */
const mostVoxels = 2 ** 30;

/** Labels as they are stored. */
export function storeMasks({ grid, values }: Labels): StoredMasks {
  const runs = encodeRuns(values);
  const { size, spacing, origin, axes } = grid;
  return {
    encoding: 'deflate-runs-base64',
    grid: { size, spacing, origin, axes },
    checksum: checksum(runs),
    data: toBase64(deflateSync(runs, { level: 6 })),
  };
}

/** The stored labels; refused as `plan_broken` when damaged, `plan_invalid` when the grid or a label makes no sense. */
export function restoreMasks(stored: StoredMasks): Outcome<Labels> {
  const grid = readGrid(stored);
  if (grid === null || voxelCount(grid) > mostVoxels) {
    return failure(
      'plan_invalid',
      'At masks.grid: the grid of the masks is not possible. Use another copy of the plan.',
    );
  }
  const runs = inflate(stored.data);
  if (runs === null || checksum(runs) !== stored.checksum) return damaged('do not match their checksum');
  const values = decodeRuns(runs, voxelCount(grid));
  if (values === null) return damaged('do not fill their grid');
  const seen = new Uint8Array(256);
  for (const label of values) seen[label] = 1;
  const unknown = seen.findIndex((is, label) => is === 1 && label !== 0 && kindOf(label) === null);
  if (unknown >= 0) return failure('plan_invalid', `At masks: label ${unknown} has no meaning in this version.`);
  return success({ grid, values });
}

function readGrid(stored: StoredMasks): Grid | null {
  try {
    return createGrid(stored.grid);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function inflate(data: string): Uint8Array | null {
  const bytes = fromBase64(data);
  if (bytes === null) return null;
  try {
    return inflateSync(bytes);
  } catch {
    // fflate throws on any broken stream, and only on that.
    return null;
  }
}

function damaged(how: string): ReturnType<typeof failure> {
  return failure(
    'plan_broken',
    `The masks inside the plan file are damaged: they ${how}. Use another copy of the plan.`,
  );
}
