import { moved, toIndex } from '../geometry/index.ts';
import type { Grid, WorldPoint } from '../geometry/index.ts';
import {
  colours,
  cutField,
  isResected,
  kindOf,
  liverLabel,
  nonFunctionalLabel,
  outsideLabel,
  vesselLabel,
  isOnPattern,
  partPatterns,
  patternColour,
} from '../liver/index.ts';
import type { Colour, Cut, StructureKind } from '../liver/index.ts';
import { colourIn } from '../plan/index.ts';
import type { StructureEntry } from '../plan/index.ts';
import { sampleSlice } from '../volume/index.ts';
import type { Labels, Volume } from '../volume/index.ts';
import { planeFrames } from './plane-frame.ts';
import type { PlaneName } from './plane-frame.ts';
import type { EdgeLetters, Picture } from './picture.ts';

/** What one picture of a plane shows. */
export interface PlaneView {
  readonly volume: Volume;
  readonly labels: Labels;
  /** Cuts to draw the parts by; empty = the liver in one colour. */
  readonly cuts: readonly Cut[];
  /** Structures with colours of their own; none = the usual colours. */
  readonly structures?: readonly StructureEntry[];
  readonly plane: PlaneName;
  /** The place in the middle of the picture, LPS, mm. */
  readonly centre: WorldPoint;
  readonly width: number;
  readonly height: number;
  readonly mmPerPixel: number;
  /** Grey levels: centre and width in the volume's unit. */
  readonly window: { readonly centre: number; readonly width: number };
  /** Strength of the colour inside the parts, 0 … 1; outlines are drawn at any strength above 0. */
  readonly fill: number;
  /** Pixels from one mark to the next of the patterns that tell the parts apart in grey print; 0 = none. */
  readonly patternPixels?: number;
}

/** A picture of a plane, with what has to be written beside it. */
export interface PlanePicture extends Picture {
  readonly letters: EdgeLetters;
  readonly mmPerPixel: number;
  /** The LPS coordinate that is constant in the plane, mm. */
  readonly positionMm: number;
}

/** The parts a pixel can belong to, in the order of their codes in the part map. The whole liver has the colour it has in the plan. */
const partColours = (liver: Colour): readonly (Colour | null)[] => [
  null,
  liver,
  colours.remnant,
  colours.resected,
  colours.excluded,
];
const [noPart, wholeLiver, remnantPart, resectedPart, excludedPart] = [0, 1, 2, 3, 4] as const;
const black: Colour = [0, 0, 0];
const patternOfPart = [undefined, undefined, undefined, partPatterns.resected, partPatterns.excluded] as const;

const structureKinds: readonly StructureKind[] = ['liver', 'vessel', 'outside', 'nonFunctional', 'tumour'];
const structureCodes = new Map(structureKinds.map((kind, place) => [kind, place + 1]));
const vesselCode = structureCodes.get('vessel')!;
const outsideCode = structureCodes.get('outside')!;
const nonFunctionalCode = structureCodes.get('nonFunctional')!;
const tumourCode = structureCodes.get('tumour')!;
const labelOfCode = [0, liverLabel, vesselLabel, outsideLabel, nonFunctionalLabel];
const codeOfLabel = Uint8Array.from({ length: 256 }, (_, label) => {
  const kind = kindOf(label);
  return kind === null ? 0 : structureCodes.get(kind)!;
});

/**
 * Draws one plane through `centre` in radiological convention, square in mm whatever the voxels are, with the parts of the plan over
 * it: translucent colour, outlines of parts, tumours and vessels. Parts follow the cut itself, not the voxels it crosses.
 */
export function drawPlaneImage(view: PlaneView): PlanePicture {
  const { width, height, volume, labels } = view;
  const rgb = new Uint8Array(width * height * 3);
  const parts = new Uint8Array(width * height);
  const structures = new Uint8Array(width * height);
  const own = Array.from({ length: 256 }, (_, label) => colourIn(view.structures ?? [], label));
  const field = cutField(labels.grid, view.cuts);
  const frame = planeFrames[view.plane];
  const grey = sampleSlice(volume, {
    origin: moved(
      moved(view.centre, frame.right, ((1 - width) / 2) * view.mmPerPixel),
      frame.down,
      ((1 - height) / 2) * view.mmPerPixel,
    ),
    right: frame.right,
    down: frame.down,
    width,
    height,
    step: view.mmPerPixel,
  });
  const mask = pixelWalk(labels.grid, view);
  const low = view.window.centre - view.window.width / 2;
  const scale = 255 / view.window.width;
  const weights = new Float64Array(structureKinds.length + 1);

  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x;
      const value = grey[pixel]!;
      const level = Number.isNaN(value) ? 0 : Math.max(0, Math.min(255, (value - low) * scale));
      rgb.fill(level, pixel * 3, pixel * 3 + 3);
      const index = mask.at(x, y);
      const label = likeliestLabel(labels, index, weights);
      if (label === 0) continue;
      structures[pixel] = label;
      const structure = codeOfLabel[label]!;
      if (structure === outsideCode) continue;
      if (view.cuts.length === 0) parts[pixel] = structure === nonFunctionalCode ? excludedPart : wholeLiver;
      else if (isResected(field, index[0], index[1], index[2])) parts[pixel] = resectedPart;
      else parts[pixel] = structure === tumourCode || structure === nonFunctionalCode ? excludedPart : remnantPart;
    }
  }
  if (view.fill > 0) paintParts(rgb, parts, structures, own, view);
  return {
    width,
    height,
    rgb,
    letters: frame.letters,
    mmPerPixel: view.mmPerPixel,
    positionMm: view.centre[frame.fixedAxis],
  };
}

function paintParts(
  rgb: Uint8Array,
  parts: Uint8Array,
  structures: Uint8Array,
  own: readonly (Colour | null)[],
  { width, height, fill, patternPixels = 0 }: PlaneView,
): void {
  const blend = (pixel: number, colour: Colour, strength: number): void => {
    for (let channel = 0; channel < 3; channel += 1) {
      const before = rgb[pixel * 3 + channel]!;
      rgb[pixel * 3 + channel] = Math.round(before + (colour[channel]! - before) * strength);
    }
  };
  const ofParts = partColours(own[liverLabel] ?? colours.liver);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x;
      const part = parts[pixel]!;
      const label = structures[pixel]!;
      if (label === 0) {
        // A dark line around the whole: in grey the coloured outline is as light as the organs beside it.
        if (patternPixels > 0 && isEdge(parts, width, height, x, y)) blend(pixel, black, 0.8);
        continue;
      }
      const structure = codeOfLabel[label]!;
      const colour = ofParts[part];
      if (part !== noPart && colour !== null && colour !== undefined) {
        blend(pixel, colour, fill);
        const pattern = patternOfPart[part];
        if (patternPixels > 0 && pattern !== undefined && isOnPattern(pattern, x, y, patternPixels)) {
          blend(pixel, patternColour(colour), 0.7);
        }
        if (isEdge(parts, width, height, x, y)) blend(pixel, colour, 0.9);
      }
      if (structure === vesselCode || structure === tumourCode || structure === outsideCode) {
        const ownColour = own[label] ?? colours.outside;
        if (structure !== outsideCode) blend(pixel, ownColour, fill);
        if (isEdge(structures, width, height, x, y)) blend(pixel, ownColour, 0.95);
      }
    }
  }
}

/** Whether a pixel of a map has a neighbour (within one pixel) of another code: outlines are two pixels wide where parts touch. */
function isEdge(map: Uint8Array, width: number, height: number, x: number, y: number): boolean {
  const own = map[y * width + x]!;
  for (let v = -1; v <= 1; v += 1) {
    for (let u = -1; u <= 1; u += 1) {
      const i = x + u;
      const j = y + v;
      if (i >= 0 && j >= 0 && i < width && j < height && map[j * width + i] !== own) return true;
    }
  }
  return false;
}

type Triple = [number, number, number];

/** Walks the picture's pixels as continuous voxel indices of `grid`. */
function pixelWalk(grid: Grid, view: PlaneView): { at(x: number, y: number): Triple } {
  const { right, down } = planeFrames[view.plane];
  const middle = toIndex(grid, view.centre);
  const across = toIndex(grid, moved(view.centre, right, view.mmPerPixel));
  const below = toIndex(grid, moved(view.centre, down, view.mmPerPixel));
  const index: Triple = [0, 0, 0];
  return {
    at: (x, y) => {
      const u = x - (view.width - 1) / 2;
      const v = y - (view.height - 1) / 2;
      for (const axis of [0, 1, 2] as const) {
        index[axis] = middle[axis] + u * (across[axis] - middle[axis]) + v * (below[axis] - middle[axis]);
      }
      return index;
    },
  };
}

/**
 * The label of the kind of structure with the largest share of the surrounding voxel centres, once all structures together hold half;
 * else 0. Of several labels of that kind (tumours side by side) it is the one of the nearest voxel.
 */
function likeliestLabel(labels: Labels, index: Triple, weights: Float64Array): number {
  weights.fill(0);
  const inside = eachNeighbour(labels.grid, index, (offset, weight) => {
    weights[codeOfLabel[labels.values[offset]!]!]! += weight;
  });
  if (!inside || weights[0]! >= 0.5) return 0;
  let best = 1;
  for (let code = 2; code < weights.length; code += 1) if (weights[code]! > weights[best]!) best = code;
  if (best !== tumourCode) return labelOfCode[best]!;
  let label = 0;
  let most = 0;
  eachNeighbour(labels.grid, index, (offset, weight) => {
    const here = labels.values[offset]!;
    if (codeOfLabel[here] !== best || weight <= most) return;
    most = weight;
    label = here;
  });
  return label;
}

/** Calls `visit` with the eight voxels around a continuous index and their linear weights; false outside the voxels' boxes. */
function eachNeighbour(grid: Grid, index: Triple, visit: (offset: number, weight: number) => void): boolean {
  const [nx, ny, nz] = grid.size;
  for (const axis of [0, 1, 2] as const) {
    if (index[axis] < -0.5 || index[axis] > grid.size[axis] - 0.5) return false;
  }
  const i = Math.min(nx - 1, Math.max(0, index[0]));
  const j = Math.min(ny - 1, Math.max(0, index[1]));
  const k = Math.min(nz - 1, Math.max(0, index[2]));
  const i0 = Math.floor(i);
  const j0 = Math.floor(j);
  const k0 = Math.floor(k);
  const fi = i - i0;
  const fj = j - j0;
  const fk = k - k0;
  for (let w = 0; w < 2; w += 1) {
    const wk = w === 1 ? fk : 1 - fk;
    if (wk === 0) continue;
    for (let v = 0; v < 2; v += 1) {
      const wj = (v === 1 ? fj : 1 - fj) * wk;
      if (wj === 0) continue;
      const row = nx * (j0 + v + ny * (k0 + w)) + i0;
      if (fi < 1) visit(row, wj * (1 - fi));
      if (fi > 0) visit(row + 1, wj * fi);
    }
  }
  return true;
}
