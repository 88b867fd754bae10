import type { Point3 } from './frame.ts';
import type { Piece } from './tubes.ts';

/** A point of a growing vessel tree; parents come before their children. */
interface Bud {
  readonly place: Point3;
  readonly parent: number;
  /** Radius of a drawn trunk, mm; null where the tree grew by itself and the radius follows from what it supplies. */
  readonly trunk: number | null;
}

/** The drawn part of a tree: branches of [x, y, z, radius], each starting on a point of an earlier one (the first is the root). */
export type Trunk = readonly (readonly (readonly [number, number, number, number])[])[];

const stride = 3.5;
const reached = 5;
const thinnest = 0.75;

function squaredDistance(a: Point3, b: Point3): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

function nearestBud(buds: readonly Bud[], place: Point3): number {
  let best = 0;
  let least = Infinity;
  for (let at = 0; at < buds.length; at += 1) {
    const distance = squaredDistance(buds[at]!.place, place);
    if (distance < least) {
      least = distance;
      best = at;
    }
  }
  return best;
}

function plantTrunk(trunk: Trunk): Bud[] {
  const buds: Bud[] = [];
  for (const branch of trunk) {
    let parent = buds.length === 0 ? -1 : nearestBud(buds, [branch[0]![0], branch[0]![1], branch[0]![2]]);
    const first = buds.length;
    for (let at = 0; at < branch.length; at += 1) {
      if (at === 0 && first > 0) continue;
      const [x, y, z, radius] = branch[at]!;
      buds.push({ place: [x, y, z], parent, trunk: radius });
      parent = buds.length - 1;
    }
  }
  return buds;
}

/** Radii by Murray's law from the tips back: the cubes (here the power 2.7) of the children add up. */
function radii(buds: readonly Bud[]): number[] {
  const power = 2.7;
  const load = new Array<number>(buds.length).fill(0);
  const radius = new Array<number>(buds.length).fill(thinnest);
  for (let at = buds.length - 1; at >= 0; at -= 1) {
    const { parent, trunk } = buds[at]!;
    const own = Math.max(load[at]!, thinnest ** power);
    radius[at] = trunk ?? own ** (1 / power);
    if (parent >= 0) load[parent] = load[parent]! + own;
  }
  for (let at = 0; at < buds.length; at += 1) {
    const { parent, trunk } = buds[at]!;
    if (parent >= 0 && trunk === null) radius[at] = Math.min(radius[at]!, radius[parent]! * 0.96);
  }
  return radius;
}

/**
 * Grows a vessel tree from its drawn trunk towards places that want blood (space colonisation: each place pulls the nearest bud,
 * which grows a stride; a place that is reached is content). `free` says where the tree may grow.
 */
export function growTree(trunk: Trunk, wants: readonly Point3[], free: (place: Point3) => boolean): readonly Piece[] {
  const buds = plantTrunk(trunk);
  const tried = new Set<string>();
  let hungry = wants.map((place) => {
    const bud = nearestBud(buds, place);
    return { place, bud, distance: squaredDistance(buds[bud]!.place, place) };
  });
  for (let season = 0; season < 90 && hungry.length > 0; season += 1) {
    const pulls = new Map<number, [number, number, number]>();
    for (const { place, bud, distance } of hungry) {
      const from = buds[bud]!.place;
      const length = Math.sqrt(distance) || 1;
      const pull = pulls.get(bud) ?? [0, 0, 0];
      for (const axis of [0, 1, 2] as const) pull[axis] += (place[axis] - from[axis]) / length;
      pulls.set(bud, pull);
    }
    const first = buds.length;
    for (const [bud, pull] of pulls) {
      const { place, parent } = buds[bud]!;
      const before = parent >= 0 ? buds[parent]!.place : place;
      const along = Math.sqrt(squaredDistance(place, before)) || 1;
      const strength = Math.sqrt(pull[0] ** 2 + pull[1] ** 2 + pull[2] ** 2) || 1;
      const heading = [0, 1, 2].map((axis) => pull[axis]! / strength + (0.55 * (place[axis]! - before[axis]!)) / along);
      const norm = Math.sqrt(heading[0]! ** 2 + heading[1]! ** 2 + heading[2]! ** 2) || 1;
      const next: Point3 = [
        place[0] + (stride * heading[0]!) / norm,
        place[1] + (stride * heading[1]!) / norm,
        place[2] + (stride * heading[2]!) / norm,
      ];
      const key = next.map((value) => Math.round(value * 2)).join();
      if (tried.has(key) || !free(next)) continue;
      tried.add(key);
      buds.push({ place: next, parent: bud, trunk: null });
    }
    if (buds.length === first) break;
    for (const want of hungry) {
      for (let at = first; at < buds.length; at += 1) {
        const distance = squaredDistance(buds[at]!.place, want.place);
        if (distance < want.distance) {
          want.distance = distance;
          want.bud = at;
        }
      }
    }
    hungry = hungry.filter((want) => want.distance > reached * reached);
  }
  const radius = radii(buds);
  return buds.flatMap((bud, at) =>
    bud.parent < 0
      ? []
      : [
          {
            from: buds[bud.parent]!.place,
            to: bud.place,
            fromRadius: Math.min(radius[bud.parent]!, bud.trunk === null ? radius[at]! * 1.25 : 99),
            toRadius: radius[at]!,
          },
        ],
  );
}
