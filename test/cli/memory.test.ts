import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadOnce } from '../bench/loading.ts';
import type { LoadedOnce } from '../bench/loading.ts';
import { writeDicomSlice } from '../support/dicom-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'remnant-memory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Loads a series of 512 × 512 in a process of its own: the peak of its memory, and that of the voxels alone, in MiB. */
function peakOf(slices: number): LoadedOnce {
  const place = join(folder, String(slices));
  mkdirSync(place);
  const pixels = Uint16Array.from({ length: 512 * 512 }, (_, index) => (index * 31) & 0xfff);
  for (let k = 0; k < slices; k++) {
    const bytes = writeDicomSlice({
      columns: 512,
      rows: 512,
      pixels,
      position: [3, 5, 0.8 * k],
      instanceNumber: k + 1,
    });
    writeFileSync(join(place, `${k}.dcm`), bytes);
  }
  return loadOnce(place);
}

it('Loading holds one copy of the voxels, however many there are', () => {
  const few = peakOf(2);
  const many = peakOf(300);
  expect([few.voxelsMiB, many.voxelsMiB]).toEqual([1, 150]);
  // Beside the voxels: headers, and what the engine has not given back yet. A second copy would be 149 MiB.
  const beside = many.peakMiB - few.peakMiB - (many.voxelsMiB - few.voxelsMiB);
  expect(beside).toBeLessThan(64);
  // So a thousand slices stay within 1.5 GiB.
  expect(few.peakMiB + 500 + (beside * 1000) / 300).toBeLessThan(1536);
});
