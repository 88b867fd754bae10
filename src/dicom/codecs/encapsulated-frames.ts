import { failure, success } from '../../volume/index.ts';
import type { Outcome } from '../../volume/index.ts';

/** A range of a file, bytes. */
interface Fragment {
  /** Where the item itself begins, counted from the first fragment's item: what offset tables point at. */
  readonly itemAt: number;
  readonly start: number;
  readonly end: number;
}

const item = 0xe000_fffe;
const sequenceEnd = 0xe0dd_fffe;

const broken = (what: string): Outcome<never> => failure('pixels_undecodable', what);

/**
 * The compressed streams of all frames of encapsulated PixelData (PS3.5, A.4), whose value begins at `offset`. A frame may be spread
 * over several fragments: the offset tables say how, else one frame takes all, else start and end of the streams themselves. Failures
 * `truncated_pixels`, `pixels_undecodable`.
 */
export function encapsulatedFrames(
  file: Uint8Array,
  offset: number,
  frames: number,
  extendedOffsets: readonly number[] | null,
): Outcome<readonly Uint8Array[]> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const read = readFragments(view, offset);
  if (!read.ok) return read;
  const { basicOffsets, fragments } = read.value;
  if (fragments.length === 0) return failure('truncated_pixels', 'it holds no compressed frame');
  const streams = (groups: readonly (readonly Fragment[])[]): Outcome<readonly Uint8Array[]> =>
    groups.length === frames
      ? success(groups.map((group) => joined(file, group)))
      : broken(`it holds ${groups.length} compressed frames instead of ${frames}`);
  if (frames === 1) return streams([fragments]);
  const offsets = extendedOffsets ?? basicOffsets;
  if (offsets.length === frames) {
    const groups = groupsAt(fragments, offsets);
    if (groups !== null) return streams(groups);
  }
  if (fragments.length === frames) return streams(fragments.map((fragment) => [fragment]));
  return streams(groupsByMarkers(file, fragments));
}

function readFragments(
  view: DataView,
  offset: number,
): Outcome<{ readonly basicOffsets: readonly number[]; readonly fragments: readonly Fragment[] }> {
  const cut = failure('truncated_pixels', 'its compressed pixels end too early');
  let basicOffsets: readonly number[] | null = null;
  const fragments: Fragment[] = [];
  let base = 0;
  let at = offset;
  while (at + 8 <= view.byteLength) {
    const tag = view.getUint32(at, true);
    const length = view.getUint32(at + 4, true);
    if (tag === sequenceEnd) break;
    if (tag !== item) return broken('the items of its compressed pixels are broken');
    const start = at + 8;
    if (start + length > view.byteLength) return cut;
    if (basicOffsets === null) {
      const count = Math.floor(length / 4);
      basicOffsets = Array.from({ length: count }, (_, index) => view.getUint32(start + 4 * index, true));
      base = start + length;
    } else {
      fragments.push({ itemAt: at - base, start, end: start + length });
    }
    at = start + length;
  }
  // The last fragment may stand without a delimiter behind it, but not with half of one.
  return basicOffsets === null || (at + 8 > view.byteLength && at !== view.byteLength)
    ? cut
    : success({ basicOffsets, fragments });
}

function joined(file: Uint8Array, group: readonly Fragment[]): Uint8Array {
  const [only] = group;
  if (group.length === 1) return file.subarray(only!.start, only!.end);
  const whole = new Uint8Array(group.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (const { start, end } of group) {
    whole.set(file.subarray(start, end), at);
    at += end - start;
  }
  return whole;
}

/** Fragments from one offset up to the next; null when an offset points at no fragment. */
function groupsAt(fragments: readonly Fragment[], offsets: readonly number[]): Fragment[][] | null {
  const groups = new Map(offsets.map((offset): [number, Fragment[]] => [offset, []]));
  if (groups.size !== offsets.length) return null;
  let current: Fragment[] | undefined;
  for (const fragment of fragments) {
    current = groups.get(fragment.itemAt) ?? current;
    if (current === undefined) return null;
    current.push(fragment);
  }
  const inOrder = offsets.map((offset) => groups.get(offset)!);
  return inOrder.every((group) => group.length > 0) ? inOrder : null;
}

/** A frame begins at a fragment with a start marker (SOI, or SOC and SIZ) behind one that ends with an end marker (EOI, EOC). */
function groupsByMarkers(file: Uint8Array, fragments: readonly Fragment[]): Fragment[][] {
  const groups: Fragment[][] = [];
  let ended = true;
  for (const fragment of fragments) {
    const [a, b, c] = file.subarray(fragment.start, Math.min(fragment.start + 3, fragment.end));
    const begins = a === 0xff && (b === 0xd8 || b === 0x4f) && c === 0xff;
    const last = groups[groups.length - 1];
    if (last === undefined || (begins && ended)) groups.push([fragment]);
    else last.push(fragment);
    ended = endsStream(file.subarray(Math.max(fragment.start, fragment.end - 4), fragment.end));
  }
  return groups;
}

function endsStream(tail: Uint8Array): boolean {
  let end = tail.length;
  while (end > 2 && tail[end - 1] === 0) end -= 1;
  return tail[end - 2] === 0xff && tail[end - 1] === 0xd9;
}
