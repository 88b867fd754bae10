import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import {
  assembleSeries,
  filesToRead,
  listSeries,
  prepareAssembly,
  readHeaders,
  readPixels,
  thumbnailOf,
} from '../../src/dicom/index.ts';
import type { Assembly } from '../../src/dicom/index.ts';
import { codings, convert, convertToHtj2k, decoderForTests } from '../support/compressed-fixture.ts';
import { refragment, writeEnhanced } from '../support/enhanced-fixture.ts';
import type { EnhancedOptions } from '../support/enhanced-fixture.ts';
import { describeWith } from '../support/needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'remnant-frames-'));
const decoder = decoderForTests();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const oblique: EnhancedOptions = {
  order: [3, 0, 5, 1, 4, 2, 6],
  size: [14, 11],
  spacing: [0.7, 0.9, 2.3],
  origin: [-31.5, 13.25, 117],
  orientation: [0.8, 0.6, 0, -0.36, 0.48, 0.8],
  rescale: [0, 1, 2, 3, 4, 5, 6].map((k) => [1 + (k % 3), -1024 + 10 * k] as const),
};

function load(path: string): Assembly {
  return assembleSeries([{ name: 'frames.dcm', bytes: new Uint8Array(readFileSync(path)) }], undefined, decoder);
}

function volumeOf(assembly: Assembly): Extract<Assembly, { kind: 'volume' }> {
  if (assembly.kind === 'refused') throw new Error(assembly.reasons.map(({ message }) => message).join(' '));
  return assembly;
}

function expectVolume(path: string, expected: readonly number[]): Extract<Assembly, { kind: 'volume' }> {
  const assembly = volumeOf(load(path));
  const { grid, values } = assembly.volume;
  expect([...values]).toEqual(expected);
  expect(grid.size).toEqual([14, 11, 7]);
  for (const [axis, step] of oblique.spacing.entries()) expect(grid.spacing[axis]).toBeCloseTo(step, 6);
  for (const [axis, place] of oblique.origin.entries()) expect(grid.origin[axis]).toBeCloseTo(place, 6);
  expect(assembly.entry.files).toEqual(['frames.dcm']);
  expect(assembly.entry.slices).toBe(7);
  return assembly;
}

const file = (name: string) => join(folder, name);

describeWith(['python:pydicom', 'python:numpy', 'dcmdump', 'gdcmconv'], 'multi-frame objects', () => {
  it.each<readonly [string, Partial<EnhancedOptions>]>([
    ['enhanced CT, orientation and spacing shared, rescale per frame', {}],
    ['enhanced CT with everything per frame', { shared: [] }],
    ['enhanced CT with signed pixels', { signed: true }],
    ['legacy converted CT', { sopClass: '2.2', shared: ['measures'] }],
    ['enhanced MR', { modality: 'MR', sopClass: '4.1' }],
    ['legacy converted MR', { modality: 'MR', sopClass: '4.4', shared: [] }],
  ])('become slices with their own place and rescale: %s', (title, change) => {
    const path = file(`${title.replaceAll(/\W+/g, '-')}.dcm`);
    const expected = writeEnhanced(path, { ...oblique, ...change });
    const { volume, entry } = expectVolume(path, expected);
    expect(volume.unit).toBe(change.modality === 'MR' ? 'arbitrary' : 'HU');
    expect(entry.header.patientName).toBe('Enhanced, Frames');
  });

  it.each<readonly [string, Partial<EnhancedOptions>, RegExp]>([
    ['the stack', { told: 'stack' }, /^stack [12]$/],
    ['the stack, where all places together look even', { told: 'stack', phaseShift: 1.15 }, /^stack [12]$/],
    ['the time of each frame', { told: 'acquired' }, /^phase [12] of 2 \(in the order of time\)$/],
    ['the time they refer to', { told: 'referred' }, /^phase [12] of 2 \(acquired 10:15:[02]0\)$/],
    ['the time since the first', { told: 'offset' }, /^phase [12] of 2 \(temporal position\)$/],
    ['the delay behind the trigger', { told: 'trigger' }, /\(trigger time (0|110\.5) ms\)$/],
    ['the inversion time', { told: 'inversion', modality: 'MR', sopClass: '4.1' }, /^inversion time [13]00\.5 ms$/],
    ['a dimension', { told: 'dimension' }, /^volume [12] of 2 \(dimension Contrast phase: [34]\)$/],
    ['a private dimension', { told: 'private dimension' }, /^volume [12] of 2 \(dimension \(0033,1011\): [34]\)$/],
    [
      'a dimension, where all places together look even',
      { told: 'dimension', phaseShift: 1.15 },
      /^volume [12] of 2 \(dimension Contrast phase: [34]\)$/,
    ],
    ['the component', { told: 'component', modality: 'MR', sopClass: '4.1' }, /^(magnitude|phase)$/],
    [
      'the direction of diffusion',
      { told: 'gradient', modality: 'MR', sopClass: '4.1' },
      /^diffusion DIRECTIONAL (1, 0, 0|0, 1, 0)$/,
    ],
  ])('become several volumes, told apart by %s', (title, change, told) => {
    const path = file(`${title.replaceAll(/\W+/g, '-')}.dcm`);
    const rescale = Array.from({ length: 14 }, (_, n) => [1 + (n % 3), -1024 + 10 * n] as const);
    const order = [3, 12, 0, 5, 8, 7, 1, 13, 4, 2, 9, 6, 11, 10];
    const values = writeEnhanced(path, { ...oblique, places: 7, rescale, order, ...change });
    const half = values.length / 2;
    const bytes = new Uint8Array(readFileSync(path));
    const headers = readHeaders('frames.dcm', bytes, bytes.length);
    if (!headers.ok) throw new Error(headers.error.message);
    const { entries } = listSeries(headers.value);
    expect(entries.map(({ status }) => status)).toEqual(['volume', 'volume']);
    const found = entries.map(({ volumeId, part }) => {
      expect(part).toMatch(told);
      return volumeOf(assembleSeries([{ name: 'frames.dcm', bytes }], volumeId, decoder)).volume;
    });
    // Parts come in the order of what tells them apart, which is not always that of the phases.
    const isTurned = found[0]!.values[0] !== values[0];
    for (const [phase, volume] of (isTurned ? [...found].reverse() : found).entries()) {
      expect([...volume.values]).toEqual(values.slice(phase * half, (phase + 1) * half));
      expect(volume.grid.spacing[2]).toBeCloseTo(2.3, 6);
    }
  });

  it('of several files become the volumes of the one object that these are parts of', () => {
    const path = file('concatenation.dcm');
    const change = { told: 'private dimension', places: 6, framesPerFile: 3 } as const;
    const order = Array.from({ length: 12 }, (_, n) => n);
    const values = writeEnhanced(path, { ...oblique, rescale: order.map((n) => [1, -1024 - n]), order, ...change });
    const files = [0, 1, 2, 3].map((part) => {
      return { name: `part-${part}.dcm`, bytes: new Uint8Array(readFileSync(`${path}.${part}`)) };
    });
    const headers = files.flatMap(({ name, bytes }) => {
      const read = readHeaders(name, bytes, bytes.length);
      if (!read.ok) throw new Error(read.error.message);
      return read.value;
    });
    const { entries } = listSeries(headers);
    expect(entries.map(({ status, slices }) => [status, slices])).toEqual([
      ['volume', 6],
      ['volume', 6],
    ]);
    const half = values.length / 2;
    for (const [phase, { volumeId }] of entries.entries()) {
      const { volume } = volumeOf(assembleSeries(files, volumeId, decoder));
      expect([...volume.values]).toEqual(values.slice(phase * half, (phase + 1) * half));
    }
  });

  it('take a shared rescale for all frames', () => {
    const rescale = oblique.rescale!.map(() => [2, -1000] as const);
    const path = file('shared-rescale.dcm');
    expectVolume(path, writeEnhanced(path, { ...oblique, rescale, shared: ['orientation', 'measures', 'rescale'] }));
  });

  it('are refused as CT and taken as they are as MR without rescale', () => {
    const without = { ...oblique, rescale: [] };
    const path = file('no-rescale.dcm');
    writeEnhanced(path, without);
    expect(load(path)).toMatchObject({ kind: 'refused', reasons: [{ code: 'no_rescale' }] });
    const expected = writeEnhanced(path, { ...without, modality: 'MR', sopClass: '4.1' });
    const { entry } = expectVolume(path, expected);
    expect(entry.remarks.map(({ code }) => code)).toContain('no_rescale');
  });

  it('are the same volume in every coding', async () => {
    const original = file('original.dcm');
    const expected = writeEnhanced(original, oblique);
    const { fingerprint } = volumeOf(load(original));
    let read = 0;
    for (const { name, encode, lossless } of codings.filter((coding) => coding.lossless)) {
      const packed = file('packed.dcm');
      convert(encode, original, packed);
      expect(lossless).toBe(true);
      expect(volumeOf(load(packed)).fingerprint, name).toBe(fingerprint);
      read += 1;
    }
    expect(read).toBeGreaterThan(10);
    const packed = file('packed-ht.dcm');
    await convertToHtj2k('201', original, packed);
    expectVolume(packed, expected);
  });

  it.each(['JPEG 2000', 'JPEG-LS', 'JPEG lossless', 'RLE (dcmtk)'])('are found in their fragments: %s', (name) => {
    const [original, packed, again] = [file('whole.dcm'), file('frames.dcm'), file('fragments.dcm')];
    const expected = writeEnhanced(original, oblique);
    convert(codings.find((coding) => coding.name === name)!.encode, original, packed);
    // RLE has one fragment a frame by definition.
    const counts = name.startsWith('RLE') ? [1] : [1, 2, 5];
    for (const count of counts) {
      refragment(packed, again, 'basic', count);
      expectVolume(again, expected);
      refragment(packed, again, 'none', count);
      expectVolume(again, expected);
    }
    refragment(packed, again, 'extended', 1);
    expectVolume(again, expected);
  });

  it('can be decoded in parts, in any order, as several workers do', () => {
    const [original, packed] = [file('parts.dcm'), file('parts-packed.dcm')];
    const expected = writeEnhanced(original, oblique);
    convert(['gdcmconv', '--j2k'], original, packed);
    const bytes = new Uint8Array(readFileSync(packed));
    const headers = readHeaders('frames.dcm', bytes, bytes.length);
    if (!headers.ok) throw new Error(headers.error.message);
    expect(headers.value.map((header) => header.name)).toContain('frames.dcm, frame 7');
    const {
      entries: [entry],
      volumes,
    } = listSeries(headers.value);
    expect(filesToRead(entry!)).toEqual(['frames.dcm']);
    const assembly = prepareAssembly(entry!, volumes);
    const slices = assembly.slicesIn('frames.dcm');
    for (const from of [4, 0]) {
      expect(assembly.finish().kind).toBe('refused');
      assembly.placePixels('frames.dcm', readPixels(slices.slice(from, from + 4), bytes, decoder), from);
    }
    const result = assembly.finish();
    expect(result.kind === 'volume' ? [...result.volume.values] : []).toEqual(expected);
    expect(thumbnailOf(slices[3]!, bytes, null, decoder)).not.toBeNull();
  });

  it('show the middle slice of each volume of theirs, not of the file', () => {
    const path = file('middles.dcm');
    writeEnhanced(path, oblique);
    const bytes = new Uint8Array(readFileSync(path));
    const headers = readHeaders('frames.dcm', bytes, bytes.length);
    if (!headers.ok) throw new Error(headers.error.message);
    // Two echoes in one object: the frames as they lie in the file, one of them after the other.
    const echo = (n: number) => {
      return headers.value.map((header) => ({
        ...header,
        name: `${header.name} ${n}`,
        frame: header.frame! + 7 * n,
        acquisition: { ...header.acquisition, echoTime: 2.3 * (n + 1) },
      }));
    };
    const { entries, volumes } = listSeries([...echo(0), ...echo(1)]);
    const middles = entries.map(({ volumeId }) => volumes.get(volumeId)!.headers[3]!.frame);
    // Frame 0 of the file is number 3 of the stack.
    expect(middles).toEqual([0, 7]);
  });

  it('are refused by name when frames are missing, cut off or not described', () => {
    const [original, packed] = [file('short.dcm'), file('short-packed.dcm')];
    writeEnhanced(original, { ...oblique, described: 6 });
    const bytes = new Uint8Array(readFileSync(original));
    expect(readHeaders('frames.dcm', bytes, bytes.length)).toMatchObject({ ok: false, error: { code: 'unreadable' } });
    writeEnhanced(original, oblique);
    const whole = new Uint8Array(readFileSync(original));
    const cut = assembleSeries([{ name: 'frames.dcm', bytes: whole.subarray(0, whole.length - 400) }]);
    expect(cut).toMatchObject({ kind: 'refused', reasons: [{ code: 'truncated_pixels' }] });
    expect(cut.kind === 'refused' ? cut.reasons[0]!.message : '').toMatch(/2 of 7 slices \(frames\.dcm, frame 6/);
    convert(['gdcmconv', '--j2k'], original, packed);
    const compressed = new Uint8Array(readFileSync(packed));
    const torn = [{ name: 'frames.dcm', bytes: compressed.subarray(0, compressed.length - 60) }];
    expect(assembleSeries(torn, undefined, decoder)).toMatchObject({ reasons: [{ code: 'truncated_pixels' }] });
  });

  it('are refused like single files for a missing frame', () => {
    const path = file('gap.dcm');
    writeEnhanced(path, { ...oblique, order: [3, 0, 5, 1, 6, 2] });
    expect(load(path)).toMatchObject({ kind: 'refused', reasons: [{ code: 'missing_slice' }] });
  });
});
