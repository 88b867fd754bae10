import type { SliceHeader } from './slice-header.ts';

/** A fact by which slices are told apart; `say` puts a value of it in words. */
export interface Fact {
  readonly of: (slice: SliceHeader) => number | string | null;
  readonly say: (value: number | string, rank: number, count: number) => string;
}

/** Facts that never differ inside one volume. */
export const steadyFacts: readonly Fact[] = [
  { of: ({ imageType }) => imageType.join('\\').toUpperCase(), say: (value) => sayImageType(String(value)) },
  { of: ({ acquisition }) => acquisition.component, say: (value) => String(value).toLowerCase() },
  { of: ({ acquisition }) => acquisition.stack, say: (value) => `stack ${value}` },
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

/** AcquisitionNumber. */
export const acquisitionNumber: Fact = {
  of: ({ acquisition }) => acquisition.acquisitionNumber,
  say: (value, rank, count) => `phase ${rank + 1} of ${count} (acquisition ${value})`,
};

/** AcquisitionTime. */
export const acquisitionTime: Fact = {
  of: ({ acquisition }) => acquisition.acquisitionTime,
  say: (value, rank, count) => `phase ${rank + 1} of ${count} (acquired ${clock(value)})`,
};

/** Facts that are times. */
export const timeFacts: readonly Fact[] = [
  {
    of: ({ acquisition }) => acquisition.triggerTime,
    say: (value, rank, count) => `phase ${rank + 1} of ${count} (trigger time ${value} ms)`,
  },
  acquisitionTime,
  {
    of: ({ acquisition }) => acquisition.contentTime,
    say: (value, rank, count) => `phase ${rank + 1} of ${count} (content of ${clock(value)})`,
  },
];

/** The order in which images were made; it tells volumes apart where nothing else does. */
export const instanceNumber: Fact = {
  of: (slice) => slice.instanceNumber,
  say: (value) => `image ${value}`,
};

/** Facts that may change from slice to slice inside a volume: they count only where the slices together make no stack. */
export const looseFacts: readonly Fact[] = [acquisitionNumber, ...timeFacts];

/** Facts that may be any scanner's habit: they count only where slices lie at one place, or between each other in CT. */
export const lastFacts: readonly Fact[] = [
  // A thin and a thick reconstruction of one scan.
  { of: ({ sliceThickness }) => sliceThickness, say: (value) => `slices of ${value} mm` },
  { of: ({ acquisition }) => acquisition.sequence, say: (value) => `sequence ${value}` },
  { of: ({ acquisition }) => acquisition.diffusion, say: (value) => `diffusion ${value}` },
  // Each enhanced object of a series may be a phase of its own, but not the parts of one that was written in several files.
  {
    of: ({ frame, instanceNumber, acquisition }) =>
      frame === null ? null : (acquisition.concatenation ?? instanceNumber),
    say: (value) => `object ${value}`,
  },
  { of: ({ series }) => series.description, say: (value) => `described as ${value}` },
  { of: ({ series }) => series.seriesNumber, say: (value) => `series number ${value}` },
];

/** Each dimension in which the frames of enhanced objects lie; none where they do not all lie in the same ones. */
export function dimensionFacts(slices: readonly SliceHeader[]): readonly Fact[] {
  const names = ({ acquisition }: SliceHeader): readonly string[] => acquisition.dimensions.map(({ name }) => name);
  const known = names(slices[0]!);
  if (slices.some((slice) => names(slice).join('\n') !== known.join('\n'))) return [];
  return known.map((name, at) => ({
    of: ({ acquisition }) => acquisition.dimensions[at]!.index,
    say: (value, rank, count) => `volume ${rank + 1} of ${count} (dimension ${name}: ${value})`,
  }));
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
