import { addDays, dateOf, dayNumber, daysBetween } from './calendar.ts';
import type { IsoDate } from './calendar.ts';
import type { DateMark } from './date-line.ts';

/** A tick of a time axis, as "2 Mar" or "Mar 2026". */
export interface DateTick {
  readonly on: IsoDate;
  readonly label: string;
}

/** A stretch of days without a break, and the shares of the axis, 0 … 1, between which it lies. */
export interface DatePiece {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly start: number;
  readonly end: number;
}

/**
 * The time axis of a date line: its pieces in order, with some days to spare at their ends, and its ticks. Between two pieces lies a
 * break, to be drawn as one: a scan of years ago must not squeeze the weeks that matter.
 */
export interface DateAxis {
  readonly pieces: readonly DatePiece[];
  readonly ticks: readonly DateTick[];
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** Shorter stretches without a mark are never left out, in days. */
const shortestBreak = 84;
/** Share of the axis that a break takes. */
const breakShare = 0.05;

interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** The axis that holds all marks, with about `mostTicks` ticks: days a whole number of weeks apart, or first days of months. Null without marks. */
export function dateAxis(marks: readonly Pick<DateMark, 'from' | 'to'>[], mostTicks = 8): DateAxis | null {
  if (marks.length === 0) return null;
  const stretches = broken(marks.map(({ from, to }) => ({ first: dayNumber(from)!, last: dayNumber(to)! })));
  const shown = stretches.reduce((sum, { first, last }) => sum + last - first, 0);
  const spare = Math.max(3, Math.round(shown * 0.04));
  const spaced = stretches.map(({ first, last }) => ({ first: first - spare, last: last + spare }));
  const pieces = shared(spaced, 1 / mostTicks);
  const only = pieces.length === 1 ? pieces[0]! : null;
  const ticks =
    only !== null
      ? ticksOf(only.from, only.to, mostTicks)
      : pieces.flatMap(({ from, to, start, end }, place) => {
          const room = Math.floor(mostTicks * (end - start));
          const some = room < 2 ? [] : ticksOf(from, to, room);
          // Across a break the year is no longer clear from the neighbours.
          return some.length === 0 ? [monthOf(dateOf(stretches[place]!.first))] : some.map(withYear);
        });
  return { pieces, ticks };
}

/** Where a day lies on the axis, as a share from 0 to 1; the ends of a break stand for the days inside it. */
export function placeOnAxis({ pieces }: DateAxis, on: IsoDate): number {
  const piece = pieces.find(({ to }) => daysBetween(on, to) >= 0) ?? pieces.at(-1)!;
  const share = daysBetween(piece.from, on) / daysBetween(piece.from, piece.to);
  return piece.start + Math.min(1, Math.max(0, share)) * (piece.end - piece.start);
}

/** The stretches that stay when each gap is left out that is long, and more than twice as long as all that is shown without it. */
function broken(marks: readonly Stretch[]): readonly Stretch[] {
  const merged: Stretch[] = [];
  for (const { first, last } of [...marks].sort((one, other) => one.first - other.first)) {
    const before = merged.at(-1);
    if (before !== undefined && first <= before.last)
      merged[merged.length - 1] = { first: before.first, last: Math.max(before.last, last) };
    else merged.push({ first, last });
  }
  const gaps = merged.slice(1).map(({ first }, place) => ({ place, days: first - merged[place]!.last }));
  gaps.sort((one, other) => other.days - one.days);
  let [shown, count] = [merged.at(-1)!.last - merged[0]!.first, 0];
  gaps.forEach(({ days }, rank) => {
    shown -= days;
    // Days alone are an axis of gaps: nothing is squeezed by them.
    if (days > shortestBreak && days > 2 * shown && shown > 0) count = rank + 1;
  });
  const left = new Set(gaps.slice(0, count).map(({ place }) => place));
  const stretches: Stretch[] = [];
  merged.forEach(({ first, last }, place) => {
    const before = stretches.at(-1);
    if (before === undefined || left.has(place - 1)) stretches.push({ first, last });
    else stretches[stretches.length - 1] = { first: before.first, last };
  });
  return stretches;
}

/** Divides the axis among the stretches by their days, none smaller than a tick needs as far as they fit. */
function shared(stretches: readonly Stretch[], tickShare: number): readonly DatePiece[] {
  const available = 1 - breakShare * (stretches.length - 1);
  const least = stretches.length === 1 ? 0 : Math.min(tickShare, available / (2 * stretches.length));
  const total = stretches.reduce((sum, { first, last }) => sum + last - first, 0);
  let start = 0;
  return stretches.map(({ first, last }) => {
    const share = least + ((available - least * stretches.length) * (last - first)) / total;
    const piece = { from: dateOf(first), to: dateOf(last), start, end: start + share };
    start = piece.end + breakShare;
    return piece;
  });
}

function ticksOf(from: IsoDate, to: IsoDate, mostTicks: number): readonly DateTick[] {
  const span = daysBetween(from, to);
  const weeks = [1, 2].find((one) => Math.floor(span / (7 * one)) + 1 <= mostTicks);
  return weeks === undefined ? months(from, to, mostTicks) : weekly(from, to, weeks);
}

function withYear(tick: DateTick, place: number): DateTick {
  const year = tick.on.slice(0, 4);
  return place > 0 || tick.label.endsWith(year) ? tick : { ...tick, label: `${tick.label} ${year}` };
}

function monthOf(on: IsoDate): DateTick {
  return { on, label: `${monthNames[Number(on.slice(5, 7)) - 1]!} ${on.slice(0, 4)}` };
}

function weekly(from: IsoDate, to: IsoDate, weeks: number): readonly DateTick[] {
  // 1970-01-01 was a Thursday: ticks stand on Mondays.
  const toMonday = (7 - ((dayNumber(from)! + 3) % 7)) % 7;
  const first = addDays(from, toMonday);
  const count = Math.floor(daysBetween(first, to) / (7 * weeks)) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
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
    return monthOf(
      `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`,
    );
  });
}
