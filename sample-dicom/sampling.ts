import { area, columns, firstX, firstY, pixel, rows, sliceStep } from './frame.ts';
import type { Point3 } from './frame.ts';
import { coarseTexture, fineTexture, materialCode, materials, means } from './materials.ts';
import type { Material } from './materials.ts';
import { noise } from './noise.ts';
import type { Layer, Scene } from './scene.ts';

/** Samples along a pixel's edge, and planes through a slice: 5 × 5 × 8 samples a voxel. */
export const across = 5;
export const through = 8;
export const samplesPerVoxel = across * across * through;

/** Beyond this distance in mm from every surface a pixel is of one material (its half diagonal is 0.92 mm). */
const certain = 1.35;

/** A flat cut: positive where the normal points. */
export interface CutPlane {
  readonly point: Point3;
  readonly normal: Point3;
}

/** How many samples of each voxel of a slice each material holds, plus the exact tallies that the truth is made of. */
export interface SliceSamples {
  /** HU before blur and noise. */
  readonly hounsfield: Float32Array;
  /** Samples of the wanted materials for each pixel, one array per group. */
  readonly groups: readonly Uint8Array[];
  /** Samples of each material on the positive and on the negative side of the cut: [2 × material + (positive ? 0 : 1)]. */
  readonly tally: Float64Array;
}

const count = materials.length;

/** The materials of every sample of the slice at height `z`; `groups` are sets of materials whose share of each voxel is wanted. */
export function sampleSlice(
  scene: Scene,
  z: number,
  groups: readonly (readonly Material[])[],
  cut: CutPlane,
): SliceSamples {
  const hounsfield = new Float32Array(area);
  const shares = groups.map(() => new Uint8Array(area));
  const member = materials.map((name) => groups.flatMap((group, at) => (group.includes(name) ? [at] : [])));
  const tally = new Float64Array(2 * count);
  const level = texturedLevels(z);
  const label = new Uint8Array(area);
  const unsure = new Uint8Array(area);
  const norm = Math.sqrt(cut.normal[0] ** 2 + cut.normal[1] ** 2 + cut.normal[2] ** 2);
  const [nx, ny, nz] = [cut.normal[0] / norm, cut.normal[1] / norm, cut.normal[2] / norm];
  const liverCode = materialCode.liver;

  for (let plane = 0; plane < through; plane += 1) {
    const height = z + ((plane + 0.5) / through - 0.5) * sliceStep;
    const layers = scene(height);
    label.fill(materialCode.air);
    unsure.fill(0);
    paint(layers, label, unsure);
    const cutHere = (height - cut.point[2]) * nz - cut.point[0] * nx - cut.point[1] * ny;
    for (let j = 0; j < rows; j += 1) {
      const y = firstY + j * pixel;
      for (let i = 0; i < columns; i += 1) {
        const p = i + columns * j;
        const x = firstX + i * pixel;
        const beyond = x * nx + y * ny + cutHere;
        const code = label[p]!;
        const nearCut = Math.abs(beyond) < certain && (code === liverCode || member[code]!.length > 0);
        if (unsure[p] === 0 && !nearCut) {
          const all = across * across;
          hounsfield[p] = hounsfield[p]! + all * level(code, p);
          tally[2 * code + (beyond > 0 ? 0 : 1)]! += all;
          for (const group of member[code]!) shares[group]![p]! += all;
          continue;
        }
        const candidates = unsure[p] === 0 ? [] : nearbyLayers(layers, p);
        for (let b = 0; b < across; b += 1) {
          const v = (b + 0.5) / across - 0.5;
          for (let a = 0; a < across; a += 1) {
            const u = (a + 0.5) / across - 0.5;
            const here = unsure[p] === 0 ? code : materialAt(candidates, i, j, u, v);
            hounsfield[p] = hounsfield[p]! + level(here, p);
            tally[2 * here + (beyond + (u * nx + v * ny) * pixel > 0 ? 0 : 1)]! += 1;
            for (const group of member[here]!) shares[group]![p]! += 1;
          }
        }
      }
    }
  }
  for (let p = 0; p < area; p += 1) hounsfield[p] = hounsfield[p]! / samplesPerVoxel;
  return { hounsfield, groups: shares, tally };
}

/** Labels each pixel centre with its uppermost layer and marks the pixels that a surface may cross. */
function paint(layers: readonly Layer[], label: Uint8Array, unsure: Uint8Array): void {
  for (const { field, inset, material } of layers) {
    const code = materialCode[material];
    for (let p = 0; p < area; p += 1) {
      const distance = field[p]! + inset;
      if (distance > certain) continue;
      if (distance < -certain) {
        unsure[p] = 0;
        label[p] = code;
        continue;
      }
      unsure[p] = 1;
      if (distance < 0) label[p] = code;
    }
  }
}

/** The layers that may hold a part of pixel `p`, uppermost first, down to the first that holds all of it. */
function nearbyLayers(layers: readonly Layer[], p: number): Layer[] {
  const near: Layer[] = [];
  for (let at = layers.length - 1; at >= 0; at -= 1) {
    const layer = layers[at]!;
    const distance = layer.field[p]! + layer.inset;
    if (distance > certain) continue;
    near.push(layer);
    if (distance < -certain) break;
  }
  return near;
}

/** The material of the sample at (i + u, j + v): fields are interpolated between pixel centres. */
function materialAt(candidates: readonly Layer[], i: number, j: number, u: number, v: number): number {
  const i0 = Math.min(columns - 2, Math.max(0, u < 0 ? i - 1 : i));
  const j0 = Math.min(rows - 2, Math.max(0, v < 0 ? j - 1 : j));
  const s = i + u - i0;
  const t = j + v - j0;
  const p = i0 + columns * j0;
  for (const { field, inset, material } of candidates) {
    const front = field[p]! + (field[p + 1]! - field[p]!) * s;
    const back = field[p + columns]! + (field[p + columns + 1]! - field[p + columns]!) * s;
    if (front + (back - front) * t + inset < 0) return materialCode[material];
  }
  return materialCode.air;
}

/** The HU of a material at a pixel of the slice, with its texture. */
function texturedLevels(z: number): (code: number, p: number) => number {
  const fine = new Float32Array(area);
  const coarse = new Float32Array(area);
  for (let j = 0; j < rows; j += 1) {
    const y = firstY + j * pixel;
    for (let i = 0; i < columns; i += 1) {
      const x = firstX + i * pixel;
      fine[i + columns * j] = 1.6 * noise(x / 3.1, y / 3.1, z / 3.1, 141);
      coarse[i + columns * j] = 1.6 * noise(x / 14, y / 14, z / 14, 142);
    }
  }
  return (code, p) => means[code]! + fineTexture[code]! * fine[p]! + coarseTexture[code]! * coarse[p]!;
}
