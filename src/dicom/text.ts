import { convertBytes } from 'dicom-character-set';
import { asTheStandardHasIt } from './code-extensions.ts';

/**
 * Text of a value in the file's character set, trimmed and without control characters (a terminal would obey them); null when nothing is
 * left.
 */
export function decodeText(bytes: Uint8Array, characterSet: string | null, vr: string): string | null {
  const text = decode(bytes, characterSet, vr).replace(controls, '').trim();
  return text === '' ? null : text;
}

const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;

/** A name of a character set as the standard writes it: ISO-IR 100 and ISO 2022_IR_100 are often found. */
function standardName(name: string): string {
  const plain = name.trim().toUpperCase();
  return plain
    .replace(/^ISO[ _-]?2022[ _-]IR[ _-]?(\d+)$/u, 'ISO 2022 IR $1')
    .replace(/^ISO[ _-]IR[ _-]?(\d+)$/u, 'ISO_IR $1');
}

function decode(bytes: Uint8Array, characterSet: string | null, vr: string): string {
  const names = characterSet?.split('\\').map(standardName) ?? [];
  const known = names.join('\\');
  // Latin-1 makes a text of any bytes; if they are UTF-8 throughout, they were never meant as Latin-1, and if not, never as UTF-8.
  const mayBeEither = ['', 'ISO_IR 6', 'ISO_IR 100', 'ISO_IR 192'].includes(known);
  if (mayBeEither) return utf8(bytes) ?? western(bytes);
  try {
    const isExtended = names.length > 1 || known.startsWith('ISO 2022');
    const text = isExtended ? asTheStandardHasIt(names, bytes, vr) : { names, bytes };
    return convertBytes(text.names.join('\\'), text.bytes, { vr });
  } catch {
    // An unknown character set must not hide the patient's name.
    return utf8(bytes) ?? western(bytes);
  }
}

/** Null where the bytes are no UTF-8. */
function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes));
  } catch {
    return null;
  }
}

/** Latin-1, in the form that has letters where Latin-1 has none. */
function western(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(new Uint8Array(bytes));
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
