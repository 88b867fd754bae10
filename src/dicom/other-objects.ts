import dicomParser from 'dicom-parser';
import type { DataSet } from 'dicom-parser';
import { attributesOf } from './attributes.ts';
import { findDataSet } from './file-start.ts';
import type { SeriesEntry, SeriesHeader } from './series.ts';
import { seriesHeaderOf } from './series-header.ts';

/** A DICOM object without slices: a report, a contour set, a presentation state; or the index of a medium. */
export type OtherObject =
  | { readonly kind: 'index'; readonly name: string }
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

/** Reads what kind of object without slices a file is; null when it is none that can be named. The beginning of the file is enough. */
export function readOther(name: string, bytes: Uint8Array): OtherObject | null {
  const start = findDataSet(bytes);
  if (start === null || start.syntax.header === 'unknown' || start.syntax.deflated) return null;
  if (start.mediaStorageSopClass === mediaStorageDirectory) return { kind: 'index', name };
  const dataSet = partOf(bytes.subarray(start.dataSet), start.syntax.uid);
  if (dataSet === null) return null;
  try {
    const attributes = attributesOf(dataSet);
    const uid = attributes.code('x0020000e');
    if (uid === null || !/^[0-9.]+$/.test(uid)) return null;
    return { kind: 'object', name, series: seriesHeaderOf(attributes, uid) };
  } catch {
    return null;
  }
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
  const series = new Map<string, { readonly header: SeriesHeader; readonly names: string[] }>();
  for (const object of objects) {
    if (object.kind === 'index') continue;
    const known = series.get(object.series.seriesInstanceUid);
    if (known === undefined)
      series.set(object.series.seriesInstanceUid, { header: object.series, names: [object.name] });
    else known.names.push(object.name);
  }
  return [...series.values()].map(({ header, names }): SeriesEntry => {
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
