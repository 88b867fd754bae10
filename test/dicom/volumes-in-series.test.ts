import { describe, expect, it } from 'vitest';
import { assembleSeries, listSeries, readHeaders } from '../../src/dicom/index.ts';
import type { Assembly, SeriesEntry } from '../../src/dicom/index.ts';
import { writeDicomStack } from '../support/dicom-fixture.ts';
import type { DicomElement, SliceOptions, StackOptions } from '../support/dicom-fixture.ts';

type Files = readonly { readonly name: string; readonly bytes: Uint8Array }[];

const base: StackOptions = {
  size: [6, 5, 8],
  spacing: [0.7, 0.9, 2.3],
  origin: [-31.5, 13.25, 117],
  orientation: [0.8, 0.6, 0, -0.36, 0.48, 0.8],
  common: { sliceThickness: 2.3 },
};

const is = (tag: string, value: number) => ({ tag, vr: 'IS', value: String(value) });
const ds = (tag: string, value: number) => ({ tag, vr: 'DS', value: String(value) });
const cs = (tag: string, value: string) => ({ tag, vr: 'CS', value });
const tm = (tag: string, value: string) => ({ tag, vr: 'TM', value });

/** A stack whose stored values say which part and voxel they are; file names and instance numbers of their own. */
function part(
  number: number,
  elements: (k: number) => readonly DicomElement[],
  change: Partial<StackOptions> = {},
  slice: (k: number) => SliceOptions = () => ({}),
): Files {
  const size = change.size ?? base.size;
  return writeDicomStack({
    ...base,
    ...change,
    stored: (i, j, k) => 100 + 300 * number + i + 6 * j + 30 * k,
    slice: (k) => ({ instanceNumber: 1000 * number + size[2] - k, elements: elements(k), ...slice(k) }),
  }).map(({ name, bytes }) => ({ name: `${number}-${name}`, bytes }));
}

function entriesOf(files: Files, resampleUneven = false): readonly SeriesEntry[] {
  const headers = files.flatMap(({ name, bytes }) => {
    const read = readHeaders(name, bytes, bytes.length);
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  });
  return listSeries(headers, { resampleUneven }).entries;
}

function volumeOf(assembly: Assembly): Extract<Assembly, { kind: 'volume' }> {
  if (assembly.kind === 'refused') throw new Error(assembly.reasons.map(({ message }) => message).join(' '));
  return assembly;
}

/** Each way in which a series tells its volumes apart, and a word with which each volume is shown. */
const ways: readonly (readonly [title: string, parts: readonly Files[], told: readonly (string | RegExp)[]])[] = [
  [
    'the temporal position',
    [1, 2, 3, 4].map((n) => part(n, () => [is('00200100', n)])),
    ['phase 1 of 4', 'phase 2 of 4', 'phase 3 of 4', 'phase 4 of 4'],
  ],
  ['the acquisition', [1, 2].map((n) => part(n, () => [is('00200012', 5 * n)])), ['acquisition 5', 'acquisition 10']],
  [
    'the trigger time',
    [1, 2, 3].map((n) => part(n, () => [ds('00181060', 12_500 * n)])),
    [/12500 ms/, /25000 ms/, /37500 ms/],
  ],
  [
    'one time for each phase',
    [1, 2].map((n) => part(n, () => [tm('00080033', `10150${n}`)])),
    ['10:15:01', '10:15:02'],
  ],
  [
    'a time for each slice, phase after phase',
    [1, 2].map((n) => part(n, (k) => [tm('00080032', `10${10 + n}${10 + ((k * 5) % 8)}.5`)])),
    ['phase 1 of 2 (in the order of time)', 'phase 2 of 2'],
  ],
  ['the echo', [1, 2].map((n) => part(n, () => [ds('00180081', 2.3 * n)])), ['echo time 2.3 ms', 'echo time 4.6 ms']],
  [
    'the diffusion weighting',
    [50, 800].map((b, n) => part(n, () => [{ tag: '00189087', vr: 'FD', value: b }])),
    ['b 50', 'b 800'],
  ],
  [
    'the image type of a Dixon scan',
    ['FAT', 'IN_PHASE', 'OUT_PHASE', 'WATER'].map((type, n) =>
      part(n, () => [cs('00080008', `DERIVED\\PRIMARY\\DIXON\\${type}`)]),
    ),
    ['fat', 'in phase', 'opposed phase', 'water'],
  ],
  [
    'the orientation',
    [part(1, () => [], { orientation: [0, 1, 0, 0, 0, -1] }), part(2, () => [], { orientation: [1, 0, 0, 0, 1, 0] })],
    ['sagittal', 'axial'],
  ],
  [
    'a time for each slice, where they do not reach equally far',
    [1, 2, 3].map((n) =>
      part(n, (k) => [tm('00080032', `10${10 + n}${10 + k}.5`)], {
        size: [6, 5, 9 - n],
        origin: shifted([0, 0, 2.3, 0][n]!),
      }),
    ),
    ['phase 1 of 3 (in the order of time)', 'phase 2 of 3', 'phase 3 of 3'],
  ],
  [
    'the times of phases half a step apart, which together look even',
    [1, 2].map((n) => part(n, (k) => [tm('00080032', `10${10 + n}${30 - k}.5`)], { origin: shifted(n * 1.15) })),
    ['phase 1 of 2 (in the order of time)', 'phase 2 of 2'],
  ],
  [
    'the times of phases that lie between each other',
    [1, 2].map((n) => part(n, (k) => [tm('00080032', `10${10 + n}${10 + k}.5`)], { origin: shifted(n * 0.7) })),
    ['phase 1 of 2 (in the order of time)', 'phase 2 of 2'],
  ],
  [
    'the name of the sequence, image numbers in any order',
    ['*ep_b50t', '*ep_b800t'].map((name, n) =>
      part(n, () => [{ tag: '00180024', vr: 'SH', value: name }], {}, toAndFro(n)),
    ),
    ['sequence *ep_b50t', 'sequence *ep_b800t'],
  ],
  [
    'the direction of diffusion, image numbers in any order',
    [
      [0, 0, 1],
      [1, 0, 0],
    ].map((way, n) => part(n, () => [{ tag: '00189089', vr: 'FD', value: way }], {}, toAndFro(n))),
    ['diffusion 0, 0, 1', 'diffusion 1, 0, 0'],
  ],
  [
    'the vendor’s diffusion weighting in another block of its group, image numbers in any order',
    [50, 800].map((b, n) => {
      const other = { tag: '00190010', vr: 'LO', value: 'SOMEBODY ELSE' };
      const vendor = { tag: '00190011', vr: 'LO', value: 'SIEMENS MR HEADER' };
      return part(n, () => [other, vendor, is('0019110C', b)], {}, toAndFro(n));
    }),
    ['b 50', 'b 800'],
  ],
  [
    'the component of the signal',
    ['MAGNITUDE', 'PHASE'].map((name, n) => part(n, () => [cs('00089208', name)], {}, toAndFro(n))),
    ['magnitude', 'phase'],
  ],
  [
    'the description, image numbers in any order',
    ['Liver 30 %', 'Liver 70 %'].map((text, n) =>
      part(n, () => [{ tag: '0008103E', vr: 'LO', value: text }], {}, toAndFro(n)),
    ),
    ['described as Liver 30 %', 'described as Liver 70 %'],
  ],
  [
    'two planes, each of two phases',
    [3, 4, 1, 2].map((n) =>
      part(n, () => [is('00200012', n)], { orientation: n > 2 ? [0, 1, 0, 0, 0, -1] : [1, 0, 0, 0, 1, 0] }),
    ),
    [/^sagittal, .*acquisition 3/, /^sagittal, .*acquisition 4/, /^axial, .*acquisition 1/, /^axial, .*acquisition 2/],
  ],
  [
    'two facts together: each acquisition in two reconstructions, image numbers in any order',
    [1, 2, 3, 4].map((n) =>
      part(
        n,
        () => [is('00200012', n < 3 ? 5 : 9), { tag: '0008103E', vr: 'LO', value: n % 2 === 1 ? 'Bone' : 'Soft' }],
        {},
        toAndFro(n),
      ),
    ),
    [/acquisition 5\), .*Bone/, /acquisition 5\), .*Soft/, /acquisition 9\), .*Bone/, /acquisition 9\), .*Soft/],
  ],
  [
    'two facts together: each acquisition in two reconstructions, those of one half a step apart',
    [1, 2, 3, 4].map((n) =>
      part(
        n,
        () => [is('00200012', n < 3 ? 5 : 9), { tag: '0008103E', vr: 'LO', value: n % 2 === 1 ? 'Bone' : 'Soft' }],
        { origin: shifted(n === 4 ? 1.15 : 0) },
        toAndFro(n),
      ),
    ),
    [/acquisition 5\), .*Bone/, /acquisition 5\), .*Soft/, /acquisition 9\), .*Bone/, /acquisition 9\), .*Soft/],
  ],
  [
    'two facts together: each thickness in two phases with a time for each slice',
    [1, 2, 3, 4].map((n) =>
      part(
        n,
        (k) => [tm('00080032', `10${n % 2 === 1 ? 10 : 11}${10 + k}.5`)],
        n < 3 ? { spacing: [0.7, 0.9, 1.15], size: [6, 5, 15], common: { sliceThickness: 1.25 } } : {},
        toAndFro(n),
      ),
    ),
    [/1\.25 mm, phase 1/, /1\.25 mm, phase 2/, /2\.3 mm, phase 1/, /2\.3 mm, phase 2/],
  ],
  [
    'the description of reconstructions half a step apart, image numbers in any order',
    ['Bone', 'Soft'].map((text, n) =>
      part(n, () => [{ tag: '0008103E', vr: 'LO', value: text }], { origin: shifted(n * 1.15) }, toAndFro(n)),
    ),
    ['described as Bone', 'described as Soft'],
  ],
  [
    'the field of view, image numbers in any order',
    [part(1, () => [], { spacing: [0.4, 0.5, 2.3] }, toAndFro(0)), part(2, () => [], {}, toAndFro(1))],
    ['pixels of 0.4 mm × 0.5 mm', 'pixels of 0.7 mm × 0.9 mm'],
  ],
  [
    'the matrix, image numbers in any order',
    [part(1, () => [], { size: [5, 4, 8] }, toAndFro(0)), part(2, () => [], {}, toAndFro(1))],
    ['5 × 4 pixels', '6 × 5 pixels'],
  ],
  [
    'the thickness of slices at the same places',
    [
      part(1, () => [], { spacing: [0.7, 0.9, 1.15], size: [6, 5, 15], common: { sliceThickness: 1.25 } }),
      part(2, () => [], { common: { sliceThickness: 5 } }),
    ],
    ['slices of 1.25 mm', 'slices of 5 mm'],
  ],
  [
    'the thickness of slices that lie between each other',
    [
      part(1, () => [], { spacing: [0.7, 0.9, 1.15], size: [6, 5, 15], common: { sliceThickness: 1.25 } }),
      part(2, () => [], { origin: shifted(0.6), common: { sliceThickness: 5 } }),
    ],
    ['slices of 1.25 mm', 'slices of 5 mm'],
  ],
  [
    'phases half a step apart, which together look even',
    [1, 2].map((n) => part(n, () => [is('00200012', n)], { origin: shifted(n * 1.15) })),
    ['acquisition 1', 'acquisition 2'],
  ],
];

/** Numbers of images that go to and fro between the parts, so that they tell nothing. */
function toAndFro(part: number): (k: number) => SliceOptions {
  return (k) => ({ instanceNumber: 2 * k + part + 1 });
}

function shifted(along: number): readonly [number, number, number] {
  const normal = [0.6 * 0.8, -0.8 * 0.8, 0.8 * 0.48 + 0.6 * 0.36];
  return base.origin.map((value, axis) => value + along * normal[axis]!) as unknown as [number, number, number];
}

describe('several volumes in one series', () => {
  it.each(ways)('are told apart by %s', (_title, parts, told) => {
    const files = parts.flat();
    const entries = entriesOf(files);
    expect(entries.map(({ status, reasons }) => [status, reasons])).toEqual(parts.map(() => ['volume', []]));
    const uid = entries[0]!.header.seriesInstanceUid;
    expect(entries.map(({ volumeId }) => volumeId)).toEqual(parts.map((_, n) => `${uid}#${n + 1}`));
    for (const [n, entry] of entries.entries()) expect(entry.part).toMatch(told[n]!);
    // Without a choice nothing is loaded; with one it is exactly the volume of those files alone.
    expect(assembleSeries(files)).toMatchObject({ reasons: [{ code: 'series_ambiguous' }] });
    expect(assembleSeries(files, uid)).toMatchObject({ reasons: [{ code: 'series_ambiguous' }] });
    for (const [n, alone] of parts.entries()) {
      const chosen = volumeOf(assembleSeries(files, `${uid}#${n + 1}`));
      expect(chosen.fingerprint).toBe(volumeOf(assembleSeries(alone)).fingerprint);
    }
    // The order of the files changes nothing.
    const named = entriesOf([...files].reverse()).map(({ volumeId, part: name, files: own }) => [volumeId, name, own]);
    expect(named).toEqual(entries.map(({ volumeId, part: name, files: own }) => [volumeId, name, own]));
  });

  it('are not torn where the times of their slices interleave', () => {
    const parts = [0, 1, 2].map((n) =>
      part(
        n + 1,
        (k) => [tm('00080032', `10${15 + 2 * k}${10 + n}.5`)],
        {},
        (k) => ({ instanceNumber: 8 * n + k }),
      ),
    );
    const files = parts.flat();
    const entries = entriesOf(files);
    expect(entries.map(({ status, slices, part: name }) => [status, slices, name])).toEqual([
      ['volume', 8, 'volume 1 of 3 (images 0 to 7)'],
      ['volume', 8, 'volume 2 of 3 (images 8 to 15)'],
      ['volume', 8, 'volume 3 of 3 (images 16 to 23)'],
    ]);
    for (const [n, { volumeId }] of entries.entries()) {
      const chosen = volumeOf(assembleSeries(files, volumeId));
      expect(chosen.fingerprint).toBe(volumeOf(assembleSeries(parts[n]!)).fingerprint);
    }
  });

  it('half a step apart do not pass for one even stack because some slices are described otherwise', () => {
    for (const odd of [[0], [7], [3], [2, 6]]) {
      const phases = [1, 2].map((n) => {
        const echo = (k: number) => (n === 2 && odd.includes(k) ? 4.61 : 2.3 * n);
        return part(n, (k) => [ds('00180081', echo(k))], { origin: shifted(n * 1.15) });
      });
      const entries = entriesOf(phases.flat());
      const first = entries.find(({ part: name }) => name?.includes('2.3 ms') === true);
      expect([first?.status, first?.slices]).toEqual(['volume', 8]);
      const chosen = volumeOf(assembleSeries(phases.flat(), first!.volumeId));
      expect(chosen.fingerprint).toBe(volumeOf(assembleSeries(phases[0]!)).fingerprint);
      expect(entries.filter(({ slices }) => slices > 8)).toEqual([]);
    }
  });

  it.each<[string, (odd: boolean) => SliceOptions]>([
    ['thickness', (odd) => ({ sliceThickness: odd ? 5 : 2.3 })],
    ['acquisition', (odd) => ({ elements: [is('00200012', odd ? 2 : 1)] })],
    ['description', (odd) => ({ elements: [{ tag: '0008103E', vr: 'LO', value: odd ? 'Ends' : 'Liver' }] })],
    ['diffusion', (odd) => ({ elements: [cs('00189075', odd ? 'NONE' : 'ISOTROPIC')] })],
  ])('are not made of some slices of another %s in one', (_title, options) => {
    for (const odd of [[0, 7], [1, 5], [2, 3, 4], [0, 1, 6], [5]]) {
      const files = part(
        1,
        () => [],
        {},
        (k) => options(odd.includes(k)),
      );
      expect([odd, ...entriesOf(files).map(({ status, slices }) => [status, slices])]).toEqual([odd, ['volume', 8]]);
      // With a slice missing it is one that has a gap, and no smaller volume is found in it.
      const left = files.filter((_, k) => k !== 4);
      const told = entriesOf(left).map(({ status, slices, reasons }) => [status, slices, reasons[0]?.code]);
      expect([odd, ...told]).toEqual([odd, ['refused', 7, 'missing_slice']]);
    }
  });

  it('are not made of an even stack whose slices are not all described alike, which is said', () => {
    const kernels = part(1, (k) => [cs('00181210', k < 4 ? 'B70f' : 'B30f')]);
    const echoes = part(1, (k) => [ds('00180081', k % 4 === 0 ? 2.302 : 2.3020000457764)]);
    const edited = part(1, (k) => [cs('00080008', `${k > 2 && k < 6 ? 'DERIVED' : 'ORIGINAL'}\\PRIMARY\\AXIAL`)]);
    for (const files of [kernels, echoes, edited]) {
      const entries = entriesOf(files);
      expect(entries.map(({ status, slices }) => [status, slices])).toEqual([['volume', 8]]);
      expect(entries[0]!.remarks.map(({ code }) => code)).toEqual(['mixed_acquisition']);
    }
  });

  it('do not lose an end where the field of view or the matrix changes on the way: the whole is refused by name', () => {
    const changes: readonly (readonly [code: string, options: SliceOptions])[] = [
      ['mixed_pixel_spacing', { pixelSpacing: [0.8, 0.95] }],
      ['mixed_size', { columns: 4, rows: 3 }],
    ];
    for (const [code, options] of changes) {
      for (const odd of [[0], [7], [0, 7], [0, 1, 2], [4, 5, 6, 7]]) {
        const files = part(
          1,
          () => [],
          {},
          (k) => (odd.includes(k) ? options : {}),
        );
        const told = entriesOf(files).map(({ status, slices, reasons }) => [status, slices, reasons[0]?.code]);
        expect([odd, ...told]).toEqual([odd, ['refused', 8, code]]);
      }
    }
  });

  it('lose no slice to one image of another field of view or matrix, which is set aside and said', () => {
    const slices = part(1, () => []);
    const odd: readonly SliceOptions[] = [{ pixelSpacing: [0.4, 0.5] }, { columns: 4, rows: 3 }];
    for (const common of odd) {
      const one = part(
        9,
        () => [],
        { size: [6, 5, 1], origin: shifted(60), common: { ...base.common, ...common } },
        () => common,
      );
      const entries = entriesOf([...one, ...slices]);
      expect(entries.map(({ status, slices: count }) => [status, count]).sort()).toEqual([
        ['refused', 1],
        ['volume', 8],
      ]);
      const whole = volumeOf(assembleSeries([...one, ...slices]));
      expect(whole.entry.remarks.map(({ code }) => code)).toContain('images_set_aside');
      expect(whole.fingerprint).toBe(volumeOf(assembleSeries(slices)).fingerprint);
    }
  });

  it('are found beside the images of one place that watched the contrast arrive, which are set aside and said', () => {
    const thick = { spacing: [0.7, 0.9, 0], common: { sliceThickness: 10 } } as const;
    const watched = (acquisition: number) =>
      part(9, () => [is('00200012', acquisition)], { ...thick, origin: shifted(4.6) });
    const phases = [2, 3].map((n) => part(n, () => [is('00200012', n)]));
    const single = part(2, () => [is('00200012', 1)]);
    for (const [aside, volumes] of [[watched(1), phases] as const, [watched(1), [single]] as const]) {
      const files = [...aside, ...volumes.flat()];
      const usable = entriesOf(files).filter(({ status }) => status === 'volume');
      expect(usable).toHaveLength(volumes.length);
      for (const [n, { volumeId, remarks }] of usable.entries()) {
        expect(remarks.map(({ code }) => code)).toContain('images_set_aside');
        const chosen = volumeOf(assembleSeries(files, volumeId));
        expect(chosen.fingerprint).toBe(volumeOf(assembleSeries(volumes[n]!)).fingerprint);
      }
    }
  });

  it('do not hide that a slice of one phase is missing', () => {
    const files = [1, 2, 3].flatMap((n) => part(n, () => [is('00200100', n)]).filter((_, k) => n !== 2 || k !== 3));
    const entries = entriesOf(files);
    expect(entries.map(({ status }) => status)).toEqual(['volume', 'refused', 'volume']);
    expect(entries[1]!.reasons.map(({ code }) => code)).toEqual(['missing_slice']);
  });

  it('are not made of one acquisition in several table positions or in two interleaved runs of MR', () => {
    const tables = part(1, (k) => [is('00200012', k < 4 ? 1 : 2)]);
    expect(entriesOf(tables).map(({ status, volumeId }) => [status, volumeId.includes('#')])).toEqual([
      ['volume', false],
    ]);
    const runs = part(1, (k) => [is('00200012', 1 + (k % 2))], { common: { modality: 'MR', sliceThickness: 2.3 } });
    expect(entriesOf(runs).map(({ status }) => status)).toEqual(['volume']);
    const times = part(1, (k) => [tm('00080033', `1015${10 + k}`), tm('00080032', `1014${10 + k}`)]);
    expect(entriesOf(times).map(({ status }) => status)).toEqual(['volume']);
  });

  it('are told apart by the passes of image numbers where two of CT would look like one, and said', () => {
    const halves = (modality: string) =>
      [1, 2].flatMap((n) =>
        part(n, () => [], {
          origin: shifted(n * 1.15),
          common: { ...base.common, modality, slope: 1, intercept: -1024 },
        }),
      );
    const entries = entriesOf(halves('CT'));
    expect(entries.map(({ part: name, spacing }) => [name, spacing![2].toFixed(3)])).toEqual([
      ['volume 1 of 2 (images 1001 to 1008)', '2.300'],
      ['volume 2 of 2 (images 2001 to 2008)', '2.300'],
    ]);
    expect(entries[0]!.remarks.map(({ code }) => code)).toEqual(['told_apart_by_number']);
    // MR takes the odd slices of one volume first, then the even ones.
    expect(entriesOf(halves('MR')).map(({ slices }) => slices)).toEqual([16]);
  });

  it('are one volume where the acquisition went through once, however the images are numbered', () => {
    const once = part(
      1,
      (k) => [tm('00080032', `1015${10 + k}.5`)],
      { size: [6, 5, 12] },
      (k) => ({ instanceNumber: k % 2 === 0 ? 1 + k / 2 : 7 + (k - 1) / 2 }),
    );
    expect(entriesOf(once).map(({ slices, remarks }) => [slices, remarks.length])).toEqual([[12, 0]]);
  });

  it('are refused where they are of two patients, whatever else tells them apart', () => {
    const files = [1, 2].flatMap((n) =>
      part(n, () => [is('00200100', n), { tag: '00100020', vr: 'LO', value: `P-${n}` }]),
    );
    expect(entriesOf(files).map(({ status, reasons }) => [status, reasons[0]!.code])).toEqual([
      ['refused', 'mixed_patient'],
    ]);
  });

  it('are told apart by runs of image numbers, if by nothing else: only as whole stacks of the same places, and said', () => {
    const files = [1, 2, 3].flatMap((n) => part(n, () => []));
    const entries = entriesOf(files);
    expect(entries.map(({ part: name }) => name)).toEqual([
      'volume 1 of 3 (images 1001 to 1008)',
      'volume 2 of 3 (images 2001 to 2008)',
      'volume 3 of 3 (images 3001 to 3008)',
    ]);
    for (const [n, entry] of entries.entries()) {
      expect(entry.remarks.map(({ code }) => code)).toEqual(['told_apart_by_number']);
      const chosen = volumeOf(assembleSeries(files, entry.volumeId));
      expect(chosen.fingerprint).toBe(volumeOf(assembleSeries(part(n + 1, () => []))).fingerprint);
    }
  });

  it.each<readonly [string, Files]>([
    [
      'numbers that go to and fro between them',
      [1, 2].flatMap((n) =>
        part(
          n,
          () => [],
          {},
          (k) => ({ instanceNumber: 2 * k + n }),
        ),
      ),
    ],
    ['a slice that one has less', [...part(1, () => []), ...part(2, () => []).slice(1)]],
    ['a slice that one has elsewhere', [...part(1, () => []), ...part(2, () => [], { origin: shifted(0.4) })]],
    ['too few slices', [1, 2].flatMap((n) => part(n, () => [], { size: [6, 5, 4] }))],
    ['no numbers', [1, 2].flatMap((n) => part(n, () => [{ tag: '00200013', vr: 'IS', value: null }]))],
  ])('are not guessed where nothing tells them apart: %s', (_title, files) => {
    const entries = entriesOf(files);
    expect(entries.map(({ status }) => status)).toEqual(['refused']);
    expect(['duplicate_slice', 'uneven_spacing']).toContain(entries[0]!.reasons[0]!.code);
  });

  it('leave localizers and screen captures aside, and say so', () => {
    const scout = part(9, () => [cs('00080008', 'ORIGINAL\\PRIMARY\\LOCALIZER')], {
      size: [6, 5, 2],
      orientation: [0, 1, 0, 0, 0, -1],
    });
    const capture = part(8, () => [], { size: [6, 5, 1], common: { sopClassUid: '1.2.840.10008.5.1.4.1.1.7' } });
    const slices = part(1, () => []);
    const entries = entriesOf([...scout, ...slices, ...capture]);
    const uid = entries[0]!.header.seriesInstanceUid;
    expect(entries.map(({ volumeId, status }) => [volumeId, status])).toEqual([
      [uid, 'volume'],
      [`${uid}#localizer`, 'refused'],
      [`${uid}#other`, 'refused'],
    ]);
    expect(entries.slice(1).map(({ reasons }) => reasons[0]!.code)).toEqual(['localizer', 'not_ct_or_mr']);
    const whole = volumeOf(assembleSeries([...scout, ...slices, ...capture]));
    expect(whole.fingerprint).toBe(volumeOf(assembleSeries(slices)).fingerprint);
  });
});

describe('a file that is there twice', () => {
  const slices = part(1, () => []);
  const copy = { name: 'backup/again.dcm', bytes: slices[3]!.bytes };

  it('is used once, and said', () => {
    const twice = volumeOf(assembleSeries([...slices, copy]));
    expect(twice.fingerprint).toBe(volumeOf(assembleSeries(slices)).fingerprint);
    expect(twice.entry.remarks.map(({ code }) => code)).toEqual(['repeated_files']);
    expect(twice.entry.slices).toBe(8);
  });

  it('is refused when its pixels are others, whichever is read first', () => {
    const bytes = copy.bytes.slice();
    bytes[bytes.length - 2]! ^= 1;
    for (const files of [
      [...slices, { ...copy, bytes }],
      [{ ...copy, bytes }, ...slices],
    ]) {
      expect(assembleSeries(files)).toMatchObject({ kind: 'refused', reasons: [{ code: 'duplicate_slice' }] });
    }
  });
});

describe('the phase', () => {
  const described = (text: string) => {
    return entriesOf(part(1, () => [{ tag: '0008103E', vr: 'LO', value: text }]))[0]!;
  };

  it.each([
    ['Abdomen PV 2.0 B30f', 'portal-venous'],
    ['Leber portalven\u00f6s 1.5', 'portal-venous'],
    ['ABD_VENOUS_3MM', 'portal-venous'],
    ['late arterial 1 mm', 'arterial'],
    ['CE art. Phase', 'arterial'],
    ['Abdomen nativ', 'native'],
    ['Pre-contrast liver', 'native'],
    ['DELAYED 5 MIN', 'delayed'],
    ['Sp\u00e4tphase', 'delayed'],
    ['VIBE hepatobiliary 20 min', 'delayed'],
    ['CT abdomen without contrast', 'native'],
    ['\u95e8\u8109\u671f 1.0', 'portal-venous'],
    ['\u52d5\u8108\u76f8', 'arterial'],
    ['Portal venous, delayed', 'delayed'],
    // A protocol names what its series are; none of them is this one.
    ['Abdomen W/WO contrast', null],
    ['with and without contrast', null],
    ['arterial + venous', null],
    ['3-phase liver art pv delay', null],
    ['Thorax-Abdomen 5.0', null],
    ['Partial recon', null],
    ['Party wall', null],
  ] as const)('of “%s” is guessed to be %s', (text, phase) => {
    const utf8 = { tag: '00080005', vr: 'CS', value: 'ISO_IR 192' };
    const [entry] = entriesOf(part(1, () => [utf8, { tag: '0008103E', vr: 'LO', value: text }]));
    expect(entry!.phase?.phase ?? null).toBe(phase);
    const warned = entry!.remarks.some(({ code }) => code === 'not_portal_venous');
    expect(warned).toBe(phase !== null && phase !== 'portal-venous');
  });

  it('is guessed from the injection before the words, and from the times of four phases', () => {
    const timed = part(1, () => [
      tm('00181042', '101500'),
      tm('00080032', '101535'),
      { tag: '0008103E', vr: 'LO', value: 'Liver portal' },
    ]);
    expect(entriesOf(timed)[0]!.phase?.phase).toBe('arterial');
    expect(entriesOf(timed)[0]!.phase?.reason).toContain('35 s');
    const starts = ['101000', '101535', '101610', '101900'];
    const four = starts.flatMap((time, n) => part(n, () => [is('00200100', n + 1), tm('00080032', time)]));
    expect(entriesOf(four).map(({ phase }) => phase?.phase)).toEqual([
      'native',
      'arterial',
      'portal-venous',
      'delayed',
    ]);
  });

  it('has no guess without a word of it', () => {
    expect(described('Body 2.0').phase).toBeNull();
  });
});

describe('of the images of one Dixon scan', () => {
  it.each([
    [['FAT', 'IN_PHASE', 'OUT_PHASE', 'WATER'], /water/],
    [['WATER', 'OUT_PHASE', 'IN_PHASE', 'FAT'], /water/],
    [['FAT', 'OUT_PHASE', 'IN_PHASE'], /in phase/],
    [['FAT', 'OUT_PHASE'], /opposed phase/],
  ] as const)('%s, the one in which the liver stands out best is looked at first', (types, wanted) => {
    const files = types.flatMap((type, n) => part(n, () => [cs('00080008', `DERIVED\\PRIMARY\\DIXON\\${type}`)]));
    const headers = files.flatMap(({ name, bytes }) => {
      const read = readHeaders(name, bytes, bytes.length);
      return read.ok ? read.value : [];
    });
    const { entries, best } = listSeries(headers);
    expect(entries.find(({ volumeId }) => volumeId === best?.volumeId)?.part).toMatch(wanted);
  });
});
