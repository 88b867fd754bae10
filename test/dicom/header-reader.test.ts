import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemblyBytes, createHeaderReader, listSeries, prepareAssembly, readHeaders } from '../../src/dicom/index.ts';
import type { HeaderReader, SliceHeader } from '../../src/dicom/index.ts';
import { writeDicomSlice, writeDicomStack } from '../support/dicom-fixture.ts';
import type { DicomElement, SliceOptions } from '../support/dicom-fixture.ts';

const text = (tag: string, vr: string, value: string | null): DicomElement => ({ tag, vr, value });

/** A header as a scanner writes it: times and doses of the slice, a sequence, private elements, a text with its character set. */
const rich: SliceOptions = {
  columns: 5,
  rows: 4,
  elements: [
    text('00080005', 'CS', 'ISO_IR 192'),
    text('00080022', 'DA', '20240229'),
    text('00080032', 'TM', '101112.25'),
    text('00080033', 'TM', '101113'),
    { tag: '00081140', vr: 'SQ', value: [[text('00081150', 'UI', '1.2.3'), text('00081155', 'UI', '2.25.77')]] },
    text('00090010', 'LO', 'MAKER 1'),
    text('00091001', 'LO', 'dose 17'),
    text('00180060', 'DS', '120'),
    text('00190010', 'LO', 'SIEMENS MR HEADER'),
    text('0019100C', 'IS', '50'),
    text('00181030', 'LO', 'Leber venös'),
    text('00181151', 'IS', '213'),
    text('00201041', 'DS', '-17.5'),
    { tag: '00280106', vr: 'US', value: 3 },
  ],
};

const codings: readonly SliceOptions[] = [
  rich,
  { ...rich, transferSyntax: 'implicit' },
  { ...rich, preamble: 'none' },
  { ...rich, modality: 'MR', slope: null, intercept: null },
];

/** The slice with some elements changed; those of `rich` stay. */
function changed(coding: SliceOptions, ...elements: readonly DicomElement[]): Uint8Array {
  return writeDicomSlice({ ...coding, elements: [...coding.elements!, ...elements] });
}

function headerOf(read: HeaderReader, name: string, bytes: Uint8Array): SliceHeader {
  const headers = read(name, bytes, bytes.length);
  if (!headers.ok) throw new Error(headers.error.message);
  expect(headers.value).toHaveLength(1);
  return headers.value[0]!;
}

/** Reads a file after `first`, holds what comes out against parsing it, and says whether it was parsed: only then are its facts new objects. */
function isParsedAfter(first: Uint8Array, bytes: Uint8Array, fileSize = bytes.length): boolean {
  const read = createHeaderReader();
  const before = headerOf(read, 'first', first);
  const again = read('second', bytes, fileSize);
  expect(JSON.stringify(again)).toBe(JSON.stringify(readHeaders('second', bytes, fileSize)));
  // The first file is still what it was.
  expect(before).toEqual(headerOf(readHeaders, 'first', first));
  return !again.ok || again.value[0]?.series !== before.series;
}

const position = (x: number, y: number, z: number): DicomElement => ({ tag: '00200032', vr: 'DS', value: [x, y, z] });

describe('the headers of files that are written alike', () => {
  it.each(codings.slice(0, 2))('are read without parsing where only facts of the slice differ: %#', (coding) => {
    const first = writeDicomSlice(coding);
    for (const elements of [
      [],
      [position(-11, 13, 1234.5678)],
      [position(1, 2, 3), text('00080018', 'UI', '1.2.840.99.7'), text('00200013', 'IS', '1017')],
      [text('00200013', 'IS', ''), text('00200032', 'DS', '')],
      [text('00080032', 'TM', '235959'), text('00080033', 'TM', ''), text('00180060', 'DS', '80')],
      // A b-value is read behind its maker's name alone.
      [text('00190010', 'LO', 'SIEMENS MR HEADEr')],
      [text('00181151', 'IS', '9'), text('00091001', 'LO', 'a longer text'), { tag: '00280106', vr: 'US', value: 900 }],
    ]) {
      expect(isParsedAfter(first, changed(coding, ...elements))).toBe(false);
    }
    const far = headerOf(readHeaders, 'far', changed(coding, position(1, 2, 1234.5678)));
    expect(far.position).toEqual([1, 2, 1234.5678]);
  });

  it.each<readonly [string, SliceOptions]>([
    ['another slope', { slope: 2 }],
    ['another intercept', { intercept: -1000 }],
    ['another number of columns', { columns: 4, rows: 5 }],
    ['other bits', { bitsStored: 12 }],
    ['signed pixels', { signed: true }],
    ['another orientation', { orientation: [1, 0, 0, 0, 0.8, 0.6] }],
    ['another spacing', { pixelSpacing: [0.9, 0.8] }],
    ['another thickness', { sliceThickness: 5 }],
    ['another series', { seriesInstanceUid: '2.25.31415926535897932384626433832795028' }],
    ['another kind of image', { sopClassUid: '1.2.840.10008.5.1.4.1.1.7' }],
    ['another modality', { modality: 'MR' }],
    ['another transfer syntax', { declaredTransferSyntax: '1.2.840.10008.1.2.4.90' }],
    ['an unknown transfer syntax', { declaredTransferSyntax: '1.2.840.113619.5.2' }],
    ['another coding', { transferSyntax: 'implicit' }],
    ['no meta information', { preamble: 'none' }],
    ['no position', { position: null }],
    ['no slope', { slope: null }],
  ])('are parsed where one has %s', (_, other) => {
    expect(isParsedAfter(writeDicomSlice(rich), writeDicomSlice({ ...rich, ...other }))).toBe(true);
  });

  it.each<readonly [string, DicomElement]>([
    ['another patient', text('00100010', 'PN', 'Phantom^Obliqua')],
    ['another character set', text('00080005', 'CS', 'ISO_IR 100')],
    ['another kind of slice', text('00080008', 'CS', 'ORIGINAL\\PRIMARY\\LOCALIZER')],
    ['another day', text('00080022', 'DA', '20240301')],
    ['another window', text('00281050', 'DS', '60')],
    ['several frames', text('00280008', 'IS', '2')],
    ['an element more', text('00181152', 'IS', '9')],
    ['an element less', text('00201041', 'DS', null)],
    ['another VR', text('00201041', 'LO', '-17.5')],
    ['a table of values', { tag: '00283000', vr: 'SQ', value: [[text('00281054', 'LO', 'HU')]] }],
    [
      'something else in a sequence',
      { tag: '00081140', vr: 'SQ', value: [[text('00081150', 'UI', '1.2.3'), text('00081155', 'UI', '2.25.78')]] },
    ],
  ])('are parsed where one has %s', (what, element) => {
    for (const coding of codings.slice(0, 2)) {
      // In an implicit header no VR is written.
      const isSame = what === 'another VR' && coding.transferSyntax === 'implicit';
      expect(isParsedAfter(writeDicomSlice(coding), changed(coding, element))).toBe(!isSame);
    }
  });

  it('are parsed where one ends too soon, and where the pixels are declared otherwise', () => {
    const first = writeDicomSlice(rich);
    const pixels = headerOf(readHeaders, 'first', first).pixels;
    for (const length of [0, 100, 140, 400, pixels.elementAt, pixels.offset - 1]) {
      const cut = changed(rich, position(-12, 14, 18)).subarray(0, length);
      expect(isParsedAfter(first, cut)).toBe(true);
      expect(isParsedAfter(first, cut, first.length)).toBe(true);
    }
    const declared = first.slice();
    declared[pixels.offset - 4]! += 2;
    expect(isParsedAfter(first, declared)).toBe(true);
    // As much as the header is enough; that the pixels are cut is then told by the size of the file.
    expect(isParsedAfter(first, first.subarray(0, pixels.offset), first.length - 3)).toBe(false);
  });

  it('are parsed where a value looks like the item of a sequence, which only an explicit VR tells from one', () => {
    const item = Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0x03, 0x00, 0x00, 0x00, 0x01, 0x02);
    const element = { tag: '00181151', vr: 'IS', value: item };
    expect(isParsedAfter(writeDicomSlice(codings[0]), changed(codings[0]!, element))).toBe(false);
    expect(isParsedAfter(writeDicomSlice(codings[1]), changed(codings[1]!, element))).toBe(true);
  });

  it('are what parsing makes of them, whatever differs', () => {
    const tags = [
      '00020000',
      '00020003',
      '00080018',
      '00080032',
      '00081140',
      '00091001',
      '00180050',
      '00180060',
    ].concat(
      ['00181030', '00181151', '00200010', '00200012', '00200013', '00200032', '00200037', '00201041', '00280030'],
      ['00280106', '00281052', '00281053', '00189087', '00431039', '00430010'],
    );
    const value = fc.oneof(
      fc.constantFrom('', '0', '1\\2\\3', '-7.25\\0.5\\1e2', 'NaN', '20240229', 'GEMS_PARM_01', '9'.repeat(300)),
      fc.string({ maxLength: 20 }),
      fc.uint8Array({ maxLength: 20 }),
      fc.constantFrom(Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0), Uint8Array.of(0x32, 0, 0x33, 0x20)),
    );
    const vrs = new Map(rich.elements!.map(({ tag, vr }) => [tag, vr]));
    const element = fc
      .record({ tag: fc.constantFrom(...tags), other: fc.constantFrom('', '', '', 'UN', 'OB', 'LO'), value })
      .map(({ tag, other, value: text }): DicomElement => {
        const usual = vrs.get(tag) ?? (tag.endsWith('13') ? 'IS' : tag.endsWith('18') ? 'UI' : 'DS');
        return { tag, vr: other === '' && usual !== 'SQ' && usual !== 'US' ? usual : other || 'UN', value: text };
      });
    const damage = fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), byte: fc.nat(255) });
    let [quick, parsed] = [0, 0];
    fc.assert(
      fc.property(
        fc.nat(codings.length - 1),
        fc.array(
          fc.record({
            elements: fc.array(element, { maxLength: 3 }),
            damages: fc.array(damage, { maxLength: 1 }),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        (coding, files) => {
          const read = createHeaderReader();
          const first = headerOf(read, 'first', writeDicomSlice(codings[coding]));
          // What differed in one file must not be taken for that of the next.
          for (const [index, { elements, damages }] of files.entries()) {
            const written = elements.filter(({ tag }) => !tag.startsWith('0002'));
            const bytes = changed(codings[coding]!, ...written);
            for (const { at, byte } of damages) bytes[Math.floor(at * bytes.length)] = byte;
            const name = `file ${index}`;
            const headers = read(name, bytes, bytes.length);
            expect(JSON.stringify(headers)).toBe(JSON.stringify(readHeaders(name, bytes, bytes.length)));
            if (headers.ok && headers.value[0]?.series === first.series) quick += 1;
            else parsed += 1;
          }
        },
      ),
      { seed: 43, numRuns: 1200 },
    );
    expect(quick).toBeGreaterThan(200);
    expect(parsed).toBeGreaterThan(200);
  });

  it('make the same volumes, in any order, when several series lie mixed', () => {
    const stack = (uid: string, intercept: number, preamble: SliceOptions['preamble'] = 'part10') =>
      writeDicomStack({
        size: [5, 3, 7],
        spacing: [0.7, 0.9, 2.5],
        origin: [3, 5, 7],
        orientation: [1, 0, 0, 0, 1, 0],
        stored: (i, j, k) => 7 * i + 31 * j + 101 * k,
        common: { seriesInstanceUid: uid, intercept, preamble: preamble },
      }).map(({ name, bytes }) => ({ name: `${uid} ${name}`, bytes }));
    const files = [...stack('2.25.11', -1024), ...stack('2.25.12', -1000), ...stack('2.25.13', -1010, 'none')];
    const load = (read: HeaderReader, order: typeof files) => {
      const headers = order.map(({ name, bytes }) => headerOf(read, name, bytes));
      const { entries, volumes } = listSeries(headers);
      return entries.map((entry) => {
        const assembly = prepareAssembly(entry, volumes, new SharedArrayBuffer(assemblyBytes(entry)));
        for (const { name, bytes } of order) if (entry.files.includes(name)) assembly.place(name, bytes);
        const done = assembly.finish();
        if (done.kind === 'refused') throw new Error(done.reasons[0]!.message);
        return { fingerprint: done.fingerprint, grid: done.volume.grid, files: done.entry.files };
      });
    };
    const plain = load(readHeaders, files);
    expect(new Set(plain.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (order) => {
        expect(load(createHeaderReader(), order)).toEqual(plain);
      }),
      { seed: 47, numRuns: 30 },
    );
  });

  it('keep nothing of bytes that are written to afterwards', () => {
    const read = createHeaderReader();
    const room = new Uint8Array(4096);
    const put = (bytes: Uint8Array): Uint8Array => {
      room.fill(0xff);
      room.set(bytes);
      return room.subarray(0, bytes.length);
    };
    const [one, two] = [writeDicomSlice(rich), changed(rich, position(1, 2, 3))];
    const first = headerOf(read, 'one', put(one));
    const second = headerOf(read, 'two', put(two));
    expect(second.series).toBe(first.series);
    expect(second).toEqual(headerOf(readHeaders, 'two', two));
    expect(headerOf(read, 'one', put(one))).toEqual(headerOf(readHeaders, 'one', one));
  });
});
