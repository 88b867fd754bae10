import { describe, expect, it } from 'vitest';
import { assembleSeries, assemblyBytes, listSeries, prepareAssembly, readHeaders } from '../../src/dicom/index.ts';
import type { Assembly, SliceHeader } from '../../src/dicom/index.ts';
import { offsetOf, toWorld, voxelIndex, voxelVolume } from '../../src/geometry/index.ts';
import type { WorldPoint } from '../../src/geometry/index.ts';
import { writeDicomSlice } from '../support/dicom-fixture.ts';

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const columns = 26;
const rows = 22;
const pixelSpacing = [0.9, 0.7] as const;
const orientation = [0.8, 0.6, 0, -0.36, 0.48, 0.8] as const;
const normal = [0.48, -0.64, 0.6] as const;
const origin = [-31.5, 13.25, 117] as const;

/** Slices at heights (mm along the normal), shifted down their columns by `lean` mm for each mm of height, of a field over the patient. */
function stackOf(heights: readonly number[], lean: number, field: (at: readonly number[]) => number): NamedBytes[] {
  return heights.map((height, k) => {
    const at = origin.map((value, d) => value + height * (normal[d]! + lean * orientation[3 + d]!));
    const pixels = new Int32Array(columns * rows);
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const [u, v] = [i * pixelSpacing[1], j * pixelSpacing[0]];
        const place = at.map((value, d) => value + u * orientation[d]! + v * orientation[3 + d]!);
        pixels[i + columns * j] = Math.round(field(place)) + 1024;
      }
    }
    const bytes = writeDicomSlice({
      columns,
      rows,
      pixels,
      position: [at[0]!, at[1]!, at[2]!],
      orientation,
      pixelSpacing: [...pixelSpacing],
      sliceThickness: null,
      instanceNumber: k + 1,
    });
    return { name: `${(k * 5) % 31}.dcm`, bytes };
  });
}

function volumeOf(assembly: Assembly): Extract<Assembly, { kind: 'volume' }> {
  if (assembly.kind === 'refused') throw new Error(assembly.reasons.map(({ message }) => message).join(' '));
  return assembly;
}

function headersOf(files: readonly NamedBytes[]): readonly SliceHeader[] {
  return files.flatMap(({ name, bytes }) => {
    const read = readHeaders(name, bytes, bytes.length);
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  });
}

const plane = ([x, y, z]: readonly number[]): number => 3 * x! - 2 * y! + 5 * z! - 300;
const uneven = [0, 1, 2, 3, 4.5, 6, 7.5, 9, 13, 14];
const even = [0, 1.3, 2.6, 3.9, 5.2, 6.5, 7.8];
const fifteenDegrees = Math.tan(Math.PI / 12);

const stacks: readonly (readonly [string, readonly number[], number, string])[] = [
  ['uneven', uneven, 0, 'uneven_spacing'],
  ['incomplete', [0, 1, 2, 4, 5, 6], 0, 'missing_slice'],
  ['leaning', even, fifteenDegrees, 'gantry_tilt'],
  ['leaning the other way', even, -fifteenDegrees, 'gantry_tilt'],
  ['uneven and leaning', uneven, fifteenDegrees, 'uneven_spacing'],
];

describe('a stack that is no regular grid', () => {
  it.each(stacks)(
    'that is %s is refused, the remedy offered, and taken only when asked for',
    (_t, heights, lean, code) => {
      const files = stackOf(heights, lean, plane);
      const [offered] = listSeries(headersOf(files)).entries;
      expect(offered).toMatchObject({ status: 'refused', resampling: 'offered' });
      const also = code === 'uneven_spacing' && lean !== 0 ? ['gantry_tilt'] : [];
      expect(offered!.reasons.map((reason) => reason.code)).toEqual([code, ...also]);
      expect(assembleSeries(files).kind).toBe('refused');
      const { volume, entry } = volumeOf(assembleSeries(files, undefined, null, { resampleUneven: true }));
      expect(entry).toMatchObject({ status: 'volume', resampling: 'done', slices: heights.length });
      expect(entry.remarks.map((remark) => remark.code)).toContain('resampled_to_regular_grid');
      // A field that is linear over the patient is what linear interpolation must give back, up to the rounding of whole numbers.
      const { grid, values } = volume;
      let inside = 0;
      for (let k = 0; k < grid.size[2]; k++) {
        for (let j = 0; j < grid.size[1]; j++) {
          for (let i = 0; i < grid.size[0]; i++) {
            const at = toWorld(grid, voxelIndex(i, j, k));
            if (!reaches(at, heights, lean)) continue;
            inside += 1;
            expect(Math.abs(values[offsetOf(grid, i, j, k)]! - plane(at))).toBeLessThan(1.6);
          }
        }
      }
      expect(inside).toBeGreaterThan(0.75 * columns * rows * heights.length);
      // From the first to the last slice, no more and no less.
      expect((grid.size[2] - 1) * grid.spacing[2]).toBeCloseTo(heights.at(-1)!, 6);
    },
  );

  it('gives a ball its volume', () => {
    const centre = origin.map((v, d) => v + 8 * orientation[d]! + 10 * orientation[3 + d]! + 7 * normal[d]!);
    const ball = (at: readonly number[]): number => {
      const radius = Math.hypot(...at.map((value, d) => value - centre[d]!));
      return 100 * Math.max(-1, Math.min(1, 5.5 - radius));
    };
    const fine = Array.from({ length: 29 }, (_, k) =>
      k < 12 ? k * 0.5 : k < 20 ? 6 + (k - 12) * 0.4 : 9.5 + (k - 20) * 0.6,
    );
    const files = stackOf(fine, 0.1, ball);
    const { volume } = volumeOf(assembleSeries(files, undefined, null, { resampleUneven: true }));
    const inside = volume.values.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
    const truth = ((4 / 3) * Math.PI * 5.5 ** 3) / 1000;
    expect(Math.abs((inside * voxelVolume(volume.grid)) / truth - 1)).toBeLessThan(0.02);
  });

  it('is the same in whatever order its files are read', () => {
    const files = stackOf(uneven, fifteenDegrees, plane);
    const headers = headersOf(files);
    const {
      entries: [entry],
      volumes,
    } = listSeries(headers, { resampleUneven: true });
    const digests = [files, [...files].reverse(), [...files].sort((a, b) => (a.name < b.name ? -1 : 1))].map(
      (order) => {
        const assembly = prepareAssembly(entry!, volumes, new SharedArrayBuffer(assemblyBytes(entry!)));
        for (const { name, bytes } of order) assembly.place(name, bytes);
        expect(assembly.filled).toEqual(new Uint8Array(assembly.volume!.grid.size[2]));
        return volumeOf(assembly.finish()).fingerprint;
      },
    );
    expect(new Set(digests).size).toBe(1);
  });

  it('is not filled where nothing was seen', () => {
    for (const heights of [
      [0, 1, 2, 14, 15, 16],
      [0, 3, 3, 6, 9],
    ]) {
      const files = stackOf(heights, 0, plane);
      expect(listSeries(headersOf(files)).entries[0]!.resampling).toBe('none');
      expect(assembleSeries(files, undefined, null, { resampleUneven: true }).kind).toBe('refused');
    }
  });

  it('and a regular one is left as it is', () => {
    const files = stackOf(even, 0, plane);
    const asked = volumeOf(assembleSeries(files, undefined, null, { resampleUneven: true }));
    expect(asked.fingerprint).toBe(volumeOf(assembleSeries(files)).fingerprint);
    expect(asked.entry).toMatchObject({ resampling: 'none', remarks: [] });
  });
});

/** Whether both slices around a place reach it. */
function reaches(at: WorldPoint, heights: readonly number[], lean: number): boolean {
  const offset = at.map((value, d) => value - origin[d]!);
  const along = (axis: readonly number[]): number => offset.reduce((sum, value, d) => sum + value * axis[d]!, 0);
  const [u, v, h] = [along(orientation.slice(0, 3)), along(orientation.slice(3)), along(normal)];
  const above = heights.findIndex((height) => height >= h - 1e-6);
  const around = above < 0 ? [] : [heights[Math.max(0, above - 1)]!, heights[above]!];
  const slack = 1e-6;
  return (
    around.length > 0 &&
    around.every(
      (height) => v - lean * height >= -slack && v - lean * height <= (rows - 1) * pixelSpacing[0] + slack,
    ) &&
    u >= -slack &&
    u <= (columns - 1) * pixelSpacing[1] + slack
  );
}
