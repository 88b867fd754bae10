import { dot } from '../geometry/index.ts';
import type { Remark } from '../volume/index.ts';
import { isLocalizer, isSliceImage, refusalsOf } from './series-refusals.ts';
import type { SliceHeader } from './slice-header.ts';
import { orderSlices, samePlace } from './slice-order.ts';

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

type Slices = readonly SliceHeader[];

/** A part on the way: what it was told apart by, and its rank in each of these. */
interface Part {
  readonly slices: Slices;
  readonly ranks: readonly number[];
  readonly told: readonly string[];
  readonly remarks: readonly Remark[];
}

/** A fact by which slices are told apart; `say` puts a value of it in words. */
interface Fact {
  readonly of: (slice: SliceHeader) => number | string | null;
  readonly say: (value: number | string, rank: number, count: number) => string;
}

const cosineTolerance = 1e-3;
/** Shorter runs of image numbers may be anything. */
const fewestByNumber = 5;

/** Facts that never differ inside one volume. */
const steadyFacts: readonly Fact[] = [
  { of: ({ imageType }) => imageType.join('\\').toUpperCase(), say: (value) => sayImageType(String(value)) },
  { of: ({ acquisition }) => acquisition.echoNumber, say: (value) => `echo ${value}` },
  { of: ({ acquisition }) => acquisition.echoTime, say: (value) => `echo time ${value} ms` },
  { of: ({ acquisition }) => acquisition.inversionTime, say: (value) => `inversion time ${value} ms` },
  { of: ({ acquisition }) => acquisition.bValue, say: (value) => `b ${value} s/mm²` },
  { of: ({ acquisition }) => acquisition.kilovolts, say: (value) => `${value} kV` },
  { of: ({ acquisition }) => acquisition.kernel, say: (value) => `kernel ${value}` },
  {
    of: ({ acquisition }) => acquisition.temporalPosition,
    say: (_, rank, count) => `phase ${rank + 1} of ${count} (temporal position)`,
  },
];

/** Facts that may change from slice to slice inside a volume: they count only where the slices together make no stack. */
const looseFacts: readonly Fact[] = [
  {
    of: ({ acquisition }) => acquisition.acquisitionNumber,
    say: (value, rank, count) => `phase ${rank + 1} of ${count} (acquisition ${value})`,
  },
  {
    of: ({ acquisition }) => acquisition.triggerTime,
    say: (value, rank, count) => `phase ${rank + 1} of ${count} (trigger time ${value} ms)`,
  },
  {
    of: ({ acquisition }) => acquisition.acquisitionTime,
    say: (value, rank, count) => `phase ${rank + 1} of ${count} (acquired ${clock(value)})`,
  },
  {
    of: ({ acquisition }) => acquisition.contentTime,
    say: (value, rank, count) => `phase ${rank + 1} of ${count} (content of ${clock(value)})`,
  },
];

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
  let parts = splitByOrientation(whole);
  for (const fact of steadyFacts) parts = parts.flatMap((part) => splitBySteady(part, fact));
  return parts.flatMap(splitByPhase);
}

function makesStack(slices: Slices): boolean {
  return refusalsOf(slices).geometryUsable && orderSlices(slices).kind === 'grid';
}

function placesKnown(slices: Slices): boolean {
  return slices.every((slice) => slice.position !== null && slice.orientation !== null);
}

function splitByOrientation(part: Part): Part[] {
  if (!placesKnown(part.slices)) return [part];
  const byText = [...part.slices].sort((a, b) => (a.orientation!.join() < b.orientation!.join() ? -1 : 1));
  const clusters: SliceHeader[][] = [];
  for (const slice of byText) {
    const own = clusters.find(([first]) =>
      first!.orientation!.every((value, at) => Math.abs(value - slice.orientation![at]!) <= cosineTolerance),
    );
    if (own === undefined) clusters.push([slice]);
    else own.push(slice);
  }
  // Where no part is a volume of its own, one turned slice is a better reason than several torn stacks.
  if (clusters.length === 1 || !clusters.some(makesStack)) return [part];
  return clusters.map((slices, rank) => ({
    ...part,
    slices: inGivenOrder(part.slices, slices),
    ranks: [...part.ranks, rank],
    told: [...part.told, sayOrientation(slices[0]!)],
  }));
}

function inGivenOrder(all: Slices, some: Slices): Slices {
  const chosen = new Set(some);
  return all.filter((slice) => chosen.has(slice));
}

/** The parts of each value of a fact, in ascending order of values; null when all agree. */
function partsOf(part: Part, fact: Fact): Part[] | null {
  const groups = new Map<number | string | null, SliceHeader[]>();
  for (const slice of part.slices) {
    const value = fact.of(slice);
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [slice]);
    else group.push(slice);
  }
  if (groups.size < 2) return null;
  const sorted = [...groups].sort(([a], [b]) => compareValues(a, b));
  return sorted.map(([value, slices], rank) => ({
    ...part,
    slices,
    ranks: [...part.ranks, rank],
    told: [
      ...part.told,
      value === null ? 'without the tag that tells the others apart' : fact.say(value, rank, sorted.length),
    ],
  }));
}

function splitBySteady(part: Part, fact: Fact): Part[] {
  const parts = partsOf(part, fact);
  if (parts === null || !placesKnown(part.slices)) return [part];
  // A fact with a value of its own in most slices counts slices, not volumes.
  if (parts.length > part.slices.length / 2 && !parts.some(({ slices }) => makesStack(slices))) return [part];
  if (parts.some(({ slices }) => makesStack(slices) || hasSeveralAtOnePlace(slices))) return parts;
  if (!makesStack(part.slices)) return hasSeveralAtOnePlace(part.slices) ? parts : [part];
  const message = `The slices differ (${parts.map(({ told }) => told.at(-1)).join('; ')}), but only together do they make an even stack.`;
  return [{ ...part, remarks: [...part.remarks, { code: 'mixed_acquisition', message }] }];
}

function splitByPhase(part: Part): Part[] {
  if (!placesKnown(part.slices)) return [part];
  const stack = makesStack(part.slices);
  for (const [index, fact] of looseFacts.entries()) {
    const parts = partsOf(part, fact);
    if (parts === null || parts.length > part.slices.length / 2) continue;
    // An even stack is left whole, but for CT acquisitions that run through each other: two phases half a step apart look even as well.
    const isAcquisition = index === 0;
    const isCt = part.slices[0]!.series.modality === 'CT';
    if (stack && !(isAcquisition && isCt && reachIntoEachOther(parts))) continue;
    const clean = parts.every(({ slices }) => !hasSeveralAtOnePlace(slices));
    const whole = parts.filter(({ slices }) => makesStack(slices)).length;
    if (clean && whole > 0) return parts;
  }
  if (!hasSeveralAtOnePlace(part.slices)) return [part];
  return splitByTime(part) ?? splitByNumber(part) ?? [part];
}

/** Phases acquired one after the other, each slice with its own time: a new phase begins where a place comes again. */
function splitByTime(part: Part): Part[] | null {
  for (const fact of looseFacts.slice(1)) {
    const timed = part.slices.map((slice) => ({ slice, time: fact.of(slice) as number | null }));
    if (timed.some(({ time }) => time === null)) continue;
    timed.sort((a, b) => a.time! - b.time! || heightOf(a.slice) - heightOf(b.slice));
    const phases: { slice: SliceHeader; time: number | null }[][] = [[]];
    for (const one of timed) {
      const current = phases.at(-1)!;
      const again = current.some(({ slice }) => Math.abs(heightOf(slice) - heightOf(one.slice)) < samePlace);
      if (again) phases.push([one]);
      else current.push(one);
    }
    const largest = Math.max(...phases.map((phase) => phase.length));
    const apart = phases.every((phase, at) => at === 0 || phases[at - 1]!.at(-1)!.time! < phase[0]!.time!);
    // A single copied slice is no phase, and a half phase can not be told from a copied block.
    if (phases.length < 2 || !apart || phases.some((phase) => phase.length * 2 < largest)) continue;
    if (!phases.some((phase) => makesStack(phase.map(({ slice }) => slice)))) continue;
    return phases.map((phase, rank) => ({
      ...part,
      slices: inGivenOrder(
        part.slices,
        phase.map(({ slice }) => slice),
      ),
      ranks: [...part.ranks, rank],
      told: [...part.told, `phase ${rank + 1} of ${phases.length} (in the order of time)`],
    }));
  }
  return null;
}

/**
 * Stacks that only the numbers of their images tell apart: each a run of numbers without a place of another, all of them even stacks of
 * the same places. Anything less is no ground for a guess.
 */
function splitByNumber(part: Part): Part[] | null {
  const numbered = [...part.slices].sort((a, b) => (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0));
  const numbers = numbered.map(({ instanceNumber }) => instanceNumber);
  if (numbers.includes(null) || new Set(numbers).size < numbers.length) return null;
  const runs: SliceHeader[][] = [[]];
  for (const slice of numbered) {
    const height = heightOf(slice);
    const again = runs.at(-1)!.some((one) => Math.abs(heightOf(one) - height) < samePlace);
    if (again) runs.push([slice]);
    else runs.at(-1)!.push(slice);
  }
  const placesOf = (slices: Slices): readonly number[] => slices.map(heightOf).sort((a, b) => a - b);
  const places = placesOf(runs[0]!);
  const alike = runs.every((run) => {
    return run.length === places.length && placesOf(run).every((at, k) => Math.abs(at - places[k]!) < samePlace);
  });
  if (!alike || places.length < fewestByNumber || !makesStack(runs[0]!)) return null;
  const message =
    'Only the numbers of the images tell the volumes of this series apart. Check on the images that each is of one phase.';
  return runs.map((run, rank) => ({
    ...part,
    slices: inGivenOrder(part.slices, run),
    ranks: [...part.ranks, rank],
    told: [
      ...part.told,
      `volume ${rank + 1} of ${runs.length} (images ${run[0]!.instanceNumber} to ${run.at(-1)!.instanceNumber})`,
    ],
    remarks: [...part.remarks, { code: 'told_apart_by_number', message }],
  }));
}

function heightOf(slice: SliceHeader): number {
  return dot(slice.position!, normalOf(slice));
}

function hasSeveralAtOnePlace(slices: Slices): boolean {
  const heights = slices.map(heightOf).sort((a, b) => a - b);
  return heights.some((height, index) => index > 0 && height - heights[index - 1]! < samePlace);
}

function reachIntoEachOther(parts: readonly Part[]): boolean {
  const ranges = parts
    .map(({ slices }) => slices.map(heightOf))
    .map((heights) => [Math.min(...heights), Math.max(...heights)] as const)
    .sort((a, b) => a[0] - b[0]);
  return ranges.some((range, index) => index > 0 && range[0] < ranges[index - 1]![1]);
}

function compareValues(a: number | string | null, b: number | string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return at < 0 ? a.length - b.length : a[at]! - (b[at] ?? -1);
}

function clock(value: number | string): string {
  const total = Number(value) % 86_400;
  const two = (number: number): string => String(Math.floor(number)).padStart(2, '0');
  return [total / 3600, (total % 3600) / 60, total % 60].map(two).join(':');
}

const dixon: readonly (readonly [RegExp, string])[] = [
  [/\b(OUT_PHASE|OUTPHASE|OPP_PHASE|OP|OOP|OUT)\b/, 'opposed phase'],
  [/\b(IN_PHASE|INPHASE|IP|IN)\b/, 'in phase'],
  [/\b(WATER|W)\b/, 'water'],
  [/\b(FAT|F)\b/, 'fat'],
];

function sayImageType(value: string): string {
  const kind = dixon.find(([pattern]) => pattern.test(value.split('\\').slice(2).join(' ')))?.[1];
  return kind === undefined ? `image type ${value.split('\\').join(' ')}` : `${kind} (image type)`;
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

function normalOf(slice: SliceHeader): readonly [number, number, number] {
  const [ax, ay, az, bx, by, bz] = slice.orientation!;
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}
