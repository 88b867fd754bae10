import type { Call, FolderFile, Thumbnail } from '../../src/boundary/index.ts';
import { coarsePicture, groupedBy, isCompressed, lookAt, slicesToLookAt, thumbnailOf } from '../../src/dicom/index.ts';
import type { CoarsePicture, Listing, SeriesEntry, SliceHeader, VolumeLook } from '../../src/dicom/index.ts';
import { failure, success } from '../../src/volume/index.ts';
import type { Outcome, Trouble } from '../../src/volume/index.ts';
import { createDecodePool, doneOrCancelled } from './decode-pool.ts';
import type { FolderReader } from './folder-reader.ts';

/** What the slices of the volumes of a folder show before any is loaded. */
export interface SeenVolumes {
  /** The middle slice of each entry; null where it can not be shown. */
  readonly thumbnails: readonly (Thumbnail | null)[];
  /** By the volume's id. */
  readonly looks: ReadonlyMap<string, VolumeLook>;
}

/** Reads a few slices of each volume: one for its picture, some to look at. */
export async function lookAtVolumes(
  entries: readonly SeriesEntry[],
  volumes: Listing['volumes'],
  files: ReadonlyMap<string, FolderFile>,
  reader: FolderReader,
  call: Call,
): Promise<Outcome<SeenVolumes>> {
  const seen = entries.map(({ volumeId, status }) => {
    const slices = volumes.get(volumeId)?.headers ?? [];
    return {
      volumeId,
      middle: slices[slices.length >> 1] ?? null,
      looked: status === 'volume' ? slicesToLookAt(slices) : [],
    };
  });
  const middles = new Set(seen.map(({ middle }) => middle));
  const looked = new Set(seen.flatMap((volume) => volume.looked));
  const slices = [...new Set([...middles, ...looked])].filter((slice) => slice !== null);
  const byFile = groupedBy(slices, ({ file }) => file);
  const thumbnails = new Map<SliceHeader, Thumbnail | null>();
  const pictures = new Map<SliceHeader, CoarsePicture | null>();
  const decoding: Promise<void>[] = [];
  const pool = createDecodePool();
  let done = 0;
  const taken = new Set<string>();
  const take = (file: FolderFile, whole: Uint8Array): void => {
    taken.add(file.name);
    const own = byFile.get(file.name)!;
    const bytes = own.length > 1 && own.some(isCompressed) ? shared(whole) : whole;
    for (const slice of own) {
      const wanted = {
        slice,
        bytes,
        window: windowOf(slice),
        isThumbnail: middles.has(slice),
        isLook: looked.has(slice),
      };
      if (!isCompressed(slice)) {
        if (wanted.isThumbnail) thumbnails.set(slice, thumbnailOf(slice, bytes, wanted.window));
        if (wanted.isLook) pictures.set(slice, coarsePicture(slice, bytes, null));
        continue;
      }
      const answer = pool.run((decoder) => decoder.pictures(wanted));
      decoding.push(
        answer.then((seen) => {
          thumbnails.set(slice, seen.ok ? seen.value.thumbnail : null);
          pictures.set(slice, seen.ok ? seen.value.coarse : null);
        }),
      );
    }
    done += 1;
    call.progress({ fraction: 0.8 + (0.2 * done) / byFile.size, doing: 'Look at the series' });
  };
  try {
    const wanted = [...byFile.keys()].map((name) => files.get(name)!);
    const read = await reader.read(wanted, null, take, call.signal);
    if (!read.ok && !isOfOneFile(read.error)) return read;
    // A file that can not be read costs only its own picture here: what is wrong with it is said when its series is loaded.
    for (const file of read.ok ? [] : wanted.filter(({ name }) => !taken.has(name))) {
      const again = await reader.read([file], null, take, call.signal);
      if (!again.ok && !isOfOneFile(again.error)) return again;
    }
    await doneOrCancelled(decoding, call.signal);
    if (call.signal.cancelled) return failure('cancelled', 'Cancelled.');
  } finally {
    pool.close();
  }
  const looks = seen.flatMap(({ volumeId, looked: slices }): readonly (readonly [string, VolumeLook])[] => {
    const own = slices.map((slice) => pictures.get(slice) ?? null).filter((picture) => picture !== null);
    // With an end missing nothing can be said of the ends.
    return own.length === 0 || own.length < slices.length ? [] : [[volumeId, lookAt(own)]];
  });
  return success({
    thumbnails: seen.map(({ middle }) => (middle === null ? null : (thumbnails.get(middle) ?? null))),
    looks: new Map(looks),
  });
}

/** Whether a trouble is of one file, so that others may still be read. */
function isOfOneFile({ code }: Trouble): boolean {
  return ['stream_broken', 'unreadable_file', 'archive_member_broken'].includes(code);
}

function windowOf({ series }: SliceHeader): { readonly centre: number; readonly width: number } | null {
  return series.modality === 'CT' ? { centre: 60, width: 400 } : null;
}

/** Several tasks read it: shared, so that it is not copied for each. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
