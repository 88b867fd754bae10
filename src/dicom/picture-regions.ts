import type { CoarsePicture } from './coarse-picture.ts';

/** Air is darker than this (HU); lung as well. */
const air = -500;
/** The body is brighter than this (HU). */
const body = -300;

/** The area of so many blocks, cm². */
export function squareCentimetres({ step }: CoarsePicture, blocks: number): number {
  return (blocks * step[0] * step[1]) / 100;
}

/** The regions of a mask, each as the places of its blocks; neighbours share a side. */
export function regionsOf(mask: Uint8Array, columns: number): readonly (readonly number[])[] {
  const left = mask.slice();
  const regions: number[][] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue;
    left[start] = 0;
    const region = [start];
    const take = (at: number): void => {
      if (left[at] !== 1) return;
      left[at] = 0;
      region.push(at);
    };
    for (let next = 0; next < region.length; next++) {
      const at = region[next]!;
      const x = at % columns;
      if (x > 0) take(at - 1);
      if (x < columns - 1) take(at + 1);
      take(at - columns);
      take(at + columns);
    }
    regions.push(region);
  }
  return regions;
}

/** The regions after what is thinner than three blocks was taken away. */
export function openedRegions(mask: Uint8Array, columns: number): readonly (readonly number[])[] {
  const inner = (x: number): boolean => x > 0 && x < columns - 1;
  const core = mask.map((own, at) => {
    if (own === 0 || !inner(at % columns)) return 0;
    return mask[at - 1]! & mask[at + 1]! & (mask[at - columns] ?? 0) & (mask[at + columns] ?? 0);
  });
  const grown = core.map((own, at) => {
    if (own === 1 || !inner(at % columns)) return own;
    return core[at - 1]! | core[at + 1]! | (core[at - columns] ?? 0) | (core[at + columns] ?? 0);
  });
  return regionsOf(grown, columns);
}

/** The column in the middle of the body: of the largest region of a picture that is no air. */
export function bodyMiddle(means: Int16Array, columns: number): number {
  const mask = Uint8Array.from(means, (mean) => (mean > body ? 1 : 0));
  const regions = regionsOf(mask, columns);
  const largest = regions.reduce((most, region) => (region.length > most.length ? region : most), []);
  let [low, high] = [columns, 0];
  for (const at of largest) {
    low = Math.min(low, at % columns);
    high = Math.max(high, at % columns);
  }
  return largest.length === 0 ? columns / 2 : (low + high + 1) / 2;
}

/** How much air lies inside the right half of the body: lung, or gas in the bowel; cm². */
export function insideAir(picture: CoarsePicture): number {
  const { means, columns, middle } = picture;
  const dark = Uint8Array.from(means, (mean) => (mean <= body ? 1 : 0));
  const outside = new Set<number>();
  for (const region of regionsOf(dark, columns)) {
    const touches = region.some((at) => {
      const [x, y] = [at % columns, Math.floor(at / columns)];
      return x === 0 || y === 0 || x === columns - 1 || at + columns >= means.length;
    });
    if (touches) for (const at of region) outside.add(at);
  }
  let blocks = 0;
  for (const [at, mean] of means.entries()) {
    if (mean < air && at % columns < middle && !outside.has(at)) blocks += 1;
  }
  return squareCentimetres(picture, blocks);
}
