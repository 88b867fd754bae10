import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeMask, readMaskFile, writeMaskFile } from '../../src/exchange/index.ts';
import { sameGrid, toWorld, voxelIndex, voxelVolume } from '../../src/geometry/index.ts';
import { describeWith, realCt, runPython } from '../support/needs.ts';
import { obliqueGrid, randomLabels } from '../volume/random-labels.ts';
import { withFiles } from '../volume/temporary-files.ts';

describeWith(['python:nibabel', 'python:numpy'], 'NIfTI beside nibabel', () => {
  for (const mirrored of [false, true]) {
    it(`nibabel finds the voxels and both affines we wrote (${mirrored ? 'left' : 'right'}-handed)`, () => {
      const grid = obliqueGrid([11, 9, 7], mirrored, 2.2);
      const labels = randomLabels(grid, 12);
      const answer = withFiles({ 'm.nii.gz': writeMaskFile(labels.values, grid) }, (folder) =>
        runPython(
          `
import sys, json, nibabel, numpy as np
n = nibabel.load(sys.argv[1] + '/m.nii.gz')
at = lambda a, v: (a @ np.array(v + [1.0]))[:3].tolist()
print(json.dumps({'voxels': np.asarray(n.dataobj).ravel(order='F').tolist(), 'type': str(n.get_data_dtype()),
 'codes': [int(n.header['qform_code']), int(n.header['sform_code'])],
 's': at(n.get_sform(), [3, 5, 6]), 'q': at(n.get_qform(), [3, 5, 6])}))`,
          folder,
        ),
      );
      const seen = JSON.parse(answer) as { voxels: number[]; type: string; codes: number[]; s: number[]; q: number[] };
      expect(seen.voxels).toEqual([...labels.values]);
      expect([seen.type, seen.codes]).toEqual(['uint8', [1, 1]]);
      const [x, y, z] = toWorld(grid, voxelIndex(3, 5, 6));
      for (const place of [seen.s, seen.q]) {
        [-x, -y, z].forEach((expected, axis) => expect(place[axis]).toBeCloseTo(expected, 3));
      }
    });
  }

  it('we read what nibabel writes: every data type, both byte orders, both versions, scaled, four-dimensional', () => {
    const program = `
import sys, nibabel, numpy as np
kind, dtype, order, scale, rank, out = sys.argv[1:]
a = (np.arange(6 * 5 * 4).reshape(6, 5, 4) * 7) % 5
affine = np.array([[0, -1.5, 0, 12.5], [0.75, 0, 0, -30], [0, 0, 2.5, 100], [0, 0, 0, 1]])
make = {'1': nibabel.Nifti1Image, '2': nibabel.Nifti2Image}[kind]
header = make(a.astype(np.int16), affine).header.__class__(endianness=order)
header.set_data_dtype(dtype)
if rank == '4': a = a[..., None]
image = make(a.astype(dtype), affine, header)
image.set_data_dtype(dtype)
if float(scale) != 1: image.header.set_slope_inter(float(scale), 1)
image.to_filename(out)
np.asarray(nibabel.load(out).dataobj).ravel(order='F').astype(np.uint8).tofile(out + '.truth')`;
    const cases = [
      ['1', 'uint8', '<', '1', '3'],
      ['1', 'int8', '<', '1', '3'],
      ['1', 'int16', '>', '1', '4'],
      ['2', 'uint16', '>', '1', '3'],
      ['1', 'int32', '<', '1', '3'],
      ['2', 'uint32', '<', '1', '4'],
      ['1', 'int64', '>', '1', '3'],
      ['2', 'uint64', '<', '1', '3'],
      ['1', 'float32', '>', '1', '3'],
      ['2', 'float64', '<', '1', '3'],
      ['1', 'int16', '<', '2', '3'],
    ] as const;
    // One process for all of them: starting nibabel costs more than the work.
    withFiles({}, (folder) => {
      const loop = `
import sys
program, folder, lines = sys.argv[1:]
for n, line in enumerate(lines.split(';')):
    sys.argv = [''] + line.split(',') + [folder + '/' + str(n) + '.nii.gz']
    exec(program)`;
      runPython(loop, program, folder, cases.map((parts) => parts.join(',')).join(';'));
      for (const [n, parts] of cases.entries()) {
        const mask = readMaskFile(`${n}.nii.gz`, readFileSync(join(folder, `${n}.nii.gz`)));
        if (!mask.ok) throw new Error(`${parts.join(' ')}: ${mask.error.message}`);
        const { values, grid } = mask.value;
        const truth = Uint8Array.from(readFileSync(join(folder, `${n}.nii.gz.truth`)));
        expect(values).toEqual(truth);
        expect(truth[1]).toBe(parts[3] === '1' ? 0 : 1);
        expect(new Set(truth).size).toBe(5);
        expect(toWorld(grid, voxelIndex(2, 3, 1)).map((x) => Math.round(x * 1000) / 1000)).toEqual([-8, 28.5, 102.5]);
      }
    });
  });
});

describeWith(['real-ct', 'python:nibabel'], 'the reference mask of the real CT', () => {
  it('makes a round trip that nibabel can not tell from the original', () => {
    const file = join(realCt()!, 'liver-reference.nii.gz');
    const mask = readMaskFile('liver-reference.nii.gz', readFileSync(file));
    if (!mask.ok) throw new Error(mask.error.message);
    const placed = placeMask(mask.value, null, mask.value.grid);
    if (!placed.ok) throw new Error(placed.error.message);
    expect(placed.value.voxels * voxelVolume(mask.value.grid)).toBeCloseTo(1417.493, 3);
    const written = writeMaskFile(placed.value.inside, mask.value.grid);
    const again = readMaskFile('again.nii.gz', written);
    expect(again.ok && sameGrid(again.value.grid, mask.value.grid, 1e-6)).toBe(true);
    const answer = withFiles({ 'again.nii.gz': written }, (folder) =>
      runPython(
        `
import sys, nibabel, numpy as np
a, b = nibabel.load(sys.argv[1]), nibabel.load(sys.argv[2] + '/again.nii.gz')
x, y = np.asarray(a.dataobj), np.asarray(b.dataobj)
print(np.abs(a.affine - b.affine).max(), (x != y).sum(), y.sum() * abs(np.linalg.det(b.affine[:3, :3])) / 1000)`,
        file,
        folder,
      ),
    );
    const [affine, voxels, volume] = answer.split(' ').map(Number) as [number, number, number];
    expect(affine).toBeLessThan(1e-4);
    expect(voxels).toBe(0);
    expect(volume).toBeCloseTo(1417.493, 3);
  });
});
