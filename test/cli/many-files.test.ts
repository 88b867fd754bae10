import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSeries, scanFolder } from '../../electron/cli/folder.ts';
import { answerOf, remnant } from '../support/command-line.ts';
import { writeManyFiles } from '../support/many-files.ts';
import { describeWith } from '../support/needs.ts';

interface Listed {
  readonly volumeId: string;
  readonly description: string;
  readonly slices: number;
  readonly size: readonly number[];
  readonly spacing: readonly number[];
  readonly coverageMm: number;
  readonly status: string;
  readonly remarks: readonly { readonly code: string; readonly message: string }[];
  readonly suggested: string | null;
}

describeWith(['python:pydicom', 'python:numpy'], 'a disc of 3000 small files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'remnant-disc-'));
  const disc = { series: 12, slicesEach: 240, junk: 120 } as const;
  beforeAll(() => writeManyFiles(folder, disc), 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is listed with the truth for each of its twelve series, and what is none is counted', () => {
    const listed = answerOf<readonly Listed[]>('series', folder);
    expect(
      listed.map(({ volumeId, description, slices, size, status }) => [volumeId, description, slices, size, status]),
    ).toEqual(
      Array.from({ length: disc.series }, (_, s) => [
        `2.25.31${String(s).padStart(3, '0')}`,
        `Stack ${s + 1}`,
        disc.slicesEach,
        [16, 16, disc.slicesEach],
        'volume',
      ]),
    );
    for (const [s, { spacing, coverageMm, remarks }] of listed.entries()) {
      const step = 1 + 0.25 * (s % 5);
      expect(spacing[2]).toBeCloseTo(step, 9);
      expect(coverageMm).toBeCloseTo(step * disc.slicesEach, 6);
      // Half of what is no slice is empty or begins like one: a slice may be lost with it.
      expect(remarks.map(({ code }) => code)).toEqual(['files_unreadable']);
      expect(remarks[0]!.message).toContain(`${disc.junk / 2} files`);
    }
    expect(listed.filter(({ suggested }) => suggested !== null)).toEqual([listed[0]]);
    expect(remnant('series', folder).stdout).toContain(`${disc.junk} entries are no DICOM objects`);
  });

  it('gives any of them as a volume of its own, every slice in its place', async () => {
    const scanned = await scanFolder(folder);
    for (const series of [2, 7]) {
      const { volume } = await loadSeries(scanned, `2.25.3100${series}`);
      expect(volume.grid.size).toEqual([16, 16, disc.slicesEach]);
      const firsts = Array.from({ length: disc.slicesEach }, (_, k) => volume.values.subarray(256 * k, 256 * k + 2));
      // Stored 1000 is −24 HU, by the intercept of the sample.
      expect(firsts.map(([own, slice]) => [own! + 24, slice! + 24])).toEqual(
        Array.from({ length: disc.slicesEach }, (_, k) => [series, k]),
      );
    }
  });
});
