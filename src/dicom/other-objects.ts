import dicomParser from 'dicom-parser';
import type { DataSet } from 'dicom-parser';
import type { Remark, Trouble } from '../volume/index.ts';
import { isArchive } from './archive.ts';
import { attributesOf } from './attributes.ts';
import { byteText } from './byte-text.ts';
import { findDataSet } from './file-start.ts';
import { groupedBy } from './grouped-by.ts';
import type { SeriesEntry, SeriesHeader } from './series.ts';
import { seriesHeaderOf } from './series-header.ts';
import { isSliceClass } from './series-refusals.ts';

/**
 * A DICOM object without slices: a report, a contour set, a presentation state; the index of a medium; or a file that should hold a
 * slice but can not be read, with its series where that is still known.
 */
export type OtherObject =
  | { readonly kind: 'index'; readonly name: string }
  | {
      readonly kind: 'damaged';
      readonly name: string;
      readonly seriesInstanceUid: string | null;
      /** Why it can not be read, a sentence that names it; null where nothing is known but that it is empty or damaged. */
      readonly why: string | null;
    }
  | { readonly kind: 'object'; readonly name: string; readonly series: SeriesHeader };

const mediaStorageDirectory = '1.2.840.10008.1.3.10';

/** What modalities without slices hold, for messages. */
const contents: Readonly<Record<string, string>> = {
  SR: 'a structured report',
  PR: 'a presentation state',
  KO: 'a selection of key images',
  RTSTRUCT: 'a set of contours',
  RTPLAN: 'a radiotherapy plan',
  RTDOSE: 'a dose distribution',
  DOC: 'a document',
  REG: 'a registration',
};

/**
 * Reads what a file is from which `readHeaders` got no slice, for the reason given; null when it is no DICOM file. The beginning of the
 * file is enough. `size` is that of the whole file.
 */
export function readOther(
  name: string,
  bytes: Uint8Array,
  trouble: Trouble | null = null,
  size: number = bytes.length,
): OtherObject | null {
  const why =
    trouble?.code === 'not_an_image'
      ? `${name} holds no pixels, or is not coded as it says.`
      : trouble?.code === 'unreadable'
        ? trouble.message
        : null;
  const damaged = (seriesInstanceUid: string | null, reason = why): OtherObject => ({
    kind: 'damaged',
    name,
    seriesInstanceUid,
    why: reason,
  });
  if (bytes.length === 0 && size > 0) {
    return damaged(null, `${name} can not be read: it is damaged, or encrypted in its archive.`);
  }
  const start = findDataSet(bytes);
  if (start === null) {
    if (/\.zip$/iu.test(name) && isArchive(bytes)) {
      return damaged(null, `${name} is damaged, or an archive inside another. Unpack it and open its folder.`);
    }
    // Programs and documents beside the images are archives as well, and are named as such.
    if (!/\.\p{L}[^/]*$/u.test(name) && isArchive(bytes)) {
      return damaged(
        null,
        `${name} is a ZIP archive without .zip at the end of its name, and was not looked into. Unpack it and open its folder.`,
      );
    }
    return looksLikeDicom(bytes) ? damaged(null) : null;
  }
  if (start.mediaStorageSopClass === mediaStorageDirectory) return { kind: 'index', name };
  if (start.syntax.header === 'unknown' || start.syntax.deflated) return damaged(null);
  const dataSet = partOf(bytes.subarray(start.dataSet), start.syntax.uid);
  if (dataSet === null) return damaged(null);
  try {
    const attributes = attributesOf(dataSet);
    const uid = attributes.code('x0020000e');
    if (uid === null || !/^[0-9.]+$/.test(uid)) return damaged(null);
    const series = seriesHeaderOf(attributes, uid);
    const sopClass = attributes.code('x00080016') ?? start.mediaStorageSopClass;
    return isOfSlices(series.modality, sopClass) ? damaged(uid) : { kind: 'object', name, series };
  } catch {
    return damaged(null);
  }
}

/** Whether objects of a class hold slices; where it is not given the modality tells. Scanners put raw data and spectra under MR as well. */
function isOfSlices(modality: string, sopClass: string | null): boolean {
  if (sopClass !== null) return isSliceClass(sopClass);
  return modality === '' || modality === 'CT' || modality === 'MR';
}

/** Whether the bytes look like the beginning of a DICOM file that was damaged, cut or never filled. */
function looksLikeDicom(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 2048);
  const text = byteText(start);
  // The tag of Rows in little endian: every image has it, four given bytes hardly any other file.
  const marks = ['DICM', '1.2.840.10008.', '\x28\x00\x10\x00'];
  return marks.some((mark) => text.includes(mark)) || start.every((byte) => byte === 0);
}

/** What must be said of a volume of a series when files beside it can not be read: at its ends a missing slice leaves no gap. */
export function damageRemarks(others: readonly OtherObject[], seriesInstanceUid: string): readonly Remark[] {
  const damaged = others.flatMap((other) => (other.kind === 'damaged' ? [other] : []));
  const own = damaged.filter((other) => other.seriesInstanceUid === seriesInstanceUid);
  const unknown = damaged.filter((other) => other.seriesInstanceUid === null);
  const remarks: Remark[] = [];
  const say = (files: Damaged): string => (files.length === 1 ? 'One file' : `${files.length} files`);
  if (own.length > 0) {
    const message = `${say(own)} of this series can not be read as a slice.${firstReason(own)} A slice may be missing at an end of the volume.`;
    remarks.push({ code: 'slices_unreadable', message });
  }
  if (unknown.length > 0) {
    const message = `${say(unknown)} beside this series ${unknown.length === 1 ? 'is' : 'are'} empty or damaged, or can not be read.${firstReason(unknown)} If there was a slice of it inside, one may be missing at an end of the volume.`;
    remarks.push({ code: 'files_unreadable', message });
  }
  return remarks;
}

type Damaged = readonly Extract<OtherObject, { kind: 'damaged' }>[];

function firstReason(damaged: Damaged): string {
  const known = damaged.find(({ why }) => why !== null);
  return known === undefined ? '' : ` ${known.why}`;
}

const indexAlone =
  'The index of a disc (DICOMDIR) holds no slices itself, and those it names are not with it. Open or drop the whole folder it lies in.';

/** What to say of files that are DICOM, or look like it, where none of them could be read as a slice; null when there is none. */
export function adviceOn(others: readonly OtherObject[]): string | null {
  const damaged = others.flatMap((other) => (other.kind === 'damaged' ? [other] : []));
  if (damaged.length === 0) return others.some(({ kind }) => kind === 'index') ? indexAlone : null;
  const why = damaged.find((one) => one.why !== null)?.why;
  if (why !== undefined)
    return `${damaged.length === 1 ? 'One file' : `${damaged.length} files`} may hold images: ${why}`;
  return damaged.length === 1
    ? 'One file looks like DICOM, but is empty or damaged.'
    : `${damaged.length} files look like DICOM, but are empty or damaged.`;
}

function partOf(body: Uint8Array, uid: string): DataSet | null {
  try {
    return dicomParser.parseDicom(body, { TransferSyntaxUID: uid, untilTag: 'x00200012' });
  } catch (trouble) {
    // What was read before the bytes ended is told along with the trouble.
    return (trouble as { readonly dataSet?: DataSet }).dataSet ?? null;
  }
}

/** One entry for each series of objects without slices: listed, never loaded. */
export function otherEntries(objects: readonly OtherObject[], taken: ReadonlySet<string>): readonly SeriesEntry[] {
  const known = objects.flatMap((object) => (object.kind === 'object' ? [object] : []));
  const series = groupedBy(known, (object) => object.series.seriesInstanceUid);
  return [...series.values()].map((own): SeriesEntry => {
    const header = own[0]!.series;
    const names = own.map(({ name }) => name);
    const what = contents[header.modality] ?? 'an object without images';
    const uid = header.seriesInstanceUid;
    const many = names.length === 1 ? 'One file' : `${names.length} files`;
    return {
      header,
      volumeId: taken.has(uid) ? `${uid}#objects` : uid,
      part: taken.has(uid) ? 'no images' : null,
      slices: 0,
      size: null,
      spacing: null,
      coverageMm: null,
      phase: null,
      status: 'refused',
      resampling: 'none',
      reasons: [
        {
          code: 'not_an_image',
          message: `${many}: ${what}${header.modality === '' ? '' : ` (${header.modality})`}. There are no slices in it to plan on.`,
        },
      ],
      remarks: [],
      files: names,
      copies: [],
    };
  });
}
