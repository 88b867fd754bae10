import type { SeriesRefusal, SeriesRefusalCode } from './refusal-codes.ts';
import { encapsulated } from './pixel-location.ts';
import { pixelBytes } from './stored-pixels.ts';
import type { SeriesHeader } from './series.ts';
import type { SliceHeader } from './slice-header.ts';
import { mm } from './slice-order.ts';

/** CT and MR image storage: plain, enhanced, legacy converted enhanced. */
const sliceClasses: ReadonlySet<string> = new Set(
  ['2', '2.1', '2.2', '4', '4.1', '4.4'].map((end) => `1.2.840.10008.5.1.4.1.1.${end}`),
);

/** Secondary capture, single and multi-frame. */
const screenCapture = '1.2.840.10008.5.1.4.1.1.7';

/** What every slice must have before the geometry of the stack can be looked at, and what makes a slice unusable at all. */
export function refusalsOf(headers: readonly SliceHeader[]): {
  readonly reasons: readonly SeriesRefusal[];
  readonly geometryUsable: boolean;
} {
  const reasons: SeriesRefusal[] = [];
  const all = headers.length;
  const which = (bad: readonly SliceHeader[]): string =>
    bad.length === all
      ? 'All slices'
      : `${bad.length} of ${all} slices (${bad[0]!.name}${bad.length > 1 ? ', …' : ''})`;
  /** Refuses when any slice is `bad`; says whether it did. */
  const refuse = (
    code: SeriesRefusalCode,
    bad: readonly SliceHeader[],
    sentence: (which: string) => string,
  ): boolean => {
    if (bad.length > 0) reasons.push({ code, message: sentence(which(bad)) });
    return bad.length > 0;
  };
  const foreign = headers.filter((header) => !header.syntax.supported);
  if (
    refuse('transfer_syntax_unsupported', foreign, (slices) => {
      const { name, uid } = foreign[0]!.syntax;
      return `${slices}: the transfer syntax ${name} (${uid}) is not supported. Export the series uncompressed (implicit or explicit VR little endian).`;
    }) &&
    foreign.some((header) => header.syntax.header === 'unknown')
  ) {
    return { reasons, geometryUsable: false };
  }
  refuseKinds(headers, refuse);
  refusePixels(headers, refuse);
  refuseMixtures(headers, reasons);
  const geometryUsable = refuseGeometry(headers, refuse, reasons);
  return { reasons, geometryUsable };
}

/** Whether a file holds slices of a CT or MR: a screen capture of a CT says CT as well, but its grey values are no Hounsfield units. */
export function isSliceImage({ series, sopClassUid }: SliceHeader): boolean {
  return (series.modality === 'CT' || series.modality === 'MR') && (sopClassUid === null || isSliceClass(sopClassUid));
}

/** Whether objects of a class (SOPClassUID) are slices of CT or MR. */
export function isSliceClass(sopClassUid: string): boolean {
  return sliceClasses.has(sopClassUid);
}

/** Whether a slice is a scout view, which is no part of a volume. */
export function isLocalizer({ imageType }: SliceHeader): boolean {
  return imageType.includes('LOCALIZER');
}

/** Whether slices name more than one patient: by ID, name or day of birth. */
export function areOfSeveralPatients(headers: readonly SliceHeader[]): boolean {
  // Headers that are written alike share what they say of their series.
  const seriesHeaders = new Set(headers.map(({ series }) => series));
  return new Set([...seriesHeaders].map(patientOf)).size > 1;
}

function patientOf({ patientId, patientName, patientBirthDate }: SeriesHeader): string {
  return [patientId, patientName, patientBirthDate].join('\0');
}

type Refuse = (code: SeriesRefusalCode, bad: readonly SliceHeader[], sentence: (which: string) => string) => boolean;

function refuseKinds(headers: readonly SliceHeader[], refuse: Refuse): void {
  const other = headers.filter((header) => !isSliceImage(header));
  refuse('not_ct_or_mr', other, (slices) => {
    const { series, sopClassUid } = other[0]!;
    if (sopClassUid?.startsWith(screenCapture) === true) {
      return `${slices}: a screen capture (class ${sopClassUid}), whose grey values measure nothing. Only CT and MR images can be planned on.`;
    }
    return `${slices}: modality ${series.modality === '' ? 'not given' : series.modality}, class ${sopClassUid ?? 'not given'}. Only CT and MR images can be planned on.`;
  });
  const localizers = headers.filter(isLocalizer);
  refuse('localizer', localizers, (slices) => `${slices}: a localizer (scout view), not a volume.`);
  const frames = headers.filter((header) => header.frame === null && header.format.frames !== 1);
  refuse('multi_frame_unsupported', frames, (slices) => {
    return `${slices}: a multi-frame object whose ${frames[0]!.format.frames} frames have no places of their own. Export the series as one file per slice.`;
  });
}

function refusePixels(headers: readonly SliceHeader[], refuse: Refuse): void {
  const colour = headers.filter(({ format }) => {
    return format.samplesPerPixel !== 1 || !format.photometric.startsWith('MONOCHROME');
  });
  refuse('colour_image', colour, (slices) => {
    return `${slices}: a colour image (${colour[0]!.format.photometric}), not a grey one.`;
  });
  const bits = headers.filter(({ format: { bitsAllocated, bitsStored, highBit } }) => {
    if (bitsAllocated !== 8 && bitsAllocated !== 16) return true;
    return bitsStored < 1 || highBit >= bitsAllocated || highBit - bitsStored + 1 < 0;
  });
  refuse('bits_unsupported', bits, (slices) => {
    const { bitsAllocated, bitsStored, highBit } = bits[0]!.format;
    return `${slices}: ${bitsStored} of ${bitsAllocated} bits (high bit ${highBit}). Only 8 and 16 allocated bits are supported.`;
  });
  const short = headers.filter((header) => header.syntax.supported && !bits.includes(header) && !holdsPixels(header));
  refuse('truncated_pixels', short, (slices) => {
    const header = short[0]!;
    const { offset, length } = header.pixels;
    const here = Math.min(length, header.fileSize === null ? length : Math.max(0, header.fileSize - offset));
    if (header.syntax.compression !== null) {
      return `${slices}: the pixels are not encapsulated although the transfer syntax says that they are compressed (${header.syntax.name}).`;
    }
    return length === encapsulated
      ? `${slices}: the pixels are encapsulated although the transfer syntax says that they are not compressed.`
      : `${slices}: ${header.name} holds ${here} of ${pixelBytes(header)} bytes of pixels. Copy the series again.`;
  });
  const tables = headers.filter((header) => header.hasValueTable);
  refuse('value_table_unsupported', tables, (slices) => {
    return `${slices}: the values are given by a table (ModalityLUTSequence), which is not read. Export the series with RescaleSlope and RescaleIntercept.`;
  });
  const unscaled = headers.filter((header) => {
    return header.series.modality === 'CT' && header.rescale === null && !header.hasValueTable;
  });
  refuse('no_rescale', unscaled, (slices) => {
    return `${slices}: no usable RescaleSlope and RescaleIntercept, so the values are not Hounsfield units.`;
  });
}

function holdsPixels(header: SliceHeader): boolean {
  const { offset, length } = header.pixels;
  // How long a compressed slice must be is known only when it is decoded.
  if (header.syntax.compression !== null) return length === encapsulated;
  const needed = pixelBytes(header);
  return (
    length !== encapsulated && length >= needed && (header.fileSize === null || header.fileSize >= offset + needed)
  );
}

function refuseMixtures(headers: readonly SliceHeader[], reasons: SeriesRefusal[]): void {
  const distinct = (value: (header: SliceHeader) => string | null): readonly (string | null)[] => [
    ...new Set(headers.map(value)),
  ];
  if (areOfSeveralPatients(headers)) {
    const patients = distinct(({ series }) => patientOf(series));
    reasons.push({
      code: 'mixed_patient',
      message: `The slices of this series name ${patients.length} different patients. Export it again from one patient.`,
    });
  }
  const modalities = distinct(({ series }) => series.modality);
  if (modalities.length > 1) {
    reasons.push({ code: 'mixed_modality', message: `The series mixes modalities: ${modalities.join(', ')}.` });
  }
  const frames = distinct(({ series }) => series.frameOfReferenceUid);
  if (frames.length > 1) {
    reasons.push({
      code: 'mixed_frame_of_reference',
      message: `The series mixes ${frames.length} frames of reference: its positions do not share one origin.`,
    });
  }
}

function refuseGeometry(headers: readonly SliceHeader[], refuse: Refuse, reasons: SeriesRefusal[]): boolean {
  const before = reasons.length;
  const first = headers[0]!;
  // Of what is no slice of a volume nobody misses the others.
  if (headers.length < 2 && isSliceImage(first) && !isLocalizer(first)) {
    reasons.push({ code: 'too_few_slices', message: 'The series has a single slice: a volume needs at least two.' });
  }
  const noPosition = headers.filter((header) => header.position === null);
  refuse(
    'no_position',
    noPosition,
    (slices) => `${slices}: no usable ImagePositionPatient, so their place is unknown.`,
  );
  const noOrientation = headers.filter((header) => header.orientation === null);
  refuse('no_orientation', noOrientation, (slices) => {
    return `${slices}: no usable ImageOrientationPatient, so left and right are unknown.`;
  });
  const noSpacing = headers.filter((header) => header.pixelSpacing === null);
  refuse('no_pixel_spacing', noSpacing, (slices) => {
    const imager = noSpacing.some((header) => header.hasImagerPixelSpacing);
    return `${slices}: no usable PixelSpacing, so nothing can be measured.${imager ? ' ImagerPixelSpacing is given, but it is measured at the detector, not in the patient.' : ''}`;
  });
  const sizes = headers.filter((header) => header.columns !== first.columns || header.rows !== first.rows);
  refuse('mixed_size', sizes, (slices) => {
    const [other] = sizes;
    return `${slices} differ in size: ${other!.columns} × ${other!.rows} beside ${first.columns} × ${first.rows} pixels.`;
  });
  if (noSpacing.length === 0) {
    const spacings = headers.filter((header) => differs(header.pixelSpacing!, first.pixelSpacing!, 1e-4));
    refuse('mixed_pixel_spacing', spacings, (slices) => {
      const [other] = spacings;
      const [a, b] = [other!.pixelSpacing!, first.pixelSpacing!];
      return `${slices} differ in pixel spacing: ${mm(a[1])} × ${mm(a[0])} beside ${mm(b[1])} × ${mm(b[0])}.`;
    });
  }
  if (noOrientation.length === 0) {
    const turned = headers.filter((header) => differs(header.orientation!, first.orientation!, 1e-3));
    refuse('mixed_orientation', turned, (slices) => {
      return `${slices} are turned against the others: ImageOrientationPatient ${turned[0]!.orientation!.join(', ')} beside ${first.orientation!.join(', ')}. The series may hold several stacks.`;
    });
  }
  return reasons.length === before && headers.length > 1;
}

function differs(a: readonly number[], b: readonly number[], tolerance: number): boolean {
  return a !== b && a.some((value, index) => Math.abs(value - b[index]!) > tolerance);
}
