import dicomParser from 'dicom-parser';
import type { DataSet } from 'dicom-parser';
import { failure, success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';
import { acquisitionOf, noAcquisition } from './acquisition.ts';
import { attributesOf } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { withKnownLengths } from './element-lengths.ts';
import { findDataSet, inflatedFile } from './file-start.ts';
import type { FileStart } from './file-start.ts';
import { dimensionNames, frameAcquisition, frameGroups } from './functional-groups.ts';
import { ownFactsOf, positionOf } from './own-facts.ts';
import type { OwnFacts } from './own-facts.ts';
import { pixelData, pixelLocator } from './pixel-location.ts';
import type { PixelLocation } from './pixel-location.ts';
import type { SeriesHeader } from './series.ts';
import { seriesHeaderOf } from './series-header.ts';
import { explicitLittleEndian, transferSyntaxOf } from './transfer-syntax.ts';
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
  /** Frames in the file. */
  readonly frames: number;
  /** PixelPaddingValue, a stored value outside of the scanned circle. */
  readonly padding: number | null;
}

/** What a file says of one slice. Null where a tag is absent, empty or malformed. */
export interface SliceHeader extends OwnFacts {
  /** The slice's name for messages, unique: that of its file and, in a multi-frame object, its frame. */
  readonly name: string;
  /** The file's name or id, as the caller gave it. */
  readonly file: string;
  /** Which frame of its file the slice is, from 0; null where a file is one slice (or its frames have no place of their own). */
  readonly frame: number | null;
  readonly series: SeriesHeader;
  readonly syntax: TransferSyntax;
  readonly sopClassUid: string | null;
  readonly imageType: readonly string[];
  readonly columns: number;
  readonly rows: number;
  /** ImageOrientationPatient: direction of rising column index, then of rising row index. */
  readonly orientation: readonly [number, number, number, number, number, number] | null;
  /** PixelSpacing as the file has it: distance between rows, then between columns, mm. */
  readonly pixelSpacing: readonly [number, number] | null;
  /** Whether a table of values (Modality LUT) stands in the place of slope and intercept; it is not applied. */
  readonly hasValueTable: boolean;
  /** Only for messages: it is measured at the detector, and never stands in for PixelSpacing. */
  readonly hasImagerPixelSpacing: boolean;
  /** Only for a remark: never a spacing. */
  readonly sliceThickness: number | null;
  readonly gantryTilt: number | null;
  readonly rescale: { readonly slope: number; readonly intercept: number; readonly type: string | null } | null;
  readonly format: PixelFormat;
  /** Whether the pixels were ever compressed with loss: what the file and its transfer syntax say. */
  readonly loss: TransferSyntax['loss'];
  readonly pixels: PixelLocation;
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

/** Where pixels lie that are no whole numbers in the file. */
const otherPixels = [
  { tag: 'x7fe00008', kind: 'floating-point numbers, which are not read' },
  { tag: 'x7fe00009', kind: 'floating-point numbers, which are not read' },
  { tag: 'x00287fe0', kind: 'a link to another place, which is not followed' },
] as const;

/** The first slice of a file; for files that are one slice. See `readHeaders`. */
export function readHeader(name: string, bytes: Uint8Array, fileSize: number | null = null): Outcome<SliceHeader> {
  const headers = readHeaders(name, bytes, fileSize);
  return headers.ok ? success(headers.value[0]!) : headers;
}

/** Told of each file that is parsed; the data set it gives is read for all that is no fact of a slice's own (`OwnFacts`). */
export type HeaderWatch = (start: FileStart, dataSet: DataSet) => DataSet;

const unwatched: HeaderWatch = (_, dataSet) => dataSet;

/**
 * Reads the header of a file up to its pixels: its one slice, or every frame of an enhanced object as a slice of its own. `bytes` may be
 * only the beginning (`headerPrefixBytes`); give the size of the whole file then, so that a truncated one is found. Failures:
 * `not_dicom`, `not_an_image`, `unreadable` (skip and count them) and `header_incomplete` (the header is longer than these bytes, or
 * deflated: call again with the whole file).
 */
export function readHeaders(
  name: string,
  bytes: Uint8Array,
  fileSize: number | null = null,
  watch: HeaderWatch = unwatched,
): Outcome<readonly SliceHeader[]> {
  const start = findDataSet(bytes);
  if (start === null) return failure('not_dicom', `${name} is not a DICOM file.`);
  const sopClass = start.mediaStorageSopClass;
  if (sopClass !== null && notImages.some((prefix) => `${sopClass}.`.startsWith(prefix))) {
    return failure('not_an_image', `${name} is a DICOM object without an image.`);
  }
  if (start.syntax.header === 'unknown') return success([unparsedHeader(name, start, fileSize)]);
  const whole = fileSize === null || bytes.length >= fileSize;
  if (!start.syntax.deflated) return headersOf(name, bytes, start, fileSize, whole, watch);
  if (!whole) return failure('header_incomplete', `${name} is deflated: all of it is needed.`);
  const inflated = inflatedFile(bytes, start);
  return headersOf(name, inflated, start, inflated.length, true, watch);
}

function headersOf(
  name: string,
  bytes: Uint8Array,
  start: FileStart,
  fileSize: number | null,
  whole: boolean,
  watch: HeaderWatch,
): Outcome<readonly SliceHeader[]> {
  const { dataSet, complete } = parseUntilPixels(bytes, start);
  if (dataSet.elements[pixelData] === undefined) {
    if (!complete || !whole) {
      return whole && fileSize !== null
        ? failure(
            'unreadable',
            `${name} ends in the middle of its header, or is not coded as it says (${start.syntax.name}).`,
          )
        : failure(
            'header_incomplete',
            `The header of ${name} is longer than the ${bytes.length} bytes that were read.`,
          );
    }
    const numbers = otherPixels.find(({ tag }) => dataSet.elements[tag] !== undefined);
    return numbers === undefined
      ? failure('not_an_image', `${name} is a DICOM object without an image.`)
      : failure('unreadable', `${name} stores its pixels as ${numbers.kind}.`);
  }
  try {
    return slicesOf(name, bytes, dataSet, watch(start, dataSet), start, fileSize);
  } catch (reason) {
    return failure('unreadable', `The header of ${name} can not be read (${String(reason)}).`);
  }
}

function parseUntilPixels(bytes: Uint8Array, start: FileStart): { dataSet: DataSet; complete: boolean } {
  return parsed(withKnownLengths(bytes.subarray(start.dataSet), start.syntax.header), start.syntax.uid, pixelData);
}

function parsed(body: Uint8Array, uid: string, untilTag: string): { dataSet: DataSet; complete: boolean } {
  // The data set is inflated already: what is left of a deflated one is plain explicit little endian.
  const syntax = transferSyntaxOf(uid).deflated ? explicitLittleEndian : uid;
  try {
    // The meta information is already read: with the syntax given, the parser takes the rest as it is.
    const dataSet = dicomParser.parseDicom(body, { TransferSyntaxUID: syntax, untilTag });
    // The parser steps over values without looking whether they are there (its own entry for the syntax has no place).
    const cut = Object.values(dataSet.elements).some(
      (element) => element.tag !== untilTag && element.dataOffset + element.length > body.length,
    );
    return { dataSet, complete: !cut };
  } catch {
    // An element ran over the end, or the file is broken: either way the pixels were not reached.
    return { dataSet: { elements: {} } as DataSet, complete: false };
  }
}

function slicesOf(
  name: string,
  bytes: Uint8Array,
  own: DataSet,
  dataSet: DataSet,
  start: FileStart,
  fileSize: number | null,
): Outcome<readonly SliceHeader[]> {
  const top = attributesOf(dataSet);
  const seriesInstanceUid = top.code('x0020000e');
  const columns = top.uint16('x00280011');
  const rows = top.uint16('x00280010');
  const element = dataSet.elements[pixelData];
  if (seriesInstanceUid === null || !/^[0-9.]+$/.test(seriesInstanceUid)) {
    return failure('unreadable', `${name} does not say which series it belongs to.`);
  }
  if (element === undefined || columns === null || rows === null || columns === 0 || rows === 0) {
    return failure('not_an_image', `${name} is a DICOM object without an image.`);
  }
  const format = formatOf(top);
  const groups = frameGroups(dataSet, format.frames);
  if (groups?.length === 0) {
    return failure('unreadable', `${name} does not describe each of its ${format.frames} frames.`);
  }
  const nearest = groups?.[0] ?? [];
  const dimensions = groups === null ? [] : dimensionNames(dataSet);
  const common = {
    file: name,
    series: seriesHeaderOf(attributesOf(dataSet, nearest), seriesInstanceUid),
    syntax: start.syntax,
    sopClassUid: top.code('x00080016') ?? start.mediaStorageSopClass,
    columns,
    rows,
    hasImagerPixelSpacing: top.has('x00181164'),
    format,
    loss: top.code('x00282110') === '01' ? 'certain' : start.syntax.loss,
    fileSize,
  } as const;
  const locate = pixelLocator(bytes, dataSet, start, columns * rows * (format.bitsAllocated / 8));
  const slice = (attributes: Attributes, frame: number | null): SliceHeader => {
    const slope = attributes.number('x00281053');
    const intercept = attributes.number('x00281052');
    return {
      ...common,
      ...(frame === null ? ownFactsOf(attributesOf(own), own) : frameFactsOf(top, attributes, dataSet, dimensions)),
      name: frame === null ? name : `${name}, frame ${frame + 1}`,
      frame,
      imageType: attributes.codes(attributes.has('x00089007') ? 'x00089007' : 'x00080008'),
      orientation: six(attributes.numbers('x00200037', 6)),
      pixelSpacing: plausiblePair(attributes.numbers('x00280030', 2)),
      sliceThickness: attributes.number('x00180050'),
      hasValueTable: attributes.has('x00283000'),
      gantryTilt: attributes.number('x00181120'),
      rescale:
        slope === null || intercept === null || slope === 0
          ? null
          : { slope, intercept, type: attributes.code('x00281054') },
      pixels: locate(frame),
    };
  };
  return success(
    groups === null ? [slice(top, null)] : groups.map((nearer, frame) => slice(attributesOf(dataSet, nearer), frame)),
  );
}

/** A frame is told from the others of its object by its groups; the object's own name and number are those of all of its frames. */
function frameFactsOf(top: Attributes, frame: Attributes, dataSet: DataSet, dimensions: readonly string[]): OwnFacts {
  return {
    sopInstanceUid: top.code('x00080018'),
    instanceNumber: top.number('x00200013'),
    position: positionOf(frame),
    acquisition: frameAcquisition(frame, acquisitionOf(frame, dataSet), dimensions),
  };
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
    frames: Math.max(1, attributes.number('x00280008') ?? 1),
    padding: paddingOf(attributes),
  };
}

/** PixelPaddingValue is US or SS like the pixels; outside of the stored bits it means nothing. */
function paddingOf(attributes: Attributes): number | null {
  const word = attributes.uint16('x00280120');
  if (word === null) return null;
  return attributes.uint16('x00280103') === 1 ? (word << 16) >> 16 : word;
}

function six(values: readonly number[] | null): SliceHeader['orientation'] {
  if (values?.length !== 6) return null;
  return [values[0]!, values[1]!, values[2]!, values[3]!, values[4]!, values[5]!];
}

/** Between these lie the pixels of every CT and MR (mm); a spacing in metres does not, nor one that was never measured. */
const pixelSizes = [0.01, 30] as const;

function plausiblePair(values: readonly number[] | null): SliceHeader['pixelSpacing'] {
  if (values?.length !== 2 || !values.every((value) => value >= pixelSizes[0] && value <= pixelSizes[1])) return null;
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
    file: name,
    frame: null,
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
    instanceNumber: null,
    hasValueTable: false,
    hasImagerPixelSpacing: false,
    sliceThickness: null,
    gantryTilt: null,
    acquisition: noAcquisition,
    rescale: null,
    format: formatOf(nothing),
    loss: start.syntax.loss,
    pixels: { offset: 0, length: 0, elementAt: 0, swapped: false, extendedOffsets: null },
    fileSize,
  };
}
