import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeWith, projectRoot, runPython } from '../support/needs.ts';

interface Known {
  readonly trueMl: number;
  readonly maskMl: number | null;
  readonly toleranceMl: number;
}

interface Truth {
  readonly structures: Record<string, Known>;
  readonly rightHepatectomy: {
    readonly totalMl: Known;
    readonly resectedMl: Known;
    readonly remnantMl: Known;
    readonly excludedMl: Known;
    readonly flrPercent: { readonly true: number; readonly tolerancePercentagePoints: number };
  };
}

interface Measured {
  readonly affineGap: number;
  readonly sizes: readonly (readonly number[])[];
  readonly steps: readonly number[];
  readonly instanceAgainstZ: boolean;
  readonly thickness: readonly number[];
  readonly ml: Record<string, number>;
  readonly hu: Record<string, number>;
  readonly tumourOutsideLiver: number;
  readonly tumoursInVessels: number;
  readonly liverCentre: readonly number[];
  readonly spleenCentre: readonly number[];
  readonly tumourCentres: readonly (readonly number[])[];
  readonly parts: {
    readonly total: number;
    readonly resected: number;
    readonly remnant: number;
    readonly excluded: number;
  };
}

/** pydicom and nibabel read the sample; the cut is computed on 6 × 6 × 6 points of each voxel, in patient coordinates. */
const program = `
import sys, json, glob, numpy as np, pydicom, nibabel as nib
root = sys.argv[1]
ds = sorted((pydicom.dcmread(f) for f in glob.glob(root + '/ct/*.dcm')), key=lambda d: float(d.ImagePositionPatient[2]))
hu = np.stack([d.pixel_array * float(d.RescaleSlope) + float(d.RescaleIntercept) for d in ds])
pos = np.array([[float(v) for v in d.ImagePositionPatient] for d in ds])
row, col = float(ds[0].PixelSpacing[0]), float(ds[0].PixelSpacing[1])
o = [float(v) for v in ds[0].ImageOrientationPatient]
lps = np.eye(4); lps[:3, 0] = np.array(o[:3]) * col; lps[:3, 1] = np.array(o[3:]) * row
lps[:3, 2] = (pos[-1] - pos[0]) / (len(ds) - 1); lps[:3, 3] = pos[0]
ras = np.diag([-1, -1, 1, 1]) @ lps
load = lambda n: nib.load(root + '/masks/' + n + '.nii.gz')
images = {n: load(n) for n in ('liver', 'tumours', 'vessels', 'gallbladder', 'ivc', 'spleen')}
gap = max(float(np.abs(m - ras).max()) for i in images.values() for m in (i.affine, i.get_sform(), i.get_qform()))
v = {n: np.asarray(i.dataobj).transpose(2, 1, 0) for n, i in images.items()}
ml = abs(np.linalg.det(lps[:3, :3])) / 1000
parts = {'liver': v['liver'] == 1, 'tumour 1': v['tumours'] == 1, 'tumour 2': v['tumours'] == 2, 'tumour 3': v['tumours'] == 3,
  'portal vein within the liver': v['vessels'] == 1, 'hepatic veins within the liver': v['vessels'] == 2,
  'gallbladder': v['gallbladder'] == 1, 'inferior vena cava': v['ivc'] == 1, 'spleen': v['spleen'] == 1}
tissue = parts['liver'] & (v['tumours'] == 0) & (v['vessels'] == 0)
med = lambda m: float(np.median(hu[m]))
level = {n: med(m) for n, m in parts.items() if n != 'liver'}; level['tissue'] = med(tissue)
def centre(m):
    k, j, i = (a.mean() for a in np.nonzero(m))
    return (lps @ [i, j, k, 1])[:3].tolist()
cut = json.load(open(root + '/right-hepatectomy.plan.json'))['cuts'][0]
n = np.array(cut['normal']); n = n / np.linalg.norm(n)
k, j, i = np.nonzero(parts['liver'])
middle = (lps[:3, :3] @ np.stack([i, j, k]) + lps[:3, 3:4] - np.array(cut['point'])[:, None]).T @ n
share = np.zeros(len(middle)); s = (np.arange(6) + 0.5) / 6 - 0.5
for a in s:
    for b in s:
        for c in s:
            share += (middle + (lps[:3, :3] @ [a, b, c]) @ n > 0)
share /= 216
if cut['resect'] == 'negative': share = 1 - share
tumour = (v['tumours'] > 0)[k, j, i]
print(json.dumps({
  'affineGap': gap, 'sizes': [list(i.shape) for i in images.values()] + [list(hu.transpose(2, 1, 0).shape)],
  'steps': np.diff(pos[:, 2]).tolist(), 'instanceAgainstZ': [int(d.InstanceNumber) for d in ds] == list(range(len(ds), 0, -1)),
  'thickness': [float(d.SliceThickness) for d in ds],
  'ml': {n: float(m.sum() * ml) for n, m in parts.items()}, 'hu': level,
  'tumourOutsideLiver': int(((v['tumours'] > 0) & ~parts['liver']).sum()), 'tumoursInVessels': int(((v['tumours'] > 0) & (v['vessels'] > 0)).sum()),
  'liverCentre': centre(parts['liver']), 'spleenCentre': centre(parts['spleen']), 'tumourCentres': [centre(parts['tumour %d' % q]) for q in (1, 2, 3)],
  'parts': {'total': len(k) * ml, 'resected': share.sum() * ml, 'remnant': ((1 - share) * ~tumour).sum() * ml, 'excluded': ((1 - share) * tumour).sum() * ml},
}))
`;

describeWith(
  ['python:numpy', 'python:pydicom', 'python:nibabel'],
  'the sample against its truth, read by pydicom and nibabel',
  () => {
    const root = join(projectRoot, 'sample-dicom');
    const truth = JSON.parse(readFileSync(join(root, 'truth.json'), 'utf8')) as Truth;
    let measured: Measured;
    beforeAll(() => {
      measured = JSON.parse(runPython(program, root)) as Measured;
    });

    it('has masks on the grid of the images, in the same place', () => {
      expect(measured.affineGap).toBeLessThan(1e-4);
      for (const size of measured.sizes) expect(size).toEqual([280, 280, 86]);
      for (const step of measured.steps) expect(step).toBeCloseTo(2.5, 9);
      for (const thickness of measured.thickness) expect(thickness).toBe(2.5);
      expect(measured.instanceAgainstZ).toBe(true);
    });

    it('has masks whose volumes are the true ones within the stated tolerance', () => {
      for (const [name, ml] of Object.entries(measured.ml)) {
        const known = truth.structures[name]!;
        expect(ml, name).toBeCloseTo(known.maskMl!, 3);
        expect(Math.abs(ml - known.trueMl), name).toBeLessThanOrEqual(known.toleranceMl);
      }
      const { liver } = truth.structures;
      expect(liver!.trueMl).toBeGreaterThan(1400);
      expect(liver!.trueMl).toBeLessThan(1620);
    });

    it('looks like the portal-venous phase where the masks lie', () => {
      const { hu } = measured;
      expect(hu['tissue']).toBeGreaterThan(108);
      expect(hu['tissue']).toBeLessThan(116);
      expect(hu['portal vein within the liver']).toBeGreaterThan(hu['tissue']! + 35);
      expect(hu['hepatic veins within the liver']).toBeGreaterThan(hu['tissue']! + 30);
      for (const tumour of ['tumour 1', 'tumour 2', 'tumour 3']) {
        expect(hu[tumour]).toBeGreaterThan(50);
        expect(hu[tumour]).toBeLessThan(90);
      }
      expect(hu['gallbladder']).toBeLessThan(25);
      expect(hu['inferior vena cava']).toBeGreaterThan(140);
      expect(hu['spleen']).toBeGreaterThan(115);
    });

    it('has the liver on the right, the spleen on the left, and every metastasis within the liver, the third one left', () => {
      expect(measured.liverCentre[0]).toBeLessThan(-20);
      expect(measured.spleenCentre[0]).toBeGreaterThan(60);
      expect(measured.tumourOutsideLiver).toBe(0);
      expect(measured.tumoursInVessels).toBe(0);
      expect(measured.tumourCentres.map(([x]) => Math.sign(x!))).toEqual([-1, -1, 1]);
    });

    it('gives the true parts of the reference right hepatectomy', () => {
      const { totalMl, resectedMl, remnantMl, excludedMl, flrPercent } = truth.rightHepatectomy;
      expect(remnantMl.trueMl + resectedMl.trueMl + excludedMl.trueMl).toBeCloseTo(totalMl.trueMl, 3);
      const { parts } = measured;
      for (const [ml, known] of [
        [parts.total, totalMl],
        [parts.resected, resectedMl],
        [parts.remnant, remnantMl],
        [parts.excluded, excludedMl],
      ] as const) {
        expect(Math.abs(ml - known.trueMl)).toBeLessThanOrEqual(known.toleranceMl);
      }
      const functional = parts.total - measured.ml['tumour 1']! - measured.ml['tumour 2']! - measured.ml['tumour 3']!;
      expect(Math.abs((100 * parts.remnant) / functional - flrPercent.true)).toBeLessThanOrEqual(
        flrPercent.tolerancePercentagePoints,
      );
      expect(flrPercent.true).toBeGreaterThan(26);
      expect(flrPercent.true).toBeLessThan(34);
    });
  },
);
