import dcmjs from 'dcmjs';
import { columns, firstX, firstY, lowestZ, pixel, rows, sliceStep, slices } from './frame.ts';

const studyUid = '2.25.314159265358979323846264338327950288';
const frameUid = '2.25.314159265358979323846264338327950290';
const implementationUid = '2.25.314159265358979323846264338327950291';
/** UID of the series. */
export const seriesUid = '2.25.314159265358979323846264338327950289';

/** The images' UIDs follow on this number. */
const firstInstanceUid = 314159265358979323846264338327951289n;

const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';
const explicitLittleEndian = '1.2.840.10008.1.2.1';
const intercept = -1024;

/** Height of slice `k`, counted from the lowest, mm. */
export function heightOf(k: number): number {
  return lowestZ + k * sliceStep;
}

/** InstanceNumber of slice `k` counted from the lowest: scanners count from the head down, so it runs against z. */
export function instanceNumber(k: number): number {
  return slices - k;
}

/** The slice `k` as a DICOM file: CT Image Storage, explicit little endian, 12 bits in 16. */
export function writeSlice(hounsfield: Int16Array, k: number): Uint8Array {
  const stored = Uint16Array.from(hounsfield, (value) => Math.min(4095, Math.max(0, value - intercept)));
  const sopUid = `2.25.${String(firstInstanceUid + BigInt(instanceNumber(k)))}`;
  const meta = {
    FileMetaInformationVersion: { vr: 'OB', Value: [new Uint8Array([0, 1]).buffer] },
    MediaStorageSOPClassUID: ctImageStorage,
    MediaStorageSOPInstanceUID: sopUid,
    TransferSyntaxUID: explicitLittleEndian,
    ImplementationClassUID: implementationUid,
    ImplementationVersionName: 'REMNANT_SAMPLE',
  };
  const z = heightOf(k);
  const dataset = {
    _vrMap: { PixelData: 'OW' },
    SpecificCharacterSet: 'ISO_IR 100',
    ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    SOPClassUID: ctImageStorage,
    SOPInstanceUID: sopUid,
    StudyDate: '20240515',
    SeriesDate: '20240515',
    AcquisitionDate: '20240515',
    ContentDate: '20240515',
    StudyTime: '101500',
    SeriesTime: '102130',
    AcquisitionTime: '102210',
    ContentTime: '102245',
    AccessionNumber: 'SAMPLE1',
    Modality: 'CT',
    Manufacturer: 'Remnant sample',
    InstitutionName: 'Synthetic image, no patient',
    ReferringPhysicianName: '',
    StudyDescription: 'CT abdomen with contrast (synthetic)',
    SeriesDescription: 'Portal venous 2.5 mm (synthetic)',
    ManufacturerModelName: 'Phantom of known volumes',
    PatientName: 'Sample^Liver',
    PatientID: 'REMNANT-SAMPLE',
    PatientBirthDate: '19610402',
    PatientSex: 'F',
    PatientAge: '063Y',
    PatientSize: '1.72',
    PatientWeight: '74',
    ContrastBolusAgent: 'Iodinated contrast (simulated)',
    ContrastBolusRoute: 'IV',
    BodyPartExamined: 'ABDOMEN',
    ScanOptions: 'HELICAL MODE',
    SliceThickness: String(sliceStep),
    KVP: '120',
    DataCollectionDiameter: '500',
    SoftwareVersions: '1',
    ProtocolName: 'Liver portal venous',
    ReconstructionDiameter: String(columns * pixel),
    GantryDetectorTilt: '0',
    TableHeight: '150',
    RotationDirection: 'CW',
    ExposureTime: '500',
    XRayTubeCurrent: '260',
    Exposure: '130',
    FilterType: 'BODY',
    ConvolutionKernel: 'STANDARD',
    PatientPosition: 'HFS',
    StudyInstanceUID: studyUid,
    SeriesInstanceUID: seriesUid,
    StudyID: '1',
    SeriesNumber: '3',
    AcquisitionNumber: '1',
    InstanceNumber: String(instanceNumber(k)),
    ImagePositionPatient: [firstX, firstY, z].map(String),
    ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
    FrameOfReferenceUID: frameUid,
    PositionReferenceIndicator: '',
    SliceLocation: String(z),
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: rows,
    Columns: columns,
    PixelSpacing: [String(pixel), String(pixel)],
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    WindowCenter: '60',
    WindowWidth: '400',
    RescaleIntercept: String(intercept),
    RescaleSlope: '1',
    RescaleType: 'HU',
    PixelData: stored.buffer,
  };
  const { DicomMetaDictionary, DicomDict } = dcmjs.data;
  const { FileMetaInformationVersion, ...plainMeta } = meta;
  const file = new DicomDict({
    '00020001': FileMetaInformationVersion,
    ...DicomMetaDictionary.denaturalizeDataset(plainMeta),
  });
  file.dict = DicomMetaDictionary.denaturalizeDataset(dataset);
  return new Uint8Array(file.write());
}
