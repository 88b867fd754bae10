import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { has, projectRoot, realCt, runPython } from '../support/needs.ts';
import { loadingInPage } from './page-loading.ts';
import { dcm2niix, loadOnce, ourLoading, plainReading, printMemory } from './loading.ts';
import { compare, timedPython } from './timing.ts';
import type { Contender, Took } from './timing.ts';

/** Writes `argv[3]` slices of 512 × 512 from the slices in a folder, 0.8 mm apart, under names that are in no order. */
const writer = `
import sys, os, random, numpy, pydicom
source, out, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
slices = [pydicom.dcmread(os.path.join(source, name)) for name in sorted(os.listdir(source))]
names = list(range(count))
random.Random(5).shuffle(names)
for k in range(count):
    d = slices[k % len(slices)]
    words = numpy.frombuffer(d.PixelData, '<u2').reshape(d.Rows, d.Columns)
    if words.shape != (512, 512):
        tiled = numpy.tile(words, (3, 3))[:512, :512]
    else:
        tiled = words
    own = pydicom.dcmread(os.path.join(source, sorted(os.listdir(source))[k % len(slices)]))
    own.PixelData, own.Rows, own.Columns = tiled.tobytes(), 512, 512
    own.SOPInstanceUID = '2.25.%d' % (10**9 + k)
    own.file_meta.MediaStorageSOPInstanceUID = own.SOPInstanceUID
    own.InstanceNumber = k + 1
    own.ImagePositionPatient = [slices[0].ImagePositionPatient[0], slices[0].ImagePositionPatient[1], format(0.8 * k, '.3f')]
    own.SliceThickness = '0.8'
    for tag in ('AcquisitionTime', 'ContentTime', 'SliceLocation'):
        if tag in own: delattr(own, tag)
    own.save_as(os.path.join(out, 'image%05d.dcm' % names[k]))`;

const pydicom = `
import sys, os, hashlib, numpy, pydicom
start = now()
slices = [pydicom.dcmread(os.path.join(sys.argv[1], f)) for f in os.listdir(sys.argv[1])]
slices.sort(key=lambda s: float(s.ImagePositionPatient[2]))
volume = numpy.empty((len(slices), 512, 512), numpy.int16)
for k, s in enumerate(slices):
    volume[k] = s.pixel_array * float(s.RescaleSlope) + float(s.RescaleIntercept)
took = since(start)
print(hashlib.sha256(volume.tobytes()).hexdigest())
print(took)`;

const vtkReader = `
import sys, hashlib, numpy, vtk
from vtk.util.numpy_support import vtk_to_numpy
start = now()
reader = vtk.vtkDICOMImageReader()
reader.SetDirectoryName(sys.argv[1])
reader.Update()
took = since(start)
image = reader.GetOutput()
columns, rows, slices = image.GetDimensions()
values = vtk_to_numpy(image.GetPointData().GetScalars()).reshape(slices, rows, columns)[:, ::-1].astype(numpy.int16)
# VTK turns rows upside down, and stacks from either end.
for order in (values[::-1], values):
    print(hashlib.sha256(numpy.ascontiguousarray(order).tobytes()).hexdigest())
print(took)`;

/** A long series, warm, beside VTK, dcm2niix and pydicom; every voxel is compared with pydicom's and VTK's. */
export async function loadingLong(slices: number, inPage = true): Promise<void> {
  if (!has('python:pydicom') || !has('python:numpy')) return;
  const real = realCt();
  const source = real === null ? join(projectRoot, 'sample-dicom/ct') : join(real, 'dicom');
  const folder = mkdtempSync(join(tmpdir(), 'remnant-bench-'));
  try {
    runPython(writer, source, folder, String(slices));
    if (readdirSync(folder).length !== slices) throw new Error(`The folder does not hold ${slices} files`);
    const { digest } = loadOnce(folder);
    const checked = (program: string, name: string) => (): Took => {
      const told = timedPython(program, folder);
      if (!told.lines.includes(digest)) throw new Error(`${name} finds other voxels than Remnant`);
      return told;
    };
    const contenders: Contender[] = [
      ...(await ourLoading(folder)),
      ...plainReading(folder),
      { name: 'pydicom + numpy', run: checked(pydicom, 'pydicom') },
    ];
    if (has('python:vtk')) contenders.push({ name: 'VTK DICOM reader', run: checked(vtkReader, 'VTK') });
    contenders.push(...dcm2niix(folder));
    await compare(`Loading ${slices} slices of 512 × 512, warm (ours includes the fingerprint)`, contenders, 3);
    printMemory(folder);
    if (inPage) await loadingInPage(folder, 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
