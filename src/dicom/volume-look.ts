import type { Remark } from '../volume/index.ts';
import type { CoarsePicture } from './coarse-picture.ts';
import { insideAir, openedRegions, regionsOf, squareCentimetres } from './picture-regions.ts';
import type { PhaseGuess } from './series.ts';

/** What a few slices of a CT suggest before anything is segmented. Guesses, each null where the pictures do not speak. */
export interface VolumeLook {
  readonly phase: PhaseGuess | null;
  /** Where the liver may lie outside of the scan. */
  readonly cut: Remark | null;
}

/** Blocks that vary more inside hold an edge, bone or bowel (HU). */
const evenSpread = 32;
/** What may be an organ with or without contrast (HU). */
const organ = [20, 250] as const;
/** How far blocks of one organ lie from its mode (HU). */
const around = 15;
/** The liver fills at least this much of a slice through its middle (cm²). */
const leastLiver = 40;
/** Liver-like tissue of this size in an end slice is not there by chance (cm²). */
const cutArea = 5;
/** Muscle measures up to about this: a liver not brighter than that can not be told from it (HU). */
const tellable = 80;
/** Less air than this beside the top slice: it lies below the dome of the liver (cm²). */
const lungArea = 8;
/** The large vessels lie this near to the middle (mm). */
const vesselReach = 45;
/** The heart and the spine reach this far to the right of the middle (mm). */
const besideMiddle = 20;

/** Looks at slices of one volume, from the feet to the head. */
export function lookAt(pictures: readonly CoarsePicture[]): VolumeLook {
  const nothing: VolumeLook = { phase: null, cut: null };
  if (pictures.length < 3) return nothing;
  const liver = liverOf(pictures);
  if (liver === null) return nothing;
  return { phase: phaseOf(liver, vesselsOf(pictures)), cut: cutOf(pictures, liver) };
}

/** The brightness of what fills the right of the body most evenly, HU; null where nothing is large enough to be a liver. */
function liverOf(pictures: readonly CoarsePicture[]): number | null {
  const found = pictures.map((picture) => {
    const { means, spreads, columns, middle } = picture;
    const counts = new Float64Array(organ[1] + 1);
    for (const [at, mean] of means.entries()) {
      const isOrgan = at % columns < middle && spreads[at]! < evenSpread && mean >= organ[0] && mean <= organ[1];
      if (isOrgan) counts[mean]! += 1;
    }
    const mode = modeOf(counts);
    return { mode, area: largestLike(picture, mode, 0) };
  });
  const best = found.reduce((most, one) => (one.area > most.area ? one : most));
  return best.area >= leastLiver ? best.mode : null;
}

/** Where a histogram is densest, seen through a triangle of ±10. */
function modeOf(counts: Float64Array): number {
  let [best, most] = [0, -1];
  for (let at = 0; at < counts.length; at++) {
    let sum = 0;
    for (let off = -10; off <= 10; off++) sum += (11 - Math.abs(off)) * (counts[at + off] ?? 0);
    if (sum > most) [best, most] = [at, sum];
  }
  return best;
}

/** The largest even region as bright as the liver, right of the middle by at least `beside` mm, cm². */
function largestLike(picture: CoarsePicture, liver: number, beside: number): number {
  const { means, spreads, columns, step } = picture;
  const border = picture.middle - beside / step[0];
  const mask = Uint8Array.from(means, (mean, at) => {
    return at % columns < border && Math.abs(mean - liver) <= around && spreads[at]! < evenSpread ? 1 : 0;
  });
  const regions = openedRegions(mask, columns);
  return squareCentimetres(
    picture,
    regions.reduce((most, { length }) => Math.max(most, length), 0),
  );
}

/** The brightness of round, even spots near the middle (aorta, vena cava, chambers of the heart), HU; null when too few are seen. */
function vesselsOf(pictures: readonly CoarsePicture[]): number | null {
  const found = pictures.flatMap((picture) => brightestSpot(picture) ?? []).sort((a, b) => a - b);
  return found.length < 2 ? null : found[found.length >> 1]!;
}

function brightestSpot(picture: CoarsePicture): number | null {
  const { means, columns, middle, step } = picture;
  const reach = (vesselReach * 2) / step[0];
  for (let least = 420; least >= 90; least -= least > 150 ? 15 : 5) {
    const mask = means.map((mean, at) => (mean >= least && Math.abs((at % columns) - middle) < reach ? 1 : 0));
    for (const region of regionsOf(Uint8Array.from(mask), columns)) {
      const brightness = vesselBrightness(picture, region);
      if (brightness !== null) return brightness;
    }
  }
  return null;
}

/** The brightness of a region that looks like a vessel cut across; null when it does not. */
function vesselBrightness(picture: CoarsePicture, region: readonly number[]): number | null {
  const { means, spreads, columns, middle, step } = picture;
  const area = squareCentimetres(picture, region.length);
  // The aorta has 1.5 to 3.5 cm across, the core of it without its edge less; a vertebra is larger, its rim longer.
  if (area < 1 || area > 9) return null;
  const x = region.map((at) => at % columns);
  const y = region.map((at) => Math.floor(at / columns));
  const side = Math.max(Math.max(...x) - Math.min(...x), Math.max(...y) - Math.min(...y)) + 1;
  const centre = x.reduce((sum, value) => sum + value, 0) / x.length;
  if (region.length < 0.55 * side * side || Math.abs(centre - middle) * step[0] > vesselReach) return null;
  const values = region.map((at) => means[at]!).sort((a, b) => a - b);
  const inside = region.map((at) => spreads[at]!).sort((a, b) => a - b);
  const of = (sorted: readonly number[], share: number) => sorted[Math.floor(share * sorted.length)]!;
  // The brighter the vessel, the steeper its edge, of which some blocks are always part.
  const isEven =
    of(values, 0.9) - of(values, 0.3) <= Math.max(30, 0.15 * of(values, 0.7)) && of(inside, 0.3) < evenSpread;
  return isEven ? of(values, 0.7) : null;
}

/** The phase from brightness; only where one phase fits and no other comes near. */
function phaseOf(liver: number, vessels: number | null): PhaseGuess | null {
  const seen = `liver-like tissue measures about ${liver} HU`;
  if (vessels === null) {
    if (liver >= 75) return null;
    return { phase: 'native', reason: `${seen} and no vessel is brighter than it` };
  }
  const reason = `${seen}, the large vessels about ${vessels} HU`;
  if (vessels >= 200 && vessels - liver >= 100) return { phase: 'arterial', reason };
  if (liver < 80 || vessels < liver) return null;
  // Later phases differ less from one another than scans of two patients: they are left to the headers.
  return vessels >= 130 && vessels - liver < 100 ? { phase: 'portal-venous', reason } : null;
}

function cutOf(pictures: readonly CoarsePicture[], liver: number): Remark | null {
  const [lowest, highest] = [pictures[0]!, pictures[pictures.length - 1]!];
  const isTold = liver >= tellable;
  const reaches = (picture: CoarsePicture) => isTold && largestLike(picture, liver, besideMiddle) >= cutArea;
  const above = insideAir(highest) < lungArea;
  const places: string[] = [];
  if (above) places.push('at the top: its first slice from the head shows no lung');
  else if (reaches(highest))
    places.push('at the top: its first slice from the head shows tissue as bright as the liver');
  if (reaches(lowest)) places.push('at the bottom: its last slice shows tissue as bright as the liver');
  if (places.length === 0) return null;
  const message = `The liver may be cut ${places.join('; and ')} (a guess from a few slices). Look at both ends before you measure.`;
  return { code: 'liver_may_be_cut', message };
}
