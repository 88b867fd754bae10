import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import dcmjsCodecs from 'dcmjs-codecs';
import { createRequire } from 'node:module';
import { createFrameDecoder } from '../../src/dicom/index.ts';
import type { FrameDecoder } from '../../src/dicom/index.ts';

/** One way to store the pixels of a file, and a program that is not ours to take them out again (null = the original is the referee). */
export interface Coding {
  readonly name: string;
  readonly uid: string;
  readonly lossless: boolean;
  readonly encode: readonly string[];
  readonly decode: readonly string[] | null;
}

const uid = '1.2.840.10008.1.2';
const jpeg = ['dcmdjpeg'];

/** Every coding that dcmtk or gdcm can write for grey slices of 16 allocated bits. */
export const codings: readonly Coding[] = [
  { name: 'implicit', uid, lossless: true, encode: ['dcmconv', '+ti'], decode: null },
  { name: 'explicit', uid: `${uid}.1`, lossless: true, encode: ['dcmconv', '+te'], decode: null },
  { name: 'big endian', uid: `${uid}.2`, lossless: true, encode: ['dcmconv', '+tb'], decode: ['dcmconv', '+te'] },
  { name: 'deflated', uid: `${uid}.1.99`, lossless: true, encode: ['dcmconv', '+td'], decode: ['dcmconv', '+te'] },
  { name: 'RLE (dcmtk)', uid: `${uid}.5`, lossless: true, encode: ['dcmcrle'], decode: ['dcmdrle'] },
  { name: 'RLE (gdcm)', uid: `${uid}.5`, lossless: true, encode: ['gdcmconv', '--rle'], decode: ['dcmdrle'] },
  { name: 'JPEG lossless', uid: `${uid}.4.57`, lossless: true, encode: ['dcmcjpeg', '+el', '+sv', '6'], decode: jpeg },
  { name: 'JPEG lossless, first order', uid: `${uid}.4.70`, lossless: true, encode: ['dcmcjpeg', '+e1'], decode: jpeg },
  { name: 'JPEG lossless (gdcm)', uid: `${uid}.4.70`, lossless: true, encode: ['gdcmconv', '--jpeg'], decode: jpeg },
  { name: 'JPEG-LS', uid: `${uid}.4.80`, lossless: true, encode: ['dcmcjpls'], decode: ['dcmdjpls'] },
  {
    name: 'JPEG-LS (gdcm)',
    uid: `${uid}.4.80`,
    lossless: true,
    encode: ['gdcmconv', '--jpegls'],
    decode: ['dcmdjpls'],
  },
  {
    name: 'JPEG 2000',
    uid: `${uid}.4.90`,
    lossless: true,
    encode: ['gdcmconv', '--j2k'],
    decode: ['gdcmconv', '--raw'],
  },
  {
    name: 'JPEG-LS near',
    uid: `${uid}.4.81`,
    lossless: false,
    encode: ['dcmcjpls', '+en', '+md', '3'],
    decode: ['dcmdjpls'],
  },
  { name: 'JPEG baseline', uid: `${uid}.4.50`, lossless: false, encode: ['dcmcjpeg', '+eb'], decode: jpeg },
  { name: 'JPEG extended', uid: `${uid}.4.51`, lossless: false, encode: ['dcmcjpeg', '+ee', '+bt'], decode: jpeg },
  { name: 'JPEG spectral', uid: `${uid}.4.53`, lossless: false, encode: ['dcmcjpeg', '+es', '+bt'], decode: jpeg },
  { name: 'JPEG progressive', uid: `${uid}.4.55`, lossless: false, encode: ['dcmcjpeg', '+ep', '+bt'], decode: jpeg },
  {
    name: 'JPEG 2000 with loss',
    uid: `${uid}.4.91`,
    lossless: false,
    encode: ['gdcmconv', '--j2k', '--lossy', '-q', '55'],
    decode: ['gdcmconv', '--raw'],
  },
];

/** Runs a converter: `program …options from to`. */
export function convert(command: readonly string[], from: string, to: string): void {
  const [program, ...options] = command;
  execFileSync(program!, [...options, from, to], { stdio: ['ignore', 'ignore', 'pipe'] });
}

let initialised: Promise<void> | null = null;

/** Writes a file in one of the High-Throughput JPEG 2000 syntaxes, which dcmtk and gdcm can not write. */
export async function convertToHtj2k(uidEnd: '201' | '202' | '203', from: string, to: string): Promise<void> {
  initialised ??= dcmjsCodecs.NativeCodecs.initializeAsync();
  await initialised;
  const bytes = readFileSync(from);
  const transcoder = new dcmjsCodecs.Transcoder(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  transcoder.transcode(`${uid}.4.${uidEnd}`);
  writeFileSync(to, new Uint8Array(transcoder.getDicomPart10()));
}

/** The decoder with its WebAssembly from the package. */
export function decoderForTests(): FrameDecoder {
  const path = createRequire(import.meta.url).resolve('dcmjs-codecs/build/dcmjs-native-codecs.wasm');
  return createFrameDecoder(readFileSync(path));
}
