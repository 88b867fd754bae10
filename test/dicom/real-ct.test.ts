import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { assembleSeries, headerPrefixBytes, listSeries, prepareAssembly, readHeader } from '../../src/dicom/index.ts';
import type { Assembly, SliceHeader } from '../../src/dicom/index.ts';
import { describeWith, realCt, runPython } from '../support/needs.ts';

/** pydicom's rescaled pixels, sorted by position on the normal: a digest of each slice and one of the whole. */
const referee = `
import sys, os, hashlib, json, numpy as np, pydicom
from pydicom.pixel_data_handlers.util import apply_modality_lut
folder = sys.argv[1]
slices = [pydicom.dcmread(os.path.join(folder, name)) for name in os.listdir(folder)]
def along(d):
    o = np.array(d.ImageOrientationPatient, float)
    return float(np.dot(np.cross(o[:3], o[3:]), np.array(d.ImagePositionPatient, float)))
slices.sort(key=along)
volume = np.stack([apply_modality_lut(d.pixel_array, d) for d in slices])
assert volume.min() >= -32768 and volume.max() <= 32767 and np.all(volume == np.round(volume))
volume = volume.astype('<i2')
digest = lambda a: hashlib.sha256(np.ascontiguousarray(a).tobytes()).hexdigest()
first = slices[0]
print(json.dumps({
    'whole': digest(volume), 'slices': [digest(s) for s in volume],
    'steps': [along(b) - along(a) for a, b in zip(slices, slices[1:])],
    'origin': [float(v) for v in first.ImagePositionPatient],
    'pixelSpacing': [float(v) for v in first.PixelSpacing],
}))
`;

interface Referee {
  readonly whole: string;
  readonly slices: readonly string[];
  readonly steps: readonly number[];
  readonly origin: readonly number[];
  readonly pixelSpacing: readonly [number, number];
}

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function sha256(values: Int16Array): string {
  return createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}

function volumeOf(assembly: Assembly): Extract<Assembly, { kind: 'volume' }> {
  if (assembly.kind === 'refused') throw new Error(assembly.reasons.map((reason) => reason.message).join('\n'));
  return assembly;
}

describeWith(['real-ct', 'python:pydicom'], 'the real CT', () => {
  let files: readonly NamedBytes[] = [];
  let truth: Referee;
  let loaded: Extract<Assembly, { kind: 'volume' }>;

  beforeAll(() => {
    const folder = join(realCt()!, 'dicom');
    files = readdirSync(folder).map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
    truth = JSON.parse(runPython(referee, folder)) as Referee;
    loaded = volumeOf(assembleSeries(files));
  });

  it('has the size and spacing of its positions, not of SliceThickness', () => {
    const { grid } = loaded.volume;
    expect(grid.size).toEqual([512, 512, 78]);
    expect(grid.spacing).toEqual([0.7265625, 0.7265625, 2]);
    expect(truth.steps.every((step) => step === 2)).toBe(true);
    expect(grid.spacing[0]).toBe(truth.pixelSpacing[1]);
    expect(grid.origin).toEqual(truth.origin);
    expect(grid.axes).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(loaded.entry.remarks.map((remark) => remark.code)).toEqual(['slice_thickness_differs']);
    expect(loaded.entry.remarks[0]!.message).toContain('3.2 mm');
  });

  it('holds exactly the rescaled pixels that pydicom reads, slice by slice', () => {
    const { values, unit } = loaded.volume;
    const slices = truth.slices.map((_, k) => sha256(values.slice(k * 512 * 512, (k + 1) * 512 * 512)));
    expect(slices).toEqual(truth.slices);
    expect(sha256(values)).toBe(truth.whole);
    expect(unit).toBe('HU');
  });

  it('says what its headers say, and nothing where they are empty', () => {
    expect(loaded.entry.header).toMatchObject({
      modality: 'CT',
      patientName: 'CHAOS, CT_SET_3',
      patientId: null,
      patientWeightKg: null,
      studyDate: null,
      seriesNumber: 4,
      contrastAgent: 'CONTRAST',
      window: { centre: 50, width: 400 },
    });
  });

  it('is listed from the first 64 KiB and placed into a shared buffer in any order', () => {
    const headers = files.map(({ name, bytes }): SliceHeader => {
      const header = readHeader(name, bytes.subarray(0, headerPrefixBytes), bytes.length);
      if (!header.ok) throw new Error(header.error.message);
      return header.value;
    });
    const { entries, volumes } = listSeries(headers);
    expect(entries).toHaveLength(1);
    const buffer = new SharedArrayBuffer(512 * 512 * 78 * 2);
    const assembly = prepareAssembly(entries[0]!, volumes, buffer);
    for (const { name, bytes } of [...files].reverse()) expect(assembly.place(name, bytes).ok).toBe(true);
    const { volume, fingerprint } = volumeOf(assembly.finish());
    expect(volume.values.buffer).toBe(buffer);
    expect(fingerprint).toBe(loaded.fingerprint);
    expect(sha256(new Int16Array(volume.values))).toBe(truth.whole);
  });

  it('is the same volume whatever the order and the names of its files', () => {
    const order = fc.uniqueArray(fc.nat(1_000_000), { minLength: files.length, maxLength: files.length });
    fc.assert(
      fc.property(order, (numbers) => {
        const shuffled = files
          .map(({ bytes }, index) => ({ name: `${numbers[index]!}.dcm`, bytes }))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
        const again = volumeOf(assembleSeries(shuffled));
        expect(again.fingerprint).toBe(loaded.fingerprint);
        expect(sha256(again.volume.values)).toBe(truth.whole);
        expect(again.volume.grid).toEqual(loaded.volume.grid);
      }),
      { seed: 42, numRuns: 3 },
    );
  });

  it('is the same volume when SliceThickness is changed in every file', () => {
    const thicker = files.map(({ name, bytes }) => {
      const copy = Buffer.from(bytes);
      // (0018,0050), implicit VR, four bytes: "3.2 ".
      const at = copy.indexOf(Buffer.from('180050000400000' + '0332e3220', 'hex'));
      expect(at).toBeGreaterThan(0);
      copy.write('9.75', at + 8, 'latin1');
      return { name, bytes: new Uint8Array(copy) };
    });
    const changed = volumeOf(assembleSeries(thicker));
    expect(changed.entry.remarks[0]!.message).toContain('9.75 mm');
    expect(changed.fingerprint).toBe(loaded.fingerprint);
    expect(changed.volume.grid).toEqual(loaded.volume.grid);
  });

  it('names the gap when a slice is missing', () => {
    const [name] = [loaded.entry.files[31]!];
    const assembly = assembleSeries(files.filter((file) => file.name !== name));
    expect(assembly).toMatchObject({ kind: 'refused', reasons: [{ code: 'missing_slice' }] });
    const [reason] = assembly.kind === 'refused' ? assembly.reasons : [];
    expect(reason!.message).toContain('between 1596.5 mm and 1600.5 mm');
  });

  it('names the file that is cut short', () => {
    const cut = files.map((file, index) => (index === 5 ? { ...file, bytes: file.bytes.subarray(0, 300_001) } : file));
    const assembly = assembleSeries(cut);
    expect(assembly).toMatchObject({ kind: 'refused', reasons: [{ code: 'truncated_pixels' }] });
    expect(JSON.stringify(assembly)).toContain(files[5]!.name);
  });
});
