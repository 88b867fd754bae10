import { describe, expect, it } from 'vitest';
import { createGrid, offsetOf } from '../../src/geometry/index.ts';
import { fieldOfViewRemark, liverLabel } from '../../src/liver/index.ts';

const grid = createGrid({
  size: [7, 6, 5],
  spacing: [0.7, 0.9, 2.3],
  origin: [1, 2, 3],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
});

/** One voxel of a label. */
function remarkFor(place: readonly [number, number, number], label: number): string | null {
  const values = new Uint8Array(7 * 6 * 5);
  values[offsetOf(grid, ...place)] = label;
  return fieldOfViewRemark({ grid, values })?.message ?? null;
}

describe('the liver at the border of the scan', () => {
  it('is said for each face, and for the faces only', () => {
    expect(remarkFor([3, 3, 2], liverLabel)).toBeNull();
    expect(remarkFor([1, 1, 1], liverLabel)).toBeNull();
    expect(remarkFor([5, 4, 3], liverLabel)).toBeNull();
    expect(remarkFor([3, 3, 0], liverLabel)).toContain('the first slice of');
    expect(remarkFor([3, 3, 4], liverLabel)).toContain('the last slice of');
    for (const place of [
      [0, 3, 2],
      [6, 3, 2],
      [3, 0, 2],
      [3, 5, 2],
    ] as const) {
      expect(remarkFor(place, liverLabel)).toContain('the edge of the images');
    }
    expect(remarkFor([0, 0, 0], liverLabel)).toContain('the first slice and the edge of the images');
  });

  it('does not matter for what is no liver', () => {
    expect(remarkFor([3, 3, 0], 0)).toBeNull();
  });
});
