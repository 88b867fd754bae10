import { phaseLabels } from '../assessment/index.ts';
import type { Denominator, Light, Phase } from '../assessment/index.ts';
import type { Cut, Interval } from '../liver/index.ts';

/** What stands where the images or the user gave nothing. */
export const notInImages = 'not in the images';
export const notGiven = 'not given';

/** The overall light named in words as well as by its colour. */
export const lightTitles: Readonly<Record<Light, string>> = {
  green: 'GREEN · above the chosen threshold',
  amber: 'AMBER · not settled',
  red: 'RED · below the chosen threshold',
  grey: 'GREY · no statement',
};

/** The contrast phase as stated by the user. */
export function phaseWords(phase: Phase | null): string {
  return phase === null ? notGiven : phaseLabels[phase];
}

/** A volume in mL: whole from 10 mL on, one decimal below. */
export function volumeText(volume: number): string {
  return volume.toFixed(volume < 10 ? 1 : 0);
}

/** A percentage with the digits its denominator deserves: two for shares of body weight, else one. */
export function percentText(value: number, denominator: Denominator = 'functional'): string {
  return value.toFixed(denominator === 'bodyWeight' ? 2 : 1);
}

/** A coordinate in mm with `digits` decimals and a true minus sign. */
export function coordinateText(value: number, digits: number): string {
  return value.toFixed(digits).replace('-', '−');
}

/** An interval with an en dash, or a dash when there is none. */
export function intervalText(interval: Interval<number> | null | undefined, show: (value: number) => string): string {
  return interval === null || interval === undefined ? '–' : `${show(interval[0])}–${show(interval[1])}`;
}

/** An interval in mL, both ends with the digits of the upper one. */
export function volumeInterval(interval: Interval<number> | null | undefined): string {
  return intervalText(interval, (value) => value.toFixed(interval!.at(1)! < 10 ? 1 : 0));
}

/** A DICOM date (YYYYMMDD) as YYYY-MM-DD; other text is passed on unchanged. */
export function dateText(date: string | null): string {
  if (date === null || date.trim() === '') return notInImages;
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(date.trim());
  return parts === null ? date.trim() : `${parts[1]!}-${parts[2]!}-${parts[3]!}`;
}

/** A DICOM person name (family^given^middle^prefix^suffix, first filled group) as it is read aloud. */
export function personText(name: string | null): string {
  const group = (name ?? '').split('=').find((part) => part.replaceAll('^', '').trim() !== '');
  if (group === undefined) return notInImages;
  const [family = '', ...others] = group.split('^').map((part) => part.trim());
  const rest = others.filter((part) => part !== '').join(' ');
  if (family === '') return rest;
  return rest === '' ? family : `${family}, ${rest}`;
}

/** An ISO 8601 time as date and time of day with its offset. */
export function momentText(moment: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::[\d.]+)?(Z|[+-]\d{2}:?\d{2})?$/.exec(moment);
  if (parts === null) return moment;
  const zone = parts[3];
  return `${parts[1]!} ${parts[2]!}${zone === undefined ? '' : zone === 'Z' ? ' UTC' : ` UTC${zone}`}`;
}

/** A cut in words: where it goes through and which side is taken, LPS, mm. */
export function cutText(cut: Cut): string {
  if (cut.kind === 'all') return cut.cuts.map(cutText).join(' and ');
  const point = cut.point.map((value) => coordinateText(value, 1)).join(', ');
  const normal = cut.normal.map((value) => coordinateText(value, 3)).join(', ');
  return `plane through (${point}), normal (${normal}), ${cut.resect} side resected`;
}
