import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSeries, scanFolder } from '../../electron/cli/folder.ts';
import { Refusal } from '../../electron/cli/refusal.ts';
import { answerOf, refusalOf } from '../support/command-line.ts';
import { fixtureSeriesUid, writeDicomSlice, writeDicomStack } from '../support/dicom-fixture.ts';
import type { DicomElement, SliceOptions, StackOptions } from '../support/dicom-fixture.ts';
import { describeWith, runPython } from '../support/needs.ts';
import { readerOf } from '../support/slice-readers.ts';

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Listed {
  readonly seriesInstanceUid: string;
  readonly volumeId: string;
  readonly modality: string;
  readonly slices: number;
  readonly size: readonly number[] | null;
  readonly spacing: readonly number[] | null;
  readonly coverageMm: number | null;
  readonly phase: { readonly phase: string } | null;
  readonly status: string;
  readonly resampling: string;
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
  readonly remarks: readonly { readonly code: string; readonly message: string }[];
  readonly suggested: string | null;
}

const text = (tag: string, vr: string, value: string): DicomElement => ({ tag, vr, value });
const base: StackOptions = {
  size: [6, 5, 7],
  spacing: [0.7, 0.9, 2.3],
  origin: [-31.5, 13.25, 117],
  orientation: [0.8, 0.6, 0, -0.36, 0.48, 0.8],
  stored: (i, j, k) => 900 + i + 10 * j + 60 * k,
  common: { sliceThickness: null },
};

let root = '';
let fresh = 0;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'remnant-sources-'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** The same bytes with two more in their middle. */
function shifted(bytes: Uint8Array): Uint8Array {
  const middle = bytes.length - 100;
  return Uint8Array.from([...bytes.subarray(0, middle), 0, 0, ...bytes.subarray(middle)]);
}

/** A folder below the test's own with these files. */
function folderOf(files: readonly NamedBytes[]): string {
  const folder = join(root, `folder-${++fresh}`);
  mkdirSync(folder);
  for (const { name, bytes } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

/** One series of its own number, in a folder of its own. */
function series(
  number: number,
  description: string,
  change: Partial<StackOptions> & { readonly elements?: (k: number) => readonly DicomElement[] } = {},
  slice: (k: number) => SliceOptions = () => ({}),
): readonly NamedBytes[] {
  return writeDicomStack({
    ...base,
    ...change,
    common: { ...base.common, seriesInstanceUid: `2.25.${number}`, ...change.common },
    slice: (k) => ({
      instanceNumber: 500 * (number % 100) + k,
      elements: [
        text('0008103E', 'LO', description),
        text('00200011', 'IS', String(number)),
        ...(change.elements?.(k) ?? []),
      ],
      ...slice(k),
    }),
  }).map(({ name, bytes }) => ({ name: `disc/S${number}/${name.replace('.dcm', '')}`, bytes }));
}

function moved(height: number, sideways = 0): SliceOptions {
  const normal = [0.48, -0.64, 0.6];
  const at = base.origin.map((v, d) => v + height * normal[d]! + sideways * base.orientation[d]!);
  return { position: [at[0]!, at[1]!, at[2]!] };
}

function tenSeries(): readonly NamedBytes[] {
  const dixon = ['FAT', 'IN', 'OUT', 'WATER'];
  const mr: SliceOptions = { modality: 'MR', slope: null, intercept: null };
  return [
    ...series(1, 'Scout', {
      size: [6, 5, 2],
      elements: () => [text('00080008', 'CS', 'ORIGINAL\\PRIMARY\\LOCALIZER')],
    }),
    ...series(2, 'Abdomen portal venous', { size: [6, 5, 80] }),
    ...[1, 2, 3, 4].flatMap((phase) =>
      series(3, 'Liver 4 phases', { elements: () => [text('00200100', 'IS', String(phase))] }, (k) => ({
        instanceNumber: 100 * phase + k,
      })).map((file) => ({ ...file, name: `${file.name}-${phase}` })),
    ),
    ...dixon.flatMap((type, n) =>
      series(4, 'Dixon', {
        common: mr,
        elements: () => [text('00080008', 'CS', `DERIVED\\PRIMARY\\DIXON\\${type}`)],
      }).map((file) => ({ ...file, name: `${file.name}-${n}` })),
    ),
    ...series(5, 'Uneven', {}, (k) => ({ ...moved(k < 4 ? k * 2 : k * 3 - 4), instanceNumber: 2500 + k })),
    ...series(6, 'Tilted', {}, (k) => ({ ...moved(k * 2.3, k * 0.6), instanceNumber: 3000 + k })),
    ...series(7, 'Gap').filter((_, k) => k !== 3),
    ...series(8, 'Thick arterial', { spacing: [0.7, 0.9, 6], size: [6, 5, 5] }),
    {
      name: 'disc/S9/dose',
      bytes: writeDicomSlice({
        modality: 'SR',
        sopClassUid: '1.2.840.10008.5.1.4.1.1.88.67',
        seriesInstanceUid: '2.25.9',
        elements: [
          text('0008103E', 'LO', 'Dose report'),
          text('00200011', 'IS', '9'),
          { tag: '7FE00010', vr: 'OW', value: null },
          { tag: '00280010', vr: 'US', value: null },
        ],
      }),
    },
    ...series(10, 'Screen capture', { size: [6, 5, 1], common: { sopClassUid: '1.2.840.10008.5.1.4.1.1.7' } }),
  ];
}

describe('a folder that mixes ten series', () => {
  it('is listed with the truth for each', () => {
    const listed = answerOf<readonly Listed[]>('series', folderOf(tenSeries()));
    const codes = (list: Listed['reasons']) => list.map(({ code }) => code).join(' ');
    expect(
      listed.map((one) => [one.volumeId, one.modality, one.slices, one.status, codes(one.reasons), one.resampling]),
    ).toEqual([
      ['2.25.1', 'CT', 2, 'refused', 'localizer', 'none'],
      ['2.25.2', 'CT', 80, 'volume', '', 'none'],
      ...[1, 2, 3, 4].map((n) => [`2.25.3#${n}`, 'CT', 7, 'volume', '', 'none']),
      ...[1, 2, 3, 4].map((n) => [`2.25.4#${n}`, 'MR', 7, 'volume', '', 'none']),
      ['2.25.5', 'CT', 7, 'refused', 'uneven_spacing', 'offered'],
      ['2.25.6', 'CT', 7, 'refused', 'gantry_tilt', 'offered'],
      ['2.25.7', 'CT', 6, 'refused', 'missing_slice', 'offered'],
      ['2.25.8', 'CT', 5, 'volume', '', 'none'],
      ['2.25.9', 'SR', 0, 'refused', 'not_an_image', 'none'],
      ['2.25.10', 'CT', 1, 'refused', expect.stringContaining('not_ct_or_mr') as string, 'none'],
    ]);
    const byId = new Map(listed.map((one) => [one.volumeId, one]));
    expect(byId.get('2.25.2')).toMatchObject({ size: [6, 5, 80], coverageMm: 184, phase: { phase: 'portal-venous' } });
    expect(byId.get('2.25.2')!.spacing![2]).toBeCloseTo(2.3, 9);
    expect(listed.filter(({ suggested }) => suggested !== null).map(({ volumeId }) => volumeId)).toEqual(['2.25.2']);
    expect(byId.get('2.25.2')!.suggested).toContain('portal-venous');
    expect(codes(byId.get('2.25.8')!.remarks)).toBe('slices_too_far_apart not_portal_venous');
    expect(byId.get('2.25.5')!.reasons[0]!.message).toContain('from 2 mm to 3 mm');
    for (const n of [1, 2, 3, 4]) expect(codes(byId.get(`2.25.4#${n}`)!.remarks)).toBe('no_rescale');
  });
});

describe('a volume', () => {
  it('is chosen by its id; interpolation only when asked for, and then said', async () => {
    const folder = folderOf(tenSeries());
    const scanned = await scanFolder(folder);
    const second = await loadSeries(scanned, '2.25.3#2');
    expect(second.entry).toMatchObject({ volumeId: '2.25.3#2', slices: 7 });
    await expect(loadSeries(scanned, '2.25.3')).rejects.toMatchObject({ code: 'series_ambiguous' });
    await expect(loadSeries(scanned, '2.25.3#5')).rejects.toMatchObject({ code: 'series_not_found' });
    await expect(loadSeries(scanned, '2.25.5')).rejects.toMatchObject({
      code: 'uneven_spacing',
      message: expect.stringMatching(/--resample-uneven would/) as string,
    });
    const resampled = await loadSeries(await scanFolder(folder, { resampleUneven: true }), '2.25.5');
    expect(resampled.entry.remarks[0]!.code).toBe('resampled_to_regular_grid');
    expect(resampled.volume.grid.spacing[2]).toBeCloseTo(2, 1);
    const listed = answerOf<readonly Listed[]>('series', folder, '--resample-uneven');
    expect(listed.filter(({ resampling }) => resampling === 'done').map(({ volumeId }) => volumeId)).toEqual([
      '2.25.5',
      '2.25.6',
      '2.25.7',
    ]);
  });
});

describe('a source', () => {
  const slices = writeDicomStack(base);
  const fingerprintOf = async (path: string) => (await loadSeries(await scanFolder(path), null)).fingerprint;

  it('is a tree of any depth, with names and loops of any kind', async () => {
    const truth = await fingerprintOf(folderOf(slices));
    const deep = slices.map(({ bytes }, k) => ({ name: `${'d/'.repeat(k * 4)}x y ${k} ä`, bytes }));
    const folder = folderOf([...deep, { name: 'd/notes.txt', bytes: new TextEncoder().encode('no image') }]);
    symlinkSync(folder, join(folder, 'd', 'loop'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    const scanned = await scanFolder(folder);
    expect(scanned.skipped).toBe(3);
    expect((await loadSeries(scanned, null)).fingerprint).toBe(truth);
    const bare = writeDicomStack({ ...base, common: { ...base.common, preamble: 'none', transferSyntax: 'implicit' } });
    expect(await fingerprintOf(folderOf(bare.map((file, k) => ({ ...file, name: `IM${k}` }))))).toBe(truth);
  });

  it('that changes between its listing and its loading is refused, whichever file it is and however it is read', async () => {
    for (const at of [0, 3, 6]) {
      for (const [change, code] of [
        [(path: string) => truncateSync(path, slices[at]!.bytes.length - 7), 'truncated_pixels'],
        [(path: string) => rmSync(path), 'unreadable_file'],
        // Longer by two bytes ahead of the pixels: a byte of their tag is no longer where it was.
        [(path: string) => writeFileSync(path, shifted(slices[at]!.bytes)), 'file_changed'],
      ] as const) {
        for (const beside of [null, readerOf('all'), readerOf('one, then it dies')]) {
          const folder = folderOf(slices);
          const scanned = await scanFolder(folder);
          change(join(folder, slices[at]!.name));
          const loading = loadSeries(scanned, null, beside);
          await expect(loading).rejects.toBeInstanceOf(Refusal);
          await expect(loading).rejects.toMatchObject({ code });
          await expect(loading).rejects.toThrow(slices[at]!.name);
        }
      }
    }
  });

  it('is one file, which is too few slices and said so; or no image at all', async () => {
    const folder = folderOf(slices);
    const scanned = await scanFolder(join(folder, slices[0]!.name));
    expect(scanned.entries.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([['too_few_slices']]);
    const words = folderOf([{ name: 'a.txt', bytes: new TextEncoder().encode('no image') }]);
    expect(refusalOf('series', join(words, 'a.txt')).code).toBe('not_a_folder');
  });
});

describe('what is no slice', () => {
  const slices = writeDicomStack(base);
  const like = (change: SliceOptions) => {
    return writeDicomStack({ ...base, common: { ...base.common, ...change } });
  };
  const gone = (tag: string): DicomElement => ({ tag, vr: 'UI', value: null });
  const floats: readonly DicomElement[] = [gone('7FE00010'), { tag: '7FE00008', vr: 'OF', value: new Uint8Array(120) }];

  it.each<readonly [string, readonly NamedBytes[], RegExp]>([
    [
      'without a series',
      like({ elements: [gone('0020000E')] }),
      /7 files may hold images: \S+ does not say which series/,
    ],
    ['with floating-point pixels', like({ elements: floats }), /stores its pixels as floating-point numbers/],
    ['without pixels', like({ elements: [gone('7FE00010')] }), /holds no pixels/],
    [
      'coded otherwise than they say',
      like({ transferSyntax: 'implicit', declaredTransferSyntax: '1.2.840.10008.1.2.2' }),
      /is not coded as it says \(Explicit VR Big Endian\)/,
    ],
  ])('is refused with its reason: files %s', (_title, files, why) => {
    const { code, message } = refusalOf('series', folderOf(files));
    expect(code).toBe('no_images');
    expect(message).toMatch(why);
  });

  it('is listed where scanners put it under MR, and casts no doubt on a volume beside it', () => {
    const raw = writeDicomSlice({
      modality: 'MR',
      sopClassUid: '1.2.840.10008.5.1.4.1.1.66',
      elements: [gone('7FE00010')],
    });
    const scanned = answerOf<readonly Listed[]>('series', folderOf([...slices, { name: 'raw', bytes: raw }]));
    expect(scanned.map(({ status, remarks }) => [status, remarks])).toEqual([
      ['volume', []],
      ['refused', []],
    ]);
    expect(scanned[1]!.reasons.map(({ code }) => code)).toEqual(['not_an_image']);
  });

  it.skipIf(process.platform === 'win32')('is not waited for: a pipe, a device', () => {
    const pipe = join(folderOf(slices), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(refusalOf('series', pipe).code).toBe('folder_not_found');
    expect(refusalOf('series', '/dev/zero').code).toBe('folder_not_found');
    expect(answerOf<readonly Listed[]>('series', dirname(pipe)).map(({ status }) => status)).toEqual(['volume']);
  });
});

describeWith(['python:pydicom'], 'archives and media written by others', () => {
  const slices = writeDicomStack({
    ...base,
    common: { ...base.common, elements: [text('00200010', 'SH', '17'), text('00080030', 'TM', '101500')] },
  });
  const pack = `
import sys, os, zipfile
folder, out, mode = sys.argv[1:4]
kind = zipfile.ZIP_STORED if mode == 'stored' else zipfile.ZIP_DEFLATED
with zipfile.ZipFile(out, 'w', kind) as z:
    for n, name in enumerate(sorted(os.listdir(folder))):
        data = open(os.path.join(folder, name), 'rb').read()
        if mode == 'odd':
            names = ['../../../etc/' + name, '/abs/' + name, 'C:\\\\temp\\\\' + name, 'same', 'ü ' + name]
            with z.open(zipfile.ZipInfo(names[n % 5]), 'w', force_zip64=True) as f: f.write(data)
        else:
            z.writestr('CD/' + name, data)
    z.writestr('CD/', b'')
    z.writestr('CD/readme.txt', b'viewer')
    z.comment = b'burnt by hand'
`;

  it('a ZIP is what is in it: stored, deflated, with names that point elsewhere, alone or inside a folder', async () => {
    const folder = folderOf(slices);
    const truth = (await loadSeries(await scanFolder(folder), null)).fingerprint;
    for (const mode of ['stored', 'deflated', 'odd']) {
      const home = folderOf([]);
      runPython(pack, folder, join(home, 'disc.zip'), mode);
      for (const path of [join(home, 'disc.zip'), home]) {
        const scanned = await scanFolder(path);
        expect(scanned.skipped).toBe(1);
        expect((await loadSeries(scanned, null)).fingerprint).toBe(truth);
      }
    }
  });

  it('a ZIP without its ending is named with what to do, and taken where it alone is named; a program or a document is not', async () => {
    const slicesFolder = folderOf(slices);
    const truth = (await loadSeries(await scanFolder(slicesFolder), null)).fingerprint;
    for (const name of ['export', '1.2.840.113619.2', 'series 2.5']) {
      const home = folderOf([]);
      runPython(pack, slicesFolder, join(home, name), 'deflated');
      const { code, message } = refusalOf('series', home);
      expect(code).toBe('no_images');
      expect(message).toContain(
        `One file may hold images: ${name} is a ZIP archive without .zip at the end of its name, and was not looked into. Unpack it and open its folder.`,
      );
      expect((await loadSeries(await scanFolder(join(home, name)), null)).fingerprint).toBe(truth);
      const beside = folderOf(slices);
      cpSync(join(home, name), join(beside, 'export'));
      cpSync(join(home, name), join(beside, 'viewer.jar'));
      const scanned = await scanFolder(beside);
      expect(scanned.skipped).toBe(2);
      const { entry } = await loadSeries(scanned, null);
      expect(entry.remarks.map((remark) => `${remark.code} ${remark.message}`)).toEqual([
        expect.stringMatching(/^files_unreadable One file beside this series .*export is a ZIP archive without \.zip/),
      ]);
    }
  });

  it('a damaged ZIP never gives a shorter or another volume', async () => {
    const folder = folderOf(slices);
    const truth = (await loadSeries(await scanFolder(folder), null)).fingerprint;
    const home = folderOf([]);
    runPython(pack, folder, join(home, 'disc.zip'), 'deflated');
    const { readFileSync } = await import('node:fs');
    const whole = readFileSync(join(home, 'disc.zip'));
    let refused = 0;
    for (let at = 0; at < whole.length; at += 97) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 0x55;
      writeFileSync(join(home, 'disc.zip'), at % 2 === 0 ? bytes : whole.subarray(0, at));
      try {
        const { entry, fingerprint } = await loadSeries(await scanFolder(join(home, 'disc.zip')), null);
        const said = entry.remarks.some(({ code }) => ['files_unreadable', 'images_set_aside'].includes(code));
        expect(fingerprint === truth || said).toBe(true);
      } catch (trouble) {
        if (!(trouble instanceof Refusal)) throw trouble;
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(10);
  });

  it('a ZIP that can not be read, or holds only another, is named with what to do', async () => {
    const folder = folderOf(slices);
    const home = folderOf([]);
    const path = join(home, 'disc.zip');
    runPython(pack, folder, path, 'deflated');
    const { readFileSync } = await import('node:fs');
    const whole = readFileSync(path);
    const refused = () => [path, home].map((source) => refusalOf('series', source).message);
    const encrypted = Buffer.from(whole);
    for (const [mark, flags] of [
      ['PK\x03\x04', 6],
      ['PK\x01\x02', 8],
    ] as const) {
      for (let at = whole.indexOf(mark); at >= 0; at = whole.indexOf(mark, at + 4)) encrypted[at + flags]! |= 1;
    }
    writeFileSync(path, encrypted);
    for (const message of refused()) expect(message).toMatch(/is encrypted\. Unpack the archive/);
    writeFileSync(path, whole.subarray(0, whole.length - 40));
    for (const message of refused()) expect(message).toMatch(/disc\.zip is damaged, or an archive inside another/);
    // Beside a whole series it could hold a slice that lies beyond its ends.
    const beside = folderOf([...slices, { name: 'rest.zip', bytes: whole.subarray(0, whole.length - 40) }]);
    const { entry } = await loadSeries(await scanFolder(beside), null);
    expect(entry.remarks.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^files_unreadable .*rest\.zip is damaged/),
    ]);
    const nest =
      "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], 'w'); z.writestr('in.zip', open(sys.argv[2], 'rb').read())";
    writeFileSync(join(folder, 'in.zip'), whole);
    runPython(nest, path, join(folder, 'in.zip'));
    for (const message of refused()) expect(message).toMatch(/in\.zip is damaged, or an archive inside another/);
  });

  it('a DICOMDIR is not needed: its files are found without it, and it may be named in their place', async () => {
    const folder = folderOf(slices);
    const truth = (await loadSeries(await scanFolder(folder), null)).fingerprint;
    const disc = join(folderOf([]), 'disc');
    const write = `
import sys, os
from pydicom.fileset import FileSet
fs = FileSet()
for name in os.listdir(sys.argv[1]): fs.add(os.path.join(sys.argv[1], name))
fs.write(sys.argv[2])
`;
    runPython(write, folder, disc);
    for (const path of [disc, join(disc, 'DICOMDIR')]) {
      const scanned = await scanFolder(path);
      expect(scanned.indexes).toEqual(['DICOMDIR']);
      expect(scanned.entries.map(({ volumeId }) => volumeId)).toEqual([fixtureSeriesUid]);
      expect((await loadSeries(scanned, null)).fingerprint).toBe(truth);
    }
  });
});
