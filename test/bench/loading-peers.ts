import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { has } from '../support/needs.ts';
import { timedPython } from './timing.ts';
import type { Contender, Took } from './timing.ts';

const pydicom = `
import sys, os, hashlib, numpy, pydicom
start = now()
slices = [pydicom.dcmread(os.path.join(sys.argv[1], f)) for f in os.listdir(sys.argv[1])]
slices.sort(key=lambda s: float(s.ImagePositionPatient[2]))
volume = numpy.empty((len(slices), slices[0].Rows, slices[0].Columns), numpy.int16)
for k, s in enumerate(slices):
    volume[k] = s.pixel_array * float(s.RescaleSlope) + float(s.RescaleIntercept)
took = since(start)
print(hashlib.sha256(volume.tobytes()).hexdigest())
print(took)`;

const vtkReader = `
import sys, hashlib, numpy, vtk
from vtk.util.numpy_support import vtk_to_numpy
start = now()
reader = vtk.vtkDICOMImageReader()
reader.SetDirectoryName(sys.argv[1])
reader.Update()
took = since(start)
image = reader.GetOutput()
columns, rows, slices = image.GetDimensions()
values = vtk_to_numpy(image.GetPointData().GetScalars()).reshape(slices, rows, columns)[:, ::-1].astype(numpy.int16)
# VTK turns rows upside down, and stacks from either end.
for order in (values[::-1], values):
    print(hashlib.sha256(numpy.ascontiguousarray(order).tobytes()).hexdigest())
print(took)`;

/** Peers that load a folder of one series, as far as they are installed. Each throws when its voxels have another SHA-256 than `digest`. */
export function loadingPeers(folder: string, digest: string): readonly Contender[] {
  const checked = (name: string, run: () => Took & { readonly digests: readonly string[] }): Contender => ({
    name,
    run: () => {
      const told = run();
      if (!told.digests.includes(digest)) throw new Error(`${name} finds other voxels than Remnant`);
      return told;
    },
  });
  const inPython = (name: string, program: string): Contender =>
    checked(name, () => {
      const { lines, ...took } = timedPython(program, folder);
      return { ...took, digests: lines };
    });
  const peers: Contender[] = [];
  if (has('python:pydicom') && has('python:numpy')) peers.push(inPython('pydicom + numpy', pydicom));
  if (has('python:vtk') && has('python:numpy')) peers.push(inPython('VTK DICOM reader', vtkReader));
  if (has('dcm2niix')) peers.push(checked('dcm2niix (whole process)', () => convert(folder)));
  return peers;
}

/** dcm2niix as a whole process, because it has no clock of its own. */
function convert(folder: string): Took & { readonly digests: readonly string[] } {
  const out = mkdtempSync(join(tmpdir(), 'remnant-bench-'));
  try {
    // The shell's own account of what it started comes last: minutes and seconds of the program, then of the system for it.
    const script = 'dcm2niix -z n -o "$1" "$2" > "$1/said.txt"; times';
    const before = performance.now();
    const told = spawnSync('sh', ['-c', script, 'sh', out, folder], { encoding: 'utf8' }).stdout;
    const ms = performance.now() - before;
    const times = [...(told.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
    const seconds = times.reduce((sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest), 0);
    const [written] = readdirSync(out).filter((name) => name.endsWith('.nii'));
    if (written === undefined) throw new Error('dcm2niix wrote no volume');
    return {
      ms,
      processorMs: times.length === 2 ? seconds * 1000 : null,
      digests: [digestOfNifti(join(out, written))],
    };
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** The SHA-256 of the values of a NIfTI-1 file of 16-bit words, whose rows run upwards: from the upper row on, as in DICOM. */
function digestOfNifti(path: string): string {
  const bytes = readFileSync(path);
  const [columns, rows, slices] = [42, 44, 46].map((at) => bytes.readInt16LE(at)) as [number, number, number];
  const isUnsigned = bytes.readInt16LE(70) === 512;
  const [slope, intercept] = [bytes.readFloatLE(112), bytes.readFloatLE(116)];
  const words = new Uint16Array(bytes.buffer.slice(bytes.byteOffset + bytes.readFloatLE(108)));
  const hash = createHash('sha256');
  const row = new Int16Array(columns);
  for (let slice = 0; slice < slices; slice += 1) {
    for (let upper = rows - 1; upper >= 0; upper -= 1) {
      const from = (slice * rows + upper) * columns;
      for (let column = 0; column < columns; column += 1) {
        const word = words[from + column]!;
        row[column] = (isUnsigned ? word : (word << 16) >> 16) * slope + intercept;
      }
      hash.update(row);
    }
  }
  return hash.digest('hex');
}
