import type { Remark } from '../volume/index.ts';
import { passesOf } from './passes.ts';
import { samePlace } from './slice-order.ts';
import type { SliceHeader } from './slice-header.ts';
import {
  acquisitionNumber,
  acquisitionTime,
  dimensionFacts,
  instanceNumber,
  lastFacts,
  looseFacts,
  timeFacts,
} from './telling-facts.ts';
import type { Fact } from './telling-facts.ts';
import {
  countPlaces,
  hasSeveralAtOnePlace,
  heightOf,
  heightsOf,
  holdsSeveralStacks,
  inGivenOrder,
  makesStack,
  partsOf,
  placesKnown,
  reachIntoEachOther,
  runThroughEachOther,
} from './volume-parts.ts';
import type { Part, Slices } from './volume-parts.ts';

/** Shorter runs of image numbers, and shorter passes, may be anything. */
const fewestByNumber = 5;
/** A third of all places: slabs beside each other are volumes as well. */
const leastShare = 3;
/** More passes than this are no phases: the order in which they were found means nothing. */
const mostPasses = 24;

/** How many facts may tell volumes apart together: a phase, and a reconstruction of it. */
const factsTogether = 2;

/** The phases in a part: what its acquisitions, times, descriptions or the order of its images tell apart. */
export function splitByPhase(part: Part): Part[] {
  return (placesKnown(part.slices) ? toldApart(part, factsTogether) : null) ?? [part];
}

/** Null where nothing tells volumes apart. */
function toldApart(part: Part, facts: number): Part[] | null {
  let known: boolean | null = null;
  // Ordering hundreds of slices is asked for only where the answer tells something.
  const isStack = (): boolean => (known ??= makesStack(part.slices));
  const isCt = part.slices[0]!.series.modality === 'CT';
  for (const fact of looseFacts) {
    const parts = fewPartsOf(part, fact);
    if (parts === null) continue;
    // An even stack is left whole, but for CT acquisitions that run through each other: two phases half a step apart look even as well.
    if (isStack() && !(fact === acquisitionNumber && isCt && runThroughEachOther(parts))) continue;
    if (areVolumes(parts)) return parts;
  }
  if (!hasSeveralAtOnePlace(part.slices)) return isCt ? splitInterlaced(part, isStack) : null;
  for (const fact of lastFacts) {
    const parts = fewPartsOf(part, fact);
    if (parts !== null && areVolumes(parts)) return parts;
  }
  return splitByTime(part) ?? splitByDimensions(part) ?? splitTogether(part, facts) ?? splitByNumber(part);
}

/** Null where all agree, or where a fact has a value of its own in most slices: it counts slices then, not volumes. */
function fewPartsOf(part: Part, fact: Fact): Part[] | null {
  const parts = partsOf(part, fact);
  return parts === null || parts.length > part.slices.length / 2 ? null : parts;
}

/** What one fact alone does not tell apart, but together with another: each phase in two reconstructions, for instance. */
function splitTogether(part: Part, facts: number): Part[] | null {
  if (facts < 2) return null;
  for (const fact of [...looseFacts, ...lastFacts]) {
    const parts = fewPartsOf(part, fact)?.map((one) => {
      return toldApart(one, facts - 1) ?? (holdsSeveralStacks(one.slices) ? null : [one]);
    });
    if (parts === undefined || parts.includes(null)) continue;
    const all = parts.flatMap((own) => own ?? []);
    if (areVolumes(all)) return all;
  }
  return null;
}

/** What the dimensions tell apart in which enhanced objects set frames of one place apart. One that counts frames tells no volumes apart. */
function splitByDimensions(part: Part): Part[] | null {
  const placed = part.slices.map((slice) => ({ slice, height: heightOf(slice) })).sort((a, b) => a.height - b.height);
  const differs = ({ of }: Fact): boolean =>
    placed.some(({ slice, height }, at) => {
      const before = placed[at - 1];
      return before !== undefined && height - before.height < samePlace && of(slice) !== of(before.slice);
    });
  const counts = ({ of }: Fact): boolean => new Set(part.slices.map(of)).size > part.slices.length / 2;
  const parts = dimensionFacts(part.slices)
    .filter((fact) => differs(fact) && !counts(fact))
    .reduce<Part[]>((all, fact) => all.flatMap((one) => partsOf(one, fact) ?? [one]), [part]);
  return parts.length <= part.slices.length / 2 && areVolumes(parts) ? parts : null;
}

/** Whether no part has several slices at several places, and one at least is a volume. */
function areVolumes(parts: readonly Part[]): boolean {
  return areVolumesAmong(parts.map(({ slices }) => slices));
}

/** Even stacks of few slices are found in any torn one: a volume has slices at a good part of the places at which there are any. */
function areVolumesAmong(parts: readonly Slices[]): boolean {
  if (parts.some(holdsSeveralStacks)) return false;
  const places = countPlaces(parts.flat());
  return parts.some((slices) => slices.length * leastShare >= places && makesStack(slices));
}

/** Phases of CT whose slices lie between those of another. MR takes the slices of one volume in such an order; CT does not. */
function splitInterlaced(part: Part, isStack: () => boolean): Part[] | null {
  for (const fact of [...dimensionFacts(part.slices), ...lastFacts]) {
    const parts = partsOf(part, fact);
    if (parts !== null && parts.length <= part.slices.length / 2 && areInterlaced(parts, isStack())) return parts;
  }
  for (const fact of [acquisitionTime, instanceNumber]) {
    const passes = passesBy(part, fact);
    // All in one pass: whatever else they say, the slices were taken together.
    if (passes?.length === 1) return null;
    if (passes === null || passes.length > mostPasses || passes.some(({ length }) => length < fewestByNumber)) continue;
    // An uneven stack is refused anyway: numbers alone are no ground for a guess there.
    if (fact === instanceNumber && !isStack()) return null;
    const parts = phasesOf(part, passes, fact);
    if (areInterlaced(parts, isStack())) return parts;
  }
  return null;
}

function areInterlaced(parts: readonly Part[], isStack: boolean): boolean {
  // Of an uneven stack one phase may lack a slice; two that together are even have none missing.
  if (!isStack) return reachIntoEachOther(parts) && areVolumes(parts);
  return runThroughEachOther(parts) && parts.every(({ slices }) => makesStack(slices));
}

/** The passes through the patient in the order of a fact; null where it is not known of all, or the same for all. */
function passesBy({ slices }: Part, { of }: Fact): readonly Slices[] | null {
  const ranked = slices.map((slice) => ({ slice, height: heightOf(slice), rank: of(slice) as number | null }));
  if (!ranked.every((one): one is typeof one & { rank: number } => one.rank !== null)) return null;
  if (ranked.every(({ rank }) => rank === ranked[0]!.rank)) return null;
  return passesOf(ranked).map((pass) => pass.map(({ slice }) => slice));
}

/** A part for each pass. */
function phasesOf(part: Part, passes: readonly Slices[], fact: Fact): Part[] {
  return passes.map((pass, rank) => ({
    ...part,
    slices: inGivenOrder(part.slices, pass),
    ranks: [...part.ranks, rank],
    told: [...part.told, fact === instanceNumber ? sayNumbers(pass, rank, passes.length) : inTime(rank, passes.length)],
    remarks: fact === instanceNumber ? [...part.remarks, toldByNumber] : part.remarks,
  }));
}

/** Phases acquired one after the other, each slice with its own time: each is a pass through the patient, or several between each other. */
function splitByTime(part: Part): Part[] | null {
  const isCt = part.slices[0]!.series.modality === 'CT';
  for (const fact of timeFacts) {
    const passes = passesBy(part, fact);
    if (passes === null) continue;
    const joined = joinedPasses(passes);
    const single = joinedPasses(passes.flat().map((slice) => [slice]));
    // CT goes through once for each phase. A pass can be torn only where all phases have the same places: else a slice could come to
    // the phase that lacks it.
    const isOnePassEach = isCt && passes.every(({ length }) => length >= fewestByNumber);
    const ways = [...(isOnePassEach ? [passes] : []), joined, ...(haveSamePlaces(single) ? [single] : [])];
    const phases = ways.find((way) => arePhases(way, fact));
    if (phases !== undefined) return phasesOf(part, phases, fact);
  }
  return null;
}

/** Passes joined as long as no place comes again. */
function joinedPasses(passes: readonly Slices[]): readonly Slices[] {
  const joined: SliceHeader[][] = [];
  let heights: number[] = [];
  for (const pass of passes) {
    const own = pass.map(heightOf);
    const comesAgain = own.some((height) => heights.some((before) => Math.abs(before - height) < samePlace));
    if (joined.length === 0 || comesAgain) {
      joined.push([...pass]);
      heights = own;
    } else {
      joined[joined.length - 1]!.push(...pass);
      heights.push(...own);
    }
  }
  return joined;
}

function haveSamePlaces(parts: readonly Slices[]): boolean {
  const places = heightsOf(parts[0] ?? []);
  return parts.every((part) => {
    return part.length === places.length && heightsOf(part).every((at, k) => Math.abs(at - places[k]!) < samePlace);
  });
}

function arePhases(phases: readonly Slices[], { of }: Fact): boolean {
  if (phases.length < 2) return false;
  const times = phases.map((phase) => phase.map((slice) => of(slice) as number));
  if (times.some((time, at) => at > 0 && Math.max(...times[at - 1]!) >= Math.min(...time))) return false;
  // A single copied slice is no phase, and a half phase can not be told from a copied block.
  const largest = Math.max(...phases.map(({ length }) => length));
  return phases.every(({ length }) => length * 2 >= largest) && areVolumesAmong(phases);
}

/**
 * Stacks that only the numbers of their images tell apart: each a run of numbers without a place of another, all of them even stacks of
 * the same places. Anything less is no ground for a guess.
 */
function splitByNumber(part: Part): Part[] | null {
  const numbered = [...part.slices].sort((a, b) => (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0));
  const numbers = numbered.map(({ instanceNumber }) => instanceNumber);
  if (numbers.includes(null) || new Set(numbers).size < numbers.length) return null;
  const runs = joinedPasses(numbered.map((slice) => [slice]));
  if (!haveSamePlaces(runs) || runs[0]!.length < fewestByNumber || !makesStack(runs[0]!)) return null;
  return phasesOf(part, runs, instanceNumber);
}

/** What must be said of volumes that only the numbers of their images tell apart. */
const toldByNumber: Remark = {
  code: 'told_apart_by_number',
  message:
    'Only the numbers of the images tell the volumes of this series apart. Check on the images that each is of one phase.',
};

function sayNumbers(slices: Slices, rank: number, count: number): string {
  const numbers = slices.map((slice) => slice.instanceNumber ?? 0);
  return `volume ${rank + 1} of ${count} (images ${Math.min(...numbers)} to ${Math.max(...numbers)})`;
}

function inTime(rank: number, count: number): string {
  return `phase ${rank + 1} of ${count} (in the order of time)`;
}
