import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleSeries, listSeries, prepareAssembly, readHeader } from '../../src/dicom/index.ts';
import type { Assembly } from '../../src/dicom/index.ts';
import { writeDicomStack } from '../support/dicom-fixture.ts';
import type { SliceOptions, StackOptions } from '../support/dicom-fixture.ts';
import { describeWith, runPython } from '../support/needs.ts';

/** Stored words masked to their bits, sign-extended, rescaled, rounded and clamped: numpy on the words that pydicom finds. */
const referee = `
import sys, os, json, numpy as np, pydicom
out = {}
for name in os.listdir(sys.argv[1]):
    d = pydicom.dcmread(os.path.join(sys.argv[1], name))
    words = np.frombuffer(d.PixelData, dtype='<u2' if d.BitsAllocated == 16 else 'u1')[:d.Rows * d.Columns].astype(np.int64)
    value = (words >> (d.HighBit + 1 - d.BitsStored)) % (1 << d.BitsStored)
    if d.PixelRepresentation == 1:
        value = np.where(value >= 1 << (d.BitsStored - 1), value - (1 << d.BitsStored), value)
    exact = value * float(d.RescaleSlope) + float(d.RescaleIntercept)
    out[name] = np.clip(np.floor(exact + 0.5), -32768, 32767).astype(int).tolist()
print(json.dumps(out))
`;

const coding = fc
  .record({ bitsAllocated: fc.constantFrom(8, 16), spare: fc.nat(7), lowest: fc.nat(3), signed: fc.boolean() })
  .map(({ bitsAllocated, spare, lowest, signed }) => {
    const bitsStored = Math.max(2, bitsAllocated - (spare % 5) - lowest);
    return { bitsAllocated, bitsStored, signed, highBit: Math.min(bitsAllocated - 1, bitsStored - 1 + lowest) };
  });
const rescale = fc.constantFrom<readonly [slope: number, intercept: number]>(
  [1, 0],
  [1, -1024],
  [1, -8192],
  [1, 20_000],
  [1, -0.5],
  [2, -1000],
  [-1, 300],
  [0.25, 10],
  [0.0719, -1024.5],
);
const anySlice = fc.record({
  coding,
  rescale,
  columns: fc.integer({ min: 1, max: 9 }),
  rows: fc.integer({ min: 1, max: 7 }),
  transferSyntax: fc.constantFrom('implicit' as const, 'explicit' as const),
  padName: fc.nat(3),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
});

/** Words over the whole range, junk outside the stored bits included. */
function words(count: number, bits: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 9) & ((1 << bits) - 1);
  });
}

function volumeOf(assembly: Assembly): Extract<Assembly, { kind: 'volume' }> {
  if (assembly.kind === 'refused') throw new Error(assembly.reasons[0]!.message);
  return assembly;
}

function pair(common: SliceOptions, pixels: (k: number) => readonly number[]) {
  const { columns = 4, rows = 3 } = common;
  return writeDicomStack({
    size: [columns, rows, 2],
    spacing: [0.7, 0.9, 2.3],
    origin: [3, 5, 7],
    orientation: [1, 0, 0, 0, 1, 0],
    common: { ...common, sliceThickness: 2.3 },
    slice: (k) => ({ pixels: pixels(k) }),
  });
}

describeWith(['python:pydicom', 'python:numpy'], 'stored pixels of every coding', () => {
  it('have the values that numpy computes from the words pydicom reads', () => {
    const folder = mkdtempSync(join(tmpdir(), 'remnant-pixels-'));
    try {
      const samples = fc.sample(anySlice, { seed: 5, numRuns: 120 });
      const series = samples.map(({ coding: format, rescale: [slope, intercept], columns, rows, ...rest }, index) => {
        const common = { ...format, slope, intercept, columns, rows, transferSyntax: rest.transferSyntax };
        const name = { tag: '00100010', vr: 'PN', value: 'P'.repeat(1 + 2 * rest.padName) };
        const files = pair({ ...common, elements: [name] }, (k) =>
          words(columns * rows, format.bitsAllocated, rest.seed + k),
        );
        return files.map((file, k) => ({ name: `${index}-${k}`, bytes: file.bytes }));
      });
      for (const { name, bytes } of series.flat()) writeFileSync(join(folder, name), bytes);
      const truth = JSON.parse(runPython(referee, folder)) as Record<string, number[]>;
      for (const [index, files] of series.entries()) {
        // Files also arrive as parts of a larger buffer, at any byte: alignment must not matter.
        const shifted = files.map(({ name, bytes }, k) => {
          const packed = new Uint8Array(bytes.length + 3);
          packed.set(bytes, (index + k) % 4);
          return { name, bytes: packed.subarray((index + k) % 4, ((index + k) % 4) + bytes.length) };
        });
        const { volume } = volumeOf(assembleSeries(shifted));
        const expected = files.flatMap(({ name }) => truth[name]!);
        expect(Array.from(volume.values), JSON.stringify(samples[index])).toEqual(expected);
      }
      // The samples hold what they are meant to: clamped values, signed words with spare bits, 8-bit words.
      expect(Object.values(truth).flat()).toContain(32_767);
      expect(samples.some(({ coding: c }) => c.signed && c.highBit !== c.bitsStored - 1)).toBe(true);
      expect(samples.some(({ coding: c }) => c.bitsAllocated === 8)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const mrStack: StackOptions = {
  size: [4, 3, 5],
  spacing: [0.7, 0.9, 2.3],
  origin: [0, 0, 0],
  orientation: [1, 0, 0, 0, 1, 0],
  common: { modality: 'MR', slope: 2, intercept: 0, sliceThickness: 2.3 },
};

describe('bits outside the stored ones', () => {
  it('are masked even where the sum would fit', () => {
    const files = pair({ bitsStored: 12, intercept: -1024 }, () => [0x1005, 5, 6, 7, 8, 9, 0, 0, 0, 0, 0, 0]);
    expect(volumeOf(assembleSeries(files)).volume.values[0]).toBe(5 - 1024);
    const low = pair({ bitsStored: 8, highBit: 11, intercept: 0 }, () => [0x0a5f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(volumeOf(assembleSeries(low)).volume.values[0]).toBe(0xa5);
  });
});

describe('what a load says about its values', () => {
  const codes = (assembly: Assembly): readonly string[] => volumeOf(assembly).entry.remarks.map((r) => r.code);

  it('is nothing when they all fit', () => {
    expect(codes(assembleSeries(pair({}, () => words(12, 12, 3))))).toEqual([]);
  });

  it('counts the voxels that were clamped', () => {
    const files = pair({ intercept: 0 }, (k) => [0, 1, 32_767, 32_768, 65_535, 40_000 * k, 0, 0, 0, 0, 0, 0]);
    const assembly = volumeOf(assembleSeries(files));
    expect(Array.from(assembly.volume.values.slice(0, 6))).toEqual([0, 1, 32_767, 32_767, 32_767, 0]);
    expect(assembly.entry.remarks.map((r) => r.code)).toEqual(['values_clamped']);
    expect(assembly.entry.remarks[0]!.message).toMatch(/^5 voxels/);
  });

  it('names rounding', () => {
    expect(codes(assembleSeries(pair({ slope: 0.5 }, () => words(12, 12, 3))))).toEqual(['values_rounded']);
  });

  it('keeps the padding value as its rescaled value', () => {
    const padding = { tag: '00280120', vr: 'SS', value: -2000 };
    const files = pair({ signed: true, elements: [padding] }, () => [-2000, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]);
    expect(volumeOf(assembleSeries(files)).volume.values[0]).toBe(-3024);
  });
});

describe('MR signal', () => {
  it.each<readonly [string, SliceOptions]>([
    ['bits', { bitsStored: 12 }],
    ['sign', { signed: true }],
    ['slope', { slope: 2 }],
    ['intercept', { intercept: -1000 }],
  ])('says that slices of a CT store their values otherwise: %s', (_title, change) => {
    const common = { sliceThickness: 2.3 };
    const files = writeDicomStack({ ...mrStack, common, slice: (k) => (k === 3 ? change : {}) });
    const result = assembleSeries(files);
    const remarks = result.kind === 'volume' ? result.entry.remarks : [];
    expect(remarks.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^coding_differs 1 of 5 slices \(\S+\) store their values otherwise/),
    ]);
  });

  it('says where only some slices of MR have a rescale, and that loss came before this coding', () => {
    const sentences = (change: SliceOptions, of: (k: number) => boolean) => {
      const files = writeDicomStack({ ...mrStack, slice: (k) => (of(k) ? change : {}) });
      const result = assembleSeries(files);
      if (result.kind === 'refused') throw new Error(result.reasons[0]!.message);
      return result.entry.remarks.map(({ message }) => message).join(' ');
    };
    const bare = { slope: null, intercept: null };
    expect(sentences(bare, () => true)).toMatch(/^The MR slices have no usable rescale/);
    expect(sentences(bare, (k) => k < 2)).toMatch(/^2 of 5 MR slices have no usable .* do not compare/);
    const lossy = { elements: [{ tag: '00282110', vr: 'CS', value: '01' }] };
    expect(sentences(lossy, () => true)).toMatch(/compressed with loss \(once, as the files say\)/);
  });

  it('is taken as it is where there is no rescale, and said so', () => {
    const files = pair({ modality: 'MR', slope: null, intercept: null }, () => words(12, 12, 9));
    const { volume, entry } = volumeOf(assembleSeries(files));
    expect(volume.unit).toBe('arbitrary');
    expect(Array.from(volume.values.slice(0, 12))).toEqual(words(12, 12, 9));
    expect(entry.remarks.map((r) => r.code)).toEqual(['no_rescale']);
  });

  it('keeps small slopes apart: the smallest is the step, and slices keep their ratio', () => {
    const files = writeDicomStack({
      size: [2, 2, 2],
      spacing: [0.7, 0.9, 2.3],
      origin: [3, 5, 7],
      orientation: [1, 0, 0, 0, 1, 0],
      common: { modality: 'MR', intercept: 0, sliceThickness: null },
      slice: (k) => ({ pixels: [0, 1, 2, 1000], slope: k === 0 ? 0.004 : 0.012 }),
    });
    const { volume, entry } = volumeOf(assembleSeries(files));
    expect(Array.from(volume.values)).toEqual([0, 1, 2, 1000, 0, 3, 6, 3000]);
    expect(entry.remarks.map((r) => r.code)).toContain('signal_scaled');
    expect(entry.remarks[0]!.message).toContain('0.004');
  });
});

describe('placing files', () => {
  const files = pair({}, (k) => words(12, 12, 3 + k));
  const headers = files.map(({ name, bytes }) => {
    const header = readHeader(name, bytes, bytes.length);
    if (!header.ok) throw new Error(header.error.message);
    return header.value;
  });
  const {
    entries: [entry],
    volumes,
  } = listSeries(headers);

  it('refuses a file that changed since it was listed', () => {
    const assembly = prepareAssembly(entry!, volumes);
    const other = files[0]!.bytes.slice();
    other.copyWithin(200, 198);
    expect(assembly.place(files[0]!.name, other)).toMatchObject({ ok: false, error: { code: 'file_changed' } });
    expect(assembly.place(files[1]!.name, files[1]!.bytes).ok).toBe(true);
    expect(assembly.finish()).toMatchObject({ kind: 'refused', reasons: [{ code: 'file_changed' }] });
  });

  it('refuses a file that became shorter, and names it', () => {
    const assembly = prepareAssembly(entry!, volumes);
    const outcome = assembly.place(files[1]!.name, files[1]!.bytes.subarray(0, -2));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'truncated_pixels' } });
    expect(outcome.ok ? '' : outcome.error.message).toContain(`${files[1]!.name} holds 22 of 24 bytes`);
  });

  it('tells in shared memory which slices are final, and their voxels are', () => {
    const assembly = prepareAssembly(entry!, volumes, new SharedArrayBuffer(48));
    const { volume, filled } = assembly;
    expect(filled.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...filled]).toEqual([0, 0]);
    // Files are named and placed against the order of slices.
    const at = entry!.files.indexOf(files[1]!.name);
    assembly.place(files[1]!.name, files[1]!.bytes);
    expect([...filled]).toEqual(at === 0 ? [1, 0] : [0, 1]);
    const early = [...volume!.values.subarray(at * 12, at * 12 + 12)];
    expect(early.some((value) => value !== 0)).toBe(true);
    assembly.place(files[0]!.name, files[0]!.bytes);
    expect([...filled]).toEqual([1, 1]);
    const done = volumeOf(assembly.finish());
    expect(done.volume.values).toBe(volume!.values);
    expect([...done.volume.values.subarray(at * 12, at * 12 + 12)]).toEqual(early);
  });

  it('is no volume until every file was placed', () => {
    const assembly = prepareAssembly(entry!, volumes);
    assembly.place(files[1]!.name, files[1]!.bytes);
    expect(assembly.finish()).toMatchObject({ kind: 'refused', reasons: [{ code: 'file_not_read' }] });
    assembly.place(files[0]!.name, files[0]!.bytes);
    expect(assembly.finish().kind).toBe('volume');
  });
});

describe('a file in a larger buffer', () => {
  it('gives its own words at any offset, also as Node’s Buffer, whose slice is a view', () => {
    const words = Array.from({ length: 15 }, (_, index) => 1000 + 37 * index);
    const stack = writeDicomStack({
      size: [5, 3, 2],
      spacing: [0.7, 0.9, 2.5],
      origin: [3, 5, 7],
      orientation: [1, 0, 0, 0, 1, 0],
      stored: (i, j, k) => words[i + 5 * j]! + k,
      common: { slope: 1, intercept: -1024 },
    });
    for (let shift = 0; shift < 4; shift += 1) {
      const files = stack.map(({ name, bytes }) => {
        const pool = Buffer.alloc(bytes.length + shift + 9, 0x5a);
        pool.set(bytes, shift);
        return { name, bytes: pool.subarray(shift, shift + bytes.length) };
      });
      const assembly = assembleSeries(files);
      if (assembly.kind === 'refused') throw new Error(JSON.stringify(assembly.reasons));
      expect(Array.from(assembly.volume.values.subarray(0, 15))).toEqual(words.map((word) => word - 1024));
    }
  });
});
