import type { Grid } from '../geometry/index.ts';
import type { Remark } from '../volume/index.ts';
import type { SeriesEntry } from './series.ts';
import type { SeriesRefusal } from './refusal-codes.ts';
import { refusalsOf } from './series-refusals.ts';
import type { SliceHeader } from './slice-header.ts';
import { mm, orderSlices, stepTolerance } from './slice-order.ts';

/** A series judged: its entry in the list and, when it is a volume, its grid and its slices in ascending order. */
export interface JudgedSeries {
  readonly entry: SeriesEntry;
  readonly stack: { readonly grid: Grid; readonly slices: readonly SliceHeader[] } | null;
}

/** The series of a folder, from the headers of all its slices in any order; sorted by series number, then UID. */
export function listSeries(headers: readonly SliceHeader[]): { readonly entries: readonly SeriesEntry[] } {
  const groups = new Map<string, SliceHeader[]>();
  for (const header of headers) {
    const uid = header.series.seriesInstanceUid;
    const group = groups.get(uid);
    if (group === undefined) groups.set(uid, [header]);
    else group.push(header);
  }
  const last = Number.MAX_SAFE_INTEGER;
  const entries = [...groups.values()]
    .map((group) => judgeSeries(group).entry)
    .sort((a, b) => {
      const byNumber = (a.header.seriesNumber ?? last) - (b.header.seriesNumber ?? last);
      return byNumber !== 0 ? byNumber : a.header.seriesInstanceUid < b.header.seriesInstanceUid ? -1 : 1;
    });
  return { entries };
}

/** Judges the slices of one series: a volume one can trust, or all named reasons why not. */
export function judgeSeries(headers: readonly SliceHeader[]): JudgedSeries {
  const [first] = headers;
  if (first === undefined) throw new RangeError('A series has at least one slice');
  const sameSize = headers.every((header) => header.columns === first.columns && header.rows === first.rows);
  const size = sameSize && first.columns > 0 ? ([first.columns, first.rows, headers.length] as const) : null;
  const refuse = (reasons: readonly SeriesRefusal[]): JudgedSeries => ({
    entry: {
      header: first.series,
      slices: headers.length,
      size,
      spacing: null,
      status: 'refused',
      reasons,
      remarks: [],
      files: headers.map((header) => header.name),
    },
    stack: null,
  });
  const { reasons, geometryUsable } = refusalsOf(headers);
  if (!geometryUsable) return refuse(reasons);
  const order = orderSlices(headers);
  if (order.kind === 'refused') return refuse([...reasons, ...order.reasons]);
  if (reasons.length > 0) return refuse(reasons);
  const { grid, slices } = order;
  return {
    entry: {
      header: slices[0]!.series,
      slices: slices.length,
      size: grid.size,
      spacing: grid.spacing,
      status: 'volume',
      reasons: [],
      remarks: remarksOf(slices, grid),
      files: slices.map((slice) => slice.name),
    },
    stack: { grid, slices },
  };
}

function remarksOf(slices: readonly SliceHeader[], grid: Grid): readonly Remark[] {
  const remarks: Remark[] = [];
  const step = grid.spacing[2];
  const thickness = slices.find(
    ({ sliceThickness }) => sliceThickness !== null && Math.abs(sliceThickness - step) > stepTolerance(step),
  )?.sliceThickness;
  if (thickness !== undefined && thickness !== null) {
    const how = thickness > step ? 'they overlap' : 'there are gaps between them';
    remarks.push({
      code: 'slice_thickness_differs',
      message: `SliceThickness says ${mm(thickness)}, but the slices are ${mm(step)} apart (${how}). Volumes use the positions.`,
    });
  }
  const [first] = slices;
  if (first!.series.modality === 'MR' && slices.some((slice) => slice.rescale === null)) {
    remarks.push({
      code: 'no_rescale',
      message: 'The MR slices have no rescale slope and intercept: the stored signal is shown as it is.',
    });
  }
  const type = slices.find((slice) => (slice.rescale?.type ?? 'HU') !== 'HU')?.rescale?.type ?? null;
  if (first!.series.modality === 'CT' && type !== null) {
    remarks.push({
      code: 'not_hounsfield',
      message: `RescaleType says ${type}, not HU: the values may not be Hounsfield units.`,
    });
  }
  return remarks;
}
