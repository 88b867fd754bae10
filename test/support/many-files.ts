import { join } from 'node:path';
import { projectRoot, runPython } from './needs.ts';

/** What a folder of many files holds. */
export interface ManyFiles {
  readonly series: number;
  readonly slicesEach: number;
  /** Files that are no slices: texts, pictures, empty files, and beginnings of slices. */
  readonly junk: number;
}

const writer = `
import io, os, random, sys
import pydicom
source, out = sys.argv[1:3]
series, each, junk = map(int, sys.argv[3:])
slice = pydicom.dcmread(source)
# A slice is cut to a corner: what thousands of files cost is to be found and told apart.
pixels = slice.pixel_array[100:116, 100:116].copy()
slice.Rows, slice.Columns = 16, 16
for name in ('ProtocolName', 'SliceThickness', 'SliceLocation', 'ContrastBolusAgent', 'ContrastBolusStartTime'):
    if name in slice: delattr(slice, name)
x, y, _ = slice.ImagePositionPatient
names = ['%05d' % n for n in range(series * each)]
random.Random(7).shuffle(names)
def path(name):
    folder = os.path.join(out, 'DISC', name[:3])
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, name)
def written():
    held = io.BytesIO()
    slice.save_as(held)
    return held.getvalue()
for s in range(series):
    slice.SeriesInstanceUID, slice.SeriesNumber = '2.25.31%03d' % s, s + 1
    slice.SeriesDescription = 'Stack %d' % (s + 1)
    step = 1 + 0.25 * (s % 5)
    for k in range(each):
        name = names.pop()
        slice.SOPInstanceUID = slice.file_meta.MediaStorageSOPInstanceUID = '2.25.32%s' % name
        slice.InstanceNumber = each - k
        # Its first two voxels tell which it is.
        pixels[0, :2] = 1000 + s, 1000 + k
        slice.PixelData = pixels.tobytes()
        slice.ImagePositionPatient = [x, y, '%.2f' % (step * k - 300)]
        with open(path(name), 'wb') as file: file.write(written())
whole = written()
for n in range(junk):
    what = [b'viewer settings', b'\\x89PNG\\r\\n\\x1a\\n' + bytes(range(256)) * 3, b'', whole[:200 + n]][n % 4]
    with open(path('%05d.tmp' % (n * 37 % 3000)), 'wb') as file: file.write(what)
`;

/** Writes thousands of small files in nested folders under names that say nothing: series 1 mm to 2 mm apart made of one sample slice. Needs pydicom and NumPy. */
export function writeManyFiles(folder: string, { series, slicesEach, junk }: ManyFiles): void {
  const source = join(projectRoot, 'sample-dicom', 'ct', '043.dcm');
  runPython(writer, source, folder, String(series), String(slicesEach), String(junk));
}
