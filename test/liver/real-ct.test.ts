import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assembleSeries } from '../../src/dicom/index.ts';
import { placeMask, readMaskFile } from '../../src/exchange/index.ts';
import { direction, moved, worldPoint } from '../../src/geometry/index.ts';
import { partsPerVoxel, prepareMeasurement, resectedParts } from '../../src/liver/index.ts';
import { describeWith, projectRoot, realCt, runPython } from '../support/needs.ts';

/**
 * An independent count in numpy: positions from the DICOM headers by pydicom, the mask by nibabel, and in every crossed voxel the exact
 * share by another formula than ours: inclusion and exclusion over the eight corners. Prints the remnant in mL for each plane.
 */
const independently = `
import sys, json, glob, os, itertools
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
for point, normal in planes:
    n = np.array(normal) / np.linalg.norm(normal)
    s = (centres - np.array(point)) @ n
    half = np.abs(n) * np.array([dx, dy, dz]) / 2
    kept = float((s <= -half.sum()).sum())
    crossed = s[np.abs(s) < half.sum()]
    edges = half[half > 1e-9]
    if len(edges) == 1:
        beyond = np.clip(0.5 + crossed / (2 * edges[0]), 0, 1)
    else:
        assert len(edges) == 3
        beyond = np.zeros_like(crossed)
        for signs in itertools.product([-1, 1], repeat=3):
            beyond += np.prod(signs) * np.maximum(0, crossed + np.dot(signs, edges)) ** 3
        beyond /= 6 * np.prod(2 * edges)
    kept += float((1 - beyond).sum())
    print(kept * dx * dy * dz / 1000)
`;

const planes = [
  { point: [-78.3, 90.5, 1616.2], normal: [1, 0, 0] },
  { point: [-78.3, 92.7, 1616.2], normal: [0, 1, 0] },
  { point: [-78.3, 90.5, 1617.3], normal: [0, 0, 1] },
  { point: [-70.4, 88.8, 1610.7], normal: [0.55, -0.62, 0.56] },
  { point: [-60.9, 93.7, 1620.1], normal: [-0.93, 0.31, 0.2] },
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

  it('counts the same when every SliceThickness says something else', () => {
    const copies = join(temporary, 'thick');
    runPython(
      `
import sys, os, pydicom
os.mkdir(sys.argv[2])
for name in os.listdir(sys.argv[1]):
    d = pydicom.dcmread(os.path.join(sys.argv[1], name))
    d.SliceThickness = '9.7'
    d.save_as(os.path.join(sys.argv[2], name))
`,
      join(folder, 'dicom'),
      copies,
    );
    const words = [copies, '--liver', join(folder, 'liver-reference.nii.gz'), '--json'];
    const printed = execFileSync(process.execPath, [
      join(projectRoot, 'electron/cli/remnant.mjs'),
      'volumetry',
      ...words,
    ]);
    expect((JSON.parse(printed.toString()) as Answer).units.total).toBe(volumetry().units.total);
  });

  it('never falls while a plane is dragged one way in tenths of a voxel', () => {
    const series = assembleSeries(
      readdirSync(join(folder, 'dicom')).map((name) => ({ name, bytes: readFileSync(join(folder, 'dicom', name)) })),
    );
    const mask = readMaskFile('reference.nii.gz', readFileSync(join(folder, 'liver-reference.nii.gz')));
    if (series.kind === 'refused' || !mask.ok) throw new Error('The real CT does not load.');
    const placed = placeMask(mask.value, null, series.volume.grid);
    if (!placed.ok) throw new Error(placed.error.message);
    const measurement = prepareMeasurement({ grid: series.volume.grid, values: placed.value.inside });
    for (const { point, normal } of planes) {
      let before = 0;
      for (let step = 0; step < 40; step += 1) {
        const along = direction(normal[0], normal[1], normal[2]);
        const start = moved(worldPoint(point[0], point[1], point[2]), along, step * 0.07265625);
        const cut = { kind: 'plane', point: start, normal: along, resect: 'positive' } as const;
        const kept = measurement.voxels[1]! * partsPerVoxel - resectedParts(measurement, [cut])[1]!;
        expect(kept).toBeGreaterThan(before);
        before = kept;
      }
    }
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
