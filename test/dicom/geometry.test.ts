import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleSeries } from '../../src/dicom/index.ts';
import { isRightHanded, offsetOf, toWorld, voxelIndex } from '../../src/geometry/index.ts';
import { decimalText, writeDicomStack } from '../support/dicom-fixture.ts';
import type { StackOptions } from '../support/dicom-fixture.ts';
import { describeWith, runPython } from '../support/needs.ts';

/** Where the standard (PS3.3, C.7.6.2.1.1) puts each pixel of each file, and its rescaled value: read by pydicom, file by file. */
const referee = `
import sys, os, json, numpy as np, pydicom
from pydicom.pixel_data_handlers.util import apply_modality_lut
out = []
for name in sorted(os.listdir(sys.argv[1])):
    d = pydicom.dcmread(os.path.join(sys.argv[1], name))
    o = np.array(d.ImageOrientationPatient, float); p = np.array(d.ImagePositionPatient, float)
    between_rows, between_columns = [float(v) for v in d.PixelSpacing]
    pixels = apply_modality_lut(d.pixel_array, d)
    for row in range(d.Rows):
        for column in range(d.Columns):
            at = p + o[:3] * between_columns * column + o[3:] * between_rows * row
            out.append([*at.tolist(), float(pixels[row, column])])
print(json.dumps(out))
`;

/** An orientation from three angles, rounded to the six digits that scanners write. */
function turned(a: number, b: number, c: number): StackOptions['orientation'] {
  const [ca, sa, cb, sb, cc, sc] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b), Math.cos(c), Math.sin(c)];
  const axes = [ca * cb, sa * cb, -sb, ca * sb * sc - sa * cc, sa * sb * sc + ca * cc, cb * sc];
  return axes.map((value) => Number(value.toFixed(6))) as unknown as StackOptions['orientation'];
}

const angle = fc.double({ min: -3, max: 3, noNaN: true });
const length = fc.double({ min: 0.4, max: 4, noNaN: true }).map((value) => Number(decimalText(value)));
const place = fc.double({ min: -300, max: 300, noNaN: true }).map((value) => Number(value.toFixed(4)));
const anyStack = fc.record({
  size: fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 7 })),
  spacing: fc.tuple(length, length, length),
  origin: fc.tuple(place, place, place),
  orientation: fc.tuple(angle, angle, angle).map((angles) => turned(...angles)),
});

function stored(i: number, j: number, k: number): number {
  return 1 + i + 7 * j + 59 * k;
}

describeWith(['python:pydicom', 'python:numpy'], 'the grid of an oblique, anisotropic series', () => {
  it('puts every voxel where pydicom and the standard put it', () => {
    fc.assert(
      fc.property(anyStack, (stack) => {
        const folder = mkdtempSync(join(tmpdir(), 'remnant-grid-'));
        try {
          const files = writeDicomStack({ ...stack, stored });
          for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
          const truth = JSON.parse(runPython(referee, folder)) as [number, number, number, number][];
          const assembly = assembleSeries(files);
          if (assembly.kind === 'refused') throw new Error(assembly.reasons[0]!.message);
          const { grid, values } = assembly.volume;
          const [columns, rows, slices] = stack.size;
          expect(grid.size).toEqual(stack.size);
          expect(truth).toHaveLength(columns * rows * slices);
          // Every stored value occurs once, so that a value names its voxel.
          const byValue = new Map(truth.map(([x, y, z, value]) => [value, [x, y, z] as const]));
          for (let k = 0; k < slices; k++) {
            for (let j = 0; j < rows; j++) {
              for (let i = 0; i < columns; i++) {
                const value = values[offsetOf(grid, i, j, k)]!;
                expect(value).toBe(stored(i, j, k) - 1024);
                const at = toWorld(grid, voxelIndex(i, j, k));
                // Six-digit cosines over a dozen millimetres leave some 1e-5 mm.
                for (const axis of [0, 1, 2] as const) expect(at[axis]).toBeCloseTo(byValue.get(value)![axis], 3);
              }
            }
          }
        } finally {
          rmSync(folder, { recursive: true });
        }
      }),
      { seed: 7, numRuns: 6 },
    );
  });
});

describe('the grid of a series', () => {
  it('is right-handed, ascends along the normal and does not depend on the order of files', () => {
    fc.assert(
      fc.property(anyStack, fc.infiniteStream(fc.nat()), (stack, numbers) => {
        const files = writeDicomStack({ ...stack, stored });
        const shuffled = files
          .map((file) => ({ file, key: numbers.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ file }, index) => ({ name: `s${index}`, bytes: file.bytes }));
        const straight = assembleSeries(files);
        const again = assembleSeries(shuffled);
        if (straight.kind === 'refused' || again.kind === 'refused') throw new Error('refused');
        expect(isRightHanded(straight.volume.grid)).toBe(true);
        expect(straight.volume.grid.origin[0]).toBeCloseTo(stack.origin[0], 3);
        expect(again.fingerprint).toBe(straight.fingerprint);
        expect(again.volume).toEqual(straight.volume);
      }),
      { seed: 11, numRuns: 60 },
    );
  });
});
