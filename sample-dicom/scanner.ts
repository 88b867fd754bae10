import { area, columns, firstX, firstY, pixel, rows } from './frame.ts';
import type { Field } from './frame.ts';
import { createChance } from './noise.ts';

function gaussianKernel(sigma: number): Float32Array {
  const reach = Math.ceil(3 * sigma);
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma * sigma)),
  );
  const sum = kernel.reduce((a, b) => a + b, 0);
  return kernel.map((weight) => weight / sum);
}

/** Gaussian blur in the plane, edges repeated; `sigma` in pixels. */
export function blur(field: Field, sigma: number): Field {
  const kernel = gaussianKernel(sigma);
  const reach = (kernel.length - 1) / 2;
  const wide = new Float32Array(area);
  const out = new Float32Array(area);
  for (let j = 0; j < rows; j += 1) {
    for (let i = 0; i < columns; i += 1) {
      let sum = 0;
      for (let d = -reach; d <= reach; d += 1) {
        sum += kernel[d + reach]! * field[Math.min(columns - 1, Math.max(0, i + d)) + columns * j]!;
      }
      wide[i + columns * j] = sum;
    }
  }
  for (let j = 0; j < rows; j += 1) {
    for (let i = 0; i < columns; i += 1) {
      let sum = 0;
      for (let d = -reach; d <= reach; d += 1) {
        sum += kernel[d + reach]! * wide[i + columns * Math.min(rows - 1, Math.max(0, j + d))]!;
      }
      out[i + columns * j] = sum;
    }
  }
  return out;
}

/** White noise with mean 0 and standard deviation 1 (sum of four uniform numbers: no logarithm, the same bits everywhere). */
function white(seed: number): Field {
  const chance = createChance(seed);
  return Float32Array.from({ length: area }, () => (chance() + chance() + chance() + chance() - 2) * Math.sqrt(3));
}

/**
 * CT noise of one slice with standard deviation 1: white noise through the reconstruction kernel, a band that is poor in the lowest
 * and the highest frequencies, so that the grain is about a pixel wide.
 */
function grain(seed: number): Field {
  const source = white(seed);
  const fine = blur(source, 0.62);
  const broad = blur(source, 1.9);
  let square = 0;
  for (let p = 0; p < area; p += 1) {
    const value = fine[p]! - 0.7 * broad[p]!;
    fine[p] = value;
    square += value * value;
  }
  const scale = 1 / Math.sqrt(square / area);
  return fine.map((value) => value * scale);
}

/** Standard deviation of the noise in HU in the middle of the trunk and at its edge. */
const middleNoise = 12.5;
const edgeNoise = 8.5;

/** The slice as the scanner would give it: kernel blur, noise that falls towards the skin, whole HU from −1024 to 3071. */
export function scan(hounsfield: Field, slice: number): Int16Array {
  const sharp = blur(hounsfield, 0.52);
  const noise = grain(7000 + slice);
  const out = new Int16Array(area);
  for (let j = 0; j < rows; j += 1) {
    const y = firstY + j * pixel;
    for (let i = 0; i < columns; i += 1) {
      const p = i + columns * j;
      const x = firstX + i * pixel;
      const radius = Math.sqrt((x / 165) ** 2 + (y / 112) ** 2);
      const level = radius < 1 ? middleNoise - (middleNoise - edgeNoise) * radius * radius : edgeNoise;
      const value = Math.round(sharp[p]! + level * noise[p]!);
      out[p] = Math.min(3071, Math.max(-1024, value));
    }
  }
  return out;
}
