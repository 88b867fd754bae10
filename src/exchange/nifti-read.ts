import { createGrid } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import { failure, success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';
import type { MaskFile } from './mask-file.ts';
import { readNiftiHeader } from './nifti-header.ts';
import type { NiftiHeader } from './nifti-header.ts';

/** How the numbers of each NIfTI data type are read. */
const dataTypes: Readonly<
  Record<number, { readonly bytes: number; readonly read: (view: DataView, at: number, little: boolean) => number }>
> = {
  2: { bytes: 1, read: (view, at) => view.getUint8(at) },
  4: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  8: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  16: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  64: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  256: { bytes: 1, read: (view, at) => view.getInt8(at) },
  512: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  768: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  1024: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  1280: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
};

/** How far a scaled value may be from a whole number and still be a label. */
const wholeTolerance = 1e-3;

/** Reads a mask from a NIfTI file (`.nii`, `.nii.gz`, versions 1 and 2); refused with the reason when it is none. */
export function readMaskFile(name: string, bytes: Uint8Array): Outcome<MaskFile> {
  const header = readNiftiHeader(name, bytes);
  if (!header.ok) return header;
  const grid = gridOf(name, header.value);
  if (!grid.ok) return grid;
  const values = readLabels(name, header.value);
  if (!values.ok) return values;
  const present = new Uint8Array(65_536);
  for (const label of values.value) present[label] = 1;
  const labelsPresent = [...present.keys()].filter((label) => label > 0 && present[label] === 1);
  return success({ name, grid: grid.value, values: values.value, labelsPresent });
}

function gridOf(name: string, header: NiftiHeader): Outcome<Grid> {
  const { affine, size } = header;
  if (affine === null) {
    return failure(
      'nifti_no_orientation',
      `${name} does not say where it lies in the patient (neither sform nor qform is set). Export it with its orientation.`,
    );
  }
  if (affine.flat().some((number) => !Number.isFinite(number))) {
    return failure('nifti_broken', `${name} has an orientation that is no number. Export the mask again.`);
  }
  // NIfTI is RAS, the patient system of DICOM is LPS: x and y change sign.
  const column = (n: number): [number, number, number] => [-affine[0]![n]!, -affine[1]![n]!, affine[2]![n]!];
  const columns = [column(0), column(1), column(2)] as const;
  const spacing = columns.map((axis) => Math.hypot(...axis)) as [number, number, number];
  try {
    return success(createGrid({ size, spacing, origin: column(3), axes: columns }));
  } catch {
    return failure(
      'nifti_not_orthogonal',
      `${name} lies on a sheared or flat grid (its axes are not at right angles). Resample it to the image first.`,
    );
  }
}

function readLabels(name: string, header: NiftiHeader): Outcome<Uint8Array | Uint16Array> {
  const type = dataTypes[header.dataType];
  if (type === undefined) {
    return failure('mask_not_labels', `${name} holds colours or complex numbers, not labels.`);
  }
  const { bytes, littleEndian, slope, intercept, dataOffset } = header;
  const count = header.size[0] * header.size[1] * header.size[2];
  if (dataOffset + count * type.bytes > bytes.length) {
    return failure(
      'nifti_truncated',
      `${name} should hold ${count * type.bytes} bytes of voxels but ends after ${Math.max(0, bytes.length - dataOffset)}: the file is cut short. Copy it again.`,
    );
  }
  if (header.dataType === 2 && slope === 1 && intercept === 0) {
    return success(bytes.slice(dataOffset, dataOffset + count));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset);
  const labels = new Uint16Array(count);
  let highest = 0;
  for (let voxel = 0; voxel < count; voxel += 1) {
    const value = type.read(view, voxel * type.bytes, littleEndian) * slope + intercept;
    const label = Math.round(value);
    if (!(Math.abs(value - label) <= wholeTolerance) || label < 0 || label > 65_535) {
      return failure(
        'mask_not_labels',
        `${name} holds the value ${value}: a mask has whole labels from 0 to 65535. Is this the image instead of its mask?`,
      );
    }
    labels[voxel] = label;
    if (label > highest) highest = label;
  }
  return success(highest < 256 ? Uint8Array.from(labels) : labels);
}
