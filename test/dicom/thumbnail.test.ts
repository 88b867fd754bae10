import { describe, expect, it } from 'vitest';
import { fingerprint, readHeader, thumbnailOf } from '../../src/dicom/index.ts';
import { createGrid } from '../../src/geometry/index.ts';
import { writeDicomSlice } from '../support/dicom-fixture.ts';
import type { SliceOptions } from '../support/dicom-fixture.ts';

function thumbnail(options: SliceOptions, window: { centre: number; width: number } | null) {
  const bytes = writeDicomSlice(options);
  const header = readHeader('slice', bytes, bytes.length);
  if (!header.ok) throw new Error(header.error.message);
  return thumbnailOf(header.value, bytes, window);
}

describe('a thumbnail', () => {
  /** Left half −1024 HU, right half +1024 HU; 200 columns of 0.5 mm, 60 rows of 1.25 mm: 100 × 75 mm. */
  const halves: SliceOptions = {
    columns: 200,
    rows: 60,
    pixelSpacing: [1.25, 0.5],
    pixels: Array.from({ length: 200 * 60 }, (_, index) => (index % 200 < 100 ? 0 : 2048)),
  };

  it('has the aspect of the patient, not of the matrix', () => {
    expect(thumbnail(halves, null)).toMatchObject({ width: 96, height: 72 });
    expect(thumbnail({ ...halves, pixelSpacing: [2.5, 0.5] }, null)).toMatchObject({ width: 64, height: 96 });
  });

  it('shows the slice through its window', () => {
    const { pixels } = thumbnail(halves, { centre: 0, width: 4096 })!;
    expect([pixels[0], pixels[95], pixels[96 * 71]]).toEqual([64, 191, 64]);
    const auto = thumbnail(halves, null)!.pixels;
    expect([auto[0], auto[95]]).toEqual([0, 255]);
  });

  it('does not take padding for the dark end of the picture', () => {
    const padding = { tag: '00280120', vr: 'SS', value: -2000 };
    const pixels = Array.from({ length: 200 * 60 }, (_, at) => (at % 200 < 60 ? -2000 : at % 200 < 130 ? 37 : 91));
    const circle = { ...halves, signed: true, pixels, intercept: 0 };
    const [whole, inside] = [thumbnail(circle, null)!, thumbnail({ ...circle, elements: [padding] }, null)!];
    expect([whole.pixels[0], whole.pixels[48], whole.pixels[95]]).toEqual([0, 248, 255]);
    expect([inside.pixels[0], inside.pixels[48], inside.pixels[95]]).toEqual([0, 0, 255]);
    const all = { ...circle, pixels: pixels.map(() => -2000), elements: [padding] };
    expect(thumbnail(all, null)!.pixels[0]).toBe(128);
  });

  it.each([
    ['axial', [1, 0, 0, 0, 1, 0], [0, 85, 170, 255]],
    ['axial from the left', [-1, 0, 0, 0, 1, 0], [85, 0, 255, 170]],
    ['axial from the back', [1, 0, 0, 0, -1, 0], [170, 255, 0, 85]],
    ['axial turned round', [-1, 0, 0, 0, -1, 0], [255, 170, 85, 0]],
    ['oblique', [0.8, 0.6, 0, -0.36, 0.48, 0.8], [170, 255, 0, 85]],
    ['coronal', [1, 0, 0, 0, 0, -1], [0, 85, 170, 255]],
    ['coronal on its head', [1, 0, 0, 0, 0, 1], [170, 255, 0, 85]],
    ['sagittal', [0, 1, 0, 0, 0, -1], [0, 85, 170, 255]],
  ] as const)('hangs as radiologists are used to: %s', (_title, orientation, corners) => {
    const quarters = Array.from({ length: 96 * 96 }, (_, at) => {
      return 85 * ((at % 96 < 48 ? 0 : 1) + (Math.floor(at / 96) < 48 ? 0 : 2));
    });
    const square = {
      columns: 96,
      rows: 96,
      pixelSpacing: [1, 1] as const,
      pixels: quarters,
      intercept: 0,
      orientation,
    };
    const { pixels } = thumbnail(square, { centre: 127.5, width: 255 })!;
    expect([pixels[0], pixels[95], pixels[96 * 95], pixels[96 * 96 - 1]]).toEqual(corners);
  });

  it('is turned to light on dark for MONOCHROME1', () => {
    const inverse = [{ tag: '00280004', vr: 'CS', value: 'MONOCHROME1' }];
    expect(thumbnail({ ...halves, elements: inverse }, null)!.pixels[0]).toBe(255);
  });

  it('is null for pixels that can not be read', () => {
    expect(thumbnail({ ...halves, declaredTransferSyntax: '1.2.840.10008.1.2.4.90' }, null)).toBeNull();
    expect(thumbnail({ ...halves, pixels: [1, 2, 3] }, null)).toBeNull();
  });
});

describe('a fingerprint', () => {
  const parts = {
    size: [3, 5, 7],
    spacing: [0.7, 0.9, 2.3],
    origin: [1, 2, 3],
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  } as const;
  const values = Int16Array.from({ length: 105 }, (_, index) => index * 31 - 1000);
  const of = (change: Partial<typeof parts> | object = {}, voxels: Int16Array = values): string =>
    fingerprint({ grid: createGrid({ ...parts, ...change }), values: voxels, unit: 'HU' });

  it('is 32 hexadecimal digits, the same each time and in shared memory at any offset', () => {
    expect(of()).toMatch(/^[0-9a-f]{32}$/);
    expect(of()).toBe(of());
    const shared = new Int16Array(new SharedArrayBuffer(212), 2, 105);
    shared.set(values);
    expect(of({}, shared)).toBe(of());
  });

  it('changes with any bit of any voxel, and with any number of the grid', () => {
    const seen = new Set([of()]);
    let count = 1;
    for (let index = 0; index < values.length; index++) {
      for (let bit = 0; bit < 16; bit++) {
        const changed = values.slice();
        changed[index]! ^= 1 << bit;
        seen.add(of({}, changed));
        count++;
      }
    }
    for (const change of [
      { spacing: [0.7, 0.9, 2.30001] },
      { spacing: [0.9, 0.7, 2.3] },
      { origin: [1, 2, 3.0001] },
      { size: [5, 3, 7] },
      { axes: [parts.axes[1], parts.axes[0], parts.axes[2]] },
    ]) {
      seen.add(of(change));
      count++;
    }
    expect(seen.size).toBe(count);
  });
});
