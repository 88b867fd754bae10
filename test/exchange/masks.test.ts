import { gunzipSync, gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { mergeMasks, placeMask, readMaskFile, writeMaskFile } from '../../src/exchange/index.ts';
import type { MaskFile } from '../../src/exchange/index.ts';
import { createGrid, sameGrid, toWorld, voxelIndex, voxelVolume } from '../../src/geometry/index.ts';
import type { Grid } from '../../src/geometry/index.ts';
import { labelAt } from '../../src/volume/index.ts';
import { obliqueGrid, randomLabels } from '../volume/random-labels.ts';

const size = [11, 9, 7] as const;

function read(bytes: Uint8Array, name = 'mask.nii.gz'): MaskFile {
  const mask = readMaskFile(name, bytes);
  if (!mask.ok) throw new Error(`${mask.error.code}: ${mask.error.message}`);
  return mask.value;
}

function codeOf(answer: {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly message: string };
}): string {
  if (answer.ok || answer.error === undefined) return 'accepted';
  expect(answer.error.message).toMatch(/^\S.*[.?]$/);
  return answer.error.code;
}

/** The uncompressed bytes of a written mask with some of them changed. */
function changed(grid: Grid, change: (view: DataView, bytes: Uint8Array) => unknown): Uint8Array {
  const bytes = gunzipSync(writeMaskFile(randomLabels(grid, 3).values, grid));
  const answer = change(new DataView(bytes.buffer, bytes.byteOffset), bytes);
  return answer instanceof Uint8Array ? answer : bytes;
}

describe('NIfTI masks', () => {
  for (const mirrored of [false, true]) {
    for (const tilt of [0, 0.3, 2.9]) {
      it(`come back voxel by voxel on the same grid (tilt ${tilt}, ${mirrored ? 'left' : 'right'}-handed), by sform and by qform`, () => {
        const grid = obliqueGrid(size, mirrored, tilt);
        const labels = randomLabels(grid, 12);
        const bytes = writeMaskFile(labels.values, grid);
        expect(writeMaskFile(labels.values, grid)).toEqual(bytes);
        const mask = read(bytes);
        expect(sameGrid(mask.grid, grid, 1e-3)).toBe(true);
        expect(mask.values).toEqual(labels.values);
        expect(mask.labelsPresent).toEqual([1, 2, 3]);
        const plain = gunzipSync(bytes);
        new DataView(plain.buffer, plain.byteOffset).setInt16(254, 0, true);
        expect(sameGrid(read(plain, 'mask.nii').grid, grid, 1e-3)).toBe(true);
      });
    }
  }

  it('prefer the sform where both are set, even with the smaller code', () => {
    const grid = obliqueGrid(size);
    const bytes = changed(grid, (view) => {
      view.setInt16(252, 4, true);
      view.setFloat32(268, 999, true);
    });
    expect(sameGrid(read(bytes).grid, grid, 1e-3)).toBe(true);
  });

  it('are refused when the gzip around them is cut, changed or joined, at any byte', () => {
    const grid = obliqueGrid(size);
    const whole = writeMaskFile(randomLabels(grid, 3).values, grid);
    for (let length = 2; length < whole.length; length += 1) {
      expect(codeOf(readMaskFile('mask.nii.gz', whole.slice(0, length)))).toMatch(/^nifti_(truncated|broken)$/);
    }
    expect(codeOf(readMaskFile('mask.nii.gz', Uint8Array.of(...whole, ...gzipSync(new Uint8Array(7)))))).toBe(
      'nifti_broken',
    );
    // Bytes 3 to 9 of the header are a time, a level and a system, and a few bits fill up the last byte: they hold no voxel.
    const values = read(whole).values;
    let refused = 0;
    for (let at = 10; at < whole.length; at += 1) {
      const flipped = whole.slice();
      flipped[at]! ^= 4;
      const mask = readMaskFile('mask.nii.gz', flipped);
      if (mask.ok) expect(mask.value.values).toEqual(values);
      else {
        refused += 1;
        expect(mask.error.code).toMatch(/^nifti_(truncated|broken)$/);
      }
    }
    expect(refused).toBeGreaterThan(whole.length - 13);
  });

  it('are refused by name when they can not be trusted', () => {
    const grid = obliqueGrid(size);
    const short = (at: number, value: number) =>
      changed(grid, (view) => {
        view.setInt16(at, value, true);
      });
    const bad: readonly (readonly [string, string, Uint8Array])[] = [
      ['an empty file', 'nifti_broken', new Uint8Array(0)],
      ['a text', 'nifti_broken', new TextEncoder().encode('not a mask '.repeat(80))],
      ['a text gzipped', 'nifti_broken', gzipSync(new TextEncoder().encode('not a mask '.repeat(80)))],
      ['a broken header', 'nifti_broken', changed(grid, (view) => view.setInt32(0, 77, true))],
      ['no dimensions', 'nifti_broken', short(40, 0)],
      ['a zero dimension', 'nifti_broken', short(44, 0)],
      ['a negative dimension', 'nifti_broken', short(46, -4)],
      [
        'several volumes',
        'mask_many_volumes',
        changed(grid, (view) => {
          view.setInt16(40, 4, true);
          view.setInt16(48, 2, true);
        }),
      ],
      ['half the voxels', 'nifti_truncated', changed(grid, (_view, bytes) => bytes.slice(0, 600))],
      ['half the gzip', 'nifti_truncated', writeMaskFile(randomLabels(grid, 3).values, grid).slice(0, 120)],
      ['colours', 'mask_not_labels', short(70, 128)],
      ['a fractional scale', 'mask_not_labels', changed(grid, (view) => view.setFloat32(112, 0.3, true))],
      ['negative values', 'mask_not_labels', changed(grid, (view) => view.setFloat32(116, -5, true))],
      [
        'no orientation',
        'nifti_no_orientation',
        changed(grid, (view) => {
          view.setInt32(252, 0, true);
        }),
      ],
      ['a sheared grid', 'nifti_not_orthogonal', changed(grid, (view) => view.setFloat32(284, 0.5, true))],
      ['an orientation that is no number', 'nifti_broken', changed(grid, (view) => view.setFloat32(292, NaN, true))],
      [
        'a flat grid',
        'nifti_not_orthogonal',
        changed(grid, (view) => {
          for (const row of [0, 1, 2]) view.setFloat32(280 + 16 * row, 0, true);
        }),
      ],
      ['one half of a pair', 'nifti_two_files', changed(grid, (view) => view.setUint8(345, 0x69))],
    ];
    for (const [what, code, bytes] of bad)
      expect([what, codeOf(readMaskFile('mask.nii', bytes))]).toEqual([what, code]);
    // One volume in four dimensions is a mask.
    expect(codeOf(readMaskFile('mask.nii', short(40, 4)))).toBe('accepted');
  });
});

const upright = (
  n: readonly [number, number, number],
  spacing: readonly [number, number, number],
  origin: readonly [number, number, number],
) =>
  createGrid({
    size: n,
    spacing,
    origin,
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  });

function maskOf(grid: Grid, values: Uint8Array): MaskFile {
  return { name: 'mask.nii', grid, values, labelsPresent: [...new Set(values)].filter((label) => label > 0).sort() };
}

describe('placing a mask on the image', () => {
  const target = obliqueGrid(size);

  it('is exact for every order and direction of the axes', () => {
    const labels = randomLabels(target, 40);
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ] as const) {
      for (let flips = 0; flips < 8; flips += 1) {
        const back = [0, 1, 2].map((n) => ((flips >> n) & 1) === 1);
        const corner = [0, 0, 0];
        order.forEach((axis, n) => {
          if (back[n] === true) corner[axis] = size[axis] - 1;
        });
        const turned = createGrid({
          size: order.map((axis) => size[axis]) as [number, number, number],
          spacing: order.map((axis) => Number(target.spacing[axis])) as [number, number, number],
          origin: toWorld(target, voxelIndex(corner[0]!, corner[1]!, corner[2]!)),
          axes: order.map((axis, n) => target.axes[axis].map((x) => (back[n] === true ? -x : x))) as never,
        });
        const values = new Uint8Array(labels.values.length);
        for (let k = 0, at = 0; k < turned.size[2]; k += 1) {
          for (let j = 0; j < turned.size[1]; j += 1) {
            for (let i = 0; i < turned.size[0]; i += 1, at += 1) {
              values[at] = labelAt(labels, toWorld(turned, voxelIndex(i, j, k)));
            }
          }
        }
        const placed = placeMask(maskOf(turned, values), [2], target);
        if (!placed.ok) throw new Error(placed.error.message);
        expect(placed.value.inside).toEqual(labels.values.map((label) => (label === 2 ? 1 : 0)));
        expect(placed.value.voxels).toBe(labels.values.filter((label) => label === 2).length);
        expect(placed.value.remarks).toEqual([]);
      }
    }
  });

  it('resamples from another grid and says so; the volume stays', () => {
    const image = upright([60, 55, 40], [1.1, 0.9, 1.7], [-30, -25, -34]);
    const fine = upright([71, 80, 64], [0.7, 0.6, 0.8], [-24, -24, -26]);
    const values = new Uint8Array(71 * 80 * 64);
    for (let k = 0, at = 0; k < 64; k += 1) {
      for (let j = 0; j < 80; j += 1) {
        for (let i = 0; i < 71; i += 1, at += 1) {
          const [x, y, z] = toWorld(fine, voxelIndex(i, j, k));
          if ((x / 21) ** 2 + (y / 18) ** 2 + (z / 16) ** 2 <= 1) values[at] = 4;
        }
      }
    }
    const placed = placeMask(maskOf(fine, values), null, image);
    if (!placed.ok) throw new Error(placed.error.message);
    const truth = ((4 / 3) * Math.PI * 21 * 18 * 16) / 1000;
    expect(Math.abs((placed.value.voxels * voxelVolume(image)) / truth - 1)).toBeLessThan(0.01);
    expect(placed.value.remarks.map(({ code }) => code)).toEqual(['mask_resampled']);
    expect(placed.value.remarks[0]!.message).toContain('71 × 80 × 64 voxels of 0.70 × 0.60 × 0.80 mm');
    // The voxels near the middle are where they were.
    let wrong = 0;
    placed.value.inside.forEach((value, at) => {
      const [x, y, z] = toWorld(image, voxelIndex(at % 60, Math.floor(at / 60) % 55, Math.floor(at / 3300)));
      const reach = (x / 21) ** 2 + (y / 18) ** 2 + (z / 16) ** 2;
      if ((reach < 0.9 && value === 0) || (reach > 1.1 && value === 1)) wrong += 1;
    });
    expect(wrong).toBe(0);
  });

  it('is refused outside the image, without a label, or with too many', () => {
    const image = upright([20, 18, 16], [1, 1, 2], [0, 0, 0]);
    const small = new Uint8Array(6 * 5 * 4).fill(1);
    const at = (origin: readonly [number, number, number]) =>
      maskOf(upright([6, 5, 4], [1.5, 1.2, 2.5], origin), small);
    expect(codeOf(placeMask(at([3, 4, 5]), null, image))).toBe('accepted');
    expect(codeOf(placeMask(at([13, 4, 5]), null, image))).toBe('mask_outside_volume');
    expect(codeOf(placeMask(at([300, 4, 5]), null, image))).toBe('mask_outside_volume');
    const many = maskOf(image, randomLabels(image, 2).values);
    expect(codeOf(placeMask(many, null, image))).toBe('mask_has_many_labels');
    expect(codeOf(placeMask(many, [2, 9], image))).toBe('mask_label_absent');
    expect(codeOf(placeMask(many, [1, 3], image))).toBe('accepted');
    expect(codeOf(placeMask(maskOf(image, new Uint8Array(20 * 18 * 16)), null, image))).toBe('mask_empty');
  });
});

describe('merging masks', () => {
  const grid = obliqueGrid([8, 1, 1]);
  const inMl = (voxels: number): string => `${(voxels * voxelVolume(grid)).toFixed(2)} mL`;

  it('follows outside > tumour > non-functional > vessel > parenchyma and says every overlap', () => {
    const { labels, remarks } = mergeMasks(grid, {
      liver: Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 0),
      tumours: [Uint8Array.of(0, 1, 0, 0, 1, 1, 1, 0), Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0)],
      vessels: Uint8Array.of(0, 0, 1, 1, 0, 0, 0, 0),
      nonFunctional: Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0),
      outside: Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 1),
    });
    expect([...labels.values]).toEqual([1, 16, 2, 4, 3, 16, 16, 3]);
    expect(remarks).toEqual([
      { code: 'masks_overlap', message: `Outside and liver overlap by ${inMl(1)}; it is counted as outside.` },
      { code: 'masks_overlap', message: `Tumour 1 and outside overlap by ${inMl(1)}; it is counted as outside.` },
      {
        code: 'tumour_beyond_liver',
        message: `Tumour 1 reaches ${inMl(1)} beyond the liver mask; this is added to the total.`,
      },
      { code: 'masks_overlap', message: `Tumour 2 and tumour 1 overlap by ${inMl(1)}; it is counted as tumour 1.` },
      {
        code: 'masks_overlap',
        message: `Vessels and non-functional overlap by ${inMl(1)}; it is counted as non-functional.`,
      },
    ]);
  });

  it('has nothing to say of masks that do not meet', () => {
    const { remarks } = mergeMasks(grid, {
      liver: Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0),
      tumours: [Uint8Array.of(0, 0, 1, 0, 0, 0, 0, 0)],
    });
    expect(remarks).toEqual([]);
    expect(() => mergeMasks(grid, { liver: new Uint8Array(7), tumours: [] })).toThrow(RangeError);
  });
});
