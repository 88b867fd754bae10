import type { SeriesEntry } from '../../src/dicom/index.ts';
import { isolated } from '../isolated-text.ts';
import type { SeriesChoice } from '../session.ts';
import { texts } from '../texts.ts';

/** Numbers as the panels print them: a decimal point, a fixed number of digits, a real minus sign. */
export function printedNumber(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  // −0.04 reads 0.0, not −0.0.
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** An interval as "a–b". */
export function printedRange(interval: readonly [number, number], decimals: number): string {
  return `${printedNumber(interval[0], decimals)}–${printedNumber(interval[1], decimals)}`;
}

/** A DICOM person name (`FAMILY^GIVEN`) as it is read. */
export function printedName(name: string | null): string | null {
  if (name === null) return null;
  const [family, given] = (name.split('=')[0] ?? '').split('^');
  const text = [family, given].filter((part) => part !== undefined && part.trim() !== '').join(', ');
  return text === '' ? null : text;
}

/** A DICOM date (`YYYYMMDD`) as `YYYY-MM-DD`; anything else as it is. */
export function printedDate(date: string | null): string | null {
  if (date === null || date === '') return null;
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(date);
  return parts === null ? date : `${parts[1]!}-${parts[2]!}-${parts[3]!}`;
}

/** A moment (ISO 8601) by the clock of this computer, written like the dates of the images. */
export function printedMoment(at: string): string {
  const moment = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** A colour for CSS. */
export function cssColour(colour: readonly [number, number, number]): string {
  return `rgb(${colour.join(' ')})`;
}

/** A patient as the banner names them: name and ID. */
export function patientText(header: SeriesEntry['header']): string {
  return [printedName(header.patientName) ?? texts.noName, header.patientId ?? texts.noId].map(isolated).join(' · ');
}

/** The patients of a folder, each once. */
export function patientsOf(choice: SeriesChoice): readonly string[] {
  return [...new Set(choice.entries.map((entry) => patientText(entry.header)))];
}
