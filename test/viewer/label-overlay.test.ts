import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  direction,
  offsetOf,
  onSlice,
  pictureSize,
  signedDistance,
  toIndex,
  toWorld,
  viewFrame,
  voxelCount,
  voxelIndex,
  worldPoint,
} from '../../src/geometry/index.ts';
import type { PlaneCut } from '../../src/liver/index.ts';
import { colours, patternColour } from '../../src/liver/index.ts';
import { segment } from '../../src/segmentation/index.ts';
import { markResected, resectedSide } from '../../renderer/viewer/half-planes.ts';
import { paintLabels, sliceCentre, sliceLookup, voxelUnder } from '../../renderer/viewer/label-overlay.ts';
import { createPalette, rgba } from '../../renderer/viewer/palette.ts';
import { fittingScale, scaleBar, toCanvas, toPatient } from '../../renderer/viewer/projection.ts';
import type { Projection } from '../../renderer/viewer/projection.ts';
import { emptyStroke, stampStretch } from '../../renderer/viewer/stroke.ts';
import { anyGrid, obliqueGrid } from './grids.ts';

const views = ['axial', 'coronal', 'sagittal'] as const;
const grid = obliqueGrid([1, 2, 0], [-1, 1, 1], 0.21);

function projectionOf(view: (typeof views)[number], slice: number, some = grid, width = 131, height = 97): Projection {
  const frame = viewFrame(some, view);
  return {
    centre: sliceCentre(some, frame, slice),
    right: frame.right,
    up: frame.up,
    mmPerPixel: fittingScale(pictureSize(some, frame), width, height) / 1.37,
    width,
    height,
  };
}

describe('Projection', () => {
  it('is its own inverse, and shows the centre in the middle', () => {
    fc.assert(
      fc.property(
        anyGrid,
        fc.constantFrom(...views),
        fc.double({ min: 0, max: 131, noNaN: true }),
        fc.double({ min: 0, max: 97, noNaN: true }),
        (some, view, x, y) => {
          const projection = projectionOf(view, 4, some);
          const [backX, backY] = toCanvas(projection, toPatient(projection, [x, y]));
          expect(backX).toBeCloseTo(x, 6);
          expect(backY).toBeCloseTo(y, 6);
          expect(toCanvas(projection, projection.centre)).toEqual([65.5, 48.5]);
        },
      ),
      { seed: 21 },
    );
  });

  it('gives the scale bar a round length that fits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        fc.double({ min: 20, max: 400, noNaN: true }),
        (mmPerPixel, longest) => {
          const { mm, pixels } = scaleBar(mmPerPixel, longest);
          expect(pixels).toBeLessThanOrEqual(longest * (1 + 1e-9));
          expect(pixels).toBeGreaterThan(longest / 2.6);
          expect(pixels * mmPerPixel).toBeCloseTo(mm, 9);
          expect([1, 2, 5]).toContain(Math.round(mm / 10 ** Math.floor(Math.log10(mm) + 1e-9)));
        },
      ),
      { seed: 22 },
    );
  });
});

describe('The label overlay', () => {
  const values = new Uint8Array(voxelCount(grid));
  // Every voxel differs from its neighbours, so that one voxel off can not pass.
  for (let offset = 0; offset < values.length; offset += 1) values[offset] = (offset * 37 + 11) % 251;
  const image = new Int16Array(values.length);

  it('shows at every pixel the voxel whose box holds the pixel’s middle', () => {
    for (const view of views) {
      const frame = viewFrame(grid, view);
      for (const step of [1, 2]) {
        const projection = projectionOf(view, 3);
        const lookup = sliceLookup(grid, frame, 3, projection, step);
        let inside = 0;
        for (let y = 0; y < lookup.rows.length; y += 1) {
          for (let x = 0; x < lookup.columns.length; x += 1) {
            const index = toIndex(grid, toPatient(projection, [(x + 0.5) * step, (y + 0.5) * step]));
            const [i, j, k] = index.map((at) => Math.floor(at + 0.5)) as [number, number, number];
            const outside = [i, j, k].some((at, axis) => at < 0 || at >= grid.size[axis]!);
            const expected = outside ? null : offsetOf(grid, i, j, k);
            expect(voxelUnder(lookup, (x + 0.5) * step, (y + 0.5) * step)).toBe(expected);
            if (!outside) inside += 1;
          }
        }
        expect(inside).toBeGreaterThan(500);
      }
    }
  });

  it('tints each side of the cuts by the plane equations, with the plane itself resected', () => {
    const cuts: readonly PlaneCut[] = [
      {
        kind: 'plane',
        point: toWorld(grid, voxelIndex(11, 8, 5)),
        normal: direction(0.3, -0.8, 0.5),
        resect: 'positive',
      },
      {
        kind: 'plane',
        point: toWorld(grid, voxelIndex(5, 3, 2)),
        normal: direction(0.9, 0.1, 0.2),
        resect: 'negative',
      },
    ];
    for (const view of views) {
      const projection = projectionOf(view, 4);
      const union = resectedSide(cuts, projection);
      const both = resectedSide([{ kind: 'all', cuts }], projection);
      for (const step of [1, 2]) {
        const [anyRow, allRow] = [new Uint8Array(131), new Uint8Array(131)];
        for (let y = 0.5; y < 97; y += 3) {
          markResected(union, y, step, anyRow);
          markResected(both, y, step, allRow);
          for (let sample = 0; sample < 131; sample += 1) {
            const point = toPatient(projection, [(sample + 0.5) * step, y]);
            const sides = cuts.map((cut) => signedDistance(cut, point) * (cut.resect === 'positive' ? 1 : -1) >= 0);
            expect(anyRow[sample] === 1).toBe(sides.some(Boolean));
            expect(allRow[sample] === 1).toBe(sides.every(Boolean));
          }
        }
      }
    }
  });

  it('fills by part, outlines by structure on the labelled side, and leaves hidden labels out', () => {
    const labels = new Uint8Array(values.length);
    const frame = viewFrame(grid, 'axial');
    const slice = 4;
    for (let offset = 0; offset < labels.length; offset += 1) {
      const i = offset % grid.size[0];
      labels[offset] = i < 6 ? 0 : i < 12 ? 1 : i < 16 ? 16 : 3;
    }
    const projection = { ...projectionOf('axial', slice), mmPerPixel: 0.1, width: 300, height: 300 };
    const lookup = sliceLookup(grid, frame, slice, projection, 1);
    const cut: PlaneCut = { kind: 'plane', point: projection.centre, normal: frame.right, resect: 'positive' };
    const paint = (hidden: readonly number[]): Uint32Array => {
      const pixels = new Uint32Array(300 * 300);
      paintLabels(
        {
          labels,
          image,
          lookup,
          side: resectedSide([cut], projection),
          palette: createPalette(0.5, hidden, true),
          preview: null,
          outline: 1,
          period: 9,
        },
        new Uint16Array(pixels.length),
        pixels,
      );
      return pixels;
    };
    const expectations = new Set<number>();
    const seen = paint([3]);
    const shares = { remnant: [0, 0], resected: [0, 0], excluded: [0, 0] };
    for (let y = 0; y < 300; y += 1) {
      for (let x = 0; x < 300; x += 1) {
        const voxel = voxelUnder(lookup, x, y);
        const label = voxel === null ? 0 : labels[voxel]!;
        const pixel = seen[x + 300 * y]!;
        if (label === 0 || label === 3) expect(pixel).toBe(0);
        else {
          const onRight = x + 0.5 >= 150;
          const name = onRight ? 'resected' : label === 1 ? 'remnant' : 'excluded';
          const part = colours[name];
          const mark = rgba(patternColour(part), 0.625);
          const line = label === 1 ? part : colours.tumour;
          expect([rgba(part, 0.5), rgba(line, 0.85), mark]).toContain(pixel);
          shares[name][pixel === mark ? 1 : 0]! += 1;
          expectations.add(pixel);
        }
      }
    }
    // Both sides of liver and tumour were met, fills and lines.
    expect(expectations.size).toBeGreaterThanOrEqual(6);
    // In grey the colours are alike: marks tell what goes and what does not count, and leave most of the picture free.
    expect(shares.remnant[1]).toBe(0);
    for (const [plain, marked] of [shares.resected, shares.excluded]) {
      expect(marked! / (plain! + marked!)).toBeGreaterThan(0.04);
      expect(marked! / (plain! + marked!)).toBeLessThan(0.3);
    }
  });
});

describe('The preview of a stroke', () => {
  it('is voxel by voxel what the segmentation will paint in that slice', () => {
    fc.assert(
      fc.property(
        anyGrid,
        fc.constantFrom(...views),
        fc.array(fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.double({ min: 0.4, max: 6, noNaN: true }),
        (some, view, places, radiusMm) => {
          const frame = viewFrame(some, view);
          const slice = 3;
          const middle = sliceCentre(some, frame, slice);
          const path = places.map(([a, b]) =>
            onSlice(
              some,
              frame,
              worldPoint(
                middle[0] + a * frame.right[0] + b * frame.up[0],
                middle[1] + a * frame.right[1] + b * frame.up[1],
                middle[2] + a * frame.right[2] + b * frame.up[2],
              ),
              slice,
            ),
          );
          const stroke = emptyStroke(some, frame);
          path.forEach((point, order) =>
            stampStretch(stroke, some, frame, path[Math.max(0, order - 1)]!, point, radiusMm),
          );
          const labels = { grid: some, values: new Uint8Array(voxelCount(some)) };
          const volume = { grid: some, values: new Int16Array(labels.values.length), unit: 'HU' as const };
          const answer = segment(volume, labels, {
            kind: 'brush',
            path,
            radiusMm,
            normal: frame.normal,
            label: 1,
            over: null,
            range: null,
          });
          if (!answer.ok) throw new Error(answer.error.message);
          const painted = new Set<number>();
          answer.value.starts.forEach((start, run) => {
            for (let n = 0; n < answer.value.lengths[run]!; n += 1) painted.add(start + n);
          });
          const previewed = new Set<number>();
          stroke.mask.forEach((on, at) => {
            if (on === 0) return;
            const index = [0, 0, 0];
            index[frame.across.axis] = at % stroke.columns;
            index[frame.down.axis] = Math.floor(at / stroke.columns);
            index[frame.through] = slice;
            previewed.add(offsetOf(some, index[0]!, index[1]!, index[2]!));
          });
          expect(previewed).toEqual(painted);
        },
      ),
      { seed: 23, numRuns: 60 },
    );
  });
});
