import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import {
  assembleSeries,
  headerPrefixBytes,
  isCompressed,
  readHeader,
  readPixels,
  thumbnailOf,
} from '../../src/dicom/index.ts';
import type { SliceHeader, StoredWords } from '../../src/dicom/index.ts';
import { codings, convert, convertToHtj2k, decoderForTests } from '../support/compressed-fixture.ts';
import { writeDicomSlice } from '../support/dicom-fixture.ts';
import type { SliceOptions } from '../support/dicom-fixture.ts';
import { describeWith, has, projectRoot, realCt, runPython } from '../support/needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'remnant-syntaxes-'));
const decoder = decoderForTests();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** SHA-256 of the pixel bytes that pydicom finds in uncompressed files. */
function refereeDigests(files: readonly string[]): readonly string[] {
  const program = `
import sys, hashlib, pydicom
for path in sys.argv[1:]:
    d = pydicom.dcmread(path)
    print(hashlib.sha256(d.PixelData[:d.Rows * d.Columns * d.BitsAllocated // 8]).hexdigest())`;
  return runPython(program, ...files)
    .trim()
    .split('\n');
}

function digestOf(words: StoredWords): string {
  return createHash('sha256')
    .update(new Uint8Array(words.buffer, words.byteOffset, words.byteLength))
    .digest('hex');
}

function headerOf(bytes: Uint8Array): SliceHeader {
  const header = readHeader('slice', bytes, bytes.length);
  if (!header.ok) throw new Error(header.error.message);
  return header.value;
}

function wordsOf(path: string): { readonly header: SliceHeader; readonly words: StoredWords } {
  const bytes = new Uint8Array(readFileSync(path));
  const header = headerOf(bytes);
  const words = readPixels([header], bytes, decoder);
  if (!words.ok) throw new Error(words.error.message);
  return { header, words: words.value[0]! };
}

/** A picture with smooth parts, edges and noise, in the given bits. */
function picture(columns: number, rows: number, bits: number, signed: boolean): number[] {
  const range = 2 ** bits;
  let state = 42;
  return Array.from({ length: columns * rows }, (_, index) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const [i, j] = [index % columns, Math.floor(index / columns)];
    const wave = Math.sin(i / 7) * Math.cos(j / 5) * 0.4 + ((i > 20 ? 1 : 0) - 0.5) * 0.15;
    const value = Math.round((wave + 0.5) * (range - 1)) ^ ((state >>> 20) & 3);
    const inside = Math.max(0, Math.min(range - 1, value));
    return signed ? inside - range / 2 : inside;
  });
}

function synthetic(name: string, options: SliceOptions, bits: number): string {
  const path = join(folder, `${name}.dcm`);
  const pixels = picture(62, 47, bits, options.signed === true);
  writeFileSync(path, writeDicomSlice({ columns: 62, rows: 47, bitsStored: bits, pixels, ...options }));
  return path;
}

const sources: readonly (readonly [title: string, path: string])[] = [
  ['a slice of the sample', join(projectRoot, 'sample-dicom/ct/040.dcm')],
  ['signed 16 bits', synthetic('signed', { signed: true }, 16)],
  ['signed 12 of 16 bits', synthetic('signed-12', { signed: true }, 12)],
  ['unsigned 16 bits', synthetic('unsigned', {}, 16)],
  ['unsigned 10 of 16 bits', synthetic('unsigned-10', {}, 10)],
  ['8 bits', synthetic('bytes', { bitsAllocated: 8 }, 8)],
];
if (realCt() !== null) {
  const names = readdirSync(join(realCt()!, 'dicom'));
  (sources as [string, string][]).push(['a slice of the real CT', join(realCt()!, 'dicom', names[33]!)]);
}

describeWith(['dcmdump', 'gdcmconv', 'python:pydicom'], 'every coding that dcmtk and gdcm write', () => {
  it.each(sources)('is read bit for bit: %s', (title, original) => {
    const done: { name: string; digest: string; referee: string; lossless: boolean }[] = [];
    for (const { name, uid, lossless, encode, decode } of codings) {
      const stem = `${title} ${name}`.replaceAll(/[^a-zA-Z0-9]+/g, '-');
      const [packed, plain] = [join(folder, `${stem}-packed.dcm`), join(folder, `${stem}-plain.dcm`)];
      // The lossy JPEG processes of dcmtk take no signed values, and baseline no more than 8 bits.
      if (!lossless && (title.includes('signed 1') || (title === '8 bits' && encode.includes('+bt')))) continue;
      convert(encode, original, packed);
      if (decode === null) done.push({ name, digest: '', referee: packed, lossless });
      else {
        convert(decode, packed, plain);
        done.push({ name, digest: '', referee: plain, lossless });
      }
      const { header, words } = wordsOf(packed);
      expect(header.syntax.uid, name).toBe(uid);
      expect(header.loss === 'none', name).toBe(lossless);
      done.at(-1)!.digest = digestOf(words);
    }
    const [own, ...referees] = refereeDigests([original, ...done.map(({ referee }) => referee)]);
    for (const [index, { name, digest, lossless }] of done.entries()) {
      expect(digest, `${name} against the program that decodes it`).toBe(referees[index]);
      if (lossless) expect(digest, `${name} against the original`).toBe(own);
    }
    expect(done.length).toBeGreaterThan(11);
  });

  it('stays within the stated bound where JPEG-LS may lose', () => {
    const original = sources[0]![1];
    const packed = join(folder, 'near.dcm');
    for (const bound of [1, 3, 10]) {
      convert(['dcmcjpls', '+en', '+md', String(bound)], original, packed);
      const before = wordsOf(original).words;
      const worst = Array.from(wordsOf(packed).words).reduce(
        (most, word, at) => Math.max(most, Math.abs(word - before[at]!)),
        0,
      );
      expect(worst).toBeLessThanOrEqual(bound);
      expect(worst).toBeGreaterThan(0);
    }
  });

  it('makes the same picture for the list', () => {
    const original = readFileSync(sources[0]![1]);
    const packed = join(folder, 'listed.dcm');
    convert(['gdcmconv', '--j2k'], sources[0]![1], packed);
    const bytes = readFileSync(packed);
    const window = { centre: 60, width: 400 };
    const picture = thumbnailOf(headerOf(bytes), bytes, window, decoder);
    expect(picture).toEqual(thumbnailOf(headerOf(original), original, window));
    expect(picture!.pixels.some((grey) => grey > 100)).toBe(true);
    expect(thumbnailOf(headerOf(bytes), bytes, window)).toBeNull();
  });
});

describeWith(['python:pydicom'], 'High-Throughput JPEG 2000', () => {
  it.each(sources)('is read bit for bit: %s', async (_title, original) => {
    const [own] = refereeDigests([original]);
    for (const end of ['201', '202'] as const) {
      const packed = join(folder, `ht-${end}.dcm`);
      await convertToHtj2k(end, original, packed);
      const { header, words } = wordsOf(packed);
      expect(header.syntax.uid).toBe(`1.2.840.10008.1.2.4.${end}`);
      expect(digestOf(words)).toBe(own);
    }
  });

  it('may lose a little in .203', async () => {
    const original = sources[0]![1];
    const packed = join(folder, 'ht-203.dcm');
    await convertToHtj2k('203', original, packed);
    const [before, { header, words }] = [wordsOf(original).words, wordsOf(packed)];
    expect(header.loss).not.toBe('none');
    const mean = Array.from(words).reduce((sum, word, at) => sum + Math.abs(word - before[at]!), 0) / words.length;
    expect(mean).toBeLessThan(40);
  });
});

describeWith(['dcmdump', 'gdcmconv', 'python:pydicom'], 'compressed files that are broken', () => {
  const original = sources[0]![1];
  const pack = (encode: readonly string[]): Uint8Array => {
    const packed = join(folder, 'broken.dcm');
    convert(encode, original, packed);
    return new Uint8Array(readFileSync(packed));
  };
  const outcome = (bytes: Uint8Array, header = headerOf(bytes)): string => {
    const read = readPixels([header], bytes, decoder);
    if (read.ok) return 'read';
    expect(read.error.message).toContain('slice');
    return read.error.code;
  };
  const compressed = codings.filter(({ uid }) => /\.(4\.\d+|5)$/.test(uid));

  it.each(compressed.map(({ name, encode }) => [name, encode] as const))(
    '%s: cut anywhere, never padded',
    (_, encode) => {
      const bytes = pack(encode);
      const { offset } = headerOf(bytes).pixels;
      for (const share of [0, 0.2, 0.5, 0.9]) {
        const end = offset + Math.round((bytes.length - offset) * share);
        expect(outcome(bytes.subarray(0, end), headerOf(bytes))).toBe('truncated_pixels');
      }
      expect(outcome(bytes.subarray(0, bytes.length - 9), headerOf(bytes))).toBe('truncated_pixels');
      expect(outcome(bytes)).toBe('read');
    },
  );

  it.each(compressed.map(({ name, encode }) => [name, encode] as const))(
    '%s: a stream that ends early inside its fragment',
    (_, encode) => {
      const bytes = pack(encode);
      const header = headerOf(bytes);
      const view = new DataView(bytes.buffer);
      // The first item is the offset table; the second the stream, of which the last third is taken out.
      const item = header.pixels.offset + 8 + view.getUint32(header.pixels.offset + 4, true);
      const length = view.getUint32(item + 4, true);
      const kept = 2 * Math.floor(length / 3);
      const torn = new Uint8Array([...bytes.subarray(0, item + 8 + kept), ...bytes.subarray(item + 8 + length)]);
      new DataView(torn.buffer).setUint32(item + 4, kept, true);
      expect(['truncated_pixels', 'pixels_undecodable']).toContain(outcome(torn));
    },
  );

  it.each(compressed.map(({ name, encode }) => [name, encode] as const))(
    '%s: an image of another size than the header says',
    (_, encode) => {
      const bytes = pack(encode);
      const header = headerOf(bytes);
      for (const change of [{ columns: header.columns + 2 }, { rows: header.rows + 5 }]) {
        expect(['truncated_pixels', 'pixels_undecodable']).toContain(outcome(bytes, { ...header, ...change }));
      }
    },
  );

  it('says what contradicts the header', () => {
    const bytes = pack(['gdcmconv', '--j2k']);
    const header = headerOf(bytes);
    const narrow = { ...header, format: { ...header.format, bitsAllocated: 8, bitsStored: 8, highBit: 7 } };
    const read = readPixels([narrow], bytes, decoder);
    expect(read).toMatchObject({ ok: false, error: { code: 'pixels_undecodable' } });
    expect(read.ok ? '' : read.error.message).toMatch(/16 bits, the header says 8 of 8/);
    const wide = readPixels([{ ...header, rows: 999 }], bytes, decoder);
    expect(wide.ok ? '' : wide.error.message).toMatch(/280 × 280 pixels, the header says 280 × 999/);
  });

  it('reads the next file after a broken one', () => {
    const bytes = pack(['gdcmconv', '--j2k']);
    const torn = bytes.slice();
    torn.fill(0x55, torn.length - 9_000, torn.length - 4_000);
    outcome(torn);
    expect(outcome(bytes)).toBe('read');
  });

  it('refuses a colour image inside a header that says grey', () => {
    const path = join(folder, 'colour.dcm');
    const pixels = new Uint8Array(3 * 62 * 47).map((_, index) => (index * 37) % 256);
    const us = (tag: string, value: number) => ({ tag, vr: 'US', value });
    const colour = [us('00280002', 3), us('00280006', 0), { tag: '00280004', vr: 'CS', value: 'RGB' }];
    writeFileSync(path, writeDicomSlice({ columns: 62, rows: 47, bitsAllocated: 8, pixels, elements: colour }));
    const packed = join(folder, 'colour-packed.dcm');
    convert(['gdcmconv', '--j2k'], path, packed);
    const bytes = new Uint8Array(readFileSync(packed));
    expect(outcome(bytes)).toBe('pixels_undecodable');
    expect(assembleSeries([{ name: 'colour', bytes }], undefined, decoder)).toMatchObject({
      kind: 'refused',
      reasons: [{ code: 'colour_image' }, { code: 'too_few_slices' }],
    });
  });

  it('finds a deflated file cut short, and needs all of it', () => {
    const bytes = pack(['dcmconv', '+td']);
    expect(readHeader('slice', bytes.subarray(0, headerPrefixBytes), bytes.length)).toMatchObject({
      error: { code: 'header_incomplete' },
    });
    const cut = bytes.subarray(0, bytes.length - 20_000);
    const header = headerOf(cut);
    expect(isCompressed(header)).toBe(false);
    expect(outcome(cut)).toBe('truncated_pixels');
  });
});

/** So that a machine without the referees says so by name, not by silence. */
if (has('dcmdump') && codings.length < 17) throw new Error('A coding is missing from the fixtures');
