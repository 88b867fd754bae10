import { expect, it } from 'vitest';
import { pieceOf } from '../../renderer/viewer/mesh-pieces.ts';
import type { MeshPiece } from '../../renderer/viewer/mesh-pieces.ts';
import type { SurfaceMesh } from '../../src/boundary/index.ts';
import { planSurfaces } from '../../src/liver/index.ts';
import { createGrid } from '../../src/geometry/index.ts';

/** The surface of a ball of 18 voxels' radius. */
function ball() {
  const grid = createGrid({
    size: [40, 41, 42],
    spacing: [1, 1.1, 1.2],
    origin: [5, -7, 9],
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  });
  const values = new Uint8Array(40 * 41 * 42);
  for (let at = 0; at < values.length; at += 1) {
    const [i, j, k] = [at % 40, Math.floor(at / 40) % 41, Math.floor(at / 1640)];
    if (Math.hypot(i - 19, j - 20, k - 21) < 18) values[at] = 1;
  }
  return planSurfaces({ grid, values }, []).whole;
}

function piecesOf(mesh: SurfaceMesh, most: number): readonly MeshPiece[] {
  const pieces: MeshPiece[] = [];
  for (let from = 0; ;) {
    const piece = pieceOf(mesh, from, most);
    if (piece === null) return pieces;
    pieces.push(piece);
    from += piece.cells.length / 4;
  }
}

it('a mesh in pieces has the same triangles in the same order, and each piece little more than its own corners', () => {
  const mesh = ball();
  const most = 700;
  const pieces = piecesOf(mesh, most);
  expect(pieces).toHaveLength(Math.ceil(mesh.triangles.length / 3 / most));
  expect(pieces.length).toBeGreaterThan(5);
  const cornersOf = (values: Float32Array, corner: number): readonly number[] => [
    ...values.subarray(3 * corner, 3 * corner + 3),
  ];
  const together = pieces.flatMap(({ positions, normals, cells }) => {
    expect(cells.length).toBeLessThanOrEqual(4 * most);
    expect(positions.buffer).toBe(mesh.positions.buffer);
    expect(normals).toHaveLength(positions.length);
    expect(positions.length).toBeLessThan(mesh.positions.length / 2);
    return Array.from({ length: cells.length / 4 }, (_, n) => [...cells.subarray(4 * n, 4 * n + 4)]).flatMap(
      ([count, ...corners]) => {
        expect(count).toBe(3);
        return corners.map((corner) => [...cornersOf(positions, corner), ...cornersOf(normals, corner)]);
      },
    );
  });
  const whole = [...mesh.triangles].map((corner) => [
    ...cornersOf(mesh.positions, corner),
    ...cornersOf(mesh.normals, corner),
  ]);
  expect(together).toEqual(whole);
});

it('a mesh without triangles has no pieces', () => {
  const none = new Float32Array(0);
  expect(pieceOf({ positions: none, normals: none, triangles: new Uint32Array(0) }, 0, 9)).toBeNull();
});
