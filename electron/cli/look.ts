import { coarsePicture, lookAt, slicesToLookAt, withLooks } from '../../src/dicom/index.ts';
import type { CoarsePicture, Listing, SliceHeader, VolumeLook } from '../../src/dicom/index.ts';
import { readFound } from '../services/found-file.ts';
import type { ScannedFolder } from './folder.ts';
import { frameDecoder } from './frame-decoder.ts';

/** The list of a folder with what a few slices of each volume suggest, as the app shows it. */
export async function lookedAt({ entries, volumes, files }: ScannedFolder): Promise<Pick<Listing, 'entries' | 'best'>> {
  const looks = new Map<string, VolumeLook>();
  for (const { volumeId, status } of entries) {
    const wanted = status === 'volume' ? slicesToLookAt(volumes.get(volumeId)?.headers ?? []) : [];
    const pictures: CoarsePicture[] = [];
    const held: { file: string; bytes: Uint8Array } = { file: '', bytes: new Uint8Array(0) };
    for (const slice of wanted) {
      if (held.file !== slice.file) Object.assign(held, { file: slice.file, bytes: await bytesOf(files, slice) });
      const picture = coarsePicture(slice, held.bytes, slice.syntax.compression === null ? null : frameDecoder());
      if (picture !== null) pictures.push(picture);
    }
    // With an end missing nothing can be said of the ends.
    if (pictures.length > 0 && pictures.length === wanted.length) looks.set(volumeId, lookAt(pictures));
  }
  return withLooks(entries, looks);
}

async function bytesOf(files: ScannedFolder['files'], { file }: SliceHeader): Promise<Uint8Array> {
  // What can not be read any more is found, and named, when the series is loaded.
  return readFound(files.get(file)!).catch(() => new Uint8Array(0));
}
