import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleSeries, listSeries, readHeaders, readOther, thumbnailOf } from '../../src/dicom/index.ts';
import type { OtherObject, SeriesEntry, SliceHeader } from '../../src/dicom/index.ts';
import { fixtureSeriesUid, writeDicomSlice, writeDicomStack } from '../support/dicom-fixture.ts';
import type { StackOptions } from '../support/dicom-fixture.ts';

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const base: StackOptions = {
  size: [6, 5, 7],
  spacing: [0.7, 0.9, 2.3],
  origin: [-31.5, 13.25, 117],
  orientation: [0.8, 0.6, 0, -0.36, 0.48, 0.8],
  stored: (i, j, k) => 100 + i + 6 * j + 30 * k,
  common: { sliceThickness: 2.3 },
};

function headersOf(files: readonly NamedBytes[]): {
  readonly headers: readonly SliceHeader[];
  readonly others: readonly OtherObject[];
} {
  const headers: SliceHeader[] = [];
  const others: OtherObject[] = [];
  for (const { name, bytes } of files) {
    const read = readHeaders(name, bytes, bytes.length);
    if (read.ok) headers.push(...read.value);
    else {
      const other = readOther(name, bytes);
      if (other !== null) others.push(other);
    }
  }
  return { headers, others };
}

/** What a listing says, without the names of files. */
function facts(entry: SeriesEntry): unknown {
  return { ...entry, files: entry.files.length, copies: entry.copies.length };
}

const own = writeDicomStack(base);
const phases = [1, 2, 3].flatMap((phase) =>
  writeDicomStack({
    ...base,
    stored: (i, j, k) => 1000 * phase + i + 6 * j + 30 * k,
    common: { ...base.common, seriesInstanceUid: '2.25.500' },
    slice: (k) => ({
      instanceNumber: 100 * phase + k,
      elements: [{ tag: '00200100', vr: 'IS', value: String(phase) }],
    }),
  }),
);
const foreign: readonly NamedBytes[] = [
  ...phases,
  ...writeDicomStack({ ...base, size: [5, 6, 3], common: { modality: 'MR', seriesInstanceUid: '2.25.600' } }),
  ...writeDicomStack({ ...base, size: [6, 5, 1], common: { seriesInstanceUid: '2.25.700' } }),
  { name: 'text', bytes: new TextEncoder().encode('Dose report of the scanner, page 1\n'.repeat(20)) },
  { name: 'report', bytes: writeDicomSlice({ sopClassUid: '1.2.840.10008.5.1.4.1.1.88.67', modality: 'SR' }) },
  { name: 'empty', bytes: new Uint8Array(0) },
];

describe('the list of series', () => {
  interface Listed {
    readonly uid: string;
    readonly number: number | null;
    readonly day?: string;
    /** Of its three slices; they are not taken in the order of their places. */
    readonly times?: readonly string[];
    readonly description: string;
  }
  const filesOf = ({ uid, number, day, times = [], description }: Listed) =>
    writeDicomStack({
      ...base,
      size: [6, 5, 3],
      common: { seriesInstanceUid: uid },
      slice: (k) => ({
        elements: [
          { tag: '00200011', vr: 'IS', value: number === null ? null : String(number) },
          { tag: '00080022', vr: 'DA', value: day ?? null },
          { tag: '00080032', vr: 'TM', value: times[k] ?? null },
          { tag: '0008103E', vr: 'LO', value: description },
        ],
      }),
    }).map(({ name, bytes }) => ({ name: `${uid}-${name}`, bytes }));
  const inOrder: readonly Listed[] = [
    { uid: '2.25.39', number: 2, description: 'without a time, but first by its number' },
    {
      uid: '2.25.38',
      number: 3,
      day: '20240229',
      times: ['235958', '235957', '235959'],
      description: 'the day before',
    },
    { uid: '2.25.37', number: 3, day: '20240301', times: ['0920', '0915', '0930'], description: 'arterial' },
    { uid: '2.25.36', number: 3, day: '20240301', times: ['0917', '0918', '0916'], description: 'portal venous' },
    { uid: '2.25.35', number: 3, day: '20240301', times: ['0916', '0916', '0916'], description: 'veins' },
    { uid: '2.25.33', number: 3, day: '20240301', times: ['0921', '0922', '0921'], description: 'delayed' },
    { uid: '2.25.34', number: 3, day: '20240301', times: ['0921', '0921', '0922'], description: 'delayed' },
    { uid: '2.25.31', number: 3, description: 'no time' },
    { uid: '2.25.32', number: null, day: '20240228', times: ['0801', '0802', '0803'], description: 'no number' },
  ];
  const series = inOrder.map(filesOf);

  it('is in the order of numbers, then of acquisition, description and UID, whatever that of the files', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(series.flat(), { minLength: series.length * 3 }), (files) => {
        const { entries } = listSeries(headersOf(files).headers);
        expect(entries.map(({ header }) => header.seriesInstanceUid)).toEqual(inOrder.map(({ uid }) => uid));
      }),
      { numRuns: 15, seed: 41 },
    );
  });
});

describe('the volume of a series', () => {
  it('is the same bit for bit in any order, under any names, among any other files', () => {
    const straight = assembleSeries(own);
    if (straight.kind === 'refused') throw new Error(straight.reasons[0]!.message);
    const ids = phases.length / 3;
    const alone = [1, 2, 3].map((phase) => assembleSeries(phases.slice((phase - 1) * ids, phase * ids)));
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...foreign.keys()]),
        fc.array(fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }), { minLength: 60, maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        (chosen, names, numbers) => {
          const withPhases = [...foreign.slice(0, phases.length), ...chosen.map((index) => foreign[index]!)];
          const mixed = [...new Set([...own, ...withPhases])]
            .map((file) => ({ file, key: numbers.next().value as number }))
            .sort((a, b) => a.key - b.key)
            // The number keeps names apart; whatever stands before it is any text.
            .map(({ file }, index) => ({ name: `${names[index % names.length]}/${index}`, bytes: file.bytes }));
          const again = assembleSeries(mixed, fixtureSeriesUid);
          if (again.kind === 'refused') throw new Error(again.reasons[0]!.message);
          expect(again.fingerprint).toBe(straight.fingerprint);
          expect(again.volume).toEqual(straight.volume);
          // The empty file may have been a slice: that is said, and nothing else is.
          const remarks = again.entry.remarks.filter(({ code }) => code !== 'files_unreadable');
          expect(facts({ ...again.entry, remarks })).toEqual(facts(straight.entry));
          for (const [index, phase] of alone.entries()) {
            const found = assembleSeries(mixed, `2.25.500#${index + 1}`);
            if (found.kind === 'refused' || phase.kind === 'refused') throw new Error('refused');
            expect(found.volume).toEqual(phase.volume);
          }
        },
      ),
      { seed: 29, numRuns: 60 },
    );
  });

  it('has the same listing in any order of files', () => {
    const list = (files: readonly NamedBytes[]) => {
      const { headers, others } = headersOf(files);
      const { entries, best } = listSeries(headers, {}, others);
      return { entries: entries.map(facts), best };
    };
    const all = [...own, ...foreign].map((file, index) => ({ ...file, name: `f${index}` }));
    const straight = list(all);
    expect(straight.entries).toHaveLength(7);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        const found = list(shuffled);
        // Sentences may name another of several equal files first; everything else is the same.
        expect(found).toEqual(straight);
      }),
      { seed: 31, numRuns: 40 },
    );
  });
});

/** What happens to the bytes of a file. */
const damage = fc.oneof(
  fc.record({
    kind: fc.constant('flip' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bits: fc.integer({ min: 1, max: 255 }),
  }),
  fc.record({
    kind: fc.constant('set' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  fc.record({
    kind: fc.constant('cut' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 400 }),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
  fc.record({ kind: fc.constant('end' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never;

function damaged(bytes: Uint8Array, how: Damage): Uint8Array {
  const at = Math.floor(how.at * (bytes.length - 1));
  const copy = bytes.slice();
  switch (how.kind) {
    case 'flip':
      copy[at]! ^= how.bits;
      return copy;
    case 'set':
      copy.set(how.bytes.subarray(0, copy.length - at), at);
      return copy;
    case 'cut':
      return Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(at + how.length)]);
    case 'insert':
      return Uint8Array.from([...copy.subarray(0, at), ...how.bytes, ...copy.subarray(at)]);
    case 'end':
      return copy.subarray(0, at);
  }
}

function saysDamage({ remarks }: SeriesEntry): boolean {
  return remarks.some(({ code }) => ['slices_unreadable', 'files_unreadable', 'images_set_aside'].includes(code));
}

const codings: readonly StackOptions[] = [
  base,
  { ...base, common: { ...base.common, transferSyntax: 'implicit' } },
  { ...base, common: { ...base.common, modality: 'MR', slope: null, intercept: null, preamble: 'none' } },
  { ...base, common: { ...base.common, bitsStored: 12, signed: true, slope: 0.5 } },
];

describe('damaged files', () => {
  it('never crash, hang or take memory, and give a sound volume or a named reason', () => {
    const stacks = codings.map((options) => writeDicomStack(options));
    const hurt = fc.array(fc.tuple(fc.nat(base.size[2] - 1), fc.array(damage, { minLength: 1, maxLength: 3 })), {
      minLength: 1,
      maxLength: 3,
    });
    let slowest = 0;
    let volumes = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.nat(codings.length - 1), hurt, (coding, hurts) => {
        const files = stacks[coding]!.map((file) => ({ ...file }));
        for (const [index, hows] of hurts) {
          let { bytes } = files[index]!;
          for (const how of hows) bytes = bytes.length < 2 ? bytes : damaged(bytes, how);
          files[index] = { name: files[index]!.name, bytes };
        }
        const before = performance.now();
        const { headers, others } = headersOf(files);
        const { entries } = listSeries(headers, {}, others);
        for (const header of headers) {
          const file = files.find(({ name }) => name === header.file)!;
          // A picture of rubbish is rubbish; it only must not break anything.
          if (header.columns * header.rows < 1 << 22) thumbnailOf(header, file.bytes, null);
        }
        for (const entry of entries) {
          if (entry.status === 'refused') {
            refused += 1;
            expect(entry.reasons.length).toBeGreaterThan(0);
            for (const { message } of entry.reasons) expect(message).not.toMatch(/undefined|NaN|\[object/);
            continue;
          }
          const result = assembleSeries(files, entry.volumeId);
          if (result.kind === 'refused') {
            expect(result.reasons[0]!.message.length).toBeGreaterThan(15);
            continue;
          }
          volumes += 1;
          const { grid, values } = result.volume;
          // Never larger than what the files hold, and never a voxel of another size than the slices have.
          expect(values.length).toBeLessThanOrEqual(base.size[0] * base.size[1] * base.size[2]);
          const whole = values.length === base.size[0] * base.size[1] * base.size[2];
          // A slice that is gone at an end leaves no gap: what is left of its file must be said.
          // A slice whose UID of the series is damaged is listed as a series of its own.
          const isListed = new Set(headers.map(({ series }) => series.seriesInstanceUid)).size > 1;
          // Of a few bytes nothing can be known.
          const isStump = files.some(({ bytes }) => bytes.length < 64);
          if (!whole) expect(isListed || isStump || saysDamage(result.entry)).toBe(true);
          expect(values.length).toBe(grid.size[0] * grid.size[1] * grid.size[2]);
          expect(grid.spacing.every((step) => step > 0 && Number.isFinite(step))).toBe(true);
        }
        slowest = Math.max(slowest, performance.now() - before);
      }),
      { seed: 37, numRuns: 400 },
    );
    expect(volumes).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(50);
    expect(slowest).toBeLessThan(5000);
  });

  it('in whose header one element is wrong never change the size of a voxel unsaid', () => {
    const [, , slices] = base.size;
    const tags = [
      '00200032',
      '00200037',
      '00280030',
      '00280010',
      '00280011',
      '00281053',
      '00281052',
      '00280100',
      '00280103',
    ];
    const spoiled = fc.oneof(
      fc.constantFrom('', '0', '-1', '1e9', '0.7\\0.9', 'NaN', '1,5', '9'.repeat(300), '\\\\\\', '1\\2\\3\\4\\5\\6\\7'),
      fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 6 }).map((all) => {
        return all.map((value) => value.toFixed(3)).join('\\');
      }),
    );
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...tags), spoiled, fc.nat(slices - 1), (tag, value, wrong) => {
        const vr =
          tag.startsWith('00280010') || tag.startsWith('00280011') ? 'US' : tag.startsWith('002801') ? 'US' : 'DS';
        const number = Math.abs(Math.trunc(Number.parseFloat(value))) % 65_536;
        const element = { tag, vr, value: vr === 'US' ? (Number.isNaN(number) ? 0 : number) : value };
        const files = writeDicomStack({ ...base, slice: (k) => (k === wrong ? { elements: [element] } : {}) });
        const result = assembleSeries(files);
        if (result.kind === 'refused') {
          refused += 1;
          return;
        }
        const { grid } = result.volume;
        // What is accepted has the voxels of the good slices: geometry of one slice can not bend the stack.
        if (!saysDamage(result.entry)) expect(grid.size).toEqual(base.size);
        for (const [axis, step] of grid.spacing.entries()) expect(step).toBeCloseTo(base.spacing[axis]!, 1);
      }),
      { seed: 41, numRuns: 600 },
    );
    expect(refused).toBeGreaterThan(200);
  });
});
