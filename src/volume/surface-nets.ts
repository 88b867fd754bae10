import { isRightHanded } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import { edgeCorners, loopCount, loopOfEdge } from './cell-loops.ts';
import { relaxVertices } from './mesh-relaxation.ts';
import { smoothedField } from './scalar-field.ts';
import type { ScalarField } from './scalar-field.ts';

/** A triangle mesh in patient space, mm, LPS: 3 coordinates a vertex, 3 vertices a triangle, unit normals that point outwards. */
export interface SurfaceMesh {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly triangles: Uint32Array;
}

/** How much a surface is smoothed for the eye. */
export interface SurfaceOptions {
  /** Standard deviation of the Gaussian over the field in mm; default see `defaultSmoothing`. */
  readonly smoothingMm?: number;
  /** Rounds in which vertices move to the mean of their neighbours, each held inside its own cell; default 12. */
  readonly relaxations?: number;
}

/**
 * The closed surface where a field (voxels 0 … 1) is 0.5, as surface nets (Gibson, MICCAI 1998): one vertex for each sheet through
 * a cell, one quad for each crossed grid edge. For looking at only: no reported number comes from a mesh.
 */
export function surfaceOf(field: ScalarField, grid: Grid, options: SurfaceOptions = {}): SurfaceMesh {
  const smoothing = options.smoothingMm ?? defaultSmoothing(field, grid);
  const smooth = smoothedField(field, [
    smoothing / grid.spacing[0],
    smoothing / grid.spacing[1],
    smoothing / grid.spacing[2],
  ]);
  const net = netOf(smooth.values, smooth.size);
  const vertices = relaxVertices(net.vertices, net.quads, options.relaxations ?? 12);
  const positions = toPatient(vertices, smooth.low, grid);
  const triangles = trianglesOf(net.quads, positions, !isRightHanded(grid));
  return { positions, normals: normalsOf(positions, triangles), triangles };
}

/**
 * 0.6 of the largest spacing, so that slice steps do not show, but at most 1.5 mm and an eighth of the structure's smallest extent,
 * so that a small tumour is not smoothed away.
 */
function defaultSmoothing(field: ScalarField, grid: Grid): number {
  const extents = field.size.map((count, axis) => count * grid.spacing[axis]!);
  return Math.min(0.6 * Math.max(...grid.spacing), 1.5, Math.min(...extents) / 8);
}

interface Net {
  /** Three box coordinates a vertex. */
  readonly vertices: Float32Array;
  /** Four vertices a quad, counter-clockwise seen from outside in a right-handed grid. */
  readonly quads: Uint32Array;
}

/** Offsets (u, v) of the four cells around an edge, counter-clockwise about its axis, as steps back along the two other axes. */
const around = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

function netOf(values: Float32Array, size: readonly [number, number, number]): Net {
  const [nx, ny, nz] = size;
  const slab = nx * ny;
  const vertices: number[] = [];
  const quads: number[] = [];
  let configurations = [new Uint8Array(slab), new Uint8Array(slab)] as const;
  let firstVertices = [new Int32Array(slab), new Int32Array(slab)] as const;
  const cornerJumps = [0, 1, nx, nx + 1, slab, slab + 1, slab + nx, slab + nx + 1];
  const steps = [1, nx, slab] as const;

  const vertexOf = (cell: number, below: 0 | 1, edge: number): number => {
    const configuration = configurations[below][cell]!;
    return firstVertices[below][cell]! + loopOfEdge[configuration * 12 + edge]!;
  };
  const addVertices = (at: number, configuration: number, i: number, j: number, k: number): void => {
    for (let loop = 0; loop < loopCount[configuration]!; loop += 1) {
      let x = 0;
      let y = 0;
      let z = 0;
      let count = 0;
      for (let edge = 0; edge < 12; edge += 1) {
        if (loopOfEdge[configuration * 12 + edge] !== loop) continue;
        const [a, b] = edgeCorners[edge]!;
        const low = values[at + cornerJumps[a]!]!;
        const share = (0.5 - low) / (values[at + cornerJumps[b]!]! - low);
        x += (a & 1) + (edge < 4 ? share : 0);
        y += ((a >> 1) & 1) + (edge >= 4 && edge < 8 ? share : 0);
        z += (a >> 2) + (edge >= 8 ? share : 0);
        count += 1;
      }
      vertices.push(i + x / count, j + y / count, k + z / count);
    }
  };
  /** The quad around the edge that leaves the cell's low corner along `axis`; `cell` is the cell's number in its slab. */
  const addQuad = (cell: number, axis: 0 | 1 | 2, lowInside: boolean): void => {
    const [u, v] = axis === 0 ? ([1, 2] as const) : axis === 1 ? ([2, 0] as const) : ([0, 1] as const);
    const corners = around.map(([du, dv]) => {
      const below = (u === 2 && du === 1) || (v === 2 && dv === 1) ? 1 : 0;
      const back = (u === 2 ? 0 : du * steps[u]) + (v === 2 ? 0 : dv * steps[v]);
      const [first, second] = u < v ? [du, dv] : [dv, du];
      return vertexOf(cell - back, below, 4 * axis + first + 2 * second);
    });
    if (!lowInside) corners.reverse();
    quads.push(...corners);
  };

  for (let k = 0; k + 1 < nz; k += 1) {
    configurations = [configurations[1], configurations[0]];
    firstVertices = [firstVertices[1], firstVertices[0]];
    for (let j = 0; j + 1 < ny; j += 1) {
      let cell = nx * j;
      let at = cell + slab * k;
      // The four corners with di = 1 of this cell are those with di = 0 of the next: bits 0, 2, 4, 6.
      let side = 0;
      for (let i = 0; i + 1 < nx; i += 1, cell += 1, at += 1) {
        const next =
          (values[at + 1]! >= 0.5 ? 1 : 0) |
          (values[at + 1 + nx]! >= 0.5 ? 4 : 0) |
          (values[at + 1 + slab]! >= 0.5 ? 16 : 0) |
          (values[at + 1 + nx + slab]! >= 0.5 ? 64 : 0);
        const configuration = side | (next << 1);
        side = next;
        configurations[0][cell] = configuration;
        if (configuration === 0 || configuration === 255) continue;
        firstVertices[0][cell] = vertices.length / 3;
        addVertices(at, configuration, i, j, k);
        const low = (configuration & 1) === 1;
        if (low !== ((configuration & 2) === 2)) addQuad(cell, 0, low);
        if (low !== ((configuration & 4) === 4)) addQuad(cell, 1, low);
        if (low !== ((configuration & 16) === 16)) addQuad(cell, 2, low);
      }
    }
  }
  return { vertices: Float32Array.from(vertices), quads: Uint32Array.from(quads) };
}

function toPatient(vertices: Float32Array, low: readonly [number, number, number], grid: Grid): Float32Array {
  const { origin, axes, spacing } = grid;
  const positions = new Float32Array(vertices.length);
  for (let at = 0; at < vertices.length; at += 3) {
    const x = (vertices[at]! + low[0]) * spacing[0];
    const y = (vertices[at + 1]! + low[1]) * spacing[1];
    const z = (vertices[at + 2]! + low[2]) * spacing[2];
    for (let component = 0; component < 3; component += 1) {
      positions[at + component] =
        origin[component]! + x * axes[0][component]! + y * axes[1][component]! + z * axes[2][component]!;
    }
  }
  return positions;
}

/** Two triangles a quad, cut along the shorter diagonal; `mirrored` turns them round for left-handed grids. */
function trianglesOf(quads: Uint32Array, positions: Float32Array, mirrored: boolean): Uint32Array {
  const triangles = new Uint32Array((quads.length / 4) * 6);
  const squared = (a: number, b: number): number =>
    (positions[3 * a]! - positions[3 * b]!) ** 2 +
    (positions[3 * a + 1]! - positions[3 * b + 1]!) ** 2 +
    (positions[3 * a + 2]! - positions[3 * b + 2]!) ** 2;
  for (let quad = 0, to = 0; quad < quads.length; quad += 4, to += 6) {
    const a = quads[quad]!;
    const b = quads[quad + (mirrored ? 3 : 1)]!;
    const c = quads[quad + 2]!;
    const d = quads[quad + (mirrored ? 1 : 3)]!;
    const split = squared(a, c) <= squared(b, d) ? [a, b, c, a, c, d] : [a, b, d, b, c, d];
    triangles.set(split, to);
  }
  return triangles;
}

/** Unit normals: the mean of the triangles around each vertex, weighted by area. */
function normalsOf(positions: Float32Array, triangles: Uint32Array): Float32Array {
  const normals = new Float32Array(positions.length);
  for (let at = 0; at < triangles.length; at += 3) {
    const a = 3 * triangles[at]!;
    const b = 3 * triangles[at + 1]!;
    const c = 3 * triangles[at + 2]!;
    const ux = positions[b]! - positions[a]!;
    const uy = positions[b + 1]! - positions[a + 1]!;
    const uz = positions[b + 2]! - positions[a + 2]!;
    const vx = positions[c]! - positions[a]!;
    const vy = positions[c + 1]! - positions[a + 1]!;
    const vz = positions[c + 2]! - positions[a + 2]!;
    const x = uy * vz - uz * vy;
    const y = uz * vx - ux * vz;
    const z = ux * vy - uy * vx;
    for (const vertex of [a, b, c]) {
      normals[vertex]! += x;
      normals[vertex + 1]! += y;
      normals[vertex + 2]! += z;
    }
  }
  for (let at = 0; at < normals.length; at += 3) {
    const length = Math.hypot(normals[at]!, normals[at + 1]!, normals[at + 2]!) || 1;
    normals[at]! /= length;
    normals[at + 1]! /= length;
    normals[at + 2]! /= length;
  }
  return normals;
}
