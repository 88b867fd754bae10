import { expect, test } from 'vitest';
import type { PlanSurfaces, SurfaceMesh } from '../../src/boundary/index.ts';
import { keepSameMeshes } from '../../renderer/commands/kept-surfaces.ts';

function mesh(seed: number): SurfaceMesh {
  return {
    positions: Float32Array.from({ length: 9 }, (_, at) => seed + at / 7),
    normals: Float32Array.from({ length: 9 }, (_, at) => seed - at / 3),
    triangles: Uint32Array.from([0, 1, 2]),
  };
}

function surfaces(whole: number, remnant: number, resected: number | null, others: readonly number[]): PlanSurfaces {
  return {
    cuts: [],
    whole: mesh(whole),
    remnant: mesh(remnant),
    resected: resected === null ? null : mesh(resected),
    others: others.map((seed, order) => ({ label: 10 + order, mesh: mesh(seed) })),
  };
}

test('meshes that are what they were stay the same objects, wherever they stand; changed ones are the new ones', () => {
  const before = surfaces(1, 2, 3, [4, 5]);
  const now = surfaces(1, 1, 6, [5, 4, 7]);
  const kept = keepSameMeshes(before, now);
  expect(kept).toEqual(now);
  expect(kept.whole).toBe(before.whole);
  expect(kept.remnant).toBe(before.whole);
  expect(kept.resected).toBe(now.resected);
  expect(kept.others.map(({ mesh: one }) => one)).toEqual([
    before.others[1]!.mesh,
    before.others[0]!.mesh,
    now.others[2]!.mesh,
  ]);
  expect(kept.others[0]!.mesh).toBe(before.others[1]!.mesh);
  expect(kept.others[2]!.mesh).toBe(now.others[2]!.mesh);
  expect(keepSameMeshes(null, now)).toBe(now);
});

test('a mesh that differs in one number of one of its parts is a new one', () => {
  const before = surfaces(1, 2, null, [4]);
  for (const part of ['positions', 'normals', 'triangles'] as const) {
    const changed = surfaces(1, 2, null, [4]);
    changed.others[0]!.mesh[part][2]! += 1;
    expect(keepSameMeshes(before, changed).others[0]!.mesh).toBe(changed.others[0]!.mesh);
  }
});
