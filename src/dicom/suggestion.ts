import type { SeriesEntry } from './series.ts';

/** The volume to look at first, with the reason in words. */
export interface Suggestion {
  readonly volumeId: string;
  readonly reason: string;
}

/** A liver is rarely higher than this (mm): a shorter stack may not hold all of it. */
const liverHeight = 150;

/**
 * Words for what a liver is rarely planned on: pictures of fat alone or of opposed phase, diffusion, other planes, projections, kernels for
 * lung or bone, maps of a material instead of its density. Fat that was saturated is meant by none of them.
 */
const unsuited =
  /(?<!\p{L})(fat(?![ _-]*s)|opp|opposed|out[ _-]*phase|adc|dwi|mip|minip|cor|coronal|sag|sagittal|lung|bone|iodine|vnc|z[ _-]?eff)(?!\p{L})/iu;

/** The best candidate for planning among the volumes; null when none can be opened. */
export function suggest(entries: readonly SeriesEntry[]): Suggestion | null {
  const usable = entries.filter((entry) => entry.status === 'volume');
  const [first, ...others] = usable;
  if (first === undefined) return null;
  const best = others.reduce((most, entry) => (compare(entry, most) > 0 ? entry : most), first);
  return { volumeId: best.volumeId, reason: reasonFor(best, usable.length) };
}

/** What counts for a candidate, the most important first; higher is better. */
function merits(entry: SeriesEntry): readonly number[] {
  const step = entry.spacing?.[2] ?? Infinity;
  const phases = { 'portal-venous': 3, delayed: 1, arterial: 1, native: 0 };
  return [
    (entry.coverageMm ?? 0) >= liverHeight ? 1 : 0,
    isUnsuited(entry) ? 0 : 1,
    entry.phase === null ? 2 : phases[entry.phase.phase],
    step <= 3 ? 2 : step <= 5 ? 1 : 0,
    likenessOf(entry.part),
    entry.header.modality === 'CT' ? 1 : 0,
    entry.header.contrastAgent === null ? 0 : 1,
    -Math.max(1, step),
    entry.coverageMm ?? 0,
  ];
}

/** Of the images of one Dixon scan, how well the liver and its vessels stand out: best where fat is dark, least where only fat is bright. */
function likenessOf(part: string | null): number {
  const order = ['fat (image type)', 'opposed phase (image type)', 'in phase (image type)', 'water (image type)'];
  const at = order.findIndex((kind) => part?.includes(kind));
  return at < 0 ? 2 : at;
}

function isUnsuited({ header, part, remarks }: SeriesEntry): boolean {
  return (
    unsuited.test(`${header.description ?? ''} ${part ?? ''}`) || remarks.some(({ code }) => code === 'not_hounsfield')
  );
}

function compare(a: SeriesEntry, b: SeriesEntry): number {
  const [of, than] = [merits(a), merits(b)];
  const at = of.findIndex((merit, index) => merit !== than[index]);
  // Equal in all that counts: the order of UIDs is the same for any order of files.
  return at < 0 ? (a.volumeId < b.volumeId ? 1 : -1) : of[at]! - than[at]!;
}

function reasonFor(entry: SeriesEntry, among: number): string {
  if (among === 1) return 'The only volume here that can be opened.';
  const parts: string[] = [];
  if (entry.phase !== null) parts.push(`${entry.phase.phase} phase (a guess)`);
  if (entry.part?.includes('water (image type)') === true) parts.push('the water image, where fat is dark');
  parts.push(`slices ${Number((entry.spacing?.[2] ?? 0).toFixed(2))} mm apart`);
  parts.push(`${Math.round(entry.coverageMm ?? 0)} mm covered`);
  return `Suggested among ${among}: ${parts.join(', ')}.`;
}
