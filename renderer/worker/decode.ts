import wasm from 'dcmjs-codecs/build/dcmjs-native-codecs.wasm?url&no-inline';
import { portOf, serve } from '../../src/boundary/index.ts';
import type { MessageTarget, Thumbnail } from '../../src/boundary/index.ts';
import { coarsePicture, createFrameDecoder, readPixels, thumbnailOf } from '../../src/dicom/index.ts';
import type { CoarsePicture, FrameDecoder, SliceHeader, StoredWords } from '../../src/dicom/index.ts';
import { success } from '../../src/volume/index.ts';
import type { Outcome } from '../../src/volume/index.ts';

/** What a decode worker serves: compressed slices of one file, as stored words or as small pictures. */
export interface DecodeApi {
  pixels(request: {
    readonly slices: readonly SliceHeader[];
    readonly bytes: Uint8Array;
  }): Promise<Outcome<readonly StoredWords[]>>;
  pictures(request: {
    readonly slice: SliceHeader;
    readonly bytes: Uint8Array;
    readonly window: { readonly centre: number; readonly width: number } | null;
    readonly isThumbnail: boolean;
    readonly isLook: boolean;
  }): Promise<Outcome<{ readonly thumbnail: Thumbnail | null; readonly coarse: CoarsePicture | null }>>;
}

async function fetchDecoder(): Promise<FrameDecoder> {
  const response = await fetch(wasm);
  if (!response.ok) throw new Error('The decoder of compressed images is missing from this build');
  return createFrameDecoder(await response.arrayBuffer());
}

const decoder = fetchDecoder();

serve<DecodeApi>(portOf(self as unknown as MessageTarget), {
  pixels: async ({ slices, bytes }, call) => {
    const pixels = readPixels(slices, bytes, await decoder);
    if (pixels.ok) call.transfer(...pixels.value.map((words) => words.buffer as ArrayBuffer));
    return pixels;
  },
  pictures: async ({ slice, bytes, window, isThumbnail, isLook }) =>
    success({
      thumbnail: isThumbnail ? thumbnailOf(slice, bytes, window, await decoder) : null,
      coarse: isLook ? coarsePicture(slice, bytes, await decoder) : null,
    }),
});
