import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  angleAt,
  cross,
  direction,
  distanceBetween,
  dot,
  followedBy,
  rotate,
  rotationAbout,
  shortestTurn,
  toWorld,
  voxelIndex,
} from '../../src/geometry/index.ts';
import { obliqueGrid } from '../viewer/grids.ts';

const share = fc.double({ min: -1, max: 1, noNaN: true });
const anyDirection = fc
  .tuple(share, share, share)
  .filter((of) => Math.hypot(...of) > 0.1)
  .map((of) => direction(...of));

describe('Rotation', () => {
  it('turns counter-clockwise for one whom the axis points at', () => {
    const quarter = rotationAbout(direction(0, 0, 1), Math.PI / 2);
    const back = rotate(quarter, direction(1, 0, 0));
    expect(back[0]).toBeCloseTo(0, 12);
    expect(back[1]).toBeCloseTo(1, 12);
  });

  it('keeps lengths and angles after a thousand small turns', () => {
    let all = rotationAbout(direction(1, 2, 3), 0.01);
    for (let n = 0; n < 1000; n += 1) all = followedBy(all, rotationAbout(direction(Math.cos(n), 1, 0.3), 0.037));
    expect(dot(all[0], all[1])).toBeCloseTo(0, 12);
    expect(dot(cross(all[0], all[1]), all[2])).toBeCloseTo(1, 12);
  });

  it('is one rotation after the other', () => {
    fc.assert(
      fc.property(anyDirection, anyDirection, anyDirection, (a, b, v) => {
        const first = rotationAbout(a, 0.7);
        const then = rotationAbout(b, -1.9);
        const both = rotate(followedBy(first, then), v);
        rotate(then, rotate(first, v)).forEach((value, axis) => expect(both[axis]).toBeCloseTo(value, 10));
      }),
      { seed: 5 },
    );
  });

  it('brings one direction to another the short way', () => {
    fc.assert(
      fc.property(anyDirection, anyDirection, (from, to) => {
        const spare = cross(from, Math.abs(from[0]) < 0.8 ? direction(1, 0, 0) : direction(0, 1, 0));
        const turn = shortestTurn(from, to, spare);
        rotate(turn, from).forEach((value, axis) => expect(value).toBeCloseTo(to[axis]!, 8));
        // What stands upright on both stays where it is.
        if (Math.abs(dot(from, to)) < 0.999) {
          const axis = cross(from, to);
          expect(dot(rotate(turn, axis), axis)).toBeCloseTo(1, 10);
        }
      }),
      { seed: 6 },
    );
    const half = shortestTurn(direction(0, 0, 1), direction(0, 0, -1), direction(0, 1, 0));
    expect(rotate(half, direction(0, 0, 1))[2]).toBeCloseTo(-1, 12);
    expect(rotate(half, direction(0, 1, 0))[1]).toBeCloseTo(1, 12);
  });
});

describe('Ruler and angle', () => {
  const grid = obliqueGrid([2, 0, 1], [1, -1, 1], 0.27);
  it('measure patient mm on a tilted anisotropic grid', () => {
    const at = (i: number, j: number, k: number) => toWorld(grid, voxelIndex(i, j, k));
    // Spacings 0.7, 1.1 and 2.3: 10 × 0.7, 5 × 1.1 and 3 × 2.3 mm along axes at right angles.
    expect(distanceBetween(at(2, 3, 1), at(12, 8, 4))).toBeCloseTo(Math.hypot(7, 5.5, 6.9), 9);
    expect(angleAt(at(2, 3, 1), at(12, 3, 1), at(2, 8, 1))).toBeCloseTo(90, 9);
    expect(angleAt(at(2, 3, 1), at(12, 3, 1), at(12, 8, 1))).toBeCloseTo((Math.atan2(5.5, 7) * 180) / Math.PI, 9);
    expect(angleAt(at(2, 3, 1), at(12, 3, 1), at(0, 3, 1))).toBeCloseTo(180, 9);
    expect(angleAt(at(2, 3, 1), at(2, 3, 1), at(0, 3, 1))).toBe(0);
  });
});
