import type { PlanSurfaces, SurfaceMesh } from '../../src/boundary/index.ts';

/**
 * The new surfaces with every mesh that is what it was before as the same object, so that the 3D view need not bring it to the graphics
 * card again: a moved plane leaves vessels, tumours and the whole liver alone, a stroke all but one structure.
 */
export function keepSameMeshes(before: PlanSurfaces | null, now: PlanSurfaces): PlanSurfaces {
  if (before === null) return now;
  const old = [before.whole, before.remnant, before.resected, ...before.others.map(({ mesh }) => mesh)];
  const kept = (mesh: SurfaceMesh): SurfaceMesh => old.find((one) => one !== null && isSameMesh(one, mesh)) ?? mesh;
  return {
    cuts: now.cuts,
    whole: kept(now.whole),
    remnant: kept(now.remnant),
    resected: now.resected === null ? null : kept(now.resected),
    others: now.others.map(({ label, mesh }) => ({ label, mesh: kept(mesh) })),
  };
}

function isSameMesh(one: SurfaceMesh, other: SurfaceMesh): boolean {
  return (
    one === other ||
    (isSame(one.positions, other.positions) &&
      isSame(one.triangles, other.triangles) &&
      isSame(one.normals, other.normals))
  );
}

function isSame(one: Float32Array | Uint32Array, other: Float32Array | Uint32Array): boolean {
  if (one.length !== other.length) return false;
  // No `every`: with a function called for each of a million numbers the page would stand still.
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
