import { join } from 'node:path';
import { projectRoot, runPython } from './needs.ts';

const writer = `
import sys, os, copy, numpy as np, pydicom
from pydicom.uid import ExplicitVRLittleEndian
source, out = sys.argv[1:3]
slices = sorted((pydicom.dcmread(os.path.join(source, n)) for n in os.listdir(source)), key=lambda d: float(d.ImagePositionPatient[2]))
count = 0
def series(number, description, chosen, change=lambda d, k: None, pixels=None, name=''):
    global count
    folder = os.path.join(out, 'S%02d' % number)
    os.makedirs(folder, exist_ok=True)
    for k, source in enumerate(chosen):
        d = copy.deepcopy(source)
        count += 1
        d.SeriesInstanceUID, d.SOPInstanceUID = '2.25.90%02d' % number, '2.25.777%d' % count
        d.file_meta.MediaStorageSOPInstanceUID = d.SOPInstanceUID
        d.SeriesNumber, d.InstanceNumber, d.SeriesDescription = number, count, description
        for tag in ('ProtocolName', 'SliceThickness', 'ContrastBolusStartTime', 'ContrastBolusAgent'):
            if tag in d: delattr(d, tag)
        if pixels is not None:
            d.PixelData = pixels(d.pixel_array.astype(np.int32)).astype('<i2').tobytes()
        change(d, k)
        d.save_as(os.path.join(folder, '%s%04d' % (name, (k * 37) % 101)), write_like_original=False)
def tag(**values):
    def change(d, k):
        for name, value in values.items(): setattr(d, name, value(k) if callable(value) else value)
    return change
def at(x, y, z): return [str(round(float(v), 4)) for v in (x, y, z)]
thin = slices
half = slices[::2]
place = [tuple(map(float, d.ImagePositionPatient)) for d in slices]

series(1, 'Scout', slices[40:42], tag(ImageType=['ORIGINAL', 'PRIMARY', 'LOCALIZER']))
series(2, 'Abdomen 2.5', thin)
for n in (1, 2, 3):
    series(3, 'Liver dynamic', half, tag(TemporalPositionIdentifier=n, AcquisitionTime=['101500', '101535', '101800'][n - 1]), name='p%d-' % n)
for n, kind in enumerate(('FAT', 'IN', 'OUT', 'WATER')):
    def mr(d, k, kind=kind):
        d.Modality, d.SOPClassUID = 'MR', '1.2.840.10008.5.1.4.1.1.4'
        d.file_meta.MediaStorageSOPClassUID = d.SOPClassUID
        d.ImageType = ['DERIVED', 'PRIMARY', 'DIXON', kind]
        for name in ('RescaleSlope', 'RescaleIntercept', 'RescaleType', 'WindowCenter', 'WindowWidth'):
            if name in d: delattr(d, name)
        if kind == 'WATER': d.PixelRepresentation, d.RescaleSlope, d.RescaleIntercept = 1, '0.55', '165'
    def signal(stored, n=n, kind=kind):
        signal = np.clip(stored - 700 + 40 * n, 0, 900) // (1 + n % 2)
        return np.rint((signal - 165) / 0.55) if kind == 'WATER' else signal
    series(4, 'Dixon', half, mr, signal, name='d%d-' % n)
series(5, 'Uneven', slices[:40] + slices[40::2])
series(6, 'Tilted', half, lambda d, k: setattr(d, 'ImagePositionPatient', at(place[0][0], place[0][1] + 0.8 * k, place[2 * k][2])))
def turned(d, k):
    x, y, z = map(float, d.ImagePositionPatient)
    rows, step = int(d.Rows), float(d.PixelSpacing[0])
    d.ImageOrientationPatient = ['1', '0', '0', '0', '-1', '0']
    d.ImagePositionPatient = at(x, y + (rows - 1) * step, z)
    d.PixelData = d.pixel_array[::-1].tobytes()
series(7, 'Upside down, one slice short', slices[:50] + slices[51:], turned)
series(8, 'Body 7.5', slices[::3])
series(9, 'Upper half', slices[45:])
report = copy.deepcopy(slices[0])
del report.PixelData, report.Rows, report.Columns
report.Modality, report.SOPClassUID = 'SR', '1.2.840.10008.5.1.4.1.1.88.67'
report.file_meta.MediaStorageSOPClassUID = report.SOPClassUID
series(10, 'Dose report', [report])
capture = copy.deepcopy(slices[40])
grey = (capture.pixel_array >> 4).astype(np.uint8)
capture.SOPClassUID = '1.2.840.10008.5.1.4.1.1.7'
capture.file_meta.MediaStorageSOPClassUID = capture.SOPClassUID
capture.SamplesPerPixel, capture.PhotometricInterpretation, capture.PlanarConfiguration = 3, 'RGB', 0
capture.BitsAllocated, capture.BitsStored, capture.HighBit, capture.PixelRepresentation = 8, 8, 7, 0
capture.PixelData = np.stack([grey] * 3, -1).tobytes()
capture['PixelData'].VR = 'OB'
series(11, 'Screen capture', [capture])
`;

/** Writes a folder of eleven series made of the sample CT by pydicom: what a disc from elsewhere may hold, with things wrong. */
export function writeMixedFolder(folder: string): void {
  runPython(writer, join(projectRoot, 'sample-dicom', 'ct'), folder);
}
