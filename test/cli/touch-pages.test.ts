import { expect, it } from 'vitest';
import { startPageToucher } from '../../electron/cli/touch-pages.ts';

// Slices of an odd number of voxels, so that they do not begin with a word.
const voxels = 64 * 262_145;

it('Touching pages changes nothing of what is in them, and comes to its end', async () => {
  const memory = new SharedArrayBuffer(4096 + voxels * 2);
  const words = new Int32Array(memory);
  for (let at = 0; at < words.length; at += 1) words[at] = at * 31 + 7;
  const toucher = startPageToucher();
  toucher.touch(new Int16Array(memory, 4096), new Uint8Array(new SharedArrayBuffer(64)));
  await toucher.ended;
  expect(words.findIndex((word, at) => word !== at * 31 + 7)).toBe(-1);
});

it('Touching pages leaves empty memory empty, also when it is told to stop', async () => {
  const memory = new SharedArrayBuffer(voxels * 2);
  const toucher = startPageToucher();
  toucher.touch(new Int16Array(memory), new Uint8Array(new SharedArrayBuffer(64)));
  toucher.stop();
  await toucher.ended;
  expect(new Int32Array(memory).every((word) => word === 0)).toBe(true);
});
