import { voxelCount } from '../geometry/index.ts';
import { failure, success } from '../volume/index.ts';
import type { Outcome, Remark } from '../volume/index.ts';
import { fingerprint } from './fingerprint.ts';
import type { Assembly, SeriesEntry } from './series.ts';
import { judgeSeries, listSeries } from './series-list.ts';
import { readHeader } from './slice-header.ts';
import type { SliceHeader } from './slice-header.ts';
import { createRescaler, pixelBytes, storedWords } from './stored-pixels.ts';
import type { Rescaler } from './stored-pixels.ts';

/** A volume in the making: files are placed one by one, in any order, each read straight into its slice. */
export interface AssemblyInProgress {
  /** Writes the pixels of a whole file into its place. A failure names the file; the series can not be finished after it. */
  readonly place: (name: string, bytes: Uint8Array) => Outcome<null>;
  /** The volume when every file was placed; else the reasons why not. */
  readonly finish: () => Assembly;
}

/** How many bytes a series takes in memory, for the shared buffer handed to `prepareAssembly`. */
export function assemblyBytes(entry: SeriesEntry): number {
  return entry.size === null ? 0 : entry.size[0] * entry.size[1] * entry.size[2] * 2;
}

/**
 * Makes room for a series listed as `volume`. `headers` are those of the listing (other series among them are ignored); `buffer` may be
 * a SharedArrayBuffer of at least `assemblyBytes(entry)`. CT is rescaled to HU; MR keeps its rescaled signal, in steps of the smallest
 * RescaleSlope where that is below one. Padding keeps its rescaled value: what it means is for the viewer to say.
 */
export function prepareAssembly(
  entry: SeriesEntry,
  headers: readonly SliceHeader[],
  buffer?: ArrayBufferLike,
): AssemblyInProgress {
  const own = headers.filter((header) => header.series.seriesInstanceUid === entry.header.seriesInstanceUid);
  const { stack, entry: judged } = judgeSeries(own);
  if (stack === null) {
    const reasons = judged.reasons;
    const { code, message } = reasons[0]!;
    return { place: () => failure(code, message), finish: () => ({ kind: 'refused', reasons }) };
  }
  const { grid, slices } = stack;
  const perSlice = grid.size[0] * grid.size[1];
  const values = buffer === undefined ? new Int16Array(voxelCount(grid)) : new Int16Array(buffer, 0, voxelCount(grid));
  const indexOf = new Map(slices.map((slice, index) => [slice.name, index]));
  const placed = new Uint8Array(slices.length);
  const troubles: Remark[] = [];
  const scale = judged.header.modality === 'MR' ? signalScale(slices) : 1;
  const rescalerOf = rescalers(scale);
  let clamped = 0;
  let rounded = false;

  const place = (name: string, bytes: Uint8Array): Outcome<null> => {
    const index = indexOf.get(name);
    if (index === undefined) throw new RangeError(`${name} is no file of this series`);
    const header = slices[index]!;
    const trouble = changed(header, bytes);
    if (trouble !== null) {
      troubles.push(trouble);
      return { ok: false, error: trouble };
    }
    const target = values.subarray(index * perSlice, (index + 1) * perSlice);
    const losses = rescalerOf(header)(storedWords(header, bytes), target);
    clamped += losses.clamped;
    rounded ||= losses.rounded;
    placed[index] = 1;
    return success(null);
  };

  const finish = (): Assembly => {
    if (troubles.length > 0) return { kind: 'refused', reasons: troubles };
    const left = slices.filter((_, index) => placed[index] === 0);
    if (left.length > 0) {
      const message = `${left.length} of ${slices.length} files were not read (${left[0]!.name}${left.length > 1 ? ', …' : ''}).`;
      return { kind: 'refused', reasons: [{ code: 'file_not_read', message }] };
    }
    const unit = judged.header.modality === 'CT' ? 'HU' : 'arbitrary';
    const volume = { grid, values, unit } as const;
    const remarks = [...judged.remarks, ...lossRemarks(clamped, rounded, scale)];
    return { kind: 'volume', volume, entry: { ...judged, remarks }, fingerprint: fingerprint(volume) };
  };
  return { place, finish };
}

/** What is wrong with a file since its header was read; null when its pixels are where the header says. */
function changed(header: SliceHeader, bytes: Uint8Array): Remark | null {
  const { offset } = header.pixels;
  const needed = pixelBytes(header);
  const short = bytes.length < offset + needed;
  if (short) {
    const here = Math.max(0, bytes.length - offset);
    const message = `${header.name} holds ${here} of ${needed} bytes of pixels. Copy the series again.`;
    return { code: 'truncated_pixels', message };
  }
  // The tag 7FE0,0010 stands 8 (implicit) or 12 (explicit) bytes before the pixels.
  const tag = offset - (header.syntax.header === 'implicit' ? 8 : 12);
  const isPixelTag = [0xe0, 0x7f, 0x10, 0x00].every((byte, index) => bytes[tag + index] === byte);
  if (isPixelTag) return null;
  return { code: 'file_changed', message: `${header.name} has changed since it was listed. Open the folder again.` };
}

/** MR signal has no unit: where slopes are below one, the smallest becomes the step, so that rounding loses nothing. */
function signalScale(slices: readonly SliceHeader[]): number {
  const slopes = slices.map((slice) => Math.abs(slice.rescale?.slope ?? 1));
  const smallest = Math.min(...slopes);
  return smallest < 1 ? 1 / smallest : 1;
}

/** One rescaler per coding that occurs: its table is built once for all slices that share it. */
function rescalers(scale: number): (header: SliceHeader) => Rescaler {
  const known = new Map<string, Rescaler>();
  return ({ format, rescale }) => {
    const slope = (rescale?.slope ?? 1) * scale;
    const intercept = (rescale?.intercept ?? 0) * scale;
    const key = [format.bitsAllocated, format.bitsStored, format.highBit, format.signed, slope, intercept].join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = createRescaler(format, slope, intercept);
    known.set(key, made);
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

/** Assembles a series from files in memory, in any order; without a UID there must be exactly one usable series. */
export function assembleSeries(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  seriesInstanceUid?: string,
): Assembly {
  const headers = files.flatMap(({ name, bytes }) => {
    const header = readHeader(name, bytes, bytes.length);
    return header.ok ? [header.value] : [];
  });
  const chosen = chooseSeries(listSeries(headers).entries, seriesInstanceUid);
  if (!chosen.ok) return { kind: 'refused', reasons: [chosen.error] };
  if (chosen.value.status === 'refused') return { kind: 'refused', reasons: chosen.value.reasons };
  const assembly = prepareAssembly(chosen.value, headers);
  const wanted = new Set(chosen.value.files);
  for (const { name, bytes } of files) if (wanted.has(name)) assembly.place(name, bytes);
  return assembly.finish();
}

/** The series of a UID, or the only usable one, or the largest refused one; failures `no_series`, `series_not_found`, `series_ambiguous`. */
export function chooseSeries(entries: readonly SeriesEntry[], seriesInstanceUid?: string): Outcome<SeriesEntry> {
  if (entries.length === 0) return failure('no_series', 'There is no DICOM image here.');
  if (seriesInstanceUid !== undefined) {
    const named = entries.find((entry) => entry.header.seriesInstanceUid === seriesInstanceUid);
    return named === undefined
      ? failure('series_not_found', `There is no series ${seriesInstanceUid} here.`)
      : success(named);
  }
  const usable = entries.filter((entry) => entry.status === 'volume');
  if (usable.length > 1) {
    const names = usable.map((entry) => entry.header.seriesInstanceUid).join(', ');
    return failure('series_ambiguous', `There are ${usable.length} usable series: choose one of ${names}.`);
  }
  // With nothing usable, the reasons of the largest series tell most: a scout view is refused as well, but nobody misses it.
  const largest = entries.reduce((most, entry) => (entry.slices > most.slices ? entry : most));
  return success(usable[0] ?? largest);
}
