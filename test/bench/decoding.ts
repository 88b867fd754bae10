import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { readHeader, readPixels } from '../../src/dicom/index.ts';
import { decoderForTests } from '../support/compressed-fixture.ts';
import { has, projectRoot, realCt } from '../support/needs.ts';
import { clock, compare } from './timing.ts';

const slices = 20;

/** What the app's decode workers do, as a thread of Node: each task is a file, its answer the number of words. */
const threadSource = `
import { parentPort, workerData } from 'node:worker_threads';
import { readFileSync } from 'node:fs';
import { createFrameDecoder, readHeader, readPixels } from '${join(projectRoot, 'src/dicom/index.ts')}';
const decoder = createFrameDecoder(readFileSync(workerData));
parentPort.on('message', (bytes) => {
  const header = readHeader('slice', bytes, bytes.length);
  const pixels = readPixels([header.value], bytes, decoder);
  if (!pixels.ok) throw new Error(pixels.error.message);
  const { buffer } = pixels.value[0];
  parentPort.postMessage(buffer, [buffer]);
});`;

/** JPEG 2000 beside gdcm, on one thread and on two; the voxels are compared. */
export async function decoding(): Promise<void> {
  if (!has('gdcmconv')) return;
  const real = realCt();
  const source = real === null ? join(projectRoot, 'sample-dicom/ct') : join(real, 'dicom');
  const folder = mkdtempSync(join(tmpdir(), 'remnant-bench-'));
  const wasm = createRequire(import.meta.url).resolve('dcmjs-codecs/build/dcmjs-native-codecs.wasm');
  const script = join(folder, 'thread.cjs');
  buildSync({
    stdin: { contents: threadSource, resolveDir: projectRoot },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: script,
    logLevel: 'error',
  });
  const threads = [0, 1].map(() => new Worker(script, { workerData: wasm }));
  try {
    const names = readdirSync(source).slice(20, 20 + slices);
    for (const [index, name] of names.entries()) {
      execFileSync('gdcmconv', ['--raw', join(source, name), join(folder, `${index}.raw.dcm`)]);
      execFileSync('gdcmconv', ['--j2k', join(source, name), join(folder, `${index}.j2k.dcm`)]);
    }
    const read = (kind: string) =>
      names.map((_, index) => new Uint8Array(readFileSync(join(folder, `${index}.${kind}.dcm`))));
    const packed = read('j2k');
    const decoder = decoderForTests();
    const wordsOf = (bytes: Uint8Array) => {
      const header = readHeader('slice', bytes, bytes.length);
      const words = header.ok ? readPixels([header.value], bytes, decoder) : header;
      if (!words.ok) throw new Error(words.error.message);
      return words.value[0]!;
    };
    for (const [index, plain] of read('raw').entries()) {
      const own = wordsOf(packed[index]!);
      if (!wordsOf(plain).every((word, at) => word === own[at])) throw new Error('gdcm decodes other voxels');
    }
    const inThreads = async (): Promise<void> => {
      let next = 0;
      const work = async (thread: Worker): Promise<void> => {
        while (next < packed.length) {
          const bytes = packed[next++]!;
          await new Promise<void>((done, fail) => {
            const answered = () => {
              thread.off('error', fail);
              done();
            };
            thread.once('message', answered);
            thread.once('error', fail);
            thread.postMessage(bytes);
          });
        }
      };
      await Promise.all(threads.map(work));
    };
    const gdcm = (kind: string) =>
      clock(() => {
        for (let index = 0; index < packed.length; index++) {
          execFileSync('gdcmconv', ['--raw', join(folder, `${index}.${kind}.dcm`), join(folder, 'out.dcm')]);
        }
      });
    writeFileSync(join(folder, 'out.dcm'), '');
    await compare(
      `Decoding ${slices} slices of JPEG 2000`,
      [
        { name: 'Remnant, two workers', run: () => clock(inThreads) },
        { name: 'Remnant, one thread', run: () => clock(() => packed.forEach(wordsOf)) },
        // What starting gdcmconv, reading and writing take is measured on plain files and taken off.
        { name: 'gdcm (decoding alone)', run: async () => (await gdcm('j2k')) - (await gdcm('raw')) },
      ],
      5,
    );
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
    rmSync(folder, { recursive: true, force: true });
  }
}
