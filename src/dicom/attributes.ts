import type { DataSet } from 'dicom-parser';
import { byteText } from './byte-text.ts';
import { decodeText, isoDate } from './text.ts';

/** A DS or IS component: digits with a point. A decimal comma or any other text is no number. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Reads typed values out of a parsed header; absent, empty and malformed values are all null, never a guess. */
export interface Attributes {
  readonly has: (tag: string) => boolean;
  readonly text: (tag: string, vr: string) => string | null;
  /** A value of the default repertoire (UI, CS), trimmed. */
  readonly code: (tag: string) => string | null;
  readonly codes: (tag: string) => readonly string[];
  readonly date: (tag: string) => string | null;
  /** All components of a DS or IS; null unless there are at least `atLeast` and every one of them is a finite number. */
  readonly numbers: (tag: string, atLeast: number) => readonly number[] | null;
  /** The value of a DS or IS that has one; null where there are several, of which none can be told to be meant. */
  readonly number: (tag: string) => number | null;
  readonly uint16: (tag: string) => number | null;
  /** All values of a UL; `[]` where there is none. */
  readonly uint32s: (tag: string) => readonly number[];
  /** A value of an FD: the first, unless another is asked for. */
  readonly double: (tag: string, index?: number) => number | null;
}

/**
 * The typed reader of a data set; a tag is looked for in the `nearer` ones first (functional groups of a frame). Its functions throw
 * when a value runs over the end of the bytes.
 */
export function attributesOf(outermost: DataSet, nearer: readonly DataSet[] = []): Attributes {
  const holding = (tag: string): DataSet => nearer.find(({ elements }) => elements[tag] !== undefined) ?? outermost;
  const code = (tag: string): string | null => {
    const value = stringIn(holding(tag), tag)?.trim();
    return value === undefined || value === '' ? null : value;
  };
  const codes = (tag: string): readonly string[] =>
    code(tag)
      ?.split('\\')
      .map((part) => part.trim()) ?? [];
  const characterSet = code('x00080005');
  const numbers = (tag: string, atLeast: number): readonly number[] | null => {
    const parts = codes(tag);
    if (parts.length < atLeast || !parts.every((part) => decimal.test(part))) return null;
    const values = parts.map(Number);
    return values.every(Number.isFinite) ? values : null;
  };
  return {
    has: (tag) => holding(tag).elements[tag] !== undefined,
    text: (tag, vr) => {
      const dataSet = holding(tag);
      const element = dataSet.elements[tag];
      if (element === undefined || element.length === 0) return null;
      const bytes = dataSet.byteArray as Uint8Array;
      const end = element.dataOffset + element.length;
      if (end > bytes.length) throw new RangeError(`${tag} runs over the end of the bytes`);
      return decodeText(bytes.subarray(element.dataOffset, end), characterSet, vr);
    },
    code,
    codes,
    date: (tag) => isoDate(code(tag) ?? ''),
    numbers,
    number: (tag) => {
      const values = numbers(tag, 1);
      return values?.length === 1 ? values[0]! : null;
    },
    uint16: (tag) => holding(tag).uint16(tag) ?? null,
    uint32s: (tag) => {
      const dataSet = holding(tag);
      const count = (dataSet.elements[tag]?.length ?? 0) >> 2;
      return Array.from({ length: count }, (_, index) => dataSet.uint32(tag, index)!);
    },
    double: (tag, index = 0) => {
      const dataSet = holding(tag);
      return (dataSet.elements[tag]?.length ?? 0) < 8 * (index + 1) ? null : (dataSet.double(tag, index) ?? null);
    },
  };
}

/** The same reader of bytes that are exchanged for others: of a value that `isSame` says is the one before, it gives what it gave then. */
export function remembering(attributes: Attributes, isSame: (tag: string) => boolean): Attributes {
  const remembered = <Value>(read: (tag: string, vr: string) => Value) => {
    const known = new Map<string, { readonly value: Value }>();
    return (tag: string, vr = ''): Value => {
      if (!isSame(tag)) return read(tag, vr);
      const before = known.get(tag + vr);
      if (before !== undefined) return before.value;
      const value = read(tag, vr);
      known.set(tag + vr, { value });
      return value;
    };
  };
  const { code, number, text } = attributes;
  return { ...attributes, code: remembered(code), number: remembered(number), text: remembered(text) };
}

/** What the parser's `string` gives, with less work. */
function stringIn(dataSet: DataSet, tag: string): string | undefined {
  const element = dataSet.elements[tag];
  if (element === undefined) return undefined;
  const { dataOffset, length } = element;
  const bytes = dataSet.byteArray as Uint8Array;
  const isPlain = length > 0 && dataOffset + length <= bytes.length && !('Value' in element);
  if (!isPlain) return dataSet.string(tag);
  const value = bytes.subarray(dataOffset, dataOffset + length);
  const end = value.indexOf(0);
  return byteText(end < 0 ? value : value.subarray(0, end));
}
