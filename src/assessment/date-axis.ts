import { addDays, dateOf, dayNumber, daysBetween } from './calendar.ts';
import type { IsoDate } from './calendar.ts';
import type { DateMark } from './date-line.ts';

/** A tick of a time axis, as "2 Mar" or "Mar 2026". */
export interface DateTick {
  readonly on: IsoDate;
  readonly label: string;
}

/** The time axis of a date line: where it begins and ends, with some days to spare, and its ticks. */
export interface DateAxis {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly days: number;
  readonly ticks: readonly DateTick[];
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** The axis that holds all marks, with at most `mostTicks` ticks: days a whole number of weeks apart, or first days of months. Null without marks. */
export function dateAxis(marks: readonly Pick<DateMark, 'from' | 'to'>[], mostTicks = 8): DateAxis | null {
  if (marks.length === 0) return null;
  const days = marks.flatMap(({ from, to }) => [dayNumber(from)!, dayNumber(to)!]);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const spare = Math.max(3, Math.round((last - first) * 0.04));
  const [from, to] = [dateOf(first - spare), dateOf(last + spare)];
  const span = daysBetween(from, to);
  const weeks = [1, 2].find((one) => Math.floor(span / (7 * one)) + 1 <= mostTicks);
  return { from, to, days: span, ticks: weeks === undefined ? months(from, to, mostTicks) : weekly(from, to, weeks) };
}

function weekly(from: IsoDate, to: IsoDate, weeks: number): readonly DateTick[] {
  // 1970-01-01 was a Thursday: ticks stand on Mondays.
  const toMonday = (7 - ((dayNumber(from)! + 3) % 7)) % 7;
  const first = addDays(from, toMonday);
  const count = Math.floor(daysBetween(first, to) / (7 * weeks)) + 1;
  return Array.from({ length: count }, (_, index) => {
    const on = addDays(first, index * 7 * weeks);
    return { on, label: `${Number(on.slice(8))} ${monthNames[Number(on.slice(5, 7)) - 1]!}` };
  });
}

function months(from: IsoDate, to: IsoDate, mostTicks: number): readonly DateTick[] {
  const ordinal = (date: IsoDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  const [first, last] = [ordinal(from) + (from.endsWith('-01') ? 0 : 1), ordinal(to)];
  const step = [1, 2, 3, 6, 12, 24, 60].find((one) => Math.floor((last - first) / one) + 1 <= mostTicks) ?? 120;
  const start = Math.ceil(first / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((last - start) / step) + 1) }, (_, index) => {
    const month = start + index * step;
    const year = String(Math.floor(month / 12)).padStart(4, '0');
    const on = `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`;
    return { on, label: `${monthNames[month % 12]!} ${year}` };
  });
}
