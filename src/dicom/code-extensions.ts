/** A value whose characters come from several sets: the names of the sets, and the bytes with the escapes that switch between them. */
export interface ExtendedText {
  readonly names: readonly string[];
  readonly bytes: Uint8Array;
}

const escape = 0x1b;
const toAscii = [escape, 0x28, 0x42];
/** `\`, and in names `^` and `=`. */
const valueDelimiters = [0x5c];
const nameDelimiters = [0x5e, 0x3d, 0x5c];
const roman = 'ISO 2022 IR 13';
/** Sets of two bytes a character that take the place of ASCII, so that no text can begin in them. */
const pairsForAscii = ['ISO 2022 IR 87', 'ISO 2022 IR 159'];

/**
 * A value as PS3.5 6.1.2.5.3 wants it, where ASCII is back before each delimiter and whatever follows is switched to anew. Files are found
 * that go on in the set they were in, that return to the Roman letters of Japan without naming them, or that never switch at all.
 */
export function asTheStandardHasIt(named: readonly string[], bytes: Uint8Array, vr: string): ExtendedText {
  const names = pairsForAscii.includes(named[0] ?? '') ? ['', ...named] : named;
  const [first = '', ...rest] = names;
  const startsInAscii = first === '' || first === 'ISO 2022 IR 6' || first === 'ISO_IR 6';
  if (!bytes.includes(escape)) {
    const isTheOther = startsInAscii && rest.length === 1 && !pairsForAscii.includes(rest[0]!);
    return { names: isTheOther && bytes.some((byte) => byte >= 0x80) ? rest : names, bytes };
  }
  return {
    names: names.includes(roman) ? names : [...names, roman],
    bytes: withSwitches(bytes, vr === 'PN' ? nameDelimiters : valueDelimiters, startsInAscii),
  };
}

/** The bytes with every switch written that their writer left to be understood. */
function withSwitches(bytes: Uint8Array, delimiters: readonly number[], startsInAscii: boolean): Uint8Array {
  const written: number[] = [];
  let toPairs: Uint8Array | null = null;
  let toHigh: Uint8Array | null = null;
  let isHighKnown = !startsInAscii;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!;
    if (byte === escape) {
      const sequence = bytes.subarray(at, at + escapeLength(bytes, at));
      const [, kind, half] = sequence;
      if (kind === 0x28) toPairs = null;
      else if (kind === 0x24 && half !== 0x29) toPairs = sequence;
      else [toHigh, isHighKnown] = [sequence, true];
      written.push(...sequence);
      at += sequence.length;
    } else if (toPairs !== null) {
      const single = endOfPairs(bytes, at, delimiters);
      written.push(...bytes.subarray(at, single));
      at = single;
      if (at === bytes.length || bytes[at] === escape) continue;
      written.push(...toAscii, bytes[at]!, ...toPairs);
      at += 1;
    } else {
      if (delimiters.includes(byte)) isHighKnown = !startsInAscii;
      else if (byte >= 0x80 && !isHighKnown && toHigh !== null) {
        written.push(...toHigh);
        isHighKnown = true;
      }
      written.push(byte);
      at += 1;
    }
  }
  return Uint8Array.from(written);
}

/** ESC $ ( and ESC $ ) take a fourth byte. */
function escapeLength(bytes: Uint8Array, at: number): number {
  return bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x28 || bytes[at + 2] === 0x29) ? 4 : 3;
}

/**
 * Where pairs that begin at `from` end. A delimiter is also the first byte of many characters (= of 俊 and 純), and is one only where the
 * bytes could not all be pairs.
 */
function endOfPairs(bytes: Uint8Array, from: number, delimiters: readonly number[]): number {
  let end = from;
  while (end < bytes.length && bytes[end]! > 0x20 && bytes[end]! < 0x7f) end++;
  if ((end - from) % 2 === 0) return end;
  if (delimiters.includes(bytes[end - 1]!)) return end - 1;
  for (const delimiter of delimiters) {
    for (let at = from; at < end; at += 2) if (bytes[at] === delimiter) return at;
  }
  return end;
}
