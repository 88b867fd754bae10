import { runPython } from './needs.ts';

/** What an enhanced multi-frame object is to be; pydicom writes it. */
export interface EnhancedOptions {
  readonly modality?: 'CT' | 'MR';
  /** The end of the class below 1.2.840.10008.5.1.4.1.1: 2.1 enhanced CT, 2.2 legacy converted CT, 4.1 enhanced MR, 4.4 legacy MR. */
  readonly sopClass?: string;
  /** Order in which the frames, counted along the normal, stand in the file. */
  readonly order: readonly number[];
  readonly size: readonly [columns: number, rows: number];
  /** Between columns, rows, slices (mm). */
  readonly spacing: readonly [number, number, number];
  readonly origin: readonly [number, number, number];
  readonly orientation: readonly number[];
  /** Which functional groups are shared. */
  readonly shared?: readonly ('orientation' | 'measures' | 'rescale')[];
  /** Slope and intercept of a frame (in the order along the normal); none = left out. */
  readonly rescale?: readonly (readonly [number, number])[];
  readonly signed?: boolean;
  /** Places along the normal, when each of them has several frames: frame number `places · phase + place` in `order`. */
  readonly places?: number;
  /** What alone tells the frames of one place apart. */
  readonly told?:
    | 'stack'
    | 'acquired'
    | 'referred'
    | 'offset'
    | 'trigger'
    | 'inversion'
    | 'component'
    | 'gradient'
    | 'dimension'
    | 'private dimension';
  /** How far the places of each further phase lie above those before it, mm. */
  readonly phaseShift?: number;
  /** How many frames each of several files holds (`path.0`, `path.1`, …), when the object is to be a concatenation of them. */
  readonly framesPerFile?: number;
  /** Frames described, when they are to be fewer than there are. */
  readonly described?: number;
}

const writer = `
import sys, json, numpy as np, pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
path, o = sys.argv[1], json.loads(sys.argv[2])
def ds(text): return [format(float(v), '.12g')[:16] for v in text]
def group(**values):
    d = Dataset()
    for k, v in values.items(): setattr(d, k, v)
    return Sequence([d])
columns, rows = o['size']
count = len(o['order'])
modality = o.get('modality', 'CT')
a, b = np.array(o['orientation'][:3]), np.array(o['orientation'][3:])
normal = np.cross(a, b)
random = np.random.default_rng(7)
low, high = (-1000, 3000) if o.get('signed') else (0, 4000)
stack = random.integers(low, high, (max(o['order']) + 1, rows, columns)).astype('<i2' if o.get('signed') else '<u2')
shared = set(o.get('shared', ['orientation', 'measures']))
rescale = o.get('rescale')
f = pydicom.Dataset()
f.file_meta = FileMetaDataset()
f.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
f.is_little_endian, f.is_implicit_VR = True, False
f.SOPClassUID = '1.2.840.10008.5.1.4.1.1.' + o.get('sopClass', '2.1')
f.SOPInstanceUID = '2.25.4711'
f.file_meta.MediaStorageSOPClassUID, f.file_meta.MediaStorageSOPInstanceUID = f.SOPClassUID, f.SOPInstanceUID
f.Modality, f.ImageType = modality, ['ORIGINAL', 'PRIMARY', 'VOLUME', 'NONE']
f.PatientName, f.PatientID = 'Enhanced^Frames', 'P-7'
f.StudyInstanceUID, f.SeriesInstanceUID, f.FrameOfReferenceUID = '2.25.1', '2.25.2', '2.25.3'
f.SeriesNumber, f.InstanceNumber = 4, 1
f.Rows, f.Columns, f.NumberOfFrames = rows, columns, count
f.SamplesPerPixel, f.PhotometricInterpretation = 1, 'MONOCHROME2'
f.BitsAllocated, f.BitsStored, f.HighBit, f.PixelRepresentation = 16, 16, 15, 1 if o.get('signed') else 0
def macros(d, k, which):
    if 'orientation' in which: d.PlaneOrientationSequence = group(ImageOrientationPatient=ds(o['orientation']))
    if 'measures' in which: d.PixelMeasuresSequence = group(PixelSpacing=ds([o['spacing'][1], o['spacing'][0]]), SliceThickness=ds([o['spacing'][2]])[0])
    if 'rescale' in which and rescale:
        d.PixelValueTransformationSequence = group(RescaleSlope=ds([rescale[k][0]])[0], RescaleIntercept=ds([rescale[k][1]])[0], RescaleType='HU' if modality == 'CT' else 'US')
every = {'orientation', 'measures', 'rescale'}
common = Dataset()
macros(common, 0, shared)
f.SharedFunctionalGroupsSequence = Sequence([common])
if 'dimension' in o.get('told', ''):
    f.DimensionIndexSequence = Sequence([Dataset() for _ in range(4)])
    pointers = [0x00209056, 0x00209057, 0x00209128 if o['told'] == 'dimension' else 0x00331011, 0x00331012]
    for item, pointer in zip(f.DimensionIndexSequence, pointers): item.DimensionIndexPointer = pointer
    if o['told'] == 'dimension': f.DimensionIndexSequence[2].DimensionDescriptionLabel = 'Contrast phase'
frames = []
for number, k in enumerate(o['order'][:o.get('described', count)]):
    d = Dataset()
    phase, at = divmod(int(k), o.get('places', 10**6))
    place = np.array(o['origin']) + (at * o['spacing'][2] + phase * o.get('phaseShift', 0)) * normal
    d.PlanePositionSequence = group(ImagePositionPatient=ds(place))
    d.FrameContentSequence = group(StackID='1', InStackPositionNumber=at + 1, DimensionIndexValues=[1, at + 1], FrameAcquisitionNumber=1)
    content, told = d.FrameContentSequence[0], o.get('told')
    if told == 'stack': content.StackID = str(phase + 1)
    if told == 'acquired': content.FrameAcquisitionDateTime = '202402291015%05.2f' % (20 * phase + 0.5 * at)
    if told == 'referred': content.FrameReferenceDateTime = '202402291015%02d' % (20 * phase)
    if told == 'offset': d.TemporalPositionSequence = group(TemporalPositionTimeOffset=20.5 * phase)
    if told == 'trigger': d.CardiacSynchronizationSequence = group(NominalCardiacTriggerDelayTime=110.5 * phase)
    if told == 'inversion': d.MRModifierSequence = group(InversionTimes=100.5 + 200 * phase)
    # Some writers count frames in a dimension of its own.
    if 'dimension' in (told or ''): content.DimensionIndexValues = [1, at + 1, 3 + phase, number + 1]
    if told == 'gradient':
        direction = group(DiffusionGradientOrientation=[float(axis == phase) for axis in range(3)])
        d.MRDiffusionSequence = group(DiffusionBValue=800.0, DiffusionDirectionality='DIRECTIONAL', DiffusionGradientDirectionSequence=direction)
    kind = group(FrameType=['ORIGINAL', 'PRIMARY', 'VOLUME', 'NONE'])
    if modality == 'CT': d.CTImageFrameTypeSequence = kind
    else: d.MRImageFrameTypeSequence = kind
    if told == 'component': kind[0].ComplexImageComponent = ['MAGNITUDE', 'PHASE'][phase]
    macros(d, k, every - shared)
    frames.append(d)
f.PerFrameFunctionalGroupsSequence = Sequence(frames)
f.PixelData = np.stack([stack[k] for k in o['order']]).tobytes()
f['PixelData'].VR = 'OW'
f.save_as(path, write_like_original=False)
step = o.get('framesPerFile', 0)
for part in range(-(-count // step) if step else 0):
    of_part = slice(part * step, (part + 1) * step)
    f.ConcatenationUID, f.InConcatenationNumber, f.InstanceNumber = '2.25.8', part + 1, part + 1
    f.SOPInstanceUID = f.file_meta.MediaStorageSOPInstanceUID = '2.25.4711.' + str(part)
    f.PerFrameFunctionalGroupsSequence = Sequence(frames[of_part])
    f.NumberOfFrames = len(frames[of_part])
    f.PixelData = np.stack([stack[k] for k in o['order'][of_part]]).tobytes()
    f.save_as(path + '.' + str(part), write_like_original=False)
values = [stack[k].astype(float) * (rescale[k][0] if rescale else 1) + (rescale[k][1] if rescale else 0) for k in range(len(stack))]
print(json.dumps(np.floor(np.stack(values) + 0.5).astype(int).ravel().tolist()))
`;

/** Writes the object to `path`; returns the rescaled values of the volume, column by column, row by row, slice by slice. */
export function writeEnhanced(path: string, options: EnhancedOptions): readonly number[] {
  return JSON.parse(runPython(writer, path, JSON.stringify(options))) as readonly number[];
}

const refragmenter = `
import sys, pydicom
from pydicom.encaps import generate_pixel_data_frame, encapsulate, encapsulate_extended
path, out, how, fragments = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
d = pydicom.dcmread(path)
frames = list(generate_pixel_data_frame(d.PixelData, int(d.NumberOfFrames)))
if how == 'extended':
    d.PixelData, d.ExtendedOffsetTable, d.ExtendedOffsetTableLengths = encapsulate_extended(frames)
else:
    d.PixelData = encapsulate(frames, fragments_per_frame=fragments, has_bot=how == 'basic')
d['PixelData'].VR, d['PixelData'].is_undefined_length = 'OB', True
d.save_as(out)
`;

/** Puts the compressed frames of a file into other fragments: with a basic offset table, with an extended one, or with none. */
export function refragment(from: string, to: string, how: 'basic' | 'extended' | 'none', fragments: number): void {
  runPython(refragmenter, from, to, how, String(fragments));
}
