import { dot } from '../geometry/index.ts';
import type { Remark } from '../volume/index.ts';
import { groupedBy } from './grouped-by.ts';
import { refusalsOf } from './series-refusals.ts';
import type { SliceHeader } from './slice-header.ts';
import { orderSlices, samePlace } from './slice-order.ts';
import type { Fact } from './telling-facts.ts';

/** Slices of one series. */
export type Slices = readonly SliceHeader[];

/** A part on the way: what it was told apart by, and its rank in each of these. */
export interface Part {
  readonly slices: Slices;
  readonly ranks: readonly number[];
  readonly told: readonly string[];
  readonly remarks: readonly Remark[];
}

/** The parts of each value of a fact, in ascending order of values; null when all agree. */
export function partsOf(part: Part, fact: Fact): Part[] | null {
  const groups = groupedBy(part.slices, fact.of);
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

/** Some of the slices, in the order of all. */
export function inGivenOrder(all: Slices, some: Slices): Slices {
  const chosen = new Set(some);
  return all.filter((slice) => chosen.has(slice));
}

/** Whether slices are an even stack. */
export function makesStack(slices: Slices): boolean {
  return refusalsOf(slices).geometryUsable && orderSlices(slices).kind === 'grid';
}

/** Whether each slice says where it lies. */
export function placesKnown(slices: Slices): boolean {
  return slices.every((slice) => slice.position !== null && slice.orientation !== null);
}

/** The height of a slice along its normal, mm. */
export function heightOf(slice: SliceHeader): number {
  return dot(slice.position!, normalOf(slice));
}

/** The heights of slices along their normals, ascending, mm. */
export function heightsOf(slices: Slices): readonly number[] {
  return slices.map(heightOf).sort((a, b) => a - b);
}

/** At how many places slices lie. */
export function countPlaces(slices: Slices): number {
  return heightsOf(slices).filter((height, at, all) => at === 0 || !(height - all[at - 1]! < samePlace)).length;
}

/** Whether two slices lie at one place. */
export function hasSeveralAtOnePlace(slices: Slices): boolean {
  return countPlaces(slices) < slices.length;
}

/** Whether slices lie at several places, and more than one at some of these. Images of one place alone watched the contrast arrive. */
export function holdsSeveralStacks(slices: Slices): boolean {
  const places = countPlaces(slices);
  return places > 1 && places < slices.length;
}

/** Whether the ranges of two parts overlap. */
export function reachIntoEachOther(parts: readonly Part[]): boolean {
  const ranges = parts
    .map(({ slices }) => slices.map(heightOf))
    .map((heights) => [Math.min(...heights), Math.max(...heights)] as const)
    .sort((a, b) => a[0] - b[0]);
  return ranges.some((range, index) => index > 0 && range[0] < ranges[index - 1]![1]);
}

/** Whether most slices lie beside one of another part, as in volumes half a step apart. In one volume few do, whatever is said of some. */
export function runThroughEachOther(parts: readonly { readonly slices: Slices }[]): boolean {
  const upwards = parts.flatMap(({ slices }, rank) => slices.map((slice) => ({ height: heightOf(slice), rank })));
  upwards.sort((a, b) => a.height - b.height);
  const differing = upwards.filter(({ rank }, at) => at > 0 && rank !== upwards[at - 1]!.rank).length;
  return differing > upwards.length / 2;
}

/** The normal of a slice, of unit length as far as its axes are. */
export function normalOf(slice: SliceHeader): readonly [number, number, number] {
  const axes = slice.orientation!;
  return [
    axes[1] * axes[5] - axes[2] * axes[4],
    axes[2] * axes[3] - axes[0] * axes[5],
    axes[0] * axes[4] - axes[1] * axes[3],
  ];
}

function compareValues(a: number | string | null, b: number | string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}
