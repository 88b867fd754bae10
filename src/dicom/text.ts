import { convertBytes } from 'dicom-character-set';

/** Text of a value in the file's character set, trimmed; null when nothing is left. An unknown character set is read as UTF-8. */
export function decodeText(bytes: Uint8Array, characterSet: string | null, vr: string): string | null {
  const text = decode(bytes, characterSet, vr).split('\0').join('').trim();
  return text === '' ? null : text;
}

function decode(bytes: Uint8Array, characterSet: string | null, vr: string): string {
  try {
    return convertBytes(characterSet ?? undefined, bytes, { vr });
  } catch {
    // A misspelt character set must not hide the patient's name: replacement characters show what could not be read.
    return new TextDecoder('utf-8').decode(new Uint8Array(bytes));
  }
}

const eastAsian = /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

/** One component group `Family^Given^Middle^Prefix^Suffix` as "Family, Prefix Given Middle, Suffix"; East Asian names take no comma. */
function displayGroup(group: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group.split('^').map((part) => part.trim());
  const first = [prefix, given, middle].filter((part) => part !== '').join(' ');
  return [family, first, suffix].filter((part) => part !== '').join(eastAsian.test(group) ? ' ' : ', ');
}

/** A PN value as it is read aloud: the alphabetic form, with the ideographic one in brackets where there is one. */
export function displayPersonName(value: string): string | null {
  const [alphabetic = '', ideographic = ''] = (value.split('\\')[0] ?? '').split('=').map(displayGroup);
  if (alphabetic === '') return ideographic === '' ? null : ideographic;
  return ideographic === '' ? alphabetic : `${alphabetic} (${ideographic})`;
}

/** A DA value (also the dotted form of ACR-NEMA) as ISO 8601, or null when it is not a day of the calendar. */
export function isoDate(value: string): string | null {
  const parts = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(value.trim());
  if (parts === null) return null;
  const [, year = '', month = '', day = ''] = parts;
  const leap = (Number(year) % 4 === 0 && Number(year) % 100 !== 0) || Number(year) % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const last = lengths[Number(month) - 1];
  if (last === undefined || Number(day) < 1 || Number(day) > last) return null;
  return `${year}-${month}-${day}`;
}
