import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSeries, scanFolder } from '../../electron/cli/folder.ts';
import { areAllRead, readSlices, resultOf, resultsFor } from '../../electron/cli/read-slices.ts';
import type { SliceToRead } from '../../electron/cli/read-slices.ts';
import type * as Reader from '../../electron/cli/reader-beside.ts';
import { assembleSeries } from '../../src/dicom/index.ts';
import { createKernels, digestOf, joinKernels, wordsIn } from '../../src/kernels/index.ts';
import { writeDicomStack } from '../support/dicom-fixture.ts';
import type { SliceOptions } from '../support/dicom-fixture.ts';
import { projectRoot } from '../support/needs.ts';
import { readerOf } from '../support/slice-readers.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'remnant-beside-'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** Five files whose numbers are 3000 + 100 × the file's + the place in it, 12 bytes behind their beginning, with the fourth missing. */
function order() {
  const kernels = createKernels(readFileSync(join(projectRoot, 'src/kernels/kernels.wasm')));
  const words = 70;
  const slices = [0, 1, 2, 3, 4].map((file): SliceToRead => {
    const path = join(root, `words ${file}`);
    const values = Uint16Array.from({ length: words }, (_, at) => 3000 + 100 * file + at);
    if (file !== 3)
      writeFileSync(path, Uint8Array.from([...new Uint8Array(12).fill(file + 1), ...new Uint8Array(values.buffer)]));
    const coding = { left: 4, right: 4, signed: false, intercept: -1000 };
    return { path, elementAt: 0, offset: 12, place: kernels.allocate(words * 2).offset, bytes: words * 2, coding };
  });
  return { kernels, slices, results: resultsFor(slices.length) };
}

function expectRead({ kernels, slices, results }: ReturnType<typeof order>, ...numbers: readonly number[]): void {
  for (const [index, { place }] of slices.entries()) {
    const result = resultOf(results, index);
    if (!numbers.includes(index)) expect(result).toBeNull();
    else {
      const values = Int16Array.from({ length: 70 }, (_, at) => 2000 + 100 * index + at);
      expect([...wordsIn(kernels, place, 70)]).toEqual([...values]);
      expect(result).toEqual({
        bytes: 140,
        element: new Uint8Array(12).fill(index + 1),
        extremes: { smallest: 3000 + 100 * index, largest: 3069 + 100 * index },
        digest: digestOf(values, null),
      });
    }
  }
}

describe('slices read by two threads', () => {
  it('are read once each, from either end until they meet; what can not be read is left', () => {
    const alone = order();
    readSlices(alone, alone.kernels, 'first');
    expectRead(alone, 0, 1, 2, 4);
    expect(areAllRead(alone.results)).toBe(true);
    const both = order();
    const [taken, stride] = [1, both.results.length / 5];
    // The other thread has the third, and is not done with it.
    both.results[2 * stride] = taken;
    readSlices(both, both.kernels, 'first');
    expectRead(both, 0, 1);
    readSlices(both, joinKernels(both.kernels.shared), 'last');
    expectRead(both, 0, 1, 4);
    expect(areAllRead(both.results)).toBe(false);
  });

  it('are read by the thread of the built program', async () => {
    execFileSync(process.execPath, [join(projectRoot, 'electron/cli/remnant.mjs'), 'help']);
    const built = pathToFileURL(join(projectRoot, 'dist/cli/reader-beside.js')).href;
    const { startReaderBeside, takeReaderBeside } = (await import(/* @vite-ignore */ built)) as typeof Reader;
    startReaderBeside();
    const reader = takeReaderBeside();
    const { kernels, slices, results } = order();
    await reader!.read({ kernels: kernels.shared, slices: { slices, results } });
    expectRead({ kernels, slices, results }, 0, 1, 2, 4);
    expect(areAllRead(results)).toBe(true);
  });

  it('give the volume of whole files, also where values leave 16 bits or the other thread ends half-way', async () => {
    const codings: readonly Partial<SliceOptions>[] = [
      { bitsStored: 12, highBit: 13, signed: true },
      { bitsStored: 16, highBit: 15, signed: true },
      { bitsStored: 12, highBit: 11, transferSyntax: 'implicit' },
    ];
    for (const [number, common] of codings.entries()) {
      const files = writeDicomStack({
        size: [9, 7, 8],
        spacing: [0.7, 0.9, 2.3],
        origin: [-31.5, 13.25, 117],
        orientation: [0.8, 0.6, 0, -0.36, 0.48, 0.8],
        stored: (i, j, k) => (number === 1 && k % 3 === 1 ? -32_700 : 900) + i + 10 * j + 60 * k,
        common,
      });
      const folder = mkdtempSync(join(root, 'series-'));
      for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
      const whole = assembleSeries(files);
      if (whole.kind === 'refused') throw new Error(whole.reasons[0]!.message);
      for (const beside of [null, readerOf('all'), readerOf('one, then it dies')]) {
        const loaded = await loadSeries(await scanFolder(folder), null, beside);
        expect(loaded.fingerprint).toBe(whole.fingerprint);
        expect([...loaded.volume.values]).toEqual([...whole.volume.values]);
        expect(loaded.entry.remarks).toEqual(whole.entry.remarks);
      }
    }
  });
});
