import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createFrameDecoder } from '../../src/dicom/index.ts';
import type { FrameDecoder } from '../../src/dicom/index.ts';

let decoder: FrameDecoder | null = null;

/** The decoder of compressed pixels; its four megabytes of WebAssembly are read when the first compressed series asks for it. */
export function frameDecoder(): FrameDecoder {
  decoder ??= createFrameDecoder(
    readFileSync(createRequire(import.meta.url).resolve('dcmjs-codecs/build/dcmjs-native-codecs.wasm')),
  );
  return decoder;
}
