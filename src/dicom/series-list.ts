import { voxelCount } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import type { PhaseGuess, SeriesEntry } from './series.ts';
import type { SeriesRefusal } from './refusal-codes.ts';
import { groupedBy } from './grouped-by.ts';
import { damageRemarks, otherEntries } from './other-objects.ts';
import type { OtherObject } from './other-objects.ts';
import { guessPhases } from './phase-guess.ts';
import type { RegularGrid } from './regular-grid.ts';
import { pixelRemarks } from './pixel-remarks.ts';
import { refusalsOf } from './series-refusals.ts';
import type { SliceHeader } from './slice-header.ts';
import { orderSlices } from './slice-order.ts';
import { suggest } from './suggestion.ts';
import type { Suggestion } from './suggestion.ts';
import { volumeGroups } from './volume-groups.ts';
import type { VolumeGroup } from './volume-groups.ts';
import type { VolumeLook } from './volume-look.ts';
import { phaseRemarks, volumeRemarks } from './volume-remarks.ts';

/** A volume judged: its entry in the list and, when it is one, its grid and its slices in ascending order. */
export interface JudgedSeries {
  readonly entry: SeriesEntry;
  /** Its slices: ascending along the normal, or as found where it is refused. */
  readonly headers: readonly SliceHeader[];
  readonly stack: {
    readonly grid: Grid;
    readonly slices: readonly SliceHeader[];
    readonly copies: readonly SliceHeader[];
    /** Where the slices lie on the grid, when they are to be interpolated to it; null when each is a slice of it. */
    readonly regular: RegularGrid | null;
  } | null;
}

/** What the user chose for a listing. */
export interface ListingChoice {
  /** Uneven and leaning stacks are to be interpolated to a regular grid, and every result is to say so. */
  readonly resampleUneven?: boolean;
}

/** The volumes of a folder. */
export interface Listing {
  readonly entries: readonly SeriesEntry[];
  readonly best: Suggestion | null;
  /** What was judged of each by its id, for `prepareAssembly`. */
  readonly volumes: ReadonlyMap<string, JudgedSeries>;
}

/**
 * The volumes of a folder, from the headers of all its slices in any order; sorted by series number, then by when they were acquired,
 * description and UID, then as in the series. Series of `others` (objects without slices) are listed among them. `best` is the one to
 * look at first.
 */
export function listSeries(
  headers: readonly SliceHeader[],
  choice: ListingChoice = {},
  others: readonly OtherObject[] = [],
): Listing {
  const series = groupedBy(headers, (header) => header.series.seriesInstanceUid);
  const withoutSlices = otherEntries(others, new Set(series.keys())).map((entry) => ({
    begun: null,
    entries: [entry],
  }));
  const volumes = new Map<string, JudgedSeries>();
  const withSlices = [...series.values()].map((group): ListedSeries => {
    const own = judgeSeries(group, choice).map((judged) => {
      volumes.set(judged.entry.volumeId, judged);
      return withDamage(judged.entry, others);
    });
    return { begun: beginningOf(group), entries: own };
  });
  const entries = [...withSlices, ...withoutSlices].sort(compareListed).flatMap((one) => one.entries);
  return { entries, best: suggest(entries), volumes };
}

/** A series in the list: its volumes, and when its acquisition began (s), where that is known. */
interface ListedSeries {
  readonly begun: number | null;
  readonly entries: readonly SeriesEntry[];
}

function beginningOf(headers: readonly SliceHeader[]): number | null {
  let first: number | null = null;
  for (const { acquisition } of headers) {
    const time = acquisition.acquisitionTime ?? acquisition.contentTime;
    if (time !== null && (first === null || time < first)) first = time;
  }
  return first;
}

function compareListed(a: ListedSeries, b: ListedSeries): number {
  const [one, other] = [a.entries[0]!.header, b.entries[0]!.header];
  return (
    ascending(one.seriesNumber ?? Infinity, other.seriesNumber ?? Infinity) ||
    ascending(a.begun ?? Infinity, b.begun ?? Infinity) ||
    ascending(one.description ?? '', other.description ?? '') ||
    ascending(one.seriesInstanceUid, other.seriesInstanceUid)
  );
}

function ascending<Value extends number | string>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The entries with what was seen on a few slices of each volume (by its id): a phase where the headers name none, and that the liver may
 * be cut. It belongs to the list alone; once there is a liver mask, the mask says where it ends.
 */
export function withLooks(
  entries: readonly SeriesEntry[],
  looks: ReadonlyMap<string, VolumeLook>,
): Pick<Listing, 'entries' | 'best'> {
  const looked = entries.map((entry): SeriesEntry => {
    const look = looks.get(entry.volumeId);
    if (look === undefined) return entry;
    const phase = entry.phase ?? look.phase;
    const warnings = entry.phase === null ? phaseRemarks(entry.header.modality, phase) : [];
    return { ...entry, phase, remarks: [...entry.remarks, ...warnings, ...(look.cut === null ? [] : [look.cut])] };
  });
  return { entries: looked, best: suggest(looked) };
}

function withDamage(entry: SeriesEntry, others: readonly OtherObject[]): SeriesEntry {
  if (entry.status === 'refused') return entry;
  return { ...entry, remarks: [...entry.remarks, ...damageRemarks(others, entry.header.seriesInstanceUid)] };
}

/** Judges the slices of one series: each volume in it one can trust, or all named reasons why not. */
export function judgeSeries(headers: readonly SliceHeader[], choice: ListingChoice = {}): readonly JudgedSeries[] {
  if (headers.length === 0) throw new RangeError('A series has at least one slice');
  const groups = volumeGroups(headers);
  const phases = guessPhases(groups.map((group) => group.headers));
  const judged = groups.map((group, index) => judgeGroup(group, phases[index]!, choice));
  const setAside = judged.filter(({ entry, stack }) => stack === null && entry.part !== 'localizer');
  const slices = setAside.reduce((sum, { entry }) => sum + entry.slices, 0);
  if (slices === 0) return judged;
  const parts = setAside.map(({ entry }) => entry.part ?? 'unnamed').join('; ');
  const message = `${slices === 1 ? 'One image' : `${slices} images`} of this series could not be used (${parts}) and ${slices === 1 ? 'is' : 'are'} no part of this volume.`;
  return judged.map((one) =>
    one.stack === null
      ? one
      : { ...one, entry: { ...one.entry, remarks: [...one.entry.remarks, { code: 'images_set_aside', message }] } },
  );
}

function judgeGroup(group: VolumeGroup, phase: PhaseGuess | null, choice: ListingChoice): JudgedSeries {
  const { headers } = group;
  const first = headers[0]!;
  const sameSize = headers.every((header) => header.columns === first.columns && header.rows === first.rows);
  const size = sameSize && first.columns > 0 ? ([first.columns, first.rows, headers.length] as const) : null;
  const common = {
    volumeId: group.volumeId,
    part: group.part,
    phase,
    copies: filesOf(group.copies),
  };
  const refuse = (reasons: readonly SeriesRefusal[], canResample = false): JudgedSeries => ({
    entry: {
      ...common,
      header: first.series,
      slices: headers.length,
      size,
      spacing: null,
      coverageMm: null,
      status: 'refused',
      resampling: canResample ? 'offered' : 'none',
      reasons,
      remarks: [],
      files: filesOf(headers),
    },
    headers,
    stack: null,
  });
  const { reasons, geometryUsable } = refusalsOf(headers);
  if (!geometryUsable) return refuse(reasons);
  const order = orderSlices(headers);
  const regular = order.kind === 'refused' ? order.regular : null;
  if (order.kind === 'refused' && (regular === null || choice.resampleUneven !== true || reasons.length > 0)) {
    return refuse([...reasons, ...order.reasons], regular !== null && reasons.length === 0);
  }
  if (reasons.length > 0) return refuse(reasons);
  const slices = regular?.slices ?? (order.kind === 'grid' ? order.slices : []);
  const grid = regular?.to.grid ?? (order.kind === 'grid' ? order.grid : null);
  if (grid === null) throw new Error('A stack that is not refused has a grid');
  const bytes = voxelCount(grid) * 2;
  if (bytes > largestVolume) return refuse([tooLarge(grid, bytes)]);
  return {
    entry: {
      ...common,
      header: slices[0]!.series,
      slices: slices.length,
      size: grid.size,
      spacing: grid.spacing,
      coverageMm: Number((grid.size[2] * grid.spacing[2]).toFixed(3)),
      status: 'volume',
      resampling: regular === null ? 'none' : 'done',
      reasons: [],
      remarks: [
        ...(regular === null ? [] : [regular.to.remark]),
        ...group.remarks,
        ...pixelRemarks(slices),
        ...volumeRemarks(slices, grid, phase, group.copies.length),
      ],
      files: filesOf(slices),
    },
    headers: slices,
    stack: { grid, slices, copies: group.copies, regular: regular?.to ?? null },
  };
}

/** What no machine for this has room for, beside labels and textures. A damaged size claims as much (bytes of voxels). */
const largestVolume = 2 ** 32;

function tooLarge({ size }: Grid, bytes: number): SeriesRefusal {
  const message = `The slices say that they have ${size.join(' × ')} voxels, which is ${(bytes / 2 ** 30).toFixed(0)} GiB. Unless their size is damaged, load a smaller matrix or fewer slices.`;
  return { code: 'too_large', message };
}

/** The files of slices, each once, in the slices' order. */
function filesOf(slices: readonly SliceHeader[]): readonly string[] {
  return [...new Set(slices.map(({ file }) => file))];
}
