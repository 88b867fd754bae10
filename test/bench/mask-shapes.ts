import { readFileSync } from 'node:fs';
import { readMaskFile } from '../../src/exchange/index.ts';
import { createGrid } from '../../src/geometry/index.ts';
import { connectedComponents, distanceTo, fieldOf, labelSet, rowRunsOf, surfaceOf } from '../../src/volume/index.ts';
import type { Labels, ScalarField } from '../../src/volume/index.ts';
import { has } from '../support/needs.ts';
import { clockBoth, compare, timedPython } from './timing.ts';
import type { Contender } from './timing.ts';

const members = labelSet([1]);

function labelsOf(maskFile: string): Labels {
  const mask = readMaskFile('liver.nii.gz', readFileSync(maskFile));
  if (!mask.ok) throw new Error(mask.error.message);
  return { grid: mask.value.grid, values: Uint8Array.from(mask.value.values, (value) => (value === 0 ? 0 : 1)) };
}

function boxOf(labels: Labels): ScalarField {
  const field = fieldOf(labels, members);
  if (field === null) throw new Error('The mask is empty');
  return field;
}

/** Reads the mask in ours and in Python's order alike: `inside` is its bounding box, the third axis first. */
const inPython = `
import sys, numpy, nibabel
image = nibabel.load(sys.argv[1])
mask = (numpy.asarray(image.dataobj) > 0).T
spacing = image.header.get_zooms()[2::-1]
inside = numpy.ascontiguousarray(mask[tuple(slice(a.min(), a.max() + 1) for a in numpy.nonzero(mask))])
`;

/** The parts of a liver mask with 1 voxel in 4096 taken out or put in, many times over, beside scipy; their number is compared. */
export async function components(maskFile: string): Promise<void> {
  const { grid, values } = labelsOf(maskFile);
  const copies = Math.ceil(131e6 / values.length);
  const many = new Uint8Array(values.length * copies);
  for (let copy = 0; copy < copies; copy += 1) many.set(values, copy * values.length);
  // The same specks in every language.
  for (let at = 0; at < many.length; at += 4096) many[at + (((at / 4096) * 1103) % 4096)]! ^= 1;
  const size = [grid.size[0], grid.size[1], grid.size[2] * copies] as const;
  const labels: Labels = { grid: createGrid({ ...grid, size }), values: many };
  const parts = connectedComponents(rowRunsOf(labels, members)).voxels.length;
  const contenders: Contender[] = [
    { name: 'Remnant (runs, one thread)', run: () => clockBoth(() => connectedComponents(rowRunsOf(labels, members))) },
  ];
  if (has('python:scipy') && has('python:nibabel')) {
    const program = `${inPython}
import scipy.ndimage
many = numpy.tile(mask.astype(numpy.uint8), (int(sys.argv[2]), 1, 1))
flat = many.reshape(-1)
block = numpy.arange(0, flat.size, 4096)
flat[block + (block // 4096 * 1103) % 4096] ^= 1
start = now()
count = scipy.ndimage.label(many)[1]
took = since(start)
print(count)
print(took)`;
    contenders.push({
      name: 'scipy.ndimage.label',
      run: () => {
        const told = timedPython(program, maskFile, String(copies));
        if (Number(told.lines[0]) !== parts) throw new Error(`scipy finds ${told.lines[0]!} parts, Remnant ${parts}`);
        return told;
      },
    });
  }
  await compare(`Face-connected parts of ${(many.length / 1e6).toFixed(0)} M voxels (${parts} parts)`, contenders, 3);
}

/** The liver's surface: smoothed, relaxed and with normals as it is shown, and as bare as VTK makes it. */
export async function surface(maskFile: string): Promise<void> {
  const labels = labelsOf(maskFile);
  const { grid } = labels;
  const field = boxOf(labels);
  const bare = { smoothingMm: 0, relaxations: 0 };
  const triangles = surfaceOf(field, grid, bare).triangles.length / 3;
  const contenders: Contender[] = [
    { name: 'Remnant (bare)', run: () => clockBoth(() => surfaceOf(field, grid, bare)) },
    { name: 'Remnant (as it is shown)', run: () => clockBoth(() => surfaceOf(field, grid)) },
  ];
  if (has('python:vtk') && has('python:nibabel')) {
    const program = `${inPython}
import vtk
from vtk.util.numpy_support import numpy_to_vtk
padded = numpy.pad(inside, 1).astype(numpy.uint8)
picture = vtk.vtkImageData()
picture.SetDimensions(padded.shape[::-1])
picture.SetSpacing([float(s) for s in spacing[::-1]])
picture.GetPointData().SetScalars(numpy_to_vtk(padded.reshape(-1)))
edges = vtk.vtkFlyingEdges3D()
edges.SetInputData(picture)
edges.SetValue(0, 0.5)
start = now()
edges.Update()
print(since(start))`;
    contenders.push({ name: 'VTK FlyingEdges', run: () => timedPython(program, maskFile) });
  }
  await compare(`Surface of the liver (${(triangles / 1000).toFixed(0)} k triangles)`, contenders, 5);
}

/** The distance from every voxel of the liver's box to what is not liver, beside scipy; the largest one is compared. */
export async function distance(maskFile: string): Promise<void> {
  const labels = labelsOf(maskFile);
  const { size, values } = boxOf(labels);
  const outside = Uint8Array.from(values, (value) => (value === 0 ? 1 : 0));
  const run = () => distanceTo(outside, size, labels.grid.spacing);
  const largest = run().reduce((most, value) => Math.max(most, value), 0);
  const contenders: Contender[] = [{ name: 'Remnant (plain, one thread)', run: () => clockBoth(run) }];
  if (has('python:scipy') && has('python:nibabel')) {
    const program = `${inPython}
import scipy.ndimage
start = now()
distances = scipy.ndimage.distance_transform_edt(inside, sampling=[float(s) for s in spacing])
took = since(start)
print(distances.max())
print(took)`;
    contenders.push({
      name: 'scipy distance_transform_edt',
      run: () => {
        const told = timedPython(program, maskFile);
        const found = Number(told.lines[0]);
        if (!(Math.abs(found - largest) < 1e-3)) throw new Error(`scipy finds ${found} mm, Remnant ${largest}`);
        return told;
      },
    });
  }
  await compare(`Exact distance inside the liver, ${(outside.length / 1e6).toFixed(1)} M voxels`, contenders, 3);
}
