import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { heightOf, instanceNumber, writeSlice } from '../../sample-dicom/dicom-file.ts';
import { area } from '../../sample-dicom/frame.ts';
import { groups, masksOfSlice } from '../../sample-dicom/masks.ts';
import { sampleSlice } from '../../sample-dicom/sampling.ts';
import { scan } from '../../sample-dicom/scanner.ts';
import { createScene } from '../../sample-dicom/scene.ts';
import { referenceCut } from '../../sample-dicom/truth.ts';
import { describeWith, projectRoot } from '../support/needs.ts';

const sample = join(projectRoot, 'sample-dicom');
const ctFiles = readdirSync(join(sample, 'ct')).sort();

/** The labels of a mask file, past the header and its four bytes. */
function labelsOf(file: string): Uint8Array {
  return gunzipSync(readFileSync(join(sample, 'masks', file))).subarray(352);
}

describe('the files of the sample', () => {
  it('are one file for each slice and stay within 15 MB with masks, truth and script', () => {
    expect(ctFiles).toHaveLength(86);
    const bytes = (folder: string): number =>
      readdirSync(folder, { withFileTypes: true }).reduce(
        (sum, entry) =>
          sum + (entry.isDirectory() ? bytes(join(folder, entry.name)) : statSync(join(folder, entry.name)).size),
        0,
      );
    expect(bytes(sample)).toBeLessThanOrEqual(15_000_000);
    expect(bytes(sample)).toBeGreaterThan(10_000_000);
  });

  it('come out of the script again, byte for byte: three slices and their masks', () => {
    const scene = createScene();
    for (const k of [11, 41, 63]) {
      const samples = sampleSlice(scene, heightOf(k), groups, referenceCut);
      const name = `${String(instanceNumber(k)).padStart(3, '0')}.dcm`;
      const file = readFileSync(join(sample, 'ct', name));
      expect(Buffer.compare(file, writeSlice(scan(samples.hounsfield, k), k))).toBe(0);
      for (const [mask, labels] of masksOfSlice(samples)) {
        expect(Buffer.compare(labelsOf(mask).subarray(area * k, area * (k + 1)), labels)).toBe(0);
      }
    }
  });
});

describeWith(['dciodvfy'], 'the images of the sample, read by dciodvfy', () => {
  it('have no error in any file', () => {
    for (const name of ctFiles) {
      const { stderr, stdout } = spawnSync('dciodvfy', [join(sample, 'ct', name)], { encoding: 'utf8' });
      expect(`${stdout}${stderr}`, name).toContain('CTImage');
      expect(`${stdout}${stderr}`, name).not.toMatch(/Error/i);
    }
  });

  it('would have one if the image type were wrong (the check can fail)', () => {
    const broken = Buffer.from(readFileSync(join(sample, 'ct', '001.dcm')));
    const at = broken.indexOf(Buffer.from('ORIGINAL\\PRIMARY'));
    expect(at).toBeGreaterThan(0);
    broken.write('NONSENSE', at, 'ascii');
    const folder = mkdtempSync(join(tmpdir(), 'sample-dicom-'));
    writeFileSync(join(folder, 'broken.dcm'), broken);
    const { stderr, stdout } = spawnSync('dciodvfy', [join(folder, 'broken.dcm')], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    const said = `${stdout}${stderr}`;
    expect(said).toMatch(/Error/);
  });
});
