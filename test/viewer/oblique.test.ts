import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  angleAt,
  between,
  cross,
  direction,
  distanceBetween,
  dot,
  followedBy,
  gridCentre,
  moved,
  movedAlong,
  onSlice,
  pictureSize,
  planeCentre,
  rotationAbout,
  scrolled,
  shareAlong,
  sliceAt,
  signedDistance,
  stepOf,
  tiltOf,
  toIndex,
  toWorld,
  turnedFrame,
  viewFrame,
  voxelCount,
  voxelIndex,
} from '../../src/geometry/index.ts';
import type { PlaneCut } from '../../src/liver/index.ts';
import { ellipseBetween, labelAt, regionStatistics } from '../../src/volume/index.ts';
import { segment } from '../../src/segmentation/index.ts';
import type { Measurement } from '../../renderer/session.ts';
import { measurementText } from '../../renderer/measurement-text.ts';
import { resectedSide } from '../../renderer/viewer/half-planes.ts';
import { paintLabels, planeLookup } from '../../renderer/viewer/label-overlay.ts';
import { edgeLetters } from '../../renderer/viewer/letters.ts';
import {
  gripNear,
  gripsOf,
  lineOf,
  liesIn,
  measurementNear,
  withGrip,
} from '../../renderer/viewer/measurement-shape.ts';
import { crosshairLines, holdsHandle } from '../../renderer/viewer/oblique.ts';
import { fittingScale, toCanvas, toPatient } from '../../renderer/viewer/projection.ts';
import type { Projection } from '../../renderer/viewer/projection.ts';
import { emptyPlaneStroke, stampPlane } from '../../renderer/viewer/stroke.ts';
import { anyGrid, obliqueGrid } from './grids.ts';

const views = ['axial', 'coronal', 'sagittal'] as const;
const share = fc.double({ min: -1, max: 1, noNaN: true });
const anyTurn = fc
  .tuple(share, share, share, fc.double({ min: -2.9, max: 2.9, noNaN: true }))
  .filter(([x, y, z]) => Math.hypot(x, y, z) > 0.1)
  .map(([x, y, z, angle]) => rotationAbout(direction(x, y, z), angle));
const grid = obliqueGrid([1, 2, 0], [-1, 1, 1], 0.21);
const turn = rotationAbout(direction(0.3, -0.5, 0.8), 0.6);

function projectionOf(frame: ReturnType<typeof turnedFrame>, focus = gridCentre(grid), some = grid): Projection {
  const [width, height] = [131, 97];
  return {
    centre: planeCentre(some, frame, focus),
    right: frame.right,
    up: frame.up,
    mmPerPixel: fittingScale(pictureSize(some, frame), width, height) / 1.37,
    width,
    height,
  };
}

describe('Oblique views', () => {
  it('stay at right angles to one another and never mirror', () => {
    fc.assert(
      fc.property(anyGrid, anyTurn, (some, by) => {
        const frames = views.map((view) => turnedFrame(some, view, by));
        for (const { right, up, normal } of frames) {
          expect(dot(right, up)).toBeCloseTo(0, 9);
          expect(dot(cross(right, up), normal)).toBeCloseTo(1, 9);
        }
        for (const [a, b] of [
          [0, 1],
          [0, 2],
          [1, 2],
        ] as const) {
          // As far from right angles as the grid's own axes are: not at all.
          expect(dot(frames[a]!.normal, frames[b]!.normal)).toBeCloseTo(0, 6);
        }
      }),
      { seed: 31 },
    );
  });

  it('turn about their own normal without moving their own picture', () => {
    for (const view of views) {
      const straight = viewFrame(grid, view);
      const about = rotationAbout(straight.normal, 0.7);
      expect(turnedFrame(grid, view, about)).toEqual(straight);
      for (const other of views.filter((one) => one !== view)) {
        const frame = turnedFrame(grid, other, about);
        expect(frame.isStraight).toBe(false);
        expect(tiltOf(grid, frame)).toBeCloseTo((0.7 * 180) / Math.PI, 6);
      }
      // A second turn of the turned coronal and sagittal views leaves those where they are, too.
      const other = views.find((one) => one !== view)!;
      const before = turnedFrame(grid, other, about);
      const after = turnedFrame(grid, other, followedBy(about, rotationAbout(before.normal, -0.4)));
      after.right.forEach((value, axis) => expect(value).toBeCloseTo(before.right[axis]!, 9));
    }
  });

  it('name the directions of the turned picture', () => {
    const level = obliqueGrid([0, 1, 2], [1, 1, 1], 0);
    const letters = (degrees: number) => {
      const frame = turnedFrame(level, 'coronal', rotationAbout(direction(0, 0, 1), (degrees * Math.PI) / 180));
      return edgeLetters(frame.right, frame.up);
    };
    // Counter-clockwise seen from the head: left goes to the back.
    expect(letters(0)).toEqual({ left: 'R', right: 'L', top: 'H', bottom: 'F' });
    expect(letters(30)).toEqual({ left: 'RA', right: 'LP', top: 'H', bottom: 'F' });
    expect(letters(-60)).toEqual({ left: 'PR', right: 'AL', top: 'H', bottom: 'F' });
    expect(letters(90)).toEqual({ left: 'A', right: 'P', top: 'H', bottom: 'F' });
  });

  it('step by the spacing seen along the view, inside the scan', () => {
    for (const view of views) {
      const frame = viewFrame(grid, view);
      expect(stepOf(grid, frame)).toBeCloseTo(grid.spacing[frame.through], 9);
    }
    fc.assert(
      fc.property(
        anyGrid,
        anyTurn,
        fc.constantFrom(...views),
        fc.double({ min: -9, max: 9, noNaN: true }),
        (some, by, view, mm) => {
          const frame = turnedFrame(some, view, by);
          const from = gridCentre(some);
          const to = movedAlong(some, frame, from, mm);
          toIndex(some, to).forEach((at, axis) => {
            expect(at).toBeGreaterThan(-1e-5);
            expect(at).toBeLessThan(some.size[axis]! - 1 + 1e-5);
          });
          const went = dot(between(from, to), frame.normal);
          expect(Math.min(Math.abs(went - mm), Math.abs(went))).toBeLessThan(1e-4);
          const at = shareAlong(some, frame, to);
          expect(at).toBeGreaterThan(-1e-6);
          expect(at).toBeLessThan(1 + 1e-6);
        },
      ),
      { seed: 33 },
    );
    const frame = turnedFrame(grid, 'axial', turn);
    expect(movedAlong(grid, frame, gridCentre(grid), 1000)).toEqual(gridCentre(grid));
  });

  it('draw each line of the crosshair where the other view cuts, with handles on it', () => {
    const focus = toWorld(grid, voxelIndex(9, 7, 4));
    for (const view of views) {
      const frame = turnedFrame(grid, view, turn);
      const projection = projectionOf(frame, focus);
      const lines = crosshairLines(grid, frame, turn, projection, focus);
      expect(lines.map(({ of }) => of)).toEqual(views.filter((one) => one !== view));
      for (const { of, handles } of lines) {
        const plane = { point: focus, normal: turnedFrame(grid, of, turn).normal };
        expect(handles.length).toBeGreaterThan(0);
        for (const handle of handles) {
          expect(signedDistance(plane, toPatient(projection, handle))).toBeCloseTo(0, 9);
          expect(holdsHandle(lines, [handle[0] + 3, handle[1]], 4)).toBe(true);
        }
      }
      expect(holdsHandle(lines, toCanvas(projection, focus), 8)).toBe(false);
    }
  });
});

describe('The label overlay of an oblique view', () => {
  it('shows at every pixel the voxel whose box holds the pixel’s middle, and its side of the cut', () => {
    const labels = { grid, values: new Uint8Array(voxelCount(grid)) };
    labels.values.forEach((_, at) => {
      labels.values[at] = (at * 7) % 5 < 2 ? 0 : 1 + (at % 2);
    });
    const plane: PlaneCut = {
      kind: 'plane',
      point: gridCentre(grid),
      normal: direction(0.7, 0.2, -0.4),
      resect: 'positive',
    };
    // Words that name label and side; fill and line alike.
    const words = Uint32Array.from({ length: 512 }, (_, own) => own + 1);
    for (const view of views) {
      const frame = turnedFrame(grid, view, turn);
      const projection = projectionOf(frame, toWorld(grid, voxelIndex(8.2, 9.1, 5.3)));
      for (const step of [1, 2]) {
        const lookup = planeLookup(grid, projection, step);
        const pixels = new Uint32Array(lookup.width * lookup.height);
        paintLabels(
          {
            labels: labels.values,
            image: new Int16Array(0),
            lookup,
            side: resectedSide([plane], projection),
            palette: { fill: words, line: words, mark: new Uint32Array(512) },
            preview: null,
            outline: 1,
            period: 9,
          },
          new Uint16Array(pixels.length),
          pixels,
        );
        let seen = 0;
        for (let y = 0; y < lookup.height; y += 1) {
          for (let x = 0; x < lookup.width; x += 1) {
            const place = toPatient(projection, [(x + 0.5) * step, (y + 0.5) * step]);
            const label = labelAt(labels, place);
            const resected = signedDistance(plane, place) >= 0;
            const expected = label === 0 ? 0 : 1 + label + (resected ? 256 : 0);
            if (expected !== 0) seen += 1;
            if (pixels[x + lookup.width * y] !== expected)
              expect([x, y, pixels[x + lookup.width * y]]).toEqual([x, y, expected]);
          }
        }
        expect(seen).toBeGreaterThan(500 / step);
      }
    }
  });
});

describe('The preview of a stroke in an oblique view', () => {
  it('shows at every sample what the stroke will have painted, as a disc and as a ball', () => {
    // Whole numbers spread evenly, where doubles crowd about zero.
    const mm = fc.integer({ min: -700, max: 700 }).map((hundredths) => hundredths / 100);
    const place = fc.tuple(mm, mm);
    const evenTurn = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), fc.integer({ min: 10, max: 280 }))
      .map(([x, y, angle]) => rotationAbout(direction(x, y, 3), angle / 100));
    const words = Uint32Array.from({ length: 512 }, (_, own) => 1 + own);
    let painted = 0;
    fc.assert(
      fc.property(
        anyGrid,
        evenTurn,
        fc.constantFrom(...views),
        fc.array(place, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 60, max: 500 }).map((hundredths) => hundredths / 100),
        fc.boolean(),
        (some, by, view, places, radiusMm, isBall) => {
          const frame = turnedFrame(some, view, by);
          if (frame.isStraight) return;
          const projection = projectionOf(frame, gridCentre(some), some);
          const path = places.map(([a, b]) => moved(moved(projection.centre, frame.right, a), frame.up, b));
          const lookup = planeLookup(some, projection, 1);
          const normal = isBall ? null : frame.normal;
          const stroke = emptyPlaneStroke(lookup);
          path.forEach((to, order) => stampPlane(stroke, lookup, normal, path[Math.max(0, order - 1)]!, to, radiusMm));
          // The first layer may be painted over, the second not; and only above a value.
          const before = Uint8Array.from({ length: voxelCount(some) }, (_, at) => at % 3);
          const image = Int16Array.from({ length: before.length }, (_, at) => (at * 7) % 50);
          const target = { label: 5, over: [0, 1], range: [8, 60] as const };
          const draw = (values: Uint8Array, isPreview: boolean): Uint32Array => {
            const pixels = new Uint32Array(lookup.width * lookup.height);
            paintLabels(
              {
                labels: values,
                image,
                lookup,
                side: [],
                palette: { fill: words, line: words, mark: new Uint32Array(512) },
                preview: isPreview ? { mask: stroke.mask, columns: stroke.columns, ...target } : null,
                outline: 1,
                period: 9,
              },
              new Uint16Array(pixels.length),
              pixels,
            );
            return pixels;
          };
          const answer = segment(
            { grid: some, values: image, unit: 'HU' },
            { grid: some, values: before },
            { kind: 'brush', path, radiusMm, normal, ...target },
          );
          if (!answer.ok) throw new Error(answer.error.message);
          const after = before.slice();
          answer.value.starts.forEach((start, run) => after.fill(5, start, start + answer.value.lengths[run]!));
          const [previewed, drawn] = [draw(before, true), draw(after, false)];
          painted += drawn.filter((word) => word === 6).length;
          expect(previewed).toEqual(drawn);
        },
      ),
      { seed: 51, numRuns: 60 },
    );
    expect(painted).toBeGreaterThan(10_000);
  });
});

describe('Scrolling', () => {
  it('goes to the head, the back and the left by whole slices, and along the normal of a turned view', () => {
    const component = { axial: 2, coronal: 1, sagittal: 0 } as const;
    fc.assert(
      fc.property(anyGrid, fc.constantFrom(...views), fc.constantFrom(-2, -1, 1, 2), (some, view, steps) => {
        const frame = viewFrame(some, view);
        const from = gridCentre(some);
        const to = scrolled(some, frame, from, steps);
        expect(
          Math.sign(to[component[view]] - onSlice(some, frame, from, sliceAt(some, frame, from))[component[view]]),
        ).toBe(Math.sign(steps));
        expect(Math.abs(sliceAt(some, frame, to) - sliceAt(some, frame, from))).toBe(Math.abs(steps));
      }),
      { seed: 52 },
    );
    for (const view of views) {
      const frame = turnedFrame(grid, view, rotationAbout(direction(0.3, -0.5, 0.8), 0.3));
      const way = between(gridCentre(grid), scrolled(grid, frame, gridCentre(grid), 1));
      expect(Math.abs(dot(way, frame.normal))).toBeCloseTo(stepOf(grid, frame), 5);
      expect(Math.sign(way[component[view]])).toBe(1);
    }
  });
});

describe('Measurements in a view', () => {
  const frame = turnedFrame(grid, 'coronal', turn);
  const projection = projectionOf(frame);
  const at = (x: number, y: number) => toPatient(projection, [x, y]);
  const ruler: Measurement = { id: 1, kind: 'ruler', points: [at(20, 30), at(50, 70)] };
  const angle: Measurement = { id: 2, kind: 'angle', points: [at(80, 20), at(100, 20), at(100, 50)] };
  const region: Measurement = {
    id: 3,
    kind: 'region',
    ellipse: ellipseBetween(at(60, 40), at(90, 80), frame.right, frame.up),
  };
  const volume = {
    grid,
    unit: 'HU',
    values: Int16Array.from({ length: voxelCount(grid) }, (_, n) => (n * 37) % 211),
  } as const;

  it('measure what the canvas shows in patient mm', () => {
    expect(distanceBetween(...ruler.points)).toBeCloseTo(50 * projection.mmPerPixel, 9);
    expect(measurementText(ruler, volume)).toEqual([`${(50 * projection.mmPerPixel).toFixed(1)} mm`]);
    expect(angleAt(angle.points[1], angle.points[0], angle.points[2])).toBeCloseTo(90, 9);
    expect(measurementText(angle, volume)).toEqual(['90.0°']);
    const counted = regionStatistics(volume, region.ellipse)!;
    expect(counted.area).toBeCloseTo(Math.PI * 15 * 20 * projection.mmPerPixel ** 2, 8);
    expect(measurementText(region, volume)[0]).toBe(
      `Mean ${counted.mean.toFixed(1)}, SD ${counted.deviation!.toFixed(1)} HU`,
    );
    const signal = measurementText(region, { ...volume, unit: 'arbitrary' }).join(' ');
    expect(signal).toContain('signal');
    expect(signal).not.toContain('HU');
  });

  it('are shown in the plane they were drawn in and in no other', () => {
    for (const one of [ruler, angle, region]) {
      expect(liesIn(one, grid, frame, projection)).toBe(true);
      const next = projectionOf(frame, movedAlong(grid, frame, gridCentre(grid), stepOf(grid, frame)));
      expect(liesIn(one, grid, frame, next)).toBe(false);
      const axial = turnedFrame(grid, 'axial', turn);
      expect(liesIn(one, grid, axial, projectionOf(axial))).toBe(false);
    }
  });

  it('are held by their grips and found by their lines', () => {
    const all = [ruler, angle, region];
    expect(gripNear(all, projection, [51, 69], 4)).toEqual({ measurement: ruler, order: 1 });
    expect(gripNear(all, projection, [75, 60], 4)).toEqual({ measurement: region, order: 0 });
    expect(gripNear(all, projection, [10, 90], 4)).toBeNull();
    expect(measurementNear(all, projection, [35, 51], 3)).toBe(ruler);
    expect(measurementNear(all, projection, [60, 60], 2)).toBe(region);
    expect(measurementNear(all, projection, [75, 60], 4)).toBeNull();
    const [x, y] = lineOf(region, projection)[18]!;
    expect([x, y].map(Math.round)).toEqual([75, 40]);
  });

  it('follow a grip that is dragged', () => {
    const longer = withGrip(ruler, 1, at(20, 90));
    expect(gripsOf(longer).map((place) => toCanvas(projection, place).map(Math.round))).toEqual([
      [20, 30],
      [20, 90],
    ]);
    const wider = withGrip(region, 1, at(95, 61));
    if (wider.kind !== 'region') throw new Error('Expected a region');
    expect(wider.ellipse.radii[0]).toBeCloseTo(20 * projection.mmPerPixel, 9);
    expect(wider.ellipse.radii[1]).toBeCloseTo(20 * projection.mmPerPixel, 9);
    const away = withGrip(region, 0, at(70, 50));
    if (away.kind !== 'region') throw new Error('Expected a region');
    expect(toCanvas(projection, away.ellipse.centre).map(Math.round)).toEqual([70, 50]);
    const bent = withGrip(angle, 0, at(100, 0));
    expect(measurementText(bent, volume)).toEqual(['180.0°']);
  });
});
