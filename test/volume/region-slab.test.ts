import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  cross,
  direction,
  millimetres,
  rotate,
  rotationAbout,
  toWorld,
  voxelCount,
  voxelIndex,
} from '../../src/geometry/index.ts';
import { ellipseBetween, regionStatistics, slabValueAt } from '../../src/volume/index.ts';
import type { Ellipse, Volume } from '../../src/volume/index.ts';
import { describeWith, runPython } from '../support/needs.ts';
import { obliqueGrid } from '../viewer/grids.ts';

const grid = obliqueGrid([1, 2, 0], [1, -1, -1], 0.24);
const volume: Volume = { grid, unit: 'HU', values: new Int16Array(voxelCount(grid)) };
let seed = 12345;
for (let at = 0; at < volume.values.length; at += 1) {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  volume.values[at] = ((seed >>> 16) % 1700) - 800;
}
const spin = rotationAbout(direction(1, -2, 0.5), 0.61);
const tilted = { first: rotate(spin, grid.axes[0]), second: rotate(spin, grid.axes[1]) };

/** The header of the Python programs: the volume as voxels[k, j, i], and the grid. */
const reading = `
import sys, json, numpy as np
about = json.load(open(sys.argv[1]))
size, spacing = about['size'], np.array(about['spacing'])
voxels = np.fromfile(sys.argv[2], '<i2').reshape(size[2], size[1], size[0]).astype(float)
axes, origin = np.array(about['axes']), np.array(about['origin'])
`;

function withFiles(program: string, about: object): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'region-'));
  try {
    writeFileSync(join(folder, 'about.json'), JSON.stringify({ ...grid, ...about }));
    writeFileSync(join(folder, 'voxels.bin'), volume.values);
    return JSON.parse(runPython(reading + program, join(folder, 'about.json'), join(folder, 'voxels.bin')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const inSlice: Ellipse = {
  centre: toWorld(grid, voxelIndex(10.3, 7.6, 5)),
  first: grid.axes[0],
  second: grid.axes[1],
  radii: [millimetres(4.9), millimetres(6.1)],
};
const oblique: Ellipse = {
  centre: toWorld(grid, voxelIndex(11.2, 8.1, 4.7)),
  ...tilted,
  radii: [millimetres(6.3), millimetres(7.7)],
};

describe('A region of interest', () => {
  it('takes the ellipse of a dragged box, whichever corner comes first', () => {
    const a = toWorld(grid, voxelIndex(3, 4, 5));
    const b = toWorld(grid, voxelIndex(13, 10, 5));
    for (const ellipse of [
      ellipseBetween(a, b, grid.axes[0], grid.axes[1]),
      ellipseBetween(b, a, grid.axes[0], grid.axes[1]),
    ]) {
      expect(ellipse.radii[0]).toBeCloseTo(3.5, 9);
      expect(ellipse.radii[1]).toBeCloseTo(3.3, 9);
      expect(regionStatistics(volume, ellipse)!.area).toBeCloseTo(Math.PI * 3.5 * 3.3, 8);
    }
  });

  it('says nothing where there is no voxel, and no deviation for one', () => {
    const far = toWorld(grid, voxelIndex(10, 7, 300));
    expect(regionStatistics(volume, { ...inSlice, centre: far })).toBeNull();
    const one = regionStatistics(volume, {
      ...inSlice,
      centre: toWorld(grid, voxelIndex(10, 7, 5)),
      radii: [millimetres(0.3), millimetres(0.3)],
    });
    expect(one).toMatchObject({ count: 1, deviation: null });
    expect(one!.lowest).toBe(one!.mean);
  });
});

describeWith(['python:numpy'], 'A region of interest, beside numpy', () => {
  // numpy looks at every voxel of the volume: is it the nearest of its row to the plane, and does the row meet the plane in the ellipse?
  const program = `
first, second, centre, radii = (np.array(about[n]) for n in ('first', 'second', 'centre', 'radii'))
normal = np.cross(first, second)
through = int(np.argmax(np.abs(axes @ normal) * spacing))
k, j, i = np.meshgrid(*(np.arange(n) for n in size[::-1]), indexing='ij')
index = np.stack([i, j, k], -1)
world = origin + (index * spacing) @ axes
off = (world - centre) @ normal
step = spacing[through] * (axes[through] @ normal)
nearest = np.abs(off / step) <= 0.5
meets = world - (off / (axes[through] @ normal))[..., None] * axes[through]
u, v = (meets - centre) @ first, (meets - centre) @ second
inside = nearest & ((u / radii[0]) ** 2 + (v / radii[1]) ** 2 <= 1 + 1e-9)
took = voxels[inside]
print(json.dumps(dict(count=int(took.size), mean=took.mean(), deviation=took.std(ddof=1), lowest=took.min(), highest=took.max(), area=np.pi * radii[0] * radii[1])))
`;
  it.each([
    ['in a slice', inSlice],
    ['in a tilted plane', oblique],
    ['over the edge of the volume', { ...oblique, centre: toWorld(grid, voxelIndex(1.4, 2.2, 8.3)) }],
  ])('%s', (_name, ellipse) => {
    const theirs = withFiles(program, ellipse) as Record<string, number>;
    const ours = regionStatistics(volume, ellipse)!;
    expect(ours.count).toBe(theirs['count']);
    expect(ours.count).toBeGreaterThan(20);
    for (const name of ['mean', 'deviation', 'lowest', 'highest', 'area'] as const) {
      expect(ours[name]).toBeCloseTo(theirs[name]!, 8);
    }
  });
});

describeWith(['python:scipy'], 'A thick slab, beside numpy and scipy', () => {
  const normal = cross(tilted.first, tilted.second);
  const points = [
    [11, 8, 5],
    [6.3, 9.1, 4.4],
    [0.2, 0.4, 0.1],
    [21.7, 15.2, 9.6],
  ].map(([i, j, k]) => toWorld(grid, voxelIndex(i!, j!, k!)));
  const program = `
from scipy.ndimage import map_coordinates
answer = []
for point in about['points']:
    half = max(1, int(np.ceil(about['thickness'] / spacing.min())))
    t = np.linspace(-about['thickness'] / 2, about['thickness'] / 2, 2 * half + 1)
    world = np.array(point) + t[:, None] * np.array(about['normal'])
    index = ((world - origin) @ axes.T) / spacing
    kept = np.all((index >= -0.5) & (index <= np.array(size) - 0.5), axis=1)
    found = map_coordinates(voxels, index[kept][:, ::-1].T, order=1, mode='nearest')
    answer.append(dict(maximum=found.max(), minimum=found.min(), mean=found.mean(), count=int(found.size)))
print(json.dumps(answer))
`;
  it('has the same maximum, minimum and mean', () => {
    const thickness = 8.3;
    const theirs = withFiles(program, { points, normal, thickness }) as Record<string, number>[];
    for (const [order, point] of points.entries()) {
      for (const mode of ['maximum', 'minimum', 'mean'] as const) {
        expect(slabValueAt(volume, point, normal, thickness, mode)).toBeCloseTo(theirs[order]![mode]!, 6);
      }
    }
    expect(new Set(theirs.map(({ count }) => count)).size).toBeGreaterThan(1);
  });

  it('is NaN beside the volume', () => {
    expect(slabValueAt(volume, toWorld(grid, voxelIndex(-9, 3, 3)), grid.axes[2], 5, 'mean')).toBeNaN();
  });
});
