import type { Remark } from '../volume/index.ts';
import type { SliceHeader } from './slice-header.ts';

/** How many voxels at the end of a slice have the value of the last one: where a copy broke off, the rest of a file is zeros. */
export function blankEnd(values: Int16Array): number {
  const value = values.at(-1);
  let from = values.length;
  while (from > 0 && values[from - 1] === value) from -= 1;
  return values.length - from;
}

/** How many slices are looked at on each side: a few files in a row may be broken. */
const reach = 3;
/** Which share of a slice must be blank beyond what is blank around it. No patient ends so suddenly, and begins again. */
const share = 0.05;

/**
 * Says which slices end in rows of one value where those on both sides of them do not. `ends` are the `blankEnd` of the `slices` in their
 * order. The first and the last slice are not judged: a masked background may begin or end there.
 */
export function blankEndRemarks(ends: Int32Array, slices: readonly SliceHeader[]): readonly Remark[] {
  const broken = slices.flatMap((header, index) => {
    const least = share * header.columns * header.rows;
    if (ends[index]! < least) return [];
    const before = ends.subarray(Math.max(0, index - reach), index);
    const behind = ends.subarray(index + 1, index + 1 + reach);
    const usual = Math.max(Math.min(...before), Math.min(...behind));
    return ends[index]! - usual >= least ? [{ header, rows: Math.floor(ends[index]! / header.columns) }] : [];
  });
  const [first] = broken;
  if (first === undefined) return [];
  const others = broken.length === 1 ? '' : broken.length === 2 ? ', and one more' : `, and ${broken.length - 1} more`;
  const message = `The last ${first.rows} of ${first.header.rows} rows of ${first.header.name} hold one value only, unlike those of the slices around it${others}: a file may be damaged. Look there, or copy the series again.`;
  return [{ code: 'blank_rows', message }];
}
