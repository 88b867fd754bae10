import { describe, expect, it } from 'vitest';
import { direction, dot, toWorld, voxelIndex } from '../../src/geometry/index.ts';
import type { Direction, WorldPoint } from '../../src/geometry/index.ts';
import { segment } from '../../src/segmentation/index.ts';
import type { BrushRequest } from '../../src/segmentation/index.ts';
import { applyPatch } from '../../src/volume/index.ts';
import type { Labels, Volume } from '../../src/volume/index.ts';
import { obliqueGrid, randomFrom, randomLabels } from '../volume/random-labels.ts';

const grid = obliqueGrid([41, 31, 17]);
const random = randomFrom(77);
const volume: Volume = {
  grid,
  unit: 'HU',
  values: Int16Array.from({ length: 41 * 31 * 17 }, () => random() * 300 - 50),
};
const empty = (): Labels => ({ grid, values: new Uint8Array(41 * 31 * 17) });
const at = (i: number, j: number, k: number): WorldPoint => toWorld(grid, voxelIndex(i, j, k));
const stroke = { kind: 'brush', label: 1, over: null, range: null } as const;

function painted(request: BrushRequest, labels: Labels = empty()): Uint8Array {
  const patch = segment(volume, labels, request);
  if (!patch.ok) throw new Error(patch.error.message);
  const values = labels.values.slice();
  applyPatch(values, patch.value);
  return values;
}

/** The plain definition in patient space: distance of the centre from the polyline, lengths along the normal taken apart. */
function expected(path: readonly WorldPoint[], radius: number, normal: Direction | null): Uint8Array {
  const values = new Uint8Array(41 * 31 * 17);
  const half =
    normal === null
      ? Infinity
      : [0, 1, 2].reduce((sum, n) => sum + (Math.abs(dot(normal, grid.axes[n]!)) * grid.spacing[n]!) / 2, 0);
  for (let k = 0, offset = 0; k < 17; k += 1) {
    for (let j = 0; j < 31; j += 1) {
      for (let i = 0; i < 41; i += 1, offset += 1) {
        const point = at(i, j, k);
        for (let n = 0; n < Math.max(1, path.length - 1); n += 1) {
          const a = path[n]!;
          const b = path[Math.min(n + 1, path.length - 1)]!;
          const flat = (v: readonly number[]): [number, number, number] => {
            const away = normal === null ? 0 : dot([v[0]!, v[1]!, v[2]!], normal);
            return [0, 1, 2].map((axis) => v[axis]! - away * (normal?.[axis] ?? 0)) as [number, number, number];
          };
          const offsetOfPoint = point.map((x, axis) => x - a[axis]!) as unknown as [number, number, number];
          const u = flat(offsetOfPoint);
          const w = flat(b.map((x, axis) => x - a[axis]!));
          const t = dot(w, w) > 0 ? Math.min(1, Math.max(0, dot(u, w) / dot(w, w))) : 0;
          const height = normal === null ? 0 : Math.abs(dot(offsetOfPoint, normal));
          if (Math.hypot(...u.map((x, axis) => x - t * w[axis]!)) <= radius && height < half) values[offset] = 1;
        }
      }
    }
  }
  return values;
}

const count = (values: Uint8Array): number => values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);

describe('the brush', () => {
  it('is a ball in mm on an oblique anisotropic grid, swept along its path', () => {
    const path = [at(10.3, 9.2, 5.1), at(22.6, 20.9, 9.8), at(35.2, 12.4, 8.3)];
    for (const some of [path.slice(0, 1), path]) {
      const values = painted({ ...stroke, path: some, radiusMm: 4.3, normal: null });
      expect(values).toEqual(expected(some, 4.3, null));
      expect(count(values)).toBeGreaterThan(150);
    }
  });

  it('is one slice thick in each plane of the grid', () => {
    for (const axis of [0, 1, 2] as const) {
      const centre = [20, 15, 8] as const;
      const values = painted({ ...stroke, path: [at(...centre)], radiusMm: 5, normal: grid.axes[axis] });
      const slices = new Set<number>();
      values.forEach((value, offset) => {
        if (value === 1) slices.add([offset % 41, Math.floor(offset / 41) % 31, Math.floor(offset / (41 * 31))][axis]!);
      });
      expect([...slices]).toEqual([centre[axis]]);
      const area = grid.spacing.reduce((product, step, other) => (other === axis ? product : product * step), 1);
      expect(Math.abs((count(values) * area) / (Math.PI * 25) - 1)).toBeLessThan(0.12);
    }
    // Exactly between two slices it still paints one.
    const between = painted({ ...stroke, path: [at(20, 15, 8.5)], radiusMm: 5, normal: grid.axes[2] });
    expect(
      new Set([...between.keys()].filter((o) => between[o] === 1).map((o) => Math.floor(o / (41 * 31)))).size,
    ).toBe(1);
  });

  it('is a disc of voxels that the plane crosses, in any plane', () => {
    const normal = direction(0.5, -0.3, 0.8);
    const across = [at(15, 12, 8), at(24, 18, 8)] as const;
    const rise = dot([across[1][0] - across[0][0], across[1][1] - across[0][1], across[1][2] - across[0][2]], normal);
    const path = [
      across[0],
      toWorld(grid, voxelIndex(24, 18, 8)).map((x, n) => x - rise * normal[n]!) as unknown as WorldPoint,
    ];
    const values = painted({ ...stroke, path, radiusMm: 5.2, normal });
    expect(values).toEqual(expected(path, 5.2, normal));
    expect(count(values)).toBeGreaterThan(100);
  });

  it('writes only over the labels and image values it may', () => {
    const labels = randomLabels(grid, 4, 0.6);
    const path = [at(20, 15, 8)];
    const ball = expected(path, 6, null);
    const values = painted(
      { ...stroke, label: 2, path, radiusMm: 6, normal: null, over: [0, 3], range: [10, 90] },
      labels,
    );
    const erased = painted({ ...stroke, label: 0, path, radiusMm: 6, normal: null, over: [1] }, labels);
    let written = 0;
    labels.values.forEach((before, offset) => {
      const value = volume.values[offset]!;
      const may = ball[offset] === 1 && (before === 0 || before === 3) && value >= 10 && value <= 90;
      if (values[offset] !== (may ? 2 : before)) throw new Error(`voxel ${offset}`);
      if (erased[offset] !== (ball[offset] === 1 && before === 1 ? 0 : before)) throw new Error(`erased ${offset}`);
      if (may) written += 1;
    });
    expect(written).toBeGreaterThan(20);
  });

  it('changes nothing outside the volume, and refuses a radius that is none', () => {
    const away = segment(volume, empty(), { ...stroke, path: [at(200, 0, 0)], radiusMm: 3, normal: null });
    expect(away.ok && away.value.starts).toHaveLength(0);
    for (const radiusMm of [0, -1, NaN, Infinity]) {
      expect(segment(volume, empty(), { ...stroke, path: [at(1, 1, 1)], radiusMm, normal: null })).toMatchObject({
        ok: false,
        error: { code: 'brush_radius' },
      });
    }
    expect(() =>
      segment(volume, empty(), { ...stroke, label: 256, path: [at(1, 1, 1)], radiusMm: 2, normal: null }),
    ).toThrow(RangeError);
  });
});
