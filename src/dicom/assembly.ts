import { voxelCount } from '../geometry/index.ts';
import { digestOf, settleWords } from '../kernels/index.ts';
import type { KernelMemory, SettledWords, WordCoding } from '../kernels/index.ts';
import { failure, success } from '../volume/index.ts';
import type { Outcome, Remark, Volume } from '../volume/index.ts';
import { blankEnd, blankEndRemarks } from './blank-ends.ts';
import type { FrameDecoder } from './codecs/frame-decoder.ts';
import { checkRead, mostRoom, readPixels, readSlice, readSliceTo, sliceRoom } from './file-pixels.ts';
import type { ReadInto } from './file-pixels.ts';
import { startFingerprint } from './fingerprint.ts';
import { groupedBy } from './grouped-by.ts';
import type { Assembly, SeriesEntry } from './series.ts';
import { readOther } from './other-objects.ts';
import type { OtherObject } from './other-objects.ts';
import { createSliceResampler } from './regular-grid.ts';
import { listSeries } from './series-list.ts';
import type { Listing, ListingChoice } from './series-list.ts';
import { readHeaders } from './slice-header.ts';
import type { SliceHeader } from './slice-header.ts';
import { createRescaler, staysInWords, sumCoding } from './stored-pixels.ts';
import type { StoredWords } from './stored-pixels.ts';

/** A slice that is alone in its file, whose stored bytes can be read to where its voxels belong by somebody else. */
export interface DirectSlice {
  readonly file: string;
  /** Where its PixelData begin in the file: the element, and its value. */
  readonly elementAt: number;
  readonly offset: number;
  readonly place: Uint8Array;
  /** How the words there are rescaled by `settleWords` of the kernels. */
  readonly coding: WordCoding;
}

/** What somebody read of such a slice, and made of it in its place. */
export interface ReadSlice extends SettledWords {
  /** How many bytes of its pixels there were. */
  readonly bytes: number;
  /** The first 12 of the element that holds them. */
  readonly element: Uint8Array;
}

/** A volume in the making: files are placed one by one, in any order, each read straight into its slice. */
export interface AssemblyInProgress {
  /** The volume that is being filled, zero where nothing has arrived; null when the series is refused. */
  readonly volume: Volume | null;
  /** One byte for each slice of the volume (in shared memory when the voxels are): 1 once its voxels are final. */
  readonly filled: Uint8Array;
  /** Writes the pixels of a whole file into their place. A failure names the file; the series can not be finished after it. */
  readonly place: (file: string, bytes: Uint8Array) => Outcome<null>;
  /** The same of a file of `size` bytes that can be read in parts: of plain pixels nothing else is read, and they are never in memory twice. */
  readonly placeFrom: (file: string, size: number, read: ReadInto) => Outcome<null>;
  /** The slices that may be read so, in order; none where the kernels do not reach the voxels. */
  readonly directSlices: readonly DirectSlice[];
  /** Takes one of them whose values are in their place. Null when they left 16 bits: it is to be placed like any other then. */
  readonly placeRead: (slice: DirectSlice, read: ReadSlice) => Outcome<null> | null;
  /** The slices of a file that belong to the series, for `readPixels` in another thread. */
  readonly slicesIn: (file: string) => readonly SliceHeader[];
  /**
   * Takes what `readPixels` made of `slicesIn(file)`, or of a part of them that begins with number `from`: for decoding in parallel. A
   * file is placed when all of its slices are.
   */
  readonly placePixels: (file: string, pixels: Outcome<readonly StoredWords[]>, from?: number) => Outcome<null>;
  /** The volume when every file was placed; else the reasons why not. */
  readonly finish: () => Assembly;
}

/** How many frames of a file are decoded before they are placed. */
export const framesAtOnce = 16;

/** How many bytes a series takes in memory, for the shared buffer handed to `prepareAssembly`. */
export function assemblyBytes(entry: SeriesEntry): number {
  return entry.size === null ? 0 : entry.size[0] * entry.size[1] * entry.size[2] * 2;
}

/**
 * Makes room for a series listed as `volume`, as it was judged there. `buffer` may be a SharedArrayBuffer of at least
 * `assemblyBytes(entry)`; without one the voxels lie in the memory of the `kernels`, which is quickest. CT is rescaled to HU; MR keeps its
 * rescaled signal, in steps of the smallest RescaleSlope where that is below one. Padding keeps its rescaled value: what it means is for
 * the viewer to say. Compressed series need a `decoder` to `place` them; `kernels` make it quick and change no bit.
 */
export function prepareAssembly(
  entry: SeriesEntry,
  volumes: Listing['volumes'],
  buffer?: ArrayBufferLike,
  decoder: FrameDecoder | null = null,
  kernels: KernelMemory | null = null,
): AssemblyInProgress {
  const named = volumes.get(entry.volumeId);
  if (named === undefined) throw new RangeError(`The listing holds no volume ${entry.volumeId}`);
  const { stack, entry: judged } = named;
  if (stack === null) return refusedAssembly(judged.reasons);
  const { grid, slices, regular } = stack;
  const perSlice = slices[0]!.columns * slices[0]!.rows;
  const values = roomForVoxels(voxelCount(grid), perSlice, buffer, kernels);
  if (values === null) return refusedAssembly([memoryTrouble(judged)]);
  // Air beside a slice that a tilted gantry shifted; MR has no such value, and its background is about 0.
  const resampler =
    regular === null ? null : createSliceResampler(regular, values, judged.header.modality === 'CT' ? -1024 : 0);
  const placesOf = placesByFile(slices, stack.copies);
  const slicesLeft = new Map([...placesOf].map(([file, places]) => [file, places.length]));
  // Only where slices come twice and are interpolated, so that the second can be compared.
  const firstDigests = new Map<number, string>();
  const unit = judged.header.modality === 'CT' ? 'HU' : 'arbitrary';
  const volume: Volume = { grid, values, unit };
  const isShared = typeof SharedArrayBuffer !== 'undefined' && values.buffer instanceof SharedArrayBuffer;
  const filled = isShared ? new Uint8Array(new SharedArrayBuffer(grid.size[2])) : new Uint8Array(grid.size[2]);
  // An interpolated slice is final when all are there.
  const placed = resampler === null ? filled : new Uint8Array(slices.length);
  const troubles: Remark[] = [];
  const scale = judged.header.modality === 'MR' ? signalScale(slices) : 1;
  const rescalerOf = byCoding(scale, (format, slope, intercept) => createRescaler(format, slope, intercept, kernels));
  const sumOf = byCoding(scale, sumCoding);
  const making = startFingerprint(grid, kernels);
  const ends = new Int32Array(slices.length);
  let clamped = 0;
  let rounded = false;

  const placesIn = (file: string): readonly SlicePlace[] => {
    const places = placesOf.get(file);
    if (places === undefined) throw new RangeError(`${file} is no file of this volume`);
    return places;
  };
  const slicesIn = (file: string) => placesIn(file).map(({ header }) => header);
  const slicePlace = (index: number) => values.subarray(index * perSlice, (index + 1) * perSlice);
  /** Room for the words of one slice as they are stored, and for its values: beside each other, so that both stay in the cache. */
  const workplace = (storedBytes: number): { readonly stored: Uint8Array; readonly rescaled: Int16Array } => {
    const from = roundedUp(storedBytes);
    const room = kernels?.scratch(from + perSlice * 2) ?? new Uint8Array(from + perSlice * 2);
    const rescaled = new Int16Array(room.buffer, room.byteOffset + from, perSlice);
    return { stored: room.subarray(0, storedBytes), rescaled };
  };
  /** Where the kernels reach the volume, a slice that comes first is rescaled where it belongs. */
  const isDirect = resampler === null && values.buffer === kernels?.memory.buffer;
  const placeSlice = ({ header, index }: SlicePlace, given: StoredWords, room: Int16Array): Remark | null => {
    const rescaled = isDirect && placed[index] === 0 ? slicePlace(index) : room;
    const losses = rescalerOf(header)(given, rescaled);
    if (placed[index] === 1) {
      const own = slicePlace(index);
      const isSame =
        resampler === null
          ? rescaled.every((value, at) => value === own[at])
          : firstDigests.get(index) === digest(rescaled);
      return isSame ? null : differs(header, slices[index]!);
    }
    clamped += losses.clamped;
    rounded ||= losses.rounded;
    if (resampler === null && rescaled === room) slicePlace(index).set(rescaled);
    if (resampler !== null) {
      if (stack.copies.length > 0) firstDigests.set(index, digest(rescaled));
      resampler.add(index, rescaled, [header.columns, header.rows]);
    }
    placed[index] = 1;
    // While it is still in the cache.
    ends[index] = blankEnd(rescaled);
    if (resampler === null) making.add(index, digestOf(rescaled, kernels));
    return null;
  };
  /** Takes a slice that was rescaled where it belongs; false when values left 16 bits, and nothing is placed then. */
  const settle = (index: number, { extremes, digest }: SettledWords, { intercept }: WordCoding): boolean => {
    if (!staysInWords(extremes, intercept)) return false;
    placed[index] = 1;
    ends[index] = blankEnd(slicePlace(index));
    making.add(index, digest);
    return true;
  };
  /** Reads a slice to where it belongs and rescales it there; null when that can not be done, and nothing is placed then. */
  const placeDirectly = (slice: SlicePlace, read: ReadInto): Outcome<null> | null => {
    const { header, index } = slice;
    const coding = sumOf(header);
    if (kernels === null || !isDirect || placed[index] === 1 || coding === null) return null;
    const outcome = readSliceTo(header, read, bytesOf(slicePlace(index)));
    if (!outcome.ok) return outcome;
    return settle(index, settleWords(kernels, slicePlace(index), coding), coding) ? outcome : null;
  };
  // A second file of a slice may come first, and then the bytes of the first would be written over its voxels.
  const areDirect = isDirect && stack.copies.length === 0;
  const directSlices = [...(areDirect ? placesOf : [])].flatMap(([file, [only, ...others]]): readonly DirectSlice[] => {
    const { header, index } = only!;
    const coding = sumOf(header);
    if (sliceRoom(header) === null || coding === null || others.length > 0) return [];
    const { elementAt, offset } = header.pixels;
    return [{ file, elementAt, offset, place: bytesOf(slicePlace(index)), coding }];
  });
  const failed = (trouble: Remark): Outcome<null> => {
    troubles.push(trouble);
    return { ok: false, error: trouble };
  };
  const placeRead = ({ file, coding }: DirectSlice, read: ReadSlice): Outcome<null> | null => {
    const [slice] = placesIn(file);
    const outcome = checkRead(slice!.header, read.bytes, read.element);
    if (!outcome.ok) return failed(outcome.error);
    if (!settle(slice!.index, read, coding)) return null;
    slicesLeft.set(file, 0);
    return outcome;
  };
  const placePixels = (file: string, pixels: Outcome<readonly StoredWords[]>, from = 0): Outcome<null> => {
    if (!pixels.ok) return failed(pixels.error);
    for (const [number, words] of pixels.value.entries()) {
      const { stored, rescaled } = workplace(words.byteLength);
      const trouble = placeSlice(placesIn(file)[from + number]!, copiedTo(stored, words), rescaled);
      slicesLeft.set(file, slicesLeft.get(file)! - 1);
      if (trouble !== null) return failed(trouble);
    }
    return success(null);
  };
  const place = (file: string, bytes: Uint8Array): Outcome<null> => {
    const own = slicesIn(file);
    // A part at a time, so that the decoded frames of a whole object are never in memory twice; inflating is done once.
    const step = own[0]!.syntax.deflated ? own.length : framesAtOnce;
    for (let from = 0; from < own.length; from += step) {
      const outcome = placePixels(file, readPixels(own.slice(from, from + step), bytes, decoder), from);
      if (!outcome.ok) return outcome;
    }
    return success(null);
  };

  const placeFrom = (file: string, size: number, read: ReadInto): Outcome<null> => {
    const own = placesIn(file);
    const rooms = own.map(({ header }) => sliceRoom(header));
    const largest = Math.max(...rooms.map((bytes) => bytes ?? Infinity));
    if (largest === Infinity) {
      const whole = new Uint8Array(size);
      return place(file, whole.subarray(0, read(0, whole)));
    }
    const { stored, rescaled } = workplace(largest);
    for (const one of own) {
      const direct = placeDirectly(one, read);
      const words = direct ?? readSlice(one.header, read, stored);
      const trouble = !words.ok ? words.error : words.value === null ? null : placeSlice(one, words.value, rescaled);
      slicesLeft.set(file, slicesLeft.get(file)! - 1);
      if (trouble !== null) return failed(trouble);
    }
    return success(null);
  };

  const finish = (): Assembly => {
    if (troubles.length > 0) return { kind: 'refused', reasons: troubles };
    const left = [...slicesLeft].flatMap(([file, count]) => (count > 0 ? [file] : []));
    if (left.length > 0) {
      const message = `${left.length} of ${placesOf.size} files were not read (${left[0]!}${left.length > 1 ? ', …' : ''}).`;
      return { kind: 'refused', reasons: [{ code: 'file_not_read', message }] };
    }
    filled.fill(1);
    if (resampler !== null) {
      for (let index = 0; index < grid.size[2]; index += 1) making.add(index, digestOf(slicePlace(index), kernels));
    }
    const remarks = [...entry.remarks, ...lossRemarks(clamped, rounded, scale), ...blankEndRemarks(ends, slices)];
    return { kind: 'volume', volume, entry: { ...judged, remarks }, fingerprint: making.finish() };
  };
  return { volume, filled, directSlices, placeRead, place, placeFrom, slicesIn, placePixels, finish };
}

function bytesOf({ buffer, byteOffset, byteLength }: Int16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function refusedAssembly(reasons: readonly Remark[]): AssemblyInProgress {
  const { code, message } = reasons[0]!;
  const refuse = () => failure(code, message);
  return {
    volume: null,
    filled: new Uint8Array(0),
    directSlices: [],
    placeRead: refuse,
    place: refuse,
    placeFrom: refuse,
    slicesIn: () => [],
    placePixels: refuse,
    finish: () => ({ kind: 'refused', reasons }),
  };
}

/** What to say when there is no memory for a series. */
export function memoryTrouble(entry: SeriesEntry): Remark {
  const message = `There is no room in memory for its ${Math.ceil(assemblyBytes(entry) / 2 ** 20)} MiB of voxels. Close other programs, or load a smaller matrix or fewer slices.`;
  return { code: 'too_large', message };
}

/** To the next multiple of 16 bytes. */
function roundedUp(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

/** Null where the memory does not suffice. */
function roomForVoxels(
  count: number,
  perSlice: number,
  buffer: ArrayBufferLike | undefined,
  kernels: KernelMemory | null,
): Int16Array | null {
  if (buffer !== undefined) return new Int16Array(buffer, 0, count);
  try {
    if (kernels === null) return new Int16Array(count);
    // First what one slice needs to be worked on: memory that grows later is another buffer, which the voxels do not lie in.
    kernels.scratch(roundedUp(mostRoom(perSlice)) + perSlice * 2);
    const { offset } = kernels.allocate(count * 2);
    return new Int16Array(kernels.memory.buffer, offset, count);
  } catch (trouble) {
    // An engine without room for an array throws this.
    if (trouble instanceof RangeError) return null;
    throw trouble;
  }
}

/** The same words in memory where the kernels find them. */
function copiedTo(room: Uint8Array, words: StoredWords): StoredWords {
  room.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
  return words.BYTES_PER_ELEMENT === 1 ? room : new Uint16Array(room.buffer, room.byteOffset, words.length);
}

/** Where in the volume a slice of a file goes. */
interface SlicePlace {
  readonly header: SliceHeader;
  readonly index: number;
}

/** Which slices each file holds, its copies of other files' slices among them. */
function placesByFile(
  slices: readonly SliceHeader[],
  copies: readonly SliceHeader[],
): ReadonlyMap<string, readonly SlicePlace[]> {
  // Of one object and frame there may be several slices only when files lie about it: the position tells these apart.
  const keyOf = ({ sopInstanceUid, frame, position }: SliceHeader) => `${sopInstanceUid} ${frame} ${position?.join()}`;
  const indexOf = new Map(slices.map((header, index) => [keyOf(header), index]));
  const placesOfCopies = copies.map((header): SlicePlace => {
    const index = indexOf.get(keyOf(header));
    if (index === undefined) throw new Error(`${header.name} is a copy of no slice of its volume`);
    return { header, index };
  });
  return groupedBy(
    [...slices.map((header, index) => ({ header, index })), ...placesOfCopies],
    ({ header }) => header.file,
  );
}

function digest(values: Int16Array): string {
  let [a, b] = [1, 0];
  for (const value of values) {
    a = (Math.imul(a, 0x9e37_79b1) ^ value) | 0;
    b = (Math.imul(b ^ value, 0x85eb_ca77) + a) | 0;
  }
  return `${a} ${b}`;
}

function differs(copy: SliceHeader, slice: SliceHeader): Remark {
  const names = [copy.name, slice.name].sort().join(' and ');
  const message = `${names} say that they are the same slice (SOPInstanceUID ${copy.sopInstanceUid}), but their pixels differ. Remove the wrong one.`;
  return { code: 'duplicate_slice', message };
}

/** MR signal has no unit: where slopes are below one, the smallest becomes the step, so that rounding loses nothing. */
function signalScale(slices: readonly SliceHeader[]): number {
  const slopes = slices.map((slice) => Math.abs(slice.rescale?.slope ?? 1));
  const smallest = Math.min(...slopes);
  return smallest < 1 ? 1 / smallest : 1;
}

/** What is made once for each coding that occurs: a rescaler's table serves all slices that share it. */
function byCoding<Made>(
  scale: number,
  make: (format: SliceHeader['format'], slope: number, intercept: number) => Made,
): (header: SliceHeader) => Made {
  const known = new Map<string, { readonly made: Made }>();
  return ({ format, rescale }) => {
    const slope = (rescale?.slope ?? 1) * scale;
    const intercept = (rescale?.intercept ?? 0) * scale;
    const key = [format.bitsAllocated, format.bitsStored, format.highBit, format.signed, slope, intercept].join(' ');
    const before = known.get(key);
    if (before !== undefined) return before.made;
    const made = make(format, slope, intercept);
    known.set(key, { made });
    return made;
  };
}

function lossRemarks(clamped: number, rounded: boolean, scale: number): readonly Remark[] {
  const remarks: Remark[] = [];
  if (scale !== 1) {
    const message = `The MR signal is kept in steps of ${Number((1 / scale).toPrecision(4))}, the smallest RescaleSlope.`;
    remarks.push({ code: 'signal_scaled', message });
  }
  if (rounded) {
    remarks.push({
      code: 'values_rounded',
      message: 'RescaleSlope or RescaleIntercept is fractional: values are rounded to whole numbers.',
    });
  }
  if (clamped > 0) {
    remarks.push({
      code: 'values_clamped',
      message: `${clamped} voxels lie outside −32 768 … 32 767 and were set to the nearer end.`,
    });
  }
  return remarks;
}

/** Assembles a volume from files in memory, in any order; without `wanted` (a volume's id or a UID) there must be exactly one usable. */
export function assembleSeries(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  wanted?: string,
  decoder: FrameDecoder | null = null,
  choice: ListingChoice = {},
): Assembly {
  const headers: SliceHeader[] = [];
  const others: OtherObject[] = [];
  for (const { name, bytes } of files) {
    const read = readHeaders(name, bytes, bytes.length);
    const other = read.ok ? null : readOther(name, bytes, read.error);
    if (read.ok) headers.push(...read.value);
    else if (other !== null) others.push(other);
  }
  const { entries, volumes } = listSeries(headers, choice, others);
  const chosen = chooseSeries(entries, wanted);
  if (!chosen.ok) return { kind: 'refused', reasons: [chosen.error] };
  if (chosen.value.status === 'refused') return { kind: 'refused', reasons: chosen.value.reasons };
  const assembly = prepareAssembly(chosen.value, volumes, undefined, decoder);
  const own = new Set(filesToRead(chosen.value));
  for (const { name, bytes } of files) if (own.has(name)) assembly.place(name, bytes);
  return assembly.finish();
}

/** The files to be placed for a volume: those of its slices in order, then the copies that must be the same. */
export function filesToRead(entry: SeriesEntry): readonly string[] {
  return [...new Set([...entry.files, ...entry.copies])];
}

/**
 * The volume of an id, or of a SeriesInstanceUID that holds only one usable, or the only usable one of all, or the largest refused one.
 * Failures: `no_series`, `series_not_found`, `series_ambiguous`.
 */
export function chooseSeries(entries: readonly SeriesEntry[], wanted?: string): Outcome<SeriesEntry> {
  if (entries.length === 0) return failure('no_series', 'There is no DICOM image here.');
  const named = entries.find((entry) => entry.volumeId === wanted && entry.part !== null);
  if (named !== undefined) return success(named);
  const own = wanted === undefined ? entries : entries.filter(({ header }) => header.seriesInstanceUid === wanted);
  if (own.length === 0) return failure('series_not_found', `There is no series or volume ${wanted} here.`);
  const usable = own.filter((entry) => entry.status === 'volume');
  if (usable.length > 1) {
    const names = usable.map((entry) => entry.volumeId).join(', ');
    return failure('series_ambiguous', `There are ${usable.length} usable volumes: choose one of ${names}.`);
  }
  // With nothing usable, the reasons of the largest series tell most: a scout view is refused as well, but nobody misses it.
  const largest = own.reduce((most, entry) => (entry.slices > most.slices ? entry : most));
  return success(usable[0] ?? largest);
}
