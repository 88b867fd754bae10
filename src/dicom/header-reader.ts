import type { DataSet } from 'dicom-parser';
import { success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';
import type { FileStart } from './file-start.ts';
import { layoutOf } from './header-layout.ts';
import type { HeaderLayout } from './header-layout.ts';
import { headerPrefixBytes, readHeaders } from './slice-header.ts';
import type { SliceHeader } from './slice-header.ts';

/** `readHeaders` of many files one after the other. */
export type HeaderReader = (
  name: string,
  bytes: Uint8Array,
  fileSize?: number | null,
) => Outcome<readonly SliceHeader[]>;

/** How many ways of writing a header are known at once: several series may lie mixed in a folder. */
const layoutsKept = 8;

/**
 * A reader of headers that gives what `readHeaders` gives, sooner for files that are written like one before: the files of a series
 * differ in few values, and only those are read then. Which these may be is not a list that could grow stale: while a file is parsed it
 * is seen which elements are read for the facts that each slice has of its own, and which for anything else. The latter must be the
 * same byte for byte, as must all that is no simple value; what is never read may be anything.
 */
export function createHeaderReader(): HeaderReader {
  const layouts: HeaderLayout[] = [];
  return (name, bytes, fileSize = null) => {
    for (let index = 0; index < layouts.length; index += 1) {
      const header = layouts[index]!.read(name, bytes, fileSize);
      if (header === null) continue;
      if (index > 0) layouts.unshift(...layouts.splice(index, 1));
      return success([header]);
    }
    // The bytes of a longer header are not worth keeping.
    if (bytes.length > headerPrefixBytes) return readHeaders(name, bytes, fileSize);
    const parsed = parseWatching(name, new Uint8Array(bytes), fileSize);
    if (parsed.layout !== null) {
      layouts.unshift(parsed.layout);
      layouts.length = Math.min(layouts.length, layoutsKept);
    }
    return parsed.headers;
  };
}

/** Parses a file and sees which elements may differ in others. */
function parseWatching(
  name: string,
  bytes: Uint8Array,
  fileSize: number | null,
): { readonly headers: Outcome<readonly SliceHeader[]>; readonly layout: HeaderLayout | null } {
  const readForAll = new Set<string>();
  const seen: { start: FileStart | null; dataSet: DataSet | null } = { start: null, dataSet: null };
  const headers = readHeaders(name, bytes, fileSize, (start, dataSet) => {
    Object.assign(seen, { start, dataSet });
    return watched(dataSet, readForAll);
  });
  const { start, dataSet } = seen;
  if (!headers.ok || headers.value.length !== 1 || start === null || dataSet === null) return { headers, layout: null };
  const isFree = (tag: string): boolean => !readForAll.has(tag);
  return { headers, layout: layoutOf(bytes, start, dataSet, headers.value[0]!, isFree) };
}

/** The same data set; what is looked for in it is noted. */
function watched(dataSet: DataSet, tags: Set<string>): DataSet {
  const elements = new Proxy(dataSet.elements, {
    get: (all, tag) => {
      if (typeof tag === 'string') tags.add(tag);
      return Reflect.get(all, tag) as unknown;
    },
  });
  return Object.create(dataSet, { elements: { value: elements } }) as DataSet;
}
