import { NIFTI1, isCompressed, isNIFTI1, isNIFTI2, readHeader } from 'nifti-reader-js';
import type { NIFTI2 } from 'nifti-reader-js';
import { gunzipSync } from 'fflate';
import { checksum } from '../plan/index.ts';
import { failure, success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';

/** What a NIfTI file says of its voxels. */
export interface NiftiHeader {
  /** The whole file, uncompressed. */
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
  readonly size: readonly [number, number, number];
  /** NIfTI data type code. */
  readonly dataType: number;
  readonly dataOffset: number;
  readonly slope: number;
  readonly intercept: number;
  /** Three rows of four numbers from voxel index to RAS mm: the sform where there is one, else the qform; null without either. */
  readonly affine: readonly (readonly number[])[] | null;
}

const broken = (name: string, what: string) =>
  failure('nifti_broken', `${name} is not a readable NIfTI file: ${what}. Export the mask again.`);

/** A gzip file grows by at most this factor when it is unpacked. */
const greatestGrowth = 1032;

/** The file's bytes, gunzipped where needed. */
function uncompressed(name: string, bytes: Uint8Array): Outcome<Uint8Array> {
  if (bytes.length < 2 || bytes[0] !== 0x1f || bytes[1] !== 0x8b) return success(bytes);
  const cut = (what: string) =>
    failure(
      'nifti_truncated',
      `${name} can not be unpacked (${what}): the file is cut short or damaged. Copy it again.`,
    );
  if (bytes.length < 18) return cut('it is shorter than an empty gzip file');
  const end = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8);
  const length = end.getUint32(4, true);
  // The unpacker reserves what the last four bytes claim; of a file that was cut short they claim anything.
  if (length > bytes.length * greatestGrowth) return cut('its end is missing');
  let plain: Uint8Array;
  try {
    plain = gunzipSync(bytes);
  } catch (error) {
    return cut(error instanceof Error ? error.message : 'broken gzip');
  }
  // Nor does it check what the file says of itself there: a changed byte would pass as another mask.
  if (plain.length !== length || checksum(plain) !== hexadecimal(end.getUint32(0, true))) {
    return broken(name, 'it does not match its own checksum (cut short, damaged, or joined from several)');
  }
  return success(plain);
}

function hexadecimal(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** Reads the header of a `.nii` or `.nii.gz` file of version 1 or 2 and checks it; refused with a code where it makes no sense. */
export function readNiftiHeader(name: string, packed: Uint8Array): Outcome<NiftiHeader> {
  const plain = uncompressed(name, packed);
  if (!plain.ok) return plain;
  // The reader wants a buffer of its own, not a window into a larger (or shared) one.
  const bytes = Uint8Array.from(plain.value);
  const data = bytes.buffer;
  if (bytes.length < NIFTI1.STANDARD_HEADER_SIZE) return broken(name, 'it is shorter than a NIfTI header');
  if (isNIFTI1(data, true) !== isNIFTI1(data) || isNIFTI2(data, true) !== isNIFTI2(data)) {
    return failure(
      'nifti_two_files',
      `${name} is one half of an .hdr/.img pair. Export the mask as a single .nii file.`,
    );
  }
  if (!isNIFTI1(data) && !isNIFTI2(data)) return broken(name, 'its NIfTI mark is missing (Analyze files are not read)');
  if (isCompressed(data)) return broken(name, 'its first bytes are not a NIfTI header');
  let header: NIFTI1 | NIFTI2;
  try {
    header = readHeader(data);
  } catch (error) {
    return broken(name, error instanceof Error ? error.message : 'its header can not be read');
  }
  const rank = header.dims[0] ?? 0;
  const dims = header.dims.slice(1, 1 + Math.min(7, Math.max(0, rank)));
  if (rank < 3 || rank > 7 || dims.slice(0, 3).some((count) => !Number.isInteger(count) || count < 1)) {
    return broken(name, `it claims ${rank} dimensions of ${dims.join(' × ')}`);
  }
  if (dims.slice(3).some((count) => count !== 1)) {
    return failure('mask_many_volumes', `${name} holds ${dims.slice(3).join(' × ')} volumes: a mask has one.`);
  }
  const [nx = 0, ny = 0, nz = 0] = dims;
  const dataOffset = Math.max(header.vox_offset, header instanceof NIFTI1 ? 352 : 544);
  if (!Number.isInteger(dataOffset)) return broken(name, `its voxels would start at byte ${header.vox_offset}`);
  return success({
    bytes,
    littleEndian: header.littleEndian,
    size: [nx, ny, nz],
    dataType: header.datatypeCode,
    dataOffset,
    // A slope of 0 means that there is no scaling.
    slope: header.scl_slope === 0 || !Number.isFinite(header.scl_slope) ? 1 : header.scl_slope,
    intercept: header.scl_slope === 0 || !Number.isFinite(header.scl_inter) ? 0 : header.scl_inter,
    affine: affineOf(header, data),
  });
}

/** Sform before qform, as Slicer and nibabel read it (the reader itself lets the greater code win). */
function affineOf(header: NIFTI1 | NIFTI2, data: ArrayBuffer): readonly (readonly number[])[] | null {
  if (header.sform_code > 0) {
    const view = new DataView(data);
    const one = header instanceof NIFTI1;
    const entry = (row: number, column: number): number => {
      const at = row * 4 + column;
      return one
        ? view.getFloat32(280 + at * 4, header.littleEndian)
        : view.getFloat64(400 + at * 8, header.littleEndian);
    };
    return [0, 1, 2].map((row) => [0, 1, 2, 3].map((column) => entry(row, column)));
  }
  if (header.qform_code > 0) return header.getQformMat().slice(0, 3);
  return null;
}
