import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  coarsePicture,
  listSeries,
  lookAt,
  readHeader,
  readHeaders,
  slicesToLookAt,
  withLooks,
} from '../../src/dicom/index.ts';
import type { SliceHeader, VolumeLook } from '../../src/dicom/index.ts';
import { writeDicomStack } from '../support/dicom-fixture.ts';
import { describeWith, projectRoot, realCt } from '../support/needs.ts';

interface Slice {
  readonly header: SliceHeader;
  readonly bytes: Uint8Array;
}

/** The slices of a folder from the feet to the head. */
function slicesOf(folder: string): readonly Slice[] {
  return readdirSync(folder)
    .map((name) => {
      const bytes = new Uint8Array(readFileSync(join(folder, name)));
      const header = readHeader(name, bytes, bytes.length);
      if (!header.ok) throw new Error(header.error.message);
      return { header: header.value, bytes };
    })
    .sort((a, b) => a.header.position![2] - b.header.position![2]);
}

type Change = (hounsfield: number) => number;

/** What is seen on slices `from` to `to` (shares of the stack), each value changed. */
function look(slices: readonly Slice[], from = 0, to = 1, change?: Change): VolumeLook {
  const part = slices.slice(Math.round(from * slices.length), Math.round(to * slices.length));
  const bytesOf = new Map(part.map(({ header, bytes }) => [header, bytes]));
  const pictures = slicesToLookAt(part.map(({ header }) => header)).map((header) => {
    const bytes = bytesOf.get(header)!;
    return coarsePicture(header, change === undefined ? bytes : changed(header, bytes, change), null)!;
  });
  return lookAt(pictures);
}

/** Each pixel brighter or darker by what the mean around it calls for, so that the noise stays as it was. */
function changed({ pixels, columns, rows, rescale }: SliceHeader, bytes: Uint8Array, change: Change): Uint8Array {
  const copy = bytes.slice();
  const [from, to] = [new DataView(bytes.buffer, bytes.byteOffset), new DataView(copy.buffer)];
  const read = (i: number, j: number) => from.getUint16(pixels.offset + 2 * (i + columns * j), true);
  for (let j = 2; j < rows - 2; j++) {
    for (let i = 2; i < columns - 2; i++) {
      let sum = 0;
      for (let y = -2; y <= 2; y++) for (let x = -2; x <= 2; x++) sum += read(i + x, j + y);
      const mean = sum / 25 + rescale!.intercept;
      to.setUint16(
        pixels.offset + 2 * (i + columns * j),
        Math.max(0, read(i, j) + Math.round(change(mean) - mean)),
        true,
      );
    }
  }
  return copy;
}

/** The brightness of the phases on the same anatomy: what has contrast in the portal venous phase (here 112 and 152 HU) gets another. */
const native: Change = (value) => (value > 75 && value < 260 ? 52 + 0.05 * (value - 75) : value);
const arterial: Change = (value) => {
  if (value > 80 && value < 130) return 68 + 0.1 * (value - 112);
  return value >= 130 && value < 260 ? 300 + (value - 152) : value;
};
const delayed: Change = (value) => (value > 80 && value < 260 ? 90 + 0.4 * (value - 112) : value);
/** Of a liver that stores fat, in the portal venous phase: darker than its vessels and hardly brighter than muscle. */
const fatty: Change = (value) => (value > 95 && value < 130 ? value - 50 : value);

const sample = slicesOf(join(projectRoot, 'sample-dicom', 'ct'));

describe('a look at a few slices of the sample', () => {
  it.each([
    ['as it is', undefined, 'portal-venous'],
    ['without contrast', native, 'native'],
    ['with bright arteries', arterial, 'arterial'],
    ['with evenly bright organs, which may be any late phase', delayed, null],
    ['with a fatty liver, which fits no phase', fatty, null],
  ] as const)('guesses the phase %s', (_title, change, phase) => {
    const seen = look(sample, 0, 1, change).phase;
    expect(seen?.phase ?? null).toBe(phase);
    if (phase !== null) expect(seen!.reason).toMatch(/about \d+ HU/);
  });

  it('finds nothing cut where all of the liver is there', () => expect(look(sample).cut).toBeNull());

  it.each([
    [0.4, 1, /at the bottom/, /at the top/],
    [0, 0.8, /at the top/, /at the bottom/],
    [0, 0.5, /at the top: .* no lung/, /at the bottom/],
    [0.4, 0.8, /at the top.*at the bottom/, /nothing/],
  ])('says that the liver may be cut in the part from %f to %f of the stack', (from, to, said, unsaid) => {
    const { cut } = look(sample, from, to);
    expect(cut?.code).toBe('liver_may_be_cut');
    expect(cut!.message).toMatch(said);
    expect(cut!.message).not.toMatch(unsaid);
    expect(cut!.message).toContain('a guess');
  });

  it('says nothing of the lower end where the liver can not be told from muscle', () => {
    expect(look(sample, 0.4, 1, native).cut).toBeNull();
    expect(look(sample, 0, 0.5, native).cut?.message).toMatch(/at the top: .* no lung/);
  });

  it('is the same for images of another orientation of the same patient', () => {
    const turned = sample.map(({ header, bytes }): Slice => {
      const { columns, rows, pixels, position, pixelSpacing } = header;
      const copy = bytes.slice();
      const [from, to] = [bytes, copy].map((of) => new Uint16Array(of.slice(pixels.offset).buffer, 0, columns * rows));
      for (let at = 0; at < from!.length; at++) to![at] = from![from!.length - 1 - at]!;
      copy.set(new Uint8Array(to!.buffer, 0, 2 * columns * rows), pixels.offset);
      const far = [position![0] + (columns - 1) * pixelSpacing![1], position![1] + (rows - 1) * pixelSpacing![0]];
      const orientation = [-1, 0, 0, 0, -1, 0] as const;
      return { header: { ...header, orientation, position: [far[0]!, far[1]!, position![2]] }, bytes: copy };
    });
    const [one, other] = [look(turned, 0, 0.8), look(sample, 0, 0.8)];
    // The blocks do not lie on the same pixels, so that the figures may differ a little.
    expect([one.phase?.phase, one.cut]).toEqual([other.phase?.phase, other.cut]);
  });

  it('is in the list: the phase with its warning, the cut, and another suggestion', () => {
    const { entries, volumes } = listSeries(sample.map(({ header }) => header));
    const bare = entries.map((entry) => ({ ...entry, phase: null, remarks: [] }));
    const { volumeId } = bare[0]!;
    expect(slicesToLookAt(volumes.get(volumeId)!.headers)).toHaveLength(9);
    const [listed] = withLooks(bare, new Map([[volumeId, look(sample, 0, 0.5, arterial)]])).entries;
    expect(listed!.phase?.phase).toBe('arterial');
    expect(listed!.remarks.map(({ code }) => code)).toEqual(['not_portal_venous', 'liver_may_be_cut']);
    // What the headers say comes first.
    const told = withLooks(entries, new Map([[volumeId, look(sample, 0, 1, arterial)]])).entries[0]!;
    expect(told.phase).toEqual(entries[0]!.phase);
    expect(told.remarks.some(({ code }) => code === 'not_portal_venous')).toBe(false);
  });
});

describe('a volume of which nothing can be said', () => {
  it.each([
    ['MR', { common: { modality: 'MR' } }],
    ['a small field of view', { spacing: [0.7, 0.7, 2.5] as const }],
    ['a sagittal stack', { orientation: [0, 1, 0, 0, 0, -1] as const }],
    ['a few slices', { size: [60, 50, 7] as const }],
  ])('is not looked at: %s', (_title, change) => {
    const files = writeDicomStack({
      size: [60, 50, 12],
      spacing: [6, 6, 2.5],
      origin: [-180, -150, 40],
      orientation: [1, 0, 0, 0, 1, 0],
      ...change,
    });
    const headers = files.flatMap(({ name, bytes }) => {
      const read = readHeaders(name, bytes, bytes.length);
      return read.ok ? read.value : [];
    });
    expect(slicesToLookAt(headers)).toEqual([]);
    expect(lookAt([])).toEqual({ phase: null, cut: null });
  });
});

describeWith(['real-ct'], 'a look at a few slices of the real CT', () => {
  it('sees the portal venous phase, and that the liver ends with the last slice', () => {
    const slices = slicesOf(join(realCt()!, 'dicom'));
    const whole = look(slices);
    expect(whole.phase?.phase).toBe('portal-venous');
    // The reference mask covers 16 cm² of the lowest slice.
    expect(whole.cut?.message).toMatch(/at the bottom/);
    expect(whole.cut?.message).not.toMatch(/at the top/);
    expect(look(slices, 0, 0.8).cut?.message).toMatch(/at the top.*at the bottom/);
    expect(look(slices, 0.4, 0.5).cut?.message ?? null).toBeNull();
    expect(look(slices, 0, 0.5).cut?.message).toMatch(/no lung/);
  });
});
