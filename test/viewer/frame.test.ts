import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cross,
  direction,
  dot,
  insideGrid,
  onSlice,
  sliceAt,
  toIndex,
  viewFrame,
  worldPoint,
} from '../../src/geometry/index.ts';
import { edgeLetters, lettersOf } from '../../renderer/viewer/letters.ts';
import { anyGrid } from './grids.ts';

describe('The frames of the 2D views', () => {
  it('follow radiological convention whichever way the grid runs: R left, A top or left, H top', () => {
    fc.assert(
      fc.property(anyGrid, (grid) => {
        const letters = (view: 'axial' | 'coronal' | 'sagittal'): string => {
          const frame = viewFrame(grid, view);
          const edges = edgeLetters(frame.right, frame.up);
          return [edges.left, edges.right, edges.top, edges.bottom].map((text) => text[0]).join('');
        };
        expect(letters('axial')).toBe('RLAP');
        expect(letters('coronal')).toBe('RLHF');
        expect(letters('sagittal')).toBe('APHF');
      }),
      { seed: 11 },
    );
  });

  it('look along the three different grid axes, square, and along whole voxels', () => {
    fc.assert(
      fc.property(anyGrid, (grid) => {
        const frames = (['axial', 'coronal', 'sagittal'] as const).map((view) => viewFrame(grid, view));
        expect(new Set(frames.map(({ through }) => through)).size).toBe(3);
        for (const { right, up, normal, across, down, through } of frames) {
          expect(new Set([across.axis, down.axis, through]).size).toBe(3);
          expect(dot(right, up)).toBeCloseTo(0, 9);
          expect(dot(cross(right, up), normal)).toBeCloseTo(1, 9);
          expect(dot(right, grid.axes[across.axis]) * across.sign).toBeCloseTo(1, 9);
          expect(dot(up, grid.axes[down.axis]) * down.sign).toBeCloseTo(-1, 9);
        }
      }),
      { seed: 12 },
    );
  });

  it('keep the other two coordinates when a slice is chosen, and stay inside the grid', () => {
    fc.assert(
      fc.property(
        anyGrid,
        fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -90, max: 90, noNaN: true }))),
        (grid, offset) => {
          const frame = viewFrame(grid, 'coronal');
          const point = worldPoint(
            grid.origin[0] + offset[0]!,
            grid.origin[1] + offset[1]!,
            grid.origin[2] + offset[2]!,
          );
          const inside = insideGrid(grid, point);
          const slice = sliceAt(grid, frame, point);
          expect(slice).toBe(sliceAt(grid, frame, inside));
          const index = toIndex(grid, onSlice(grid, frame, inside, slice));
          const before = toIndex(grid, inside);
          expect(index[frame.through]).toBeCloseTo(slice, 6);
          expect(index[frame.across.axis]).toBeCloseTo(before[frame.across.axis], 6);
          expect(index[frame.down.axis]).toBeCloseTo(before[frame.down.axis], 6);
          for (const axis of [0, 1, 2] as const) {
            expect(before[axis]).toBeGreaterThanOrEqual(-1e-9);
            expect(before[axis]).toBeLessThanOrEqual(grid.size[axis] - 1 + 1e-9);
          }
        },
      ),
      { seed: 13 },
    );
  });
});

describe('Orientation letters', () => {
  it('name the strongest side first and leave out slight leanings', () => {
    expect(lettersOf(direction(1, 0.05, -0.1))).toBe('L');
    expect(lettersOf(direction(-0.5, 0.8, 0.1))).toBe('PR');
    expect(lettersOf(direction(0.3, -0.4, -0.9))).toBe('FAL');
  });
});
