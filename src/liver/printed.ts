import type { Volumetry } from './volumetry.ts';

/** Volumes as they are printed: rounded so that remnant + resected + excluded = total on paper too. */
export interface PrintedVolumes {
  readonly total: string;
  readonly remnant: string | null;
  readonly resected: string | null;
  readonly excluded: string | null;
}

/** The column of volumes in mL with `decimals` digits, by largest remainder: the printed column sums as the exact one does. */
export function printedVolumes(volumetry: Volumetry, decimals = 0): PrintedVolumes {
  const scale = 10 ** decimals;
  const total = Math.round(volumetry.totalMl * scale);
  const show = (steps: number): string => (steps / scale).toFixed(decimals);
  const { remnantMl, resectedMl, excludedMl } = volumetry;
  if (remnantMl === null || resectedMl === null || excludedMl === null) {
    return { total: show(total), remnant: null, resected: null, excluded: null };
  }
  const [remnant, resected, excluded] = shareOut(
    total,
    [remnantMl, resectedMl, excludedMl].map((volume) => volume * scale),
  );
  return { total: show(total), remnant: show(remnant!), resected: show(resected!), excluded: show(excluded!) };
}

/** Whole numbers near `parts` that sum to `total`: floors first, then one more to the largest remainders. */
function shareOut(total: number, parts: readonly number[]): readonly number[] {
  const shares = parts.map(Math.floor);
  const order = parts.map((part, place) => ({ place, rest: part - Math.floor(part) })).sort((a, b) => b.rest - a.rest);
  let open = total - shares.reduce((a, b) => a + b, 0);
  for (const { place } of order) {
    if (open <= 0) break;
    shares[place]! += 1;
    open -= 1;
  }
  return shares;
}
