import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cross, direction, dot, moved, signedDistance, viewFrame, worldPoint } from '../../src/geometry/index.ts';
import type { PlaneCut } from '../../src/liver/index.ts';
import {
  cutHandles,
  cutsShown,
  gripAt,
  planeFromLine,
  rotated,
  translated,
} from '../../renderer/viewer/cut-gesture.ts';
import { lineOnCanvas } from '../../renderer/viewer/half-planes.ts';
import { toPatient } from '../../renderer/viewer/projection.ts';
import type { Projection } from '../../renderer/viewer/projection.ts';
import { normalTravel, planeSquare, stances, turnedBy } from '../../renderer/viewer/trackball.ts';
import { obliqueGrid } from './grids.ts';

const grid = obliqueGrid([2, 0, 1], [1, -1, 1], -0.17);
const frame = viewFrame(grid, 'coronal');
const projection: Projection = {
  centre: worldPoint(-12.5, 31, 405),
  right: frame.right,
  up: frame.up,
  mmPerPixel: 0.43,
  width: 211,
  height: 157,
};
const onScreen = fc.tuple(fc.double({ min: 1, max: 210, noNaN: true }), fc.double({ min: 1, max: 156, noNaN: true }));

describe('A plane drawn as a line', () => {
  it('holds both ends of the line and the direction of view, and can be drawn in any view', () => {
    fc.assert(
      fc.property(onScreen, onScreen, (a, b) => {
        const from = toPatient(projection, a);
        const to = toPatient(projection, b);
        const plane = planeFromLine(from, to, frame.normal);
        if (plane === null) {
          expect(Math.hypot(a[0] - b[0], a[1] - b[1]) * projection.mmPerPixel).toBeLessThan(2);
          return;
        }
        expect(signedDistance(plane, from)).toBeCloseTo(0, 6);
        expect(signedDistance(plane, to)).toBeCloseTo(0, 6);
        expect(dot(plane.normal, frame.normal)).toBeCloseTo(0, 9);
      }),
      { seed: 31 },
    );
  });

  it('resects the patient’s right of an upright line and the head side of a level one, however it was drawn', () => {
    const axial = direction(0, 0, -1);
    const sides = (from: [number, number, number], to: [number, number, number], viewing = axial): PlaneCut =>
      planeFromLine(worldPoint(...from), worldPoint(...to), viewing)!;
    const resects = (plane: PlaneCut, point: [number, number, number]): boolean =>
      signedDistance(plane, worldPoint(...point)) > 0 === (plane.resect === 'positive');
    for (const plane of [sides([0, -40, 7], [0, 30, 7]), sides([0, 30, 7], [0, -40, 7])]) {
      expect(resects(plane, [-25, 0, 7])).toBe(true);
      expect(resects(plane, [25, 0, 7])).toBe(false);
    }
    const coronal = direction(0, -1, 0);
    for (const plane of [sides([-30, 5, 0], [40, 5, 0], coronal), sides([40, 5, 0], [-30, 5, 0], coronal)]) {
      expect(resects(plane, [0, 5, 20])).toBe(true);
      expect(resects(plane, [0, 5, -20])).toBe(false);
    }
  });
});

const anyPlane = fc
  .record({
    at: onScreen,
    depth: fc.double({ min: -20, max: 20, noNaN: true }),
    normal: fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -1, max: 1, noNaN: true }))),
  })
  .filter(({ normal }) => Math.hypot(...normal) > 0.1)
  .map(({ at, depth, normal }): PlaneCut => ({
    kind: 'plane',
    point: moved(toPatient(projection, at), frame.normal, depth),
    normal: direction(normal[0]!, normal[1]!, normal[2]!),
    resect: 'negative',
  }));

describe('The handles of a plane', () => {
  it('lie on the plane and on the canvas, and are found by the mouse', () => {
    fc.assert(
      fc.property(anyPlane, (plane) => {
        const line = lineOnCanvas(plane, projection);
        const handles = cutHandles(plane, projection);
        if (handles === null) {
          expect(line === null || Math.hypot(line.to[0] - line.from[0], line.to[1] - line.from[1]) < 1).toBe(true);
          return;
        }
        for (const place of [handles.middle, handles.first, handles.second]) {
          expect(Math.abs(signedDistance(plane, toPatient(projection, place)))).toBeLessThan(1e-6);
          expect(place[0]).toBeGreaterThanOrEqual(-1e-6);
          expect(place[0]).toBeLessThanOrEqual(211 + 1e-6);
          expect(place[1]).toBeGreaterThanOrEqual(-1e-6);
          expect(place[1]).toBeLessThanOrEqual(157 + 1e-6);
        }
        expect(gripAt(handles, plane, projection, handles.middle, 4)).toBe('middle');
      }),
      { seed: 32 },
    );
  });

  it('move the plane along its normal only, so that it follows the pointer', () => {
    fc.assert(
      fc.property(anyPlane, onScreen, onScreen, (plane, a, b) => {
        const from = toPatient(projection, a);
        const to = toPatient(projection, b);
        const after = translated(plane, from, to);
        expect(after.normal).toEqual(plane.normal);
        expect(signedDistance(after, to)).toBeCloseTo(signedDistance(plane, from), 6);
      }),
      { seed: 33 },
    );
  });

  it('turn the plane about its middle until the line runs through the pointer', () => {
    fc.assert(
      fc.property(anyPlane, onScreen, (plane, target) => {
        const handles = cutHandles(plane, projection);
        if (handles === null) return;
        const centre = toPatient(projection, handles.middle);
        const to = toPatient(projection, target);
        if (Math.hypot(to[0] - centre[0], to[1] - centre[1], to[2] - centre[2]) < 1) return;
        const after = rotated(plane, centre, frame.normal, toPatient(projection, handles.second), to);
        expect(signedDistance(after, centre)).toBeCloseTo(0, 5);
        expect(signedDistance(after, to)).toBeCloseTo(0, 5);
        expect(dot(after.normal, frame.normal)).toBeCloseTo(dot(plane.normal, frame.normal), 9);
      }),
      { seed: 34 },
    );
  });
});

describe('The plane under the mouse', () => {
  it('stands in the place of the recorded one, or beside them when it is new', () => {
    const plane = (x: number): PlaneCut => ({
      kind: 'plane',
      point: worldPoint(x, 0, 0),
      normal: direction(1, 0, 0),
      resect: 'positive',
    });
    const cuts = [plane(1), plane(2)];
    expect(cutsShown(cuts, null)).toBe(cuts);
    expect(cutsShown(cuts, { index: 1, cut: plane(9) })).toEqual([plane(1), plane(9)]);
    expect(cutsShown(cuts, { index: 2, cut: plane(9) })).toEqual([plane(1), plane(2), plane(9)]);
  });
});

describe('The 3D view', () => {
  it('turns the front along with the pointer and comes back', () => {
    const right = turnedBy(stances.front, 0.1, 0);
    // Dragged to the right, the viewer stands more to the patient's right: the near side has gone along.
    expect(cross(right.right, right.up)[0]).toBeLessThan(-0.5);
    const down = turnedBy(stances.front, 0, 0.1);
    expect(cross(down.right, down.up)[2]).toBeGreaterThan(0.5);
    fc.assert(
      fc.property(
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        (dx, dy) => {
          const there = turnedBy(turnedBy(stances.left, dx, 0), 0, dy);
          expect(dot(there.right, there.up)).toBeCloseTo(0, 9);
          const back = turnedBy(turnedBy(there, 0, -dy), -dx, 0);
          expect(dot(back.right, stances.left.right)).toBeCloseTo(1, 9);
          expect(dot(back.up, stances.left.up)).toBeCloseTo(1, 9);
        },
      ),
      { seed: 35 },
    );
  });

  it('moves a plane by what was dragged along its drawn normal', () => {
    const tilted: PlaneCut = {
      kind: 'plane',
      point: projection.centre,
      normal: direction(
        ...(([0, 1, 2] as const).map((n) => 3 * frame.right[n] + 4 * frame.normal[n]) as [number, number, number]),
      ),
      resect: 'positive',
    };
    // Seen at 3/5 of its length, the normal needs 5/3 of the drag.
    expect(normalTravel(projection, tilted, [10, 10], [40, 90])).toBeCloseTo((30 * 0.43 * 5) / 3, 6);
    const facing = { ...tilted, normal: frame.normal };
    expect(normalTravel(projection, facing, [10, 50], [90, 20])).toBeCloseTo(30 * 0.43, 6);
  });

  it('draws the plane as a square around the foot of the body’s middle', () => {
    fc.assert(
      fc.property(anyPlane, (plane) => {
        const around = worldPoint(3, -14, 399);
        const { centre, corners } = planeSquare(plane, around, 50);
        for (const point of [centre, ...corners]) expect(signedDistance(plane, point)).toBeCloseTo(0, 6);
        for (const corner of corners) {
          expect(Math.hypot(corner[0] - centre[0], corner[1] - centre[1], corner[2] - centre[2])).toBeCloseTo(
            50 * Math.SQRT2,
            6,
          );
        }
      }),
      { seed: 36 },
    );
  });
});
