/** Writes small DICOM files by hand, so that a test can make exactly the good or bad slice it needs. pydicom reads what this writes. */

/** A value of an element: text, numbers (DS and IS as text, US, SS, UL, FD as binary), bytes, or the items of a sequence. */
export type ElementValue = string | number | readonly number[] | Uint8Array | readonly (readonly DicomElement[])[];

/** One element of a data set; a `null` value leaves it out. */
export interface DicomElement {
  /** Eight hexadecimal digits, group then element. */
  readonly tag: string;
  readonly vr: string;
  readonly value: ElementValue | null;
}

/** What a slice is to be; everything has a valid value unless given. `null` leaves the element out. */
export interface SliceOptions {
  readonly columns?: number;
  readonly rows?: number;
  /** Stored words, row by row; zeros when not given. May be shorter than the slice for a truncated file. */
  readonly pixels?: ArrayLike<number>;
  readonly position?: readonly [number, number, number] | null;
  readonly orientation?: readonly number[] | null;
  /** Between rows, then between columns (mm), as the standard has it. */
  readonly pixelSpacing?: readonly [number, number] | null;
  readonly sliceThickness?: number | null;
  readonly slope?: number | null;
  readonly intercept?: number | null;
  readonly bitsAllocated?: number;
  readonly bitsStored?: number;
  readonly highBit?: number;
  readonly signed?: boolean;
  readonly modality?: string;
  readonly sopClassUid?: string;
  readonly seriesInstanceUid?: string;
  readonly instanceNumber?: number;
  readonly transferSyntax?: 'implicit' | 'explicit';
  /** What the meta information claims, when it is to differ from the coding. */
  readonly declaredTransferSyntax?: string;
  /** `none` = neither preamble nor meta information. */
  readonly preamble?: 'part10' | 'none';
  /** Elements that replace those of the same tag or are added; a null value removes. */
  readonly elements?: readonly DicomElement[];
}

export const fixtureSeriesUid = '2.25.314159265358979323846264338327950288';
const studyUid = '2.25.271828182845904523536028747135266249';
const frameUid = '2.25.141421356237309504880168872420969807';
const syntaxes = { implicit: '1.2.840.10008.1.2', explicit: '1.2.840.10008.1.2.1' };
const longForms = new Set(['OB', 'OW', 'OF', 'SQ', 'UN', 'UT', 'OV', 'SV', 'UV']);
const binary: Readonly<Record<string, readonly [number, (view: DataView, offset: number, value: number) => void]>> = {
  US: [2, (view, offset, value) => view.setUint16(offset, value, true)],
  SS: [2, (view, offset, value) => view.setInt16(offset, value, true)],
  UL: [4, (view, offset, value) => view.setUint32(offset, value, true)],
  FD: [8, (view, offset, value) => view.setFloat64(offset, value, true)],
};

/** A whole file with one slice. */
export function writeDicomSlice(options: SliceOptions = {}): Uint8Array {
  const coding = options.transferSyntax ?? 'explicit';
  const elements = new Map(sliceElements(options).map((element) => [element.tag, element]));
  for (const element of options.elements ?? []) elements.set(element.tag, element);
  const dataSet = writeElements([...elements.values()], coding === 'explicit');
  if (options.preamble === 'none') return dataSet;
  const find = (tag: string): ElementValue | null => elements.get(tag)?.value ?? null;
  const meta = writeElements(
    [
      { tag: '00020001', vr: 'OB', value: Uint8Array.of(0, 1) },
      { tag: '00020002', vr: 'UI', value: find('00080016') },
      { tag: '00020003', vr: 'UI', value: find('00080018') },
      { tag: '00020010', vr: 'UI', value: options.declaredTransferSyntax ?? syntaxes[coding] },
      { tag: '00020012', vr: 'UI', value: '2.25.299792458' },
    ],
    true,
  );
  const length = writeElements([{ tag: '00020000', vr: 'UL', value: meta.length }], true);
  return joined([new Uint8Array(128), new TextEncoder().encode('DICM'), length, meta, dataSet]);
}

/** The stack of a whole series: slice `k` lies `k · step` along the normal from `origin`; files come in ascending order. */
export interface StackOptions {
  readonly size: readonly [number, number, number];
  /** Between columns, between rows, between slices (mm): the order of axes, not that of PixelSpacing. */
  readonly spacing: readonly [number, number, number];
  readonly origin: readonly [number, number, number];
  /** Two perpendicular unit vectors: along a row, then down a column. */
  readonly orientation: readonly [number, number, number, number, number, number];
  /** The stored word of a voxel. */
  readonly stored?: (i: number, j: number, k: number) => number;
  /** Changes of one slice; its position, for instance. */
  readonly slice?: (k: number) => SliceOptions;
  readonly common?: SliceOptions;
}

/** The files of a series, named so that their order by name is not their order in space. */
export function writeDicomStack(stack: StackOptions): { readonly name: string; readonly bytes: Uint8Array }[] {
  const [columns, rows, slices] = stack.size;
  const [ax, ay, az, bx, by, bz] = stack.orientation;
  const normal = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
  return Array.from({ length: slices }, (_, k) => {
    const pixels = new Int32Array(columns * rows);
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) pixels[i + columns * j] = stack.stored?.(i, j, k) ?? 0;
    }
    const place = stack.origin.map((value, axis) => value + k * stack.spacing[2] * normal[axis]!);
    const bytes = writeDicomSlice({
      columns,
      rows,
      pixels,
      position: [place[0]!, place[1]!, place[2]!],
      orientation: stack.orientation,
      pixelSpacing: [stack.spacing[1], stack.spacing[0]],
      instanceNumber: slices - k,
      ...stack.common,
      ...stack.slice?.(k),
    });
    return { name: `image-${String((k * 7 + 3) % 1009).padStart(4, '0')}.dcm`, bytes };
  });
}

function sliceElements(options: SliceOptions): DicomElement[] {
  const columns = options.columns ?? 4;
  const rows = options.rows ?? 3;
  const bitsAllocated = options.bitsAllocated ?? 16;
  const bitsStored = options.bitsStored ?? bitsAllocated;
  const modality = options.modality ?? 'CT';
  const number = options.instanceNumber ?? 1;
  const given = <Value>(value: Value | undefined, otherwise: Value): Value => (value === undefined ? otherwise : value);
  const words = pixelBytes(options.pixels ?? new Uint8Array(columns * rows), bitsAllocated);
  const sopClass = modality === 'MR' ? '1.2.840.10008.5.1.4.1.1.4' : '1.2.840.10008.5.1.4.1.1.2';
  const empty = ['00080030 TM', '00080050 SH', '00080070 LO', '00080090 PN', '00100030 DA', '00100040 CS'].concat(
    modality === 'CT' ? ['00180060 DS'] : [],
    ['00200010 SH', '00200012 IS', '00201040 LO'],
  );
  return [
    ...empty.map((entry) => ({ tag: entry.slice(0, 8), vr: entry.slice(9), value: '' })),
    { tag: '00180015', vr: 'CS', value: 'ABDOMEN' },
    { tag: '00185100', vr: 'CS', value: 'HFS' },
    { tag: '00080008', vr: 'CS', value: 'ORIGINAL\\PRIMARY\\AXIAL' },
    { tag: '00080016', vr: 'UI', value: options.sopClassUid ?? sopClass },
    { tag: '00080018', vr: 'UI', value: `${options.seriesInstanceUid ?? fixtureSeriesUid}.${number}`.slice(-64) },
    { tag: '00080020', vr: 'DA', value: '20240229' },
    { tag: '00080060', vr: 'CS', value: modality },
    { tag: '0008103E', vr: 'LO', value: 'Portal venous' },
    { tag: '00100010', vr: 'PN', value: 'Phantom^Oblique' },
    { tag: '00100020', vr: 'LO', value: 'P-0042' },
    { tag: '00180050', vr: 'DS', value: given(options.sliceThickness, 2.5) },
    { tag: '0020000D', vr: 'UI', value: studyUid },
    { tag: '0020000E', vr: 'UI', value: options.seriesInstanceUid ?? fixtureSeriesUid },
    { tag: '00200011', vr: 'IS', value: 7 },
    { tag: '00200013', vr: 'IS', value: number },
    { tag: '00200032', vr: 'DS', value: given<readonly number[] | null>(options.position, [-11, 13, 17]) },
    { tag: '00200037', vr: 'DS', value: given<readonly number[] | null>(options.orientation, [1, 0, 0, 0, 1, 0]) },
    { tag: '00200052', vr: 'UI', value: frameUid },
    { tag: '00280002', vr: 'US', value: 1 },
    { tag: '00280004', vr: 'CS', value: 'MONOCHROME2' },
    { tag: '00280010', vr: 'US', value: rows },
    { tag: '00280011', vr: 'US', value: columns },
    { tag: '00280030', vr: 'DS', value: given<readonly number[] | null>(options.pixelSpacing, [0.9, 0.7]) },
    { tag: '00280100', vr: 'US', value: bitsAllocated },
    { tag: '00280101', vr: 'US', value: bitsStored },
    { tag: '00280102', vr: 'US', value: options.highBit ?? bitsStored - 1 },
    { tag: '00280103', vr: 'US', value: options.signed === true ? 1 : 0 },
    { tag: '00281052', vr: 'DS', value: given<number | null>(options.intercept, -1024) },
    { tag: '00281053', vr: 'DS', value: given<number | null>(options.slope, 1) },
    { tag: '7FE00010', vr: bitsAllocated > 8 ? 'OW' : 'OB', value: words },
  ];
}

function pixelBytes(pixels: ArrayLike<number>, bitsAllocated: number): Uint8Array {
  // Typed arrays wrap, so a signed word is stored as its two's complement.
  if (bitsAllocated <= 8) return Uint8Array.from(pixels);
  return new Uint8Array((bitsAllocated === 16 ? Uint16Array.from(pixels) : Uint32Array.from(pixels)).buffer);
}

/** A data set in ascending order of tags, explicit or implicit VR little endian. */
export function writeElements(elements: readonly DicomElement[], explicit: boolean): Uint8Array {
  const sorted = [...elements].sort((a, b) => (a.tag.toUpperCase() < b.tag.toUpperCase() ? -1 : 1));
  return joined(sorted.flatMap((element) => (element.value === null ? [] : writeElement(element, explicit))));
}

function writeElement({ tag, vr, value }: DicomElement, explicit: boolean): Uint8Array[] {
  const bytes = valueBytes(vr, value!, explicit);
  const isLong = explicit && longForms.has(vr);
  const head = new DataView(new ArrayBuffer(isLong ? 12 : 8));
  head.setUint16(0, parseInt(tag.slice(0, 4), 16), true);
  head.setUint16(2, parseInt(tag.slice(4), 16), true);
  if (explicit) for (const at of [0, 1]) head.setUint8(4 + at, vr.charCodeAt(at));
  if (explicit && !isLong) head.setUint16(6, bytes.length, true);
  else head.setUint32(isLong ? 8 : 4, bytes.length, true);
  return [new Uint8Array(head.buffer), bytes];
}

function valueBytes(vr: string, value: ElementValue, explicit: boolean): Uint8Array {
  if (value instanceof Uint8Array) return padded(value, 0);
  if (vr === 'SQ') {
    const items = value as readonly (readonly DicomElement[])[];
    return joined(items.flatMap((item) => sequenceItem(writeElements(item, explicit))));
  }
  const write = binary[vr];
  if (write !== undefined) {
    const numbers = typeof value === 'number' ? [value] : (value as readonly number[]);
    const view = new DataView(new ArrayBuffer(numbers.length * write[0]));
    for (const [index, number] of numbers.entries()) write[1](view, index * write[0], number);
    return new Uint8Array(view.buffer);
  }
  const text = Array.isArray(value) ? value.map((part) => decimalText(part as number)).join('\\') : value;
  return padded(
    new TextEncoder().encode(typeof text === 'number' ? decimalText(text) : (text as string)),
    vr === 'UI' ? 0 : 32,
  );
}

/** A number in the sixteen characters of a DS. */
export function decimalText(value: number): string {
  const text = String(value);
  if (text.length <= 16) return text;
  for (let digits = 15; digits > 0; digits--) {
    const short = String(Number(value.toPrecision(digits)));
    if (short.length <= 16) return short;
  }
  throw new RangeError(`${value} does not fit a DS`);
}

function sequenceItem(content: Uint8Array): Uint8Array[] {
  const head = new DataView(new ArrayBuffer(8));
  head.setUint16(0, 0xfffe, true);
  head.setUint16(2, 0xe000, true);
  head.setUint32(4, content.length, true);
  return [new Uint8Array(head.buffer), content];
}

function padded(bytes: Uint8Array, fill: number): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : joined([bytes, Uint8Array.of(fill)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
