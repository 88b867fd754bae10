import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMaskFile } from '../../src/exchange/index.ts';
import type { Labels } from '../../src/volume/index.ts';

/** The reference liver mask of the real CT, on its own grid (label 1). */
export function referenceMask(folder: string): Labels {
  const mask = readMaskFile('liver-reference.nii.gz', readFileSync(join(folder, 'liver-reference.nii.gz')));
  if (!mask.ok) throw new Error(mask.error.message);
  return { grid: mask.value.grid, values: Uint8Array.from(mask.value.values) };
}
