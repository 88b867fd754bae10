import type { SurfaceMesh } from '../../src/boundary/index.ts';

/** A run of a mesh's triangles with the corners they use, as vtk takes them. */
export interface MeshPiece {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  /** 3 and the three corners, for each triangle. */
  readonly cells: Uint32Array;
}

/**
 * The piece of at most `most` triangles that begins with triangle `from`; null behind the last. Corners are shared with the mesh, not
 * copied: meshes made slice by slice have those of a run near one another.
 */
export function pieceOf({ positions, normals, triangles }: SurfaceMesh, from: number, most: number): MeshPiece | null {
  const run = triangles.subarray(3 * from, 3 * (from + most));
  if (run.length === 0) return null;
  let [first, last] = [Infinity, 0];
  for (const corner of run) {
    if (corner < first) first = corner;
    if (corner > last) last = corner;
  }
  return {
    positions: positions.subarray(3 * first, 3 * last + 3),
    normals: normals.subarray(3 * first, 3 * last + 3),
    cells: cellsOf(run, first),
  };
}

function cellsOf(triangles: Uint32Array, first: number): Uint32Array {
  const cells = new Uint32Array((triangles.length / 3) * 4);
  for (let from = 0, to = 0; from < triangles.length; from += 3, to += 4) {
    cells[to] = 3;
    cells[to + 1] = triangles[from]! - first;
    cells[to + 2] = triangles[from + 1]! - first;
    cells[to + 3] = triangles[from + 2]! - first;
  }
  return cells;
}
