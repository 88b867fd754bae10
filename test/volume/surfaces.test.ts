import { describe, expect, it } from 'vitest';
import { boundaryElements, coarserField, fieldOf, labelSet, surfaceOf } from '../../src/volume/index.ts';
import type { Labels, SurfaceMesh } from '../../src/volume/index.ts';
import { createGrid, isRightHanded, toWorld, voxelIndex, voxelVolume } from '../../src/geometry/index.ts';
import type { Grid } from '../../src/geometry/index.ts';
import { describeWith, realCt } from '../support/needs.ts';
import { obliqueGrid, randomLabels } from './random-labels.ts';
import { referenceMask } from './reference-mask.ts';

type Triple = readonly [number, number, number];

/** The voxels whose centres lie in an ellipsoid with half-axes along the patient's axes, off centre by a part of a voxel. */
function ellipsoid(radii: Triple, spacing: Triple, tilt: number, mirrored: boolean): Labels {
  const oblique = obliqueGrid([1, 1, 1], mirrored, tilt);
  const size = spacing.map((step) => Math.ceil((2.5 * Math.max(...radii)) / step)) as unknown as Triple;
  const grid = createGrid({ size, spacing, origin: oblique.origin, axes: oblique.axes });
  const centre = toWorld(grid, voxelIndex(size[0] / 2 + 0.3, size[1] / 2 + 0.1, size[2] / 2 - 0.2));
  const values = new Uint8Array(size[0] * size[1] * size[2]);
  let offset = 0;
  for (let k = 0; k < size[2]; k += 1) {
    for (let j = 0; j < size[1]; j += 1) {
      for (let i = 0; i < size[0]; i += 1, offset += 1) {
        const point = toWorld(grid, voxelIndex(i, j, k));
        const sum = radii.reduce((total, radius, axis) => total + ((point[axis]! - centre[axis]!) / radius) ** 2, 0);
        if (sum <= 1) values[offset] = 7;
      }
    }
  }
  return { grid, values };
}

/** Surface of an ellipsoid by summing its parametrisation. */
function ellipsoidArea([a, b, c]: Triple): number {
  const steps = 400;
  let sum = 0;
  for (let u = 0; u < steps; u += 1) {
    const theta = (Math.PI * (u + 0.5)) / steps;
    for (let v = 0; v < steps; v += 1) {
      const phi = (2 * Math.PI * (v + 0.5)) / steps;
      const normal = [
        (Math.sin(theta) * Math.cos(phi)) / a,
        (Math.sin(theta) * Math.sin(phi)) / b,
        Math.cos(theta) / c,
      ];
      sum += a * b * c * Math.hypot(...normal) * Math.sin(theta);
    }
  }
  return (sum * 2 * Math.PI * Math.PI) / steps ** 2;
}

function corner(mesh: SurfaceMesh, vertex: number): Triple {
  return [mesh.positions[3 * vertex]!, mesh.positions[3 * vertex + 1]!, mesh.positions[3 * vertex + 2]!];
}

/** Signed volume in mL (positive when triangles turn outwards) and area in mm². */
function measured(mesh: SurfaceMesh): { readonly volumeMl: number; readonly area: number } {
  const o = corner(mesh, 0);
  let volume = 0;
  let area = 0;
  for (let at = 0; at < mesh.triangles.length; at += 3) {
    const [a, b, c] = [0, 1, 2].map((n) => corner(mesh, mesh.triangles[at + n]!).map((x, axis) => x - o[axis]!)) as [
      number[],
      number[],
      number[],
    ];
    const u = b.map((x, axis) => x - a[axis]!);
    const v = c.map((x, axis) => x - a[axis]!);
    const n = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!];
    area += Math.hypot(...n) / 2;
    volume += (a[0]! * n[0]! + a[1]! * n[1]! + a[2]! * n[2]!) / 6;
  }
  return { volumeMl: volume / 1000, area };
}

/** How often each directed edge occurs more than its reverse, and how many edges are shared by other than two triangles. */
function edgesOf(mesh: SurfaceMesh): { readonly open: number; readonly notShared: number } {
  const balance = new Map<number, number>();
  const uses = new Map<number, number>();
  const count = mesh.positions.length / 3;
  for (let at = 0; at < mesh.triangles.length; at += 3) {
    for (const n of [0, 1, 2]) {
      const a = mesh.triangles[at + n]!;
      const b = mesh.triangles[at + ((n + 1) % 3)]!;
      const key = Math.min(a, b) * count + Math.max(a, b);
      balance.set(key, (balance.get(key) ?? 0) + (a < b ? 1 : -1));
      uses.set(key, (uses.get(key) ?? 0) + 1);
    }
  }
  return {
    open: [...balance.values()].filter((value) => value !== 0).length,
    notShared: [...uses.values()].filter((value) => value !== 2).length,
  };
}

function meshOf(labels: Labels, label: number, smoothingMm?: number): SurfaceMesh {
  const field = fieldOf(labels, labelSet([label]))!;
  return surfaceOf(field, labels.grid, smoothingMm === undefined ? {} : { smoothingMm, relaxations: 0 });
}

const cases = [
  { radii: [51, 42, 29], spacing: [0.9, 1.1, 2.1], tilt: 0.35, mirrored: false },
  { radii: [70, 47, 27], spacing: [1.3, 1.2, 3.1], tilt: 0.6, mirrored: true },
  { radii: [50, 62, 40], spacing: [1.1, 1.4, 5.3], tilt: 0, mirrored: false },
] as const;

describe('surface area of ellipsoids by Crofton', () => {
  for (const { radii, spacing, tilt, mirrored } of cases) {
    it(`${radii.join(' × ')} mm on ${spacing.join(' × ')} mm, tilted ${tilt}`, () => {
      const labels = ellipsoid(radii, spacing, tilt, mirrored);
      const elements = boundaryElements(labels, labelSet([7]));
      expect(Math.abs(elements.total / ellipsoidArea(radii) - 1)).toBeLessThan(0.03);
      expect(elements.areas.reduce((sum, area) => sum + area, 0) / elements.total).toBeCloseTo(1, 4);
      expect(elements.offsets.every((offset) => labels.values[offset] === 7)).toBe(true);
    });
  }

  it('of each half is half, so the part on one side of a plane can be summed', () => {
    const labels = ellipsoid([40, 55, 33], [1.1, 0.9, 2.3], 0.2, false);
    const { offsets, areas, total } = boundaryElements(labels, labelSet([7]));
    const half = labels.grid.size[2] / 2 - 0.2;
    const slice = labels.grid.size[0] * labels.grid.size[1];
    let below = 0;
    offsets.forEach((offset, at) => {
      if (Math.floor(offset / slice) < half) below += areas[at]!;
    });
    expect(Math.abs(below / total - 0.5)).toBeLessThan(0.03);
  });

  it('is zero for nothing', () => {
    expect(boundaryElements(randomLabels(obliqueGrid([4, 5, 6]), 3, 0), labelSet([1])).total).toBe(0);
  });
});

describe('surface nets', () => {
  for (const { radii, spacing, tilt, mirrored } of cases) {
    it(`close round an ellipsoid, outwards, near its volume and area (${isRightHanded(ellipsoidGrid(mirrored)) ? 'right' : 'left'}-handed)`, () => {
      const labels = ellipsoid(radii, spacing, tilt, mirrored);
      const mesh = meshOf(labels, 7);
      expect(edgesOf(mesh)).toEqual({ open: 0, notShared: 0 });
      const { volumeMl, area } = measured(mesh);
      const truth = ((4 / 3) * Math.PI * radii[0] * radii[1] * radii[2]) / 1000;
      expect(Math.abs(volumeMl / truth - 1)).toBeLessThan(0.02);
      expect(Math.abs(area / ellipsoidArea(radii) - 1)).toBeLessThan(0.03);
      // Normals are those of the ellipsoid within a few degrees (mean), and of unit length.
      const centre = [0, 1, 2].map(
        (axis) =>
          mesh.positions.reduce((sum, x, at) => (at % 3 === axis ? sum + x : sum), 0) / (mesh.positions.length / 3),
      );
      let cosines = 0;
      let longest = 0;
      for (let at = 0; at < mesh.normals.length; at += 3) {
        const normal = [mesh.normals[at]!, mesh.normals[at + 1]!, mesh.normals[at + 2]!];
        longest = Math.max(longest, Math.abs(Math.hypot(...normal) - 1));
        const ideal = radii.map((radius, axis) => (mesh.positions[at + axis]! - centre[axis]!) / radius ** 2);
        cosines += ideal.reduce((sum, x, axis) => sum + x * normal[axis]!, 0) / Math.hypot(...ideal);
      }
      expect(longest).toBeLessThan(1e-5);
      expect(cosines / (mesh.normals.length / 3)).toBeGreaterThan(0.99);
    });
  }

  it('in coarser cells lie where the fine ones do, with the same volume and a third of the triangles', () => {
    for (const mirrored of [false, true]) {
      const labels = ellipsoid([51, 42, 29], [0.7, 0.5, 2.1], 0.35, mirrored);
      const field = fieldOf(labels, labelSet([7]))!;
      // In wider cells the rounds of relaxation take more off: without them.
      const fine = surfaceOf(field, labels.grid, { relaxations: 0 });
      const coarser = coarserField(field, labels.grid, 1.5);
      expect([...coarser.grid.spacing].map((step) => step.toFixed(3))).toEqual(['1.400', '1.500', '2.100']);
      const coarse = surfaceOf(coarser.field, coarser.grid, { relaxations: 0 });
      expect(coarse.triangles.length).toBeLessThan(fine.triangles.length / 3);
      expect(edgesOf(coarse)).toEqual({ open: 0, notShared: 0 });
      expect(Math.abs(measured(coarse).volumeMl / measured(fine).volumeMl - 1)).toBeLessThan(0.005);
      const ends = (mesh: SurfaceMesh) =>
        [0, 1, 2].flatMap((axis) => {
          const places = mesh.positions.filter((_, at) => at % 3 === axis);
          return [places.reduce((most, x) => Math.max(most, x)), places.reduce((least, x) => Math.min(least, x))];
        });
      const [theirs, ours] = [ends(fine), ends(coarse)];
      // Half a fine voxel of shift would show.
      ours.forEach((end, at) => expect(Math.abs(end - theirs[at]!)).toBeLessThan(0.2));
    }
  });

  it('in coarser cells are the fine ones where a body is small', () => {
    const labels = ellipsoid([6, 5, 7], [0.7, 0.5, 2.1], 0.2, false);
    const field = fieldOf(labels, labelSet([7]))!;
    const coarser = coarserField(field, labels.grid, 1.5);
    expect(coarser.grid.spacing).toEqual(labels.grid.spacing);
    expect(surfaceOf(coarser.field, coarser.grid).triangles).toEqual(surfaceOf(field, labels.grid).triangles);
  });

  it('stay closed on noise, where sheets meet in one cell, and where the organ touches every face of the grid', () => {
    for (const seed of [1, 2, 3]) {
      const labels = randomLabels(obliqueGrid([14, 11, 9], seed === 2), seed, 0.5, 1);
      for (const smoothing of [0, 0.9]) expect(edgesOf(meshOf(labels, 1, smoothing)).open).toBe(0);
    }
    const full: Labels = { grid: obliqueGrid([6, 7, 5]), values: new Uint8Array(210).fill(1) };
    const mesh = meshOf(full, 1, 0);
    expect(edgesOf(mesh)).toEqual({ open: 0, notShared: 0 });
    // A box of voxels, faces half a voxel outside the centres; its edges and corners are bevelled by at most a voxel.
    const box = 210 * voxelVolume(full.grid);
    expect(measured(mesh).volumeMl).toBeGreaterThan(0.85 * box);
    expect(measured(mesh).volumeMl).toBeLessThan(box);
  });

  it('follow a field between 0 and 1: half a voxel filled moves the face by half a voxel', () => {
    const grid = obliqueGrid([12, 13, 11]);
    const values = new Float32Array(8 * 8 * 6).fill(1);
    const whole = surfaceOf({ low: [2, 2, 2], size: [8, 8, 6], values }, grid, { smoothingMm: 0, relaxations: 0 });
    for (let at = 0; at < 64; at += 1) values[at + 64 * 5] = 0.5 + 1e-6;
    const cut = surfaceOf({ low: [2, 2, 2], size: [8, 8, 6], values }, grid, { smoothingMm: 0, relaxations: 0 });
    const highest = (mesh: SurfaceMesh): number => {
      let most = -Infinity;
      for (let at = 0; at < mesh.positions.length; at += 3) {
        const along = [0, 1, 2].reduce(
          (sum, axis) => sum + (mesh.positions[at + axis]! - grid.origin[axis]!) * grid.axes[2][axis]!,
          0,
        );
        most = Math.max(most, along);
      }
      return most;
    };
    expect(highest(whole) - highest(cut)).toBeCloseTo(grid.spacing[2] / 2, 3);
  });
});

function ellipsoidGrid(mirrored: boolean): Grid {
  return obliqueGrid([1, 1, 1], mirrored);
}

describeWith(['real-ct'], 'the real liver', () => {
  it('has a closed surface of its volume, and an area between the stairs of its voxels and its smoothed surface', () => {
    const labels = referenceMask(realCt()!);
    const mesh = meshOf(labels, 1);
    expect(edgesOf(mesh).open).toBe(0);
    const { volumeMl, area } = measured(mesh);
    expect(Math.abs(volumeMl / 1417.493 - 1)).toBeLessThan(0.01);
    const crofton = boundaryElements(labels, labelSet([1])).total;
    // VTK flying edges: 957 cm² round the bare voxels, 804 cm² after a Gaussian of 2 mm.
    expect(crofton / 100).toBeGreaterThan(804);
    expect(crofton / 100).toBeLessThan(957);
    expect(Math.abs(area / crofton - 1)).toBeLessThan(0.05);
  });
});
