import type { Remark } from '../volume/index.ts';
import type { SliceHeader } from './slice-header.ts';

/** What is to be known of the stored pixels of a volume: compression with loss. */
export function pixelRemarks(slices: readonly SliceHeader[]): readonly Remark[] {
  const lossy = slices.filter(({ loss }) => loss !== 'none');
  const [first] = lossy;
  if (first === undefined) return [];
  const isCertain = lossy.some(({ loss }) => loss === 'certain');
  const which = lossy.length === slices.length ? 'The slices' : `${lossy.length} of ${slices.length} slices`;
  const present = lossy.find(({ syntax }) => syntax.loss !== 'none')?.syntax.name;
  const message = isCertain
    ? `${which} were compressed with loss (${present ?? 'once, as the files say'}): grey values and edges may differ from what the scanner made.`
    : `${which} may have been compressed with loss: ${first.syntax.name} allows it, and the files do not say.`;
  return [{ code: 'lossy_compression', message }];
}
