import type { Remark } from '../volume/index.ts';
import { groupedBy } from './grouped-by.ts';
import { splitByPhase } from './phase-parts.ts';
import { mm } from './slice-order.ts';
import { areOfSeveralPatients, isLocalizer, isSliceImage } from './series-refusals.ts';
import type { SliceHeader } from './slice-header.ts';
import { steadyFacts } from './telling-facts.ts';
import type { Fact } from './telling-facts.ts';
import {
  hasSeveralAtOnePlace,
  holdsSeveralStacks,
  inGivenOrder,
  makesStack,
  normalOf,
  partsOf,
  placesKnown,
  runThroughEachOther,
} from './volume-parts.ts';
import type { Part, Slices } from './volume-parts.ts';

/** The slices of one series that make one volume (or are refused together). */
export interface VolumeGroup {
  /** The SeriesInstanceUID; where the series holds several volumes, with `#` and their number or kind. */
  readonly volumeId: string;
  readonly headers: readonly SliceHeader[];
  /** Files that hold a slice a second time (same SOPInstanceUID, same facts). */
  readonly copies: readonly SliceHeader[];
  /** What tells it from the others of its series, for people. */
  readonly part: string | null;
  readonly remarks: readonly Remark[];
}

const cosineTolerance = 1e-3;
/** Pixel spacings are written with four digits or more, mm. */
const spacingTolerance = 1e-4;
/** Any two slices are an even stack. */
const fewestSlices = 3;

/** The volumes inside one series, told apart by what its headers say; in an order that does not depend on the files'. */
export function volumeGroups(headers: Slices): readonly VolumeGroup[] {
  const uid = headers[0]!.series.seriesInstanceUid;
  const { own, copies } = withoutCopies(headers);
  const slices = own.filter((header) => isSliceImage(header) && !isLocalizer(header));
  const aside = [
    { kind: 'localizer', headers: own.filter((header) => isSliceImage(header) && isLocalizer(header)) },
    { kind: 'other', headers: own.filter((header) => !isSliceImage(header)) },
  ].filter((one) => one.headers.length > 0);
  const copiesOf = (of: Slices): Slices => of.flatMap((header) => copies.get(header) ?? []);
  const whole: Part = { slices, ranks: [], told: [], remarks: [] };
  const parts = slices.length === 0 ? [] : splitParts(whole).sort((a, b) => compareRanks(a.ranks, b.ranks));
  const volumes = parts.map((part, index): VolumeGroup => {
    const several = parts.length > 1;
    return {
      volumeId: several ? `${uid}#${index + 1}` : uid,
      headers: part.slices,
      copies: copiesOf(part.slices),
      part: several ? part.told.join(', ') : null,
      remarks: part.remarks,
    };
  });
  const others = aside.map(({ kind, headers: set }): VolumeGroup => {
    const alone = parts.length === 0 && aside.length === 1;
    return {
      volumeId: alone ? uid : `${uid}#${kind}`,
      headers: set,
      copies: copiesOf(set),
      part: alone ? null : kind === 'localizer' ? 'localizer' : 'no slices of the patient',
      remarks: [],
    };
  });
  return [...volumes, ...others];
}

/** Sets aside files that say they are the same object: whether they are is looked at when their pixels are read. */
function withoutCopies(headers: Slices): { readonly own: Slices; readonly copies: ReadonlyMap<SliceHeader, Slices> } {
  const first = new Map<string, SliceHeader>();
  const copies = new Map<SliceHeader, SliceHeader[]>();
  const own: SliceHeader[] = [];
  const inSeveral = namedBySeveralFiles(headers);
  for (const header of headers) {
    if (header.sopInstanceUid === null || !inSeveral.has(header.sopInstanceUid)) {
      own.push(header);
      continue;
    }
    // How a copy is named and coded does not matter; all that is said of the slice does.
    const facts = { ...header, name: null, file: null, pixels: null, fileSize: null, syntax: null };
    const key = JSON.stringify(facts);
    const before = first.get(key);
    if (before === undefined) first.set(key, header);
    if (before === undefined || before.file === header.file) own.push(header);
    else copies.set(before, [...(copies.get(before) ?? []), header]);
  }
  return { own, copies };
}

/** The objects that more than one file says it is. */
function namedBySeveralFiles(headers: Slices): ReadonlySet<string> {
  const fileOf = new Map<string, string>();
  const several = new Set<string>();
  for (const { sopInstanceUid, file } of headers) {
    if (sopInstanceUid === null) continue;
    const before = fileOf.get(sopInstanceUid);
    if (before === undefined) fileOf.set(sopInstanceUid, file);
    else if (before !== file) several.add(sopInstanceUid);
  }
  return several;
}

function splitParts(whole: Part): Part[] {
  // Of several patients nothing is told apart: which image belongs to whom is not for a heuristic to say.
  if (areOfSeveralPatients(whole.slices)) return [whole];
  let parts: Part[] = [whole];
  for (const likeness of likenesses) parts = parts.flatMap((part) => splitByLikeness(part, likeness));
  for (const fact of steadyFacts) parts = parts.flatMap((part) => splitBySteady(part, fact));
  return parts.flatMap(splitByPhase);
}

/** What all slices of one volume have alike, but for rounding. */
interface Likeness {
  /** Null where it is not known of a slice. */
  readonly of: (slice: SliceHeader) => readonly number[] | null;
  readonly tolerance: number;
  readonly say: (slice: SliceHeader) => string;
}

const likenesses: readonly Likeness[] = [
  { of: ({ orientation }) => orientation, tolerance: cosineTolerance, say: sayOrientation },
  {
    of: ({ columns, rows }) => [columns, rows],
    tolerance: 0,
    say: ({ columns, rows }) => `${columns} × ${rows} pixels`,
  },
  {
    of: ({ pixelSpacing }) => pixelSpacing,
    tolerance: spacingTolerance,
    say: ({ pixelSpacing }) => `pixels of ${mm(pixelSpacing![1])} × ${mm(pixelSpacing![0])}`,
  },
];

function areNear(a: readonly number[], b: readonly number[], tolerance: number): boolean {
  return a === b || a.every((value, at) => Math.abs(value - b[at]!) <= tolerance);
}

function splitByLikeness(part: Part, { of, tolerance, say }: Likeness): Part[] {
  const values = part.slices.map(of);
  if (!placesKnown(part.slices) || values.includes(null)) return [part];
  if (values.every((value) => areNear(value!, values[0]!, 0))) return [part];
  const kinds = [...groupedBy(part.slices, (slice) => of(slice)!.join())];
  const clusters: { readonly value: readonly number[]; readonly slices: SliceHeader[] }[] = [];
  for (const [, slices] of kinds.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const value = of(slices[0]!)!;
    const own = clusters.find((one) => areNear(one.value, value, tolerance));
    if (own === undefined) clusters.push({ value, slices: [...slices] });
    else for (const slice of slices) own.slices.push(slice);
  }
  // Where no part holds a volume of its own, one odd slice is a better reason than several torn stacks.
  const holdsVolumes = (slices: Slices): boolean => makesStack(slices) || holdsSeveralStacks(slices);
  if (clusters.length === 1 || !clusters.some(({ slices }) => holdsVolumes(slices))) return [part];
  // Nor where the stack goes on evenly: cut off unseen, the slices of another field of view may hold an end of the liver.
  if (goOnEvenly(part.slices) && !runThroughEachOther(clusters)) return [part];
  return clusters.map(({ slices }, rank) => ({
    ...part,
    slices: inGivenOrder(part.slices, slices),
    ranks: [...part.ranks, rank],
    told: [...part.told, say(slices[0]!)],
  }));
}

/** Whether slices would be an even stack if all had the matrix and the field of view of the first. */
function goOnEvenly(slices: Slices): boolean {
  const { columns, rows, pixelSpacing } = slices[0]!;
  return makesStack(slices.map((slice) => ({ ...slice, columns, rows, pixelSpacing })));
}

function splitBySteady(part: Part, fact: Fact): Part[] {
  const parts = partsOf(part, fact);
  if (parts === null || !placesKnown(part.slices)) return [part];
  // A fact with a value of its own in most slices counts slices, not volumes.
  if (parts.length > part.slices.length / 2 && !parts.some(({ slices }) => makesStack(slices))) return [part];
  // Of an even stack only volumes that run through each other are told apart: two of them half a step apart look even as well.
  const holdsVolume = parts.some(({ slices }) => slices.length >= fewestSlices && makesStack(slices));
  const isOne = makesStack(part.slices) && !(holdsVolume && runThroughEachOther(parts));
  if (!isOne) {
    const areParts = parts.some(({ slices }) => makesStack(slices) || hasSeveralAtOnePlace(slices));
    return areParts || hasSeveralAtOnePlace(part.slices) ? parts : [part];
  }
  const message = `The slices differ (${parts.map(({ told }) => told.at(-1)).join('; ')}), but together they make one even stack.`;
  return [{ ...part, remarks: [...part.remarks, { code: 'mixed_acquisition', message }] }];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return at < 0 ? a.length - b.length : a[at]! - (b[at] ?? -1);
}

function sayOrientation(slice: SliceHeader): string {
  const normal = normalOf(slice).map(Math.abs);
  const length = Math.hypot(...normal);
  const largest = Math.max(...normal);
  // A damaged orientation has no direction; its part is refused with that reason.
  if (!(length > 0)) return 'orientation unknown';
  const name = ['sagittal', 'coronal', 'axial'][normal.indexOf(largest)]!;
  return largest / length > 0.999 ? name : `oblique ${name}`;
}
