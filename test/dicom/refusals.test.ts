import { describe, expect, it } from 'vitest';
import { assembleSeries, listSeries, prepareAssembly, readHeader, seriesRefusalCodes } from '../../src/dicom/index.ts';
import type { KernelMemory } from '../../src/kernels/index.ts';
import type { SeriesRefusalCode, SliceHeader } from '../../src/dicom/index.ts';
import { writeDicomSlice, writeDicomStack } from '../support/dicom-fixture.ts';
import type { DicomElement, SliceOptions, StackOptions } from '../support/dicom-fixture.ts';

type Files = readonly { readonly name: string; readonly bytes: Uint8Array }[];

const oblique: StackOptions = {
  size: [5, 4, 7],
  spacing: [0.7, 0.9, 2.3],
  origin: [-31.5, 13.25, 117],
  // A turn about x and then about z: no axis is along another.
  orientation: [0.8, 0.6, 0, -0.36, 0.48, 0.8],
  stored: (i, j, k) => 900 + i + 10 * j + 100 * k,
  common: { sliceThickness: 2.3 },
};

function stack(change: Partial<StackOptions> = {}): Files {
  return writeDicomStack({ ...oblique, ...change });
}

/** Changes of slice 3 only. */
function third(options: SliceOptions): Files {
  return stack({ slice: (k) => (k === 3 ? options : {}) });
}

/** Changes of all slices. */
function all(options: SliceOptions): Files {
  return stack({ common: { ...oblique.common, ...options } });
}

/** Slices moved to other heights (mm along the normal) or sideways (mm along the rows). */
function moved(heights: readonly number[], sideways: (k: number) => number = () => 0): Files {
  const [ax, ay, az, bx, by, bz] = oblique.orientation;
  const normal = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
  const axis = [ax, ay, az];
  return stack({
    size: [5, 4, heights.length],
    slice: (k) => {
      const at = oblique.origin.map((value, d) => value + heights[k]! * normal[d]! + sideways(k) * axis[d]!);
      return { position: [at[0]!, at[1]!, at[2]!] };
    },
  });
}

const us = (tag: string, value: number) => ({ tag, vr: 'US', value });
const text = (tag: string, vr: string, value: string) => ({ tag, vr, value });

const valueTable: DicomElement = {
  tag: '00283000',
  vr: 'SQ',
  value: [[us('00283006', 17), text('00283004', 'LO', 'US'), { tag: '00283002', vr: 'US', value: [1, 0, 16] }]],
};

/** Each bad series, the code it is refused with, and a fact that its message must hold. */
const cases: readonly (readonly [title: string, code: SeriesRefusalCode, fact: string | RegExp, files: Files])[] = [
  [
    'a missing slice',
    'missing_slice',
    'A slice is missing: slices are 2.3 mm apart',
    stack().filter((_, k) => k !== 4),
  ],
  ['two missing slices', 'missing_slice', '2 slices are missing', stack().filter((_, k) => k !== 2 && k !== 3)],
  ['every other slice missing at one end', 'missing_slice', '2 slices are missing', moved([0, 2.3, 4.6, 9.2, 13.8])],
  [
    'a gap at heights below zero',
    'missing_slice',
    /gap between −\d[\d.]* mm and −\d/,
    moved([-199.2, -196.9, -192.3, -190]),
  ],
  ['uneven spacing', 'uneven_spacing', 'from 2.3 mm to 3.1 mm', moved([0, 2.3, 4.6, 6.9, 10, 12.3])],
  ['a step that changes half way', 'uneven_spacing', 'from 1 mm to 1.5 mm', moved([0, 1, 2, 3, 4.5, 6, 7.5, 9])],
  ['a creeping step', 'uneven_spacing', 'from 1 mm to 1.08 mm', moved(creeping())],
  ['the same place twice', 'duplicate_slice', /image-\d+\.dcm and image-\d+\.dcm at/, moved([0, 2.3, 2.3, 4.6, 6.9])],
  ['two phases in one series', 'duplicate_slice', '3 pairs of slices', moved([0, 2.3, 4.6, 0, 2.3, 4.6])],
  ['a turned slice', 'mixed_orientation', '1 of 7 slices', third({ orientation: [0.8, -0.6, 0, 0.36, 0.48, 0.8] })],
  ['another size', 'mixed_size', '4 × 5 beside 5 × 4', third({ columns: 4, rows: 5 })],
  [
    'another pixel spacing',
    'mixed_pixel_spacing',
    '0.71 mm × 0.9 mm beside 0.7 mm × 0.9 mm',
    third({ pixelSpacing: [0.9, 0.71] }),
  ],
  ['no pixel spacing', 'no_pixel_spacing', 'All slices', all({ pixelSpacing: null })],
  ['a pixel spacing of zero', 'no_pixel_spacing', '1 of 7', third({ pixelSpacing: [0, 0.7] })],
  ['a decimal comma', 'no_pixel_spacing', '1 of 7', third({ elements: [text('00280030', 'DS', '0,9\\0,7')] })],
  [
    'only ImagerPixelSpacing',
    'no_pixel_spacing',
    'measured at the detector',
    all({ pixelSpacing: null, elements: [text('00181164', 'DS', '0.9\\0.7')] }),
  ],
  ['no position', 'no_position', '1 of 7', third({ position: null })],
  ['no orientation', 'no_orientation', 'left and right are unknown', all({ orientation: null })],
  ['skewed axes', 'no_orientation', 'perpendicular', all({ orientation: [1, 0, 0, 0.1, 0.994987, 0] })],
  ['axes that are no unit vectors', 'no_orientation', 'unit vectors', all({ orientation: [2, 0, 0, 0, 1, 0] })],
  ['CT without slope', 'no_rescale', 'not Hounsfield units', all({ slope: null })],
  ['CT without intercept in one slice', 'no_rescale', '1 of 7', third({ intercept: null })],
  [
    'a table of values in the place of slope and intercept',
    'value_table_unsupported',
    'ModalityLUTSequence',
    all({ slope: null, intercept: null, elements: [valueTable] }),
  ],
  ['a table of values in one MR slice', 'value_table_unsupported', '1 of 7', mrWithTable()],
  ['a slope of zero', 'no_rescale', 'All slices', all({ slope: 0 })],
  ['a tilted gantry', 'gantry_tilt', /GantryDetectorTilt says 15°/, tilted()],
  [
    'half a degree of tilt',
    'gantry_tilt',
    '0.50°',
    moved([0, 2, 4, 6, 8, 10, 12, 14, 16], (k) => 2 * k * Math.tan(Math.PI / 360)),
  ],
  [
    'one slice shifted sideways',
    'gantry_tilt',
    'sideways by up to 0.3 mm',
    moved([0, 2.3, 4.6, 6.9], (k) => (k === 2 ? 0.3 : 0)),
  ],
  ['a size that no memory holds', 'too_large', /65535 × 65535 × 7 voxels, which is 56 GiB/, claimed(65_535)],
  ['a single slice', 'too_few_slices', 'at least two', stack({ size: [5, 4, 1] })],
  ['ultrasound', 'not_ct_or_mr', 'modality US', all({ modality: 'US', sopClassUid: '1.2.840.10008.5.1.4.1.1.6.1' })],
  [
    'a screen capture of a CT',
    'not_ct_or_mr',
    '1.2.840.10008.5.1.4.1.1.7',
    all({ sopClassUid: '1.2.840.10008.5.1.4.1.1.7' }),
  ],
  ['a localizer', 'localizer', 'scout', all({ elements: [text('00080008', 'CS', 'ORIGINAL\\PRIMARY\\LOCALIZER')] })],
  ['palette colour', 'colour_image', 'PALETTE COLOR', all({ elements: [text('00280004', 'CS', 'PALETTE COLOR')] })],
  ['pixels cut short', 'truncated_pixels', /holds 38 of 40 bytes/, third({ pixels: new Uint16Array(19) })],
  ['a file cut short', 'truncated_pixels', /holds 11 of 40 bytes/, cutShort(29)],
  ['encapsulated pixels that claim to be uncompressed', 'truncated_pixels', 'encapsulated', encapsulated()],
  ['CT and MR in one series', 'mixed_modality', 'CT, MR', third({ modality: 'MR' })],
  ['32 allocated bits', 'bits_unsupported', '32 of 32 bits', all({ bitsAllocated: 32 })],
  ['a high bit outside the word', 'bits_unsupported', 'high bit 16', third({ highBit: 16 })],
  [
    'more bits stored than there are below the high bit',
    'bits_unsupported',
    '12 of 16',
    third({ bitsStored: 12, highBit: 10 }),
  ],
  ['multi-frame', 'multi_frame_unsupported', '3 frames', all({ elements: [text('00280008', 'IS', '3')] })],
  [
    'JPEG XL',
    'transfer_syntax_unsupported',
    'JPEG XL Lossless (1.2.840.10008.1.2.4.110)',
    all({ declaredTransferSyntax: '1.2.840.10008.1.2.4.110' }),
  ],
  [
    'JPEG 2000 Part 2 in one slice',
    'transfer_syntax_unsupported',
    '1 of 7',
    third({ declaredTransferSyntax: '1.2.840.10008.1.2.4.92' }),
  ],
  [
    'plain pixels that claim to be compressed',
    'truncated_pixels',
    'not encapsulated',
    third({ declaredTransferSyntax: '1.2.840.10008.1.2.5' }),
  ],
  [
    'a private transfer syntax',
    'transfer_syntax_unsupported',
    '1.2.840.113619.5.2',
    all({ declaredTransferSyntax: '1.2.840.113619.5.2' }),
  ],
  ['two patients', 'mixed_patient', '2 different patients', third({ elements: [text('00100020', 'LO', 'P-0043')] })],
  [
    'two frames of reference',
    'mixed_frame_of_reference',
    '2 frames of reference',
    third({ elements: [text('00200052', 'UI', '2.25.7')] }),
  ],
];

function mrWithTable(): Files {
  const common = { ...oblique.common, modality: 'MR' };
  return stack({ common, slice: (k) => (k === 3 ? { elements: [valueTable] } : {}) });
}

function creeping(): number[] {
  const heights = [0];
  for (let k = 0; k < 40; k++) heights.push(heights[k]! + (k < 20 ? 1 : 1.08));
  return heights;
}

function cutShort(bytes: number): Files {
  return stack().map((file, k) => (k === 3 ? { ...file, bytes: file.bytes.subarray(0, -bytes) } : file));
}

function encapsulated(): Files {
  return stack().map(({ name, bytes }) => {
    const copy = bytes.slice();
    const { offset } = header(name, bytes).pixels;
    copy.fill(0xff, offset - 4, offset);
    return { name, bytes: copy };
  });
}

/** Compressed slices, of which only decoding would tell that they are not so large. */
function claimed(side: number): Files {
  return stack({
    common: { ...oblique.common, columns: side, rows: side, pixels: [], declaredTransferSyntax: '1.2.840.10008.1.2.5' },
  }).map(({ name, bytes }) => {
    const copy = bytes.slice();
    // The length of PixelData, which is the last element and empty.
    copy.fill(0xff, bytes.length - 4);
    return { name, bytes: copy };
  });
}

function tilted(): Files {
  const leaning = moved([0, 2.3, 4.6, 6.9, 9.2], (k) => 2.3 * k * Math.tan(Math.PI / 12));
  const tag = text('00181120', 'DS', '15');
  const headers = leaning.map(({ name, bytes }) => header(name, bytes));
  return headers.map(({ position }, k) => {
    return { name: `${k}.dcm`, bytes: writeDicomSlice({ ...sliceLike(position!), elements: [tag] }) };
  });
}

function sliceLike(position: readonly [number, number, number]): SliceOptions {
  return { columns: 5, rows: 4, position, orientation: oblique.orientation, pixelSpacing: [0.9, 0.7] };
}

function header(name: string, bytes: Uint8Array): SliceHeader {
  const read = readHeader(name, bytes, bytes.length);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('a series that is no trustworthy volume', () => {
  it('is a volume before anything is made wrong', () => {
    const assembly = assembleSeries(stack());
    expect(assembly).toMatchObject({ kind: 'volume', entry: { status: 'volume', reasons: [], remarks: [] } });
  });

  it.each(cases)('is refused for %s with %s', (_title, code, fact, files) => {
    const { entries, volumes } = listSeries(files.map(({ name, bytes }) => header(name, bytes)));
    expect(entries).toHaveLength(1);
    const [entry] = entries;
    expect(entry!.reasons.map((reason) => reason.code)).toEqual([code]);
    expect(entry!.status).toBe('refused');
    expect(entry!.spacing).toBeNull();
    expect(entry!.files).toEqual(files.map((file) => file.name));
    const { message } = entry!.reasons[0]!;
    if (typeof fact === 'string') expect(message).toContain(fact);
    else expect(message).toMatch(fact);
    expect(message).not.toContain('undefined');
    expect(assembleSeries(files)).toEqual({ kind: 'refused', reasons: entry!.reasons });
    expect(prepareAssembly(entry!, volumes).finish().kind).toBe('refused');
  });

  it('has no reason that is not shown here', () => {
    expect(new Set(cases.map(([, code]) => code))).toEqual(new Set(seriesRefusalCodes));
  });

  it('is refused for all its reasons at once', () => {
    const files = all({ slope: null, pixelSpacing: null, orientation: null });
    const [entry] = listSeries(files.map(({ name, bytes }) => header(name, bytes))).entries;
    expect(entry!.reasons.map((reason) => reason.code)).toEqual(['no_rescale', 'no_orientation', 'no_pixel_spacing']);
  });
});

describe('a volume for which there is no memory', () => {
  it('is refused with its size, where the engine has no room', () => {
    const files = stack();
    const headers = files.map(({ name, bytes }) => header(name, bytes));
    const {
      entries: [entry],
      volumes,
    } = listSeries(headers);
    const full = {
      scratch: () => {
        throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
      },
    } as unknown as KernelMemory;
    const assembly = prepareAssembly(entry!, volumes, undefined, null, full);
    expect(assembly.finish()).toMatchObject({ kind: 'refused', reasons: [{ code: 'too_large' }] });
  });
});

describe('a number that is none', () => {
  const ds = (tag: string, value: string) => ({ tag, vr: 'DS', value });
  it.each<readonly [string, SeriesRefusalCode, DicomElement]>([
    ['several slopes', 'no_rescale', ds('00281053', '1\\2')],
    ['several intercepts', 'no_rescale', ds('00281052', '-1024\\0')],
    ['an endless slope', 'no_rescale', ds('00281053', '1e400')],
    ['an endless place', 'no_position', ds('00200032', '1e400\\0\\0')],
    ['a place beyond any scanner', 'no_position', ds('00200032', '0\\0\\1e300')],
    ['an endless spacing', 'no_pixel_spacing', ds('00280030', '1e400\\1e400')],
    ['a spacing beyond any body', 'no_pixel_spacing', ds('00280030', '1e300\\1e300')],
    ['a spacing in metres', 'no_pixel_spacing', ds('00280030', '0.0009\\0.0007')],
  ])('is never taken for one: %s', (_title, code, element) => {
    for (const files of [third({ elements: [element] }), all({ elements: [element] })]) {
      const result = assembleSeries(files);
      expect(result).toMatchObject({ kind: 'refused', reasons: [{ code }] });
    }
  });

  it('lets the first of several windows stand', () => {
    const windows = [ds('00281050', '40\\600'), ds('00281051', '350\\1500')];
    const result = assembleSeries(all({ elements: windows }));
    expect(result.kind === 'volume' ? result.entry.header.window : null).toEqual({ centre: 40, width: 350 });
  });
});

describe('tolerances', () => {
  it('accepts positions rounded to a twentieth of a millimetre', () => {
    expect(assembleSeries(moved([0, 1.25, 2.5, 3.7, 5, 6.25, 7.5])).kind).toBe('volume');
  });

  it.each([
    [3.0003, ''],
    [3.01, 'slices_far_apart'],
    [5.0003, 'slices_far_apart'],
    [5.01, 'slices_too_far_apart'],
  ])('warns of slices %s mm apart, rounded positions apart: %s', (step, code) => {
    const files = moved([0, 1, 2, 3, 4].map((k) => k * step)).map((file) => ({ ...file }));
    const result = assembleSeries(files);
    if (result.kind === 'refused') throw new Error('refused');
    const codes = result.entry.remarks.map((remark) => remark.code).filter((one) => one !== 'slice_thickness_differs');
    expect(codes.join(' ')).toBe(code);
  });

  it('takes two slices 3.1 mm apart as they are', () => {
    const assembly = assembleSeries(moved([0, 3.1]));
    expect(assembly.kind === 'volume' ? assembly.volume.grid.spacing[2] : 0).toBeCloseTo(3.1, 9);
  });

  it('says that SliceThickness differs, and does not use it', () => {
    const thick = assembleSeries(all({ sliceThickness: 5 }));
    const thin = assembleSeries(all({ sliceThickness: null }));
    expect(thick).toMatchObject({ kind: 'volume', entry: { remarks: [{ code: 'slice_thickness_differs' }] } });
    expect(thin).toMatchObject({ kind: 'volume', entry: { remarks: [] } });
    if (thick.kind === 'volume' && thin.kind === 'volume') expect(thick.fingerprint).toBe(thin.fingerprint);
  });
});

describe('files that are no slices', () => {
  const good = writeDicomSlice({ columns: 5, rows: 4 });
  const read = (bytes: Uint8Array, size: number | null = bytes.length): string => {
    const outcome = readHeader('file', bytes, size);
    return outcome.ok ? 'slice' : outcome.error.code;
  };

  it('are told apart by name', () => {
    expect(read(good)).toBe('slice');
    expect(read(new Uint8Array(0))).toBe('not_dicom');
    expect(read(new TextEncoder().encode('Liver volumetry, notes of the tumour board\n'.repeat(9)))).toBe('not_dicom');
    expect(read(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toBe('not_dicom');
    expect(read(writeDicomSlice({ elements: [{ tag: '7FE00010', vr: 'OW', value: null }] }))).toBe('not_an_image');
    expect(read(writeDicomSlice({ sopClassUid: '1.2.840.10008.5.1.4.1.1.88.33' }))).toBe('not_an_image');
    expect(read(writeDicomSlice({ elements: [{ tag: '0020000E', vr: 'UI', value: null }] }))).toBe('unreadable');
    expect(read(writeDicomSlice({ elements: [us('00280010', 0)] }))).toBe('not_an_image');
  });

  it('never throw, wherever a file is cut', () => {
    for (const coding of ['implicit', 'explicit'] as const) {
      const whole = writeDicomSlice({ columns: 5, rows: 4, transferSyntax: coding });
      const pixels = header('whole', whole).pixels.offset;
      for (let length = 0; length < whole.length; length++) {
        const code = read(whole.subarray(0, length));
        expect(['not_dicom', 'not_an_image', 'unreadable', 'slice']).toContain(code);
        // Complete up to the pixels: the header is there, and the listing finds the pixels missing.
        if (code === 'slice') expect(length).toBeGreaterThanOrEqual(pixels);
        if (length >= pixels) expect(code).toBe('slice');
      }
    }
  });

  it('ask for more bytes when the header is longer than what was read', () => {
    const bytes = writeDicomSlice({
      columns: 5,
      rows: 4,
      elements: [{ tag: '00091010', vr: 'UN', value: new Uint8Array(100_000) }],
    });
    for (const length of [2_000, 65_536]) {
      expect(read(bytes.subarray(0, length), bytes.length)).toBe('header_incomplete');
      expect(read(bytes.subarray(0, length), null)).toBe('header_incomplete');
    }
    expect(read(bytes)).toBe('slice');
  });

  it('can be read with and without VRs, whichever of the two it claims to have', () => {
    const syntaxes = { implicit: '1.2.840.10008.1.2', explicit: '1.2.840.10008.1.2.1' } as const;
    const pairs = [
      ['implicit', 'explicit'],
      ['explicit', 'implicit'],
    ] as const;
    for (const [transferSyntax, claimed] of pairs) {
      const slice = { columns: 5, rows: 4, transferSyntax };
      const right = writeDicomSlice(slice);
      const wrong = writeDicomSlice({ ...slice, declaredTransferSyntax: syntaxes[claimed] });
      const { pixels, fileSize, ...facts } = header('file', wrong);
      expect(pixels.offset).toBe(fileSize! - 40);
      expect({ ...header('file', right), pixels: null, fileSize: null }).toEqual({
        ...facts,
        pixels: null,
        fileSize: null,
      });
    }
  });

  it('can be read without preamble, since group 0008 in little endian leaves no doubt', () => {
    for (const coding of ['implicit', 'explicit'] as const) {
      const bare = writeDicomSlice({ columns: 5, rows: 4, transferSyntax: coding, preamble: 'none' });
      const full = writeDicomSlice({ columns: 5, rows: 4, transferSyntax: coding });
      const { pixels, fileSize, ...facts } = header('file', bare);
      expect(pixels.offset).toBeLessThan(fileSize!);
      expect({ ...header('file', full), pixels: null, fileSize: null }).toEqual({
        ...facts,
        pixels: null,
        fileSize: null,
      });
    }
  });
});

describe('choosing among several series', () => {
  const one = stack();
  const other = stack({ common: { ...oblique.common, seriesInstanceUid: '2.25.99' } }).map((file) => ({
    ...file,
    name: `b-${file.name}`,
  }));

  it('is asked for when more than one is usable', () => {
    expect(assembleSeries([...one, ...other])).toMatchObject({ reasons: [{ code: 'series_ambiguous' }] });
    expect(assembleSeries([...one, ...other], '2.25.99')).toMatchObject({
      kind: 'volume',
      entry: { header: { seriesInstanceUid: '2.25.99' } },
    });
    expect(assembleSeries([...one, ...other.slice(0, 1)]).kind).toBe('volume');
    expect(assembleSeries(one, '2.25.98')).toMatchObject({ reasons: [{ code: 'series_not_found' }] });
    const scout = stack({ size: [5, 4, 1], common: { seriesInstanceUid: '2.25.98' } });
    const gap = one.filter((_, k) => k !== 4);
    expect(assembleSeries([...scout.map((file) => ({ ...file, name: 'scout' })), ...gap])).toMatchObject({
      reasons: [{ code: 'missing_slice' }],
    });
    expect(assembleSeries([])).toMatchObject({ reasons: [{ code: 'no_series' }] });
  });
});
