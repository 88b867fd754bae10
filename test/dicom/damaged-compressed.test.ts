import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { codings, convert, convertToHtj2k } from '../support/compressed-fixture.ts';
import type { FuzzResult } from '../support/decode-fuzz.ts';
import { writeDicomSlice } from '../support/dicom-fixture.ts';
import { describeWith, projectRoot } from '../support/needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'remnant-damaged-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Longer than this at one copy is a hang. */
const patienceMs = 5_000;
const copies = 150;
/** A process that decodes slices of 96 × 80 pixels holds some 150 MiB, most of it Node and the module. */
const mostMiB = 400;

/** Runs the copies in a process of their own, and ends it by its id when it hangs. */
async function fuzz(path: string, seed: number): Promise<FuzzResult> {
  const program = join(projectRoot, 'test', 'support', 'decode-fuzz.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, path, String(copies), String(seed)], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, complained] = ['', ''];
  child.stderr.on('data', (data: Buffer) => (complained += data.toString()));
  return new Promise((resolve, reject) => {
    const watch = () =>
      setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`Hangs ${said.trim().split('\n').at(-1)}`));
      }, patienceMs);
    // The start of the program is no decoding.
    let timer: ReturnType<typeof setTimeout> | undefined;
    child.stdout.on('data', (data: Buffer) => {
      clearTimeout(timer);
      said += data.toString();
      timer = watch();
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const last = said.trim().split('\n').at(-1) ?? '';
      if (code === 0 && last.startsWith('{')) resolve(JSON.parse(last) as FuzzResult);
      else reject(new Error(`Ended with ${code} ${last}: ${complained}`));
    });
  });
}

describeWith(['dcmdump', 'gdcmconv'], 'compressed pixels with damaged bytes', () => {
  const original = join(folder, 'original.dcm');
  // Something like a slice: a bright disc in noise.
  const pixels = Uint16Array.from({ length: 96 * 80 }, (_, at) => {
    const [x, y] = [(at % 96) - 44, Math.floor(at / 96) - 37];
    return (Math.hypot(x, 1.2 * y) < 33 ? 1100 : 40) + ((Math.imul(at, 2_654_435_761) >>> 24) & 31);
  });
  writeFileSync(original, writeDicomSlice({ columns: 96, rows: 80, bitsStored: 12, pixels }));
  const kinds = codings.filter(({ uid }) => /\.(4\.\d+|5)$/.test(uid));

  it.each([...kinds.map(({ name }) => name), 'HTJ2K'].map((name, n) => [name, 101 + n] as const))(
    'give a picture of the right size or a named reason, and never hang, crash or fill the memory: %s',
    async (name, seed) => {
      const packed = join(folder, `${seed}.dcm`);
      const kind = kinds.find((one) => one.name === name);
      if (kind === undefined) await convertToHtj2k('201', original, packed);
      else convert(kind.encode, original, packed);
      const { read, refused, bugs, peakMiB, ...rest } = await fuzz(packed, seed);
      if (process.env['FUZZ_SAY']) console.log(name, JSON.stringify({ read, refused, bugs, peakMiB, ...rest }));
      expect(bugs).toEqual([]);
      expect(Object.keys(refused).every((code) => ['truncated_pixels', 'pixels_undecodable'].includes(code))).toBe(
        true,
      );
      expect(read + Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(copies);
      expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(copies / 4);
      expect(peakMiB).toBeLessThan(mostMiB);
    },
  );
});
