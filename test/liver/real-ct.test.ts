import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith, projectRoot, realCt, runPython } from '../support/needs.ts';

/**
 * An independent count in numpy: positions from the DICOM headers by pydicom, the mask by nibabel, and in every crossed voxel 64 × 64
 * lines that are exact along the third axis. Prints the remnant in mL for each plane.
 */
const independently = `
import sys, json, glob, os
import numpy as np, pydicom, nibabel
folder, planes = sys.argv[1], json.loads(sys.argv[2])
heads = [pydicom.dcmread(f, stop_before_pixels=True) for f in glob.glob(os.path.join(folder, 'dicom', '*'))]
heads.sort(key=lambda h: float(h.ImagePositionPatient[2]))
z = np.array([float(h.ImagePositionPatient[2]) for h in heads])
x0, y0 = (float(v) for v in heads[0].ImagePositionPatient[:2])
dy, dx = (float(v) for v in heads[0].PixelSpacing)
dz = float(np.diff(z).mean())
image = nibabel.load(os.path.join(folder, 'liver-reference.nii.gz'))
ijk = np.argwhere(np.asarray(image.dataobj) > 0)
ras = ijk @ image.affine[:3, :3].T + image.affine[:3, 3]
centres = ras * np.array([-1.0, -1.0, 1.0])
u = (np.arange(64) + 0.5) / 64 - 0.5
for point, normal in planes:
    n = np.array(normal) / np.linalg.norm(normal)
    s = (centres - np.array(point)) @ n
    half = np.abs(n) * np.array([dx, dy, dz]) / 2
    kept = float((s <= -half.sum()).sum())
    crossed = s[np.abs(s) < half.sum()]
    order = np.argsort(half)
    a, b, c = half[order]
    lines = (2 * a * u[:, None] + 2 * b * u[None, :]).ravel()
    for block in np.array_split(crossed, max(1, len(crossed) // 2000)):
        beyond = np.clip(0.5 + (block[:, None] + lines[None, :]) / (2 * c), 0, 1)
        kept += float((1 - beyond.mean(axis=1)).sum())
    print(kept * dx * dy * dz / 1000)
`;

const planes = [
  { point: [12.3, 4.5, 1610.2], normal: [1, 0, 0] },
  { point: [12.3, 4.5, 1610.2], normal: [0, 1, 0] },
  { point: [-20.1, 4.5, 1611.3], normal: [0, 0, 1] },
  { point: [-30.4, -11.2, 1608.7], normal: [0.55, -0.62, 0.56] },
  { point: [-10.9, 3.7, 1600.1], normal: [-0.93, 0.31, 0.2] },
] as const;

interface Answer {
  readonly totalMl: number;
  readonly remnantMl: number;
  readonly units: {
    readonly total: number;
    readonly remnant: number;
    readonly resected: number;
    readonly excluded: number;
  };
}

describeWith(['real-ct', 'python:numpy', 'python:pydicom', 'python:nibabel'], 'volumetry of the real CT', () => {
  const folder = realCt()!;
  let temporary = '';
  beforeAll(() => {
    temporary = mkdtempSync(join(tmpdir(), 'remnant-'));
  });
  afterAll(() => rmSync(temporary, { recursive: true }));

  function volumetry(plan?: unknown): Answer {
    const words = [join(folder, 'dicom'), '--liver', join(folder, 'liver-reference.nii.gz')];
    if (plan !== undefined) {
      const file = join(temporary, 'plan.json');
      writeFileSync(file, JSON.stringify(plan));
      words.push('--plan', file);
    }
    const printed = execFileSync(process.execPath, [
      join(projectRoot, 'electron/cli/remnant.mjs'),
      'volumetry',
      ...words,
      '--json',
    ]);
    return JSON.parse(printed.toString()) as Answer;
  }

  it('counts 1417.49 mL, from slice positions', () => {
    expect(Math.abs(volumetry().totalMl - 1417.49)).toBeLessThan(0.01);
  });

  it('agrees with an independent computation for planes along the axes and oblique ones', () => {
    // An axis-parallel plane at no round place: it crosses one layer of voxels at a fraction that centres can not see.
    const expected = runPython(
      independently,
      folder,
      JSON.stringify(planes.map(({ point, normal }) => [point, normal])),
    )
      .trim()
      .split('\n')
      .map(Number);
    planes.forEach(({ point, normal }, number) => {
      const answer = volumetry({ version: 1, cuts: [{ kind: 'plane', point, normal, resect: 'positive' }] });
      expect(answer.remnantMl).toBeGreaterThan(50);
      expect(answer.remnantMl).toBeLessThan(1367);
      expect(Math.abs(answer.remnantMl - expected[number]!)).toBeLessThan(0.1);
      const { total, remnant, resected, excluded } = answer.units;
      expect(remnant + resected + excluded).toBe(total);
    });
  });
});
