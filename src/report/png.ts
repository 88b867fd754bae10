import { zlibSync } from 'fflate';
import type { Picture } from './picture.ts';

/** The picture as a PNG file (8-bit RGB, no alpha: PDF/A-1 allows no soft masks). Same picture, same bytes on every host. */
export function encodePng(picture: Picture): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, picture.width);
  view.setUint32(4, picture.height);
  header.set([8, 2, 0, 0, 0], 8);
  const parts = [
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(filtered(picture), { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ];
  const file = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let place = 0;
  for (const part of parts) {
    file.set(part, place);
    place += part.length;
  }
  return file;
}

/** Rows with their filter bytes: for each row none, left, up or Paeth, whichever leaves the smallest differences (PNG 12.8). */
function filtered({ width, height, rgb }: Picture): Uint8Array {
  const stride = width * 3;
  const out = new Uint8Array(height * (stride + 1));
  const candidate = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const row = y * stride;
    const target = y * (stride + 1);
    let least = Infinity;
    for (const filter of [0, 1, 2, 4]) {
      let cost = 0;
      for (let x = 0; x < stride; x += 1) {
        const left = x >= 3 ? rgb[row + x - 3]! : 0;
        const up = y > 0 ? rgb[row + x - stride]! : 0;
        const corner = x >= 3 && y > 0 ? rgb[row + x - stride - 3]! : 0;
        const guess = filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? up : paeth(left, up, corner);
        const difference = (rgb[row + x]! - guess) & 0xff;
        candidate[x] = difference;
        cost += difference < 128 ? difference : 256 - difference;
      }
      if (cost < least) {
        least = cost;
        out[target] = filter;
        out.set(candidate, target + 1);
      }
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const fromLeft = Math.abs(guess - left);
  const fromUp = Math.abs(guess - up);
  const fromCorner = Math.abs(guess - corner);
  if (fromLeft <= fromUp && fromLeft <= fromCorner) return left;
  return fromUp <= fromCorner ? up : corner;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let place = 0; place < 4; place += 1) bytes[4 + place] = name.charCodeAt(place);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, checksum(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

const checksumTable = Uint32Array.from({ length: 256 }, (_, value) => {
  let rest = value;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** CRC-32 as PNG wants it (ISO 3309). */
function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = checksumTable[(rest ^ byte) & 0xff]! ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}
