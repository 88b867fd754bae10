import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { has, projectRoot, realCt, runPython } from '../support/needs.ts';
import { loadingInPage } from './page-loading.ts';
import { compareLoading } from './loading.ts';

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

/** A long series, warm, beside its peers, and in the page. */
export async function loadingLong(slices: number, inPage = true): Promise<void> {
  if (!has('python:pydicom') || !has('python:numpy')) return;
  const real = realCt();
  const source = real === null ? join(projectRoot, 'sample-dicom/ct') : join(real, 'dicom');
  const folder = mkdtempSync(join(tmpdir(), 'remnant-bench-'));
  try {
    runPython(writer, source, folder, String(slices));
    if (readdirSync(folder).length !== slices) throw new Error(`The folder does not hold ${slices} files`);
    await compareLoading(`${slices} slices of 512 × 512`, folder, 3);
    if (inPage) await loadingInPage(folder, 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
