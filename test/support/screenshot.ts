import { inflateSync } from 'node:zlib';
import type { Locator } from 'playwright-core';

/** What stands on the screen: RGB, row by row from the top. */
export interface Screenshot {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** The part of the screen that an element fills, with all that lies over it. */
export async function screenshotOf(element: Locator): Promise<Screenshot> {
  return readPng(await element.screenshot());
}

/** How many of the pixels differ by more than `least` in any channel, as a share. The two must be of one size. */
export function shareChanged(a: Screenshot, b: Screenshot, least = 8): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error('Pictures of different sizes');
  let changed = 0;
  for (let at = 0; at < a.rgb.length; at += 3) {
    if ([0, 1, 2].some((channel) => Math.abs(a.rgb[at + channel]! - b.rgb[at + channel]!) > least)) changed += 1;
  }
  return changed / (a.width * a.height);
}

/** How many different greys (equal channels) fill at least a thousandth of the picture each: a flat picture has one or two. */
export function greysIn({ rgb, width, height }: Screenshot): number {
  const counts = new Uint32Array(256);
  for (let at = 0; at < rgb.length; at += 3) {
    if (rgb[at] === rgb[at + 1] && rgb[at] === rgb[at + 2]) counts[rgb[at]!]! += 1;
  }
  return counts.filter((count) => count >= (width * height) / 1000).length;
}

/** Reads an 8-bit RGB or RGBA PNG, as Chromium writes them; throws on any other. */
export function readPng(file: Buffer): Screenshot {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[file[25]!];
  if (file.toString('latin1', 1, 4) !== 'PNG' || file[24] !== 8 || channels === undefined || file[28] !== 0) {
    throw new Error('Not a picture this can read');
  }
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const lines = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (stride + 1)]!;
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : pixels[y * stride + x - channels]!;
      const up = y === 0 ? 0 : pixels[(y - 1) * stride + x]!;
      const corner = x < channels || y === 0 ? 0 : pixels[(y - 1) * stride + x - channels]!;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      pixels[y * stride + x] = lines[y * (stride + 1) + 1 + x]! + guess;
    }
  }
  const rgb = new Uint8Array(3 * width * height);
  for (let n = 0; n < width * height; n += 1) rgb.set(pixels.subarray(n * channels, n * channels + 3), 3 * n);
  return { width, height, rgb };
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
