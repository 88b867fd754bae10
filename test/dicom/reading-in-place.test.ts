import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemblyBytes, assembleSeries, listSeries, prepareAssembly, readHeaders } from '../../src/dicom/index.ts';
import type { Assembly, DirectSlice, ReadInto, ReadSlice } from '../../src/dicom/index.ts';
import { fingerprint, startFingerprint } from '../../src/dicom/fingerprint.ts';
import { createGrid } from '../../src/geometry/index.ts';
import { createKernels, digestOf, joinKernels, settleWords } from '../../src/kernels/index.ts';
import { writeDicomStack } from '../support/dicom-fixture.ts';
import type { SliceOptions } from '../support/dicom-fixture.ts';
import { projectRoot } from '../support/needs.ts';

const kernels = createKernels(readFileSync(join(projectRoot, 'src/kernels/kernels.wasm')));
const helper = joinKernels(kernels.shared);

/** A reader of bytes in memory, as a file is read. */
const readerOf =
  (bytes: Uint8Array): ReadInto =>
  (offset, target) => {
    const part = bytes.subarray(offset, offset + target.length);
    target.set(part);
    return part.length;
  };

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function stackOf(common: SliceOptions, size: readonly [number, number, number] = [5, 3, 7]): NamedBytes[] {
  const bits = common.bitsAllocated ?? 16;
  return writeDicomStack({
    size,
    spacing: [0.7, 0.9, 2.5],
    origin: [3, 5, 7],
    orientation: [1, 0, 0, 0, 1, 0],
    stored: (i, j, k) => ((i * 977 + j * 3571 + k * 7919) * 31) & (bits === 8 ? 0xff : 0xffff),
    common,
  });
}

/** The volume with its files read in parts, in an order of our own. */
function readInPlace(files: readonly NamedBytes[], order: readonly number[], isInKernels = false): Assembly {
  const headers = files.flatMap(({ name, bytes }) => {
    const read = readHeaders(name, bytes, bytes.length);
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  });
  const {
    entries: [entry],
    volumes,
  } = listSeries(headers);
  const buffer = isInKernels ? undefined : new SharedArrayBuffer(assemblyBytes(entry!));
  const assembly = prepareAssembly(entry!, volumes, buffer, null, kernels);
  expect(assembly.volume!.values.buffer === kernels.memory.buffer).toBe(isInKernels);
  for (const index of order) {
    const { name, bytes } = files[index]!;
    assembly.placeFrom(name, bytes.length, readerOf(bytes));
  }
  return assembly.finish();
}

describe('reading files in parts', () => {
  it.each<readonly [string, SliceOptions]>([
    ['unsigned of 12 bits with others above', { bitsStored: 12, highBit: 11 }],
    ['unsigned of 16 bits, which leave 16 bits', { bitsStored: 16, highBit: 15 }],
    ['unsigned of 16 bits that an intercept brings back', { bitsStored: 16, highBit: 15, intercept: -32_768 }],
    ['signed', { bitsStored: 16, highBit: 15, signed: true, intercept: 0 }],
    ['signed that leave 16 bits', { bitsStored: 16, highBit: 15, signed: true }],
    ['signed of 12 bits not at the lowest', { bitsStored: 12, highBit: 13, signed: true }],
    ['implicit', { bitsStored: 12, highBit: 11, transferSyntax: 'implicit' }],
    ['without preamble', { bitsStored: 12, highBit: 11, preamble: 'none' }],
    ['of 8 bits', { bitsAllocated: 8, bitsStored: 8, highBit: 7 }],
    ['with a slope', { bitsStored: 12, highBit: 11, slope: 2.5, intercept: -1000.25 }],
  ])('gives the voxels, remarks and fingerprint of whole files without kernels: %s', (_, common) => {
    const files = stackOf(common);
    const whole = assembleSeries(files);
    if (whole.kind === 'refused') throw new Error(whole.reasons[0]!.message);
    expect(new Set(whole.volume.values).size).toBeGreaterThan(20);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }), fc.boolean(), (order, isInKernels) => {
        const parts = readInPlace(files, order, isInKernels);
        if (parts.kind === 'refused') throw new Error(parts.reasons[0]!.message);
        expect([...parts.volume.values]).toEqual([...whole.volume.values]);
        expect(parts.fingerprint).toBe(whole.fingerprint);
        expect(parts.fingerprint).toBe(fingerprint(parts.volume));
        expect(parts.entry).toEqual(whole.entry);
      }),
      { seed: 31, numRuns: 8 },
    );
  });

  it.each([false, true])(
    'holds a second file of a slice against the first (in the memory of the kernels: %s)',
    (isIn) => {
      const files = stackOf({ bitsStored: 12, highBit: 11 });
      const whole = assembleSeries(files);
      const bytes = files[3]!.bytes.slice();
      const orders = [
        [0, 1, 2, 3, 4, 5, 6, 7],
        [7, 6, 5, 4, 3, 2, 1, 0],
      ];
      for (const order of orders) {
        const same = readInPlace([...files, { name: 'again', bytes }], order, isIn);
        if (same.kind === 'refused' || whole.kind === 'refused') throw new Error('This is a volume');
        expect(same.fingerprint).toBe(whole.fingerprint);
        expect(fingerprint(same.volume)).toBe(whole.fingerprint);
      }
      bytes[bytes.length - 2]! ^= 4;
      for (const order of orders) {
        const other = readInPlace([...files, { name: 'again', bytes }], order, isIn);
        expect(other).toMatchObject({ kind: 'refused', reasons: [{ code: 'duplicate_slice' }] });
      }
    },
  );

  it('refuses what is cut short, changed or gone, and names it', () => {
    const files = stackOf({ bitsStored: 12, highBit: 11 });
    const headers = files.flatMap(({ name, bytes }) => {
      const read = readHeaders(name, bytes, bytes.length);
      return read.ok ? read.value : [];
    });
    const {
      entries: [entry],
      volumes,
    } = listSeries(headers);
    const { name, bytes } = files[2]!;
    const place = (changed: Uint8Array) => {
      const assembly = prepareAssembly(entry!, volumes, undefined, null, kernels);
      const outcome = assembly.placeFrom(name, bytes.length, readerOf(changed));
      return outcome.ok ? null : outcome.error;
    };
    expect(place(bytes)).toBeNull();
    for (const [length, here] of [
      [bytes.length - 1, 29],
      [bytes.length - 30, 0],
      [9, 0],
      [0, 0],
    ] as const) {
      expect(place(bytes.subarray(0, length))).toMatchObject({ code: 'truncated_pixels' });
      expect(place(bytes.subarray(0, length))!.message).toContain(`${name} holds ${here} of 30 bytes`);
    }
    const moved = new Uint8Array(bytes.length + 2);
    moved.set(bytes);
    moved.copyWithin(202, 200);
    expect(place(moved)).toMatchObject({ code: 'file_changed' });
  });
});

describe('slices that somebody else read to their places', () => {
  const listed = (files: readonly NamedBytes[]) => {
    const headers = files.flatMap(({ name, bytes }) => {
      const read = readHeaders(name, bytes, bytes.length);
      return read.ok ? read.value : [];
    });
    const {
      entries: [entry],
      volumes,
    } = listSeries(headers);
    return prepareAssembly(entry!, volumes, undefined, null, kernels);
  };
  const readTo = (files: readonly NamedBytes[], { file, elementAt, offset, place, coding }: DirectSlice): ReadSlice => {
    const { bytes } = files.find(({ name }) => name === file)!;
    const element = bytes.slice(elementAt, elementAt + 12);
    const count = readerOf(bytes)(offset, place);
    const words = new Int16Array(place.buffer, place.byteOffset, place.length / 2);
    return { bytes: count, element, ...settleWords(helper, words, coding) };
  };

  it('give the voxels and fingerprint of whole files, whoever reads which of them in what order', () => {
    for (const common of [
      { bitsStored: 12, highBit: 13, signed: true },
      { bitsStored: 12, highBit: 11, transferSyntax: 'implicit' },
    ] as const) {
      const files = stackOf(common);
      const whole = assembleSeries(files);
      if (whole.kind === 'refused') throw new Error(whole.reasons[0]!.message);
      fc.assert(
        fc.property(
          fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
          fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
          (order, isBeside) => {
            const assembly = listed(files);
            expect(assembly.directSlices).toHaveLength(7);
            for (const index of order) {
              const slice = assembly.directSlices[index]!;
              const read = readTo(files, slice);
              if (isBeside[index] === true) expect(assembly.placeRead(slice, read)?.ok).toBe(true);
              else {
                const { name, bytes } = files.find(({ name }) => name === slice.file)!;
                assembly.placeFrom(name, bytes.length, readerOf(bytes));
              }
            }
            const made = assembly.finish();
            if (made.kind === 'refused') throw new Error(made.reasons[0]!.message);
            expect([...made.volume.values]).toEqual([...whole.volume.values]);
            expect(made.fingerprint).toBe(whole.fingerprint);
          },
        ),
        { seed: 1812, numRuns: 20 },
      );
    }
  });

  it('are handed back when their values leave 16 bits, and are then placed like any other', () => {
    const files = stackOf({ bitsStored: 16, highBit: 15, signed: true });
    const whole = assembleSeries(files);
    const assembly = listed(files);
    const handedBack = assembly.directSlices.filter(
      (slice) => assembly.placeRead(slice, readTo(files, slice)) === null,
    );
    expect(handedBack.length).toBeGreaterThan(0);
    for (const { file } of handedBack) {
      const { bytes } = files.find(({ name }) => name === file)!;
      expect(assembly.placeFrom(file, bytes.length, readerOf(bytes)).ok).toBe(true);
    }
    const made = assembly.finish();
    if (made.kind === 'refused' || whole.kind === 'refused') throw new Error('This is a volume');
    expect([...made.volume.values]).toEqual([...whole.volume.values]);
    expect(made.entry.remarks).toEqual(whole.entry.remarks);
  });

  it('are refused when they are cut short or changed', () => {
    const files = stackOf({ bitsStored: 12, highBit: 11 });
    for (const [shorter, elementByte, code] of [
      [1, 0xe0, 'truncated_pixels'],
      [0, 0xe1, 'file_changed'],
    ] as const) {
      const assembly = listed(files);
      const slice = assembly.directSlices[4]!;
      const read = readTo(files, slice);
      read.element[0] = elementByte;
      const cut = { ...read, bytes: read.bytes - shorter };
      expect(assembly.placeRead(slice, cut)).toMatchObject({ ok: false, error: { code } });
      expect(assembly.finish()).toMatchObject({ kind: 'refused', reasons: [{ code }] });
    }
  });

  it('are none where a file holds a slice again, a slope must be applied, or the kernels do not reach the voxels', () => {
    const files = stackOf({ bitsStored: 12, highBit: 11 });
    expect(listed([...files, { name: 'again', bytes: files[3]!.bytes }]).directSlices).toEqual([]);
    expect(listed(stackOf({ bitsStored: 12, highBit: 11, slope: 2.5 })).directSlices).toEqual([]);
    expect(listed(stackOf({ bitsAllocated: 8, bitsStored: 8, highBit: 7 })).directSlices).toEqual([]);
  });
});

describe('a fingerprint', () => {
  const grid = createGrid({
    size: [3, 5, 7],
    spacing: [0.7, 0.9, 2.3],
    origin: [1, 2, 3],
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  });
  const values = Int16Array.from({ length: 105 }, (_, index) => index * 31 - 1000);

  it('stays what stored plans hold', () => {
    expect(fingerprint({ grid, values, unit: 'HU' })).toBe('3e23155d30aa17d9e2b71fafcdf3b620');
  });

  it('is the same in any order of the slices, with kernels and without, asked once or twice', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }), fc.boolean(), (order, quick) => {
        const making = startFingerprint(grid, quick ? kernels : null);
        for (const index of order) {
          making.add(index, digestOf(values.subarray(index * 15, (index + 1) * 15), quick ? kernels : null));
        }
        expect([making.finish(), making.finish()]).toEqual([
          '3e23155d30aa17d9e2b71fafcdf3b620',
          '3e23155d30aa17d9e2b71fafcdf3b620',
        ]);
      }),
      { seed: 77, numRuns: 60 },
    );
  });

  it('is another when a voxel, the order of slices or voxels, or the grid is', () => {
    const original = fingerprint({ grid, values, unit: 'HU' });
    const changes = new Set<string>();
    for (let voxel = 0; voxel < values.length; voxel += 1) {
      for (const bit of [0, 7, 15]) {
        const changed = values.slice();
        changed[voxel]! ^= 1 << bit;
        changes.add(fingerprint({ grid, values: changed, unit: 'HU' }));
      }
    }
    expect(changes.size).toBe(values.length * 3);
    changes.add(fingerprint({ grid, values: values.slice().reverse(), unit: 'HU' }));
    const slicesExchanged = Int16Array.from([
      ...values.subarray(15, 30),
      ...values.subarray(0, 15),
      ...values.subarray(30),
    ]);
    changes.add(fingerprint({ grid, values: slicesExchanged, unit: 'HU' }));
    changes.add(fingerprint({ grid: createGrid({ ...grid, spacing: [0.7, 0.9, 2.300_001] }), values, unit: 'HU' }));
    expect(changes.size).toBe(values.length * 3 + 3);
    expect(changes.has(original)).toBe(false);
  });
});
