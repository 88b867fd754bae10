/**
 * `npm run bench`: our hot paths beside named peers, interleaved in one run, as ratios. Nothing here asserts a time. Peers that are not
 * installed are left out and said; names given behind `--` (`npm run bench -- smoothness`) run alone; the real CT is found through REMNANT_REAL_CT, else the sample case stands in.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { direction, gridCentre } from '../../src/geometry/index.ts';
import { countBytes, createKernels } from '../../src/kernels/index.ts';
import { prepareMeasurement, resectedParts } from '../../src/liver/index.ts';
import type { PlaneCut } from '../../src/liver/index.ts';
import { placeMask, readMaskFile } from '../../src/exchange/index.ts';
import { has, projectRoot, realCt } from '../support/needs.ts';
import { decoding } from './decoding.ts';
import { components, distance, surface } from './mask-shapes.ts';
import { compareLoading } from './loading.ts';
import { loadingLong } from './long-series.ts';
import { loadingInPage } from './page-loading.ts';
import { smoothness } from './smoothness.ts';
import { clockBoth, compare, timedPython } from './timing.ts';
import type { Contender } from './timing.ts';

const real = realCt();
const folder = real === null ? join(projectRoot, 'sample-dicom/ct') : join(real, 'dicom');
const maskFile =
  real === null ? join(projectRoot, 'sample-dicom/masks/liver.nii.gz') : join(real, 'liver-reference.nii.gz');

console.log(`${real === null ? 'The sample case' : 'The real CT'}, Node ${process.version}, ${cpus().length} cores`);
console.log('Medians of interleaved runs: trust the ratios, not the milliseconds.');

const benches = {
  loading: () => compareLoading(`${readdirSync(folder).length} slices`, folder),
  page: () => loadingInPage(folder),
  long: () => loadingLong(500),
  longer: () => loadingLong(1000),
  decoding,
  histogram,
  planeCounting,
  components: () => components(maskFile),
  surface: () => surface(maskFile),
  distance: () => distance(maskFile),
  smoothness,
};
const asked = process.argv.slice(2);
for (const [name, run] of Object.entries(benches)) if (asked.length === 0 || asked.includes(name)) await run();

async function histogram(): Promise<void> {
  const mask = readMaskFile('liver.nii.gz', readFileSync(maskFile));
  if (!mask.ok) throw new Error(mask.error.message);
  const once = mask.value.values;
  const copies = Math.ceil(131e6 / once.length);
  const kernels = createKernels(readFileSync(join(projectRoot, 'src/kernels/kernels.wasm')));
  const { buffer, offset } = kernels.allocate(once.length * copies);
  const labels = new Uint8Array(buffer, offset, once.length * copies);
  for (let copy = 0; copy < copies; copy += 1) labels.set(once, copy * once.length);
  const counts = countBytes(kernels, labels);
  const contenders: Contender[] = [
    { name: 'Remnant (SIMD kernel)', run: () => clockBoth(() => countBytes(kernels, labels)) },
  ];
  if (has('python:numpy') && has('python:nibabel')) {
    const program = `
import sys, numpy, nibabel
once = numpy.asarray(nibabel.load(sys.argv[1]).dataobj).astype(numpy.uint8).ravel(order='F')
labels = numpy.tile(once, int(sys.argv[2]))
start = now()
counts = numpy.bincount(labels, minlength=256)
took = since(start)
print(counts[1])
print(took)`;
    contenders.push({
      name: 'numpy bincount',
      run: () => {
        const told = timedPython(program, maskFile, String(copies));
        const [numbers] = told.lines;
        if (Number(numbers) !== counts[1]) throw new Error(`numpy counts ${numbers!}, the kernel ${counts[1]!}`);
        return told;
      },
    });
  }
  await compare(`Histogram of ${(labels.length / 1e6).toFixed(0)} M label voxels`, contenders, 3);
}

async function planeCounting(): Promise<void> {
  const mask = readMaskFile('liver.nii.gz', readFileSync(maskFile));
  if (!mask.ok) throw new Error(mask.error.message);
  const placed = placeMask(mask.value, null, mask.value.grid);
  if (!placed.ok) throw new Error(placed.error.message);
  const labels = { grid: mask.value.grid, values: placed.value.inside };
  const measurement = prepareMeasurement(labels);
  const normal = direction(0.55, -0.62, 0.56);
  const cut: PlaneCut = { kind: 'plane', point: gridCentre(labels.grid), normal, resect: 'positive' };
  const contenders: Contender[] = [
    { name: 'Remnant (exact fractions)', run: () => clockBoth(() => resectedParts(measurement, [cut])) },
  ];
  if (has('python:numpy') && has('python:nibabel')) {
    const program = `
import sys, json, numpy, nibabel
image = nibabel.load(sys.argv[1])
point, normal = (numpy.array(v) for v in json.loads(sys.argv[2]))
mask = numpy.asarray(image.dataobj) > 0
affine = image.affine
n = affine[:3, :3].T @ (normal * [-1, -1, 1])
d = (affine[:3, 3] - point * [-1, -1, 1]) @ (normal * [-1, -1, 1])
box = tuple(slice(a.min(), a.max() + 1) for a in numpy.nonzero(mask))
inside = mask[box]
i, j, k = (numpy.arange(s.start, s.stop) for s in box)
start = now()
side = (n[0] * i)[:, None, None] + (n[1] * j)[None, :, None] + (n[2] * k)[None, None, :] + d >= 0
count = numpy.count_nonzero(inside & side)
print(since(start))`;
    const words = JSON.stringify([cut.point, cut.normal]);
    contenders.push({ name: 'numpy (voxel centres, in the box)', run: () => timedPython(program, maskFile, words) });
  }
  await compare('Liver on either side of an oblique plane', contenders, 7);
}
