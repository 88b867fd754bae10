import dicomParser from 'dicom-parser';
import type { DataSet } from 'dicom-parser';
import { failure, success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';
import { acquisitionOf, noAcquisition } from './acquisition.ts';
import type { AcquisitionFacts } from './acquisition.ts';
import { attributesOf } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { findDataSet } from './file-start.ts';
import type { FileStart } from './file-start.ts';
import type { SeriesHeader } from './series.ts';
import { seriesHeaderOf } from './series-header.ts';
import type { TransferSyntax } from './transfer-syntax.ts';

/** How many bytes of a file are enough for nearly every header. */
export const headerPrefixBytes = 65_536;

/** How stored pixels are coded. */
export interface PixelFormat {
  readonly samplesPerPixel: number;
  readonly photometric: string;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly frames: number;
}

/** What one file says of its slice. Null where a tag is absent, empty or malformed. */
export interface SliceHeader {
  /** The file's name or id, as the caller gave it. */
  readonly name: string;
  readonly series: SeriesHeader;
  readonly syntax: TransferSyntax;
  readonly sopClassUid: string | null;
  readonly sopInstanceUid: string | null;
  readonly imageType: readonly string[];
  readonly columns: number;
  readonly rows: number;
  /** ImagePositionPatient: centre of the first pixel, LPS, mm. */
  readonly position: readonly [number, number, number] | null;
  /** ImageOrientationPatient: direction of rising column index, then of rising row index. */
  readonly orientation: readonly [number, number, number, number, number, number] | null;
  /** PixelSpacing as the file has it: distance between rows, then between columns, mm. */
  readonly pixelSpacing: readonly [number, number] | null;
  /** Only for messages: it is measured at the detector, and never stands in for PixelSpacing. */
  readonly hasImagerPixelSpacing: boolean;
  /** Only for a remark: never a spacing. */
  readonly sliceThickness: number | null;
  readonly gantryTilt: number | null;
  /** What tells the volumes of one series apart. */
  readonly acquisition: AcquisitionFacts;
  readonly rescale: { readonly slope: number; readonly intercept: number; readonly type: string | null } | null;
  readonly format: PixelFormat;
  /** Where the pixels lie in the file, bytes; length is what the element declares (4294967295 = encapsulated). */
  readonly pixels: { readonly offset: number; readonly length: number };
  /** Bytes of the whole file, when the caller knows. */
  readonly fileSize: number | null;
}

/** Classes without pixels or with pixels that are no slice of a patient: their header is not worth reading. */
const notImages = ['1.2.840.10008.1.3.10', '1.2.840.10008.5.1.4.1.1.88.', '1.2.840.10008.5.1.4.1.1.104.'].concat([
  '1.2.840.10008.5.1.4.1.1.11.',
  '1.2.840.10008.5.1.4.1.1.481.3',
  '1.2.840.10008.5.1.4.1.1.481.5',
  '1.2.840.10008.5.1.4.1.1.9.',
]);

const pixelData = 'x7fe00010';

/**
 * Reads the header of a file up to its pixels. `bytes` may be only the beginning (`headerPrefixBytes`); give the size of the whole file
 * then, so that a truncated one is found. Failures: `not_dicom`, `not_an_image`, `unreadable` (skip and count them) and
 * `header_incomplete` (the header is longer than these bytes: call again with the whole file).
 */
export function readHeader(name: string, bytes: Uint8Array, fileSize: number | null = null): Outcome<SliceHeader> {
  const start = findDataSet(bytes);
  if (start === null) return failure('not_dicom', `${name} is not a DICOM file.`);
  const sopClass = start.mediaStorageSopClass;
  if (sopClass !== null && notImages.some((prefix) => `${sopClass}.`.startsWith(prefix))) {
    return failure('not_an_image', `${name} is a DICOM object without an image.`);
  }
  if (start.syntax.header === 'unknown') return success(unparsedHeader(name, start, fileSize));
  const whole = fileSize === null || bytes.length >= fileSize;
  const { dataSet, complete } = parseUntilPixels(bytes, start);
  if (dataSet.elements[pixelData] === undefined) {
    if (!complete || !whole) {
      return whole && fileSize !== null
        ? failure('unreadable', `${name} ends in the middle of its header.`)
        : failure(
            'header_incomplete',
            `The header of ${name} is longer than the ${bytes.length} bytes that were read.`,
          );
    }
    return failure('not_an_image', `${name} is a DICOM object without an image.`);
  }
  try {
    return headerOf(name, dataSet, start, fileSize);
  } catch (reason) {
    return failure('unreadable', `The header of ${name} can not be read (${String(reason)}).`);
  }
}

function parseUntilPixels(bytes: Uint8Array, start: FileStart): { dataSet: DataSet; complete: boolean } {
  const body = bytes.subarray(start.dataSet);
  try {
    // The meta information is already read: with the syntax given, the parser takes the rest as it is.
    const dataSet = dicomParser.parseDicom(body, { TransferSyntaxUID: start.syntax.uid, untilTag: pixelData });
    // The parser steps over values without looking whether they are there (its own entry for the syntax has no place).
    const cut = Object.values(dataSet.elements).some((element) => element.dataOffset + element.length > body.length);
    return { dataSet, complete: !cut };
  } catch {
    // An element ran over the end, or the file is broken: either way the pixels were not reached.
    return { dataSet: { elements: {} } as DataSet, complete: false };
  }
}

function headerOf(name: string, dataSet: DataSet, start: FileStart, fileSize: number | null): Outcome<SliceHeader> {
  const attributes = attributesOf(dataSet);
  const seriesInstanceUid = attributes.code('x0020000e');
  const columns = attributes.uint16('x00280011');
  const rows = attributes.uint16('x00280010');
  const element = dataSet.elements[pixelData];
  if (seriesInstanceUid === null || !/^[0-9.]+$/.test(seriesInstanceUid)) {
    return failure('unreadable', `${name} does not say which series it belongs to.`);
  }
  if (element === undefined || columns === null || rows === null || columns === 0 || rows === 0) {
    return failure('not_an_image', `${name} is a DICOM object without an image.`);
  }
  const slope = attributes.number('x00281053');
  const intercept = attributes.number('x00281052');
  return success({
    name,
    series: seriesHeaderOf(attributes, seriesInstanceUid),
    syntax: start.syntax,
    sopClassUid: attributes.code('x00080016') ?? start.mediaStorageSopClass,
    sopInstanceUid: attributes.code('x00080018'),
    imageType: attributes.codes('x00080008'),
    columns,
    rows,
    position: triple(attributes.numbers('x00200032', 3)),
    orientation: six(attributes.numbers('x00200037', 6)),
    pixelSpacing: positivePair(attributes.numbers('x00280030', 2)),
    hasImagerPixelSpacing: attributes.has('x00181164'),
    sliceThickness: attributes.number('x00180050'),
    gantryTilt: attributes.number('x00181120'),
    acquisition: acquisitionOf(attributes, dataSet),
    rescale:
      slope === null || intercept === null || slope === 0
        ? null
        : { slope, intercept, type: attributes.code('x00281054') },
    format: formatOf(attributes),
    pixels: { offset: start.dataSet + element.dataOffset, length: element.length },
    fileSize,
  });
}

function formatOf(attributes: Attributes): PixelFormat {
  const bitsAllocated = attributes.uint16('x00280100') ?? 0;
  const bitsStored = attributes.uint16('x00280101') ?? bitsAllocated;
  return {
    samplesPerPixel: attributes.uint16('x00280002') ?? 1,
    photometric: attributes.code('x00280004') ?? 'MONOCHROME2',
    bitsAllocated,
    bitsStored,
    highBit: attributes.uint16('x00280102') ?? bitsStored - 1,
    signed: attributes.uint16('x00280103') === 1,
    frames: attributes.number('x00280008') ?? 1,
  };
}

function triple(values: readonly number[] | null): SliceHeader['position'] {
  return values?.length === 3 ? [values[0]!, values[1]!, values[2]!] : null;
}

function six(values: readonly number[] | null): SliceHeader['orientation'] {
  if (values?.length !== 6) return null;
  return [values[0]!, values[1]!, values[2]!, values[3]!, values[4]!, values[5]!];
}

function positivePair(values: readonly number[] | null): SliceHeader['pixelSpacing'] {
  if (values?.length !== 2 || !values.every((value) => value > 0)) return null;
  return [values[0]!, values[1]!];
}

/** A file whose coding is unknown still counts, so that its refusal is seen; its series can not be named. */
function unparsedHeader(name: string, start: FileStart, fileSize: number | null): SliceHeader {
  const nothing = attributesOf({
    elements: {},
    string: () => undefined,
    uint16: () => undefined,
  } as unknown as DataSet);
  return {
    name,
    series: seriesHeaderOf(nothing, `unknown:${start.syntax.uid}`),
    syntax: start.syntax,
    sopClassUid: start.mediaStorageSopClass,
    sopInstanceUid: null,
    imageType: [],
    columns: 0,
    rows: 0,
    position: null,
    orientation: null,
    pixelSpacing: null,
    hasImagerPixelSpacing: false,
    sliceThickness: null,
    gantryTilt: null,
    acquisition: noAcquisition,
    rescale: null,
    format: formatOf(nothing),
    pixels: { offset: 0, length: 0 },
    fileSize,
  };
}
