import { squareMillimetres } from '../geometry/index.ts';
import type { Grid, SquareMillimetres } from '../geometry/index.ts';
import { boundingBox, memberMask } from './counting.ts';
import type { Labels } from './volume.ts';

/** The outer surface of some structures, shared out to the voxels it touches. */
export interface BoundaryElements {
  readonly total: SquareMillimetres;
  /** Flat offsets of the member voxels at the boundary, ascending. */
  readonly offsets: Uint32Array;
  /** Surface area of each in mm²; they sum to the total. */
  readonly areas: Float32Array;
}

/** The 13 directions to the 26 neighbours, up to sign. */
const steps: readonly (readonly [number, number, number])[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 1, 0],
  [1, -1, 0],
  [1, 0, 1],
  [1, 0, -1],
  [0, 1, 1],
  [0, 1, -1],
  [1, 1, 1],
  [1, 1, -1],
  [1, -1, 1],
  [1, -1, -1],
];

/** Points on the sphere that measure how much of it lies nearest to each direction; 20 000 give three digits. */
const spherePoints = 20_000;

/**
 * The share of the sphere nearest to each of the 13 directions (their spherical Voronoi areas) for a given spacing. On anisotropic
 * grids the directions crowd around the slice normal or the slice plane; these weights undo that.
 */
function directionWeights(spacing: Grid['spacing']): Float64Array {
  const units = steps.map(([i, j, k]) => {
    const length = Math.hypot(i * spacing[0], j * spacing[1], k * spacing[2]);
    return [(i * spacing[0]) / length, (j * spacing[1]) / length, (k * spacing[2]) / length] as const;
  });
  const hits = new Float64Array(steps.length);
  const golden = Math.PI * (3 - Math.sqrt(5));
  for (let point = 0; point < spherePoints; point += 1) {
    const z = 1 - (2 * point + 1) / spherePoints;
    const radius = Math.sqrt(1 - z * z);
    const x = radius * Math.cos(golden * point);
    const y = radius * Math.sin(golden * point);
    let best = 0;
    let nearest = -1;
    units.forEach((unit, index) => {
      const cosine = Math.abs(x * unit[0] + y * unit[1] + z * unit[2]);
      if (cosine > nearest) {
        nearest = cosine;
        best = index;
      }
    });
    hits[best]! += 1 / spherePoints;
  }
  return hits;
}

/**
 * The surface area of the union of the member labels, by Crofton's formula: lines through the voxel centres in 13 directions are
 * crossed by the surface S/2 times per unit of line density on average, each crossing counted for the member voxel beside it
 * (Lehmann and Legland, Insight Journal 2012). What lies outside the grid is not a member, so a cut organ gets its end face.
 */
export function boundaryElements(labels: Labels, isMember: Uint8Array): BoundaryElements {
  const box = boundingBox(labels, isMember);
  if (box === null) {
    return { total: squareMillimetres(0), offsets: new Uint32Array(0), areas: new Float32Array(0) };
  }
  const { grid } = labels;
  const mask = memberMask(labels, isMember, box, 1);
  const [width, height, depth] = mask.size;
  const weights = directionWeights(grid.spacing);
  const voxel = grid.spacing[0] * grid.spacing[1] * grid.spacing[2];
  const jumps = Int32Array.from(steps, ([i, j, k]) => i + width * (j + height * k));
  const areaOfCrossing = Float64Array.from(steps, ([i, j, k], index) => {
    const step = Math.hypot(i * grid.spacing[0], j * grid.spacing[1], k * grid.spacing[2]);
    return (2 * weights[index]! * voxel) / step;
  });
  const offsets: number[] = [];
  const areas: number[] = [];
  let total = 0;
  const inside = mask.values;
  for (let k = 1; k < depth - 1; k += 1) {
    for (let j = 1; j < height - 1; j += 1) {
      const row = width * (j + height * k);
      const toGrid = mask.low[0] + grid.size[0] * (mask.low[1] + j + grid.size[1] * (mask.low[2] + k));
      for (let i = 1; i < width - 1; i += 1) {
        const at = row + i;
        if (inside[at] === 0) continue;
        let area = 0;
        for (let step = 0; step < 13; step += 1) {
          const jump = jumps[step]!;
          area += areaOfCrossing[step]! * (2 - inside[at + jump]! - inside[at - jump]!);
        }
        if (area === 0) continue;
        offsets.push(toGrid + i);
        areas.push(area);
        total += area;
      }
    }
  }
  return { total: squareMillimetres(total), offsets: Uint32Array.from(offsets), areas: Float32Array.from(areas) };
}
