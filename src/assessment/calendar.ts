/** A day as "2026-03-02" (ISO 8601). Dates come from outside: nothing here asks a clock. */
export type IsoDate = string;

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar; null when there is no such day. */
export function dayNumber(date: IsoDate): number | null {
  const match = pattern.exec(date);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1) return null;
  const days = daysBefore(year, month) + day - 1;
  return dateOf(days) === date ? days : null;
}

/** The date that is `days` whole days after 1970-01-01. */
export function dateOf(days: number): IsoDate {
  // Years counted from March, so that the leap day is the last of its year; 146,097 days are 400 years.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysBefore(year: number, month: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const ofYear = Math.floor((153 * fromMarch + 2) / 5);
  const ofEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + ofYear;
  return era * 146_097 + ofEra - 719_468;
}

/** Whole days from one date to another, negative when `to` is earlier; throws RangeError for a day that does not exist. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return mustBeDay(to) - mustBeDay(from);
}

/** The date `days` after another; throws RangeError for a day that does not exist. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOf(mustBeDay(date) + days);
}

function mustBeDay(date: IsoDate): number {
  const days = dayNumber(date);
  if (days === null) throw new RangeError(`There is no day ${date}`);
  return days;
}
