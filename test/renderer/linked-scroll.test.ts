import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGrid, direction, rotationAbout, voxelCount, worldPoint, worldVector } from '../../src/geometry/index.ts';
import type { Grid, WorldPoint } from '../../src/geometry/index.ts';
import {
  comparedPlace,
  comparedTurn,
  defaultWindow,
  linked,
  lookInCompared,
  unlinked,
} from '../../renderer/linked-scroll.ts';
import { initialView } from '../../renderer/session.ts';
import type { ComparedSeries, OpenCase, ViewState } from '../../renderer/session.ts';
import { obliqueGrid } from '../support/phantom.ts';

const place = fc
  .tuple(...Array.from({ length: 3 }, () => fc.double({ min: -900, max: 900, noNaN: true })))
  .map(([x, y, z]) => worldPoint(x!, y!, z!));

function compared(change: Partial<ComparedSeries> = {}, grid: Grid = obliqueGrid()): ComparedSeries {
  return {
    entry: {} as ComparedSeries['entry'],
    volume: { grid, values: new Int16Array(voxelCount(grid)), unit: 'HU' },
    window: { centre: 41, width: 397 },
    isSameFrame: true,
    place: worldPoint(11, -23, 37),
    offset: null,
    ...change,
  };
}

const at = (crosshair: WorldPoint | null): ViewState => ({ ...initialView, crosshair });
/** The view after a look, so that what comes next sees it. */
const after = (view: ViewState, change: Partial<ViewState>): ViewState => ({ ...view, ...change });
function near(a: WorldPoint | null, b: WorldPoint): void {
  expect(a).not.toBeNull();
  for (const axis of [0, 1, 2] as const) expect(a![axis]).toBeCloseTo(b[axis], 6);
}

describe('linked scrolling', () => {
  it('shows the same place of the patient in the same frame of reference, wherever each was before', () => {
    fc.assert(
      fc.property(place, place, place, (crosshair, before, next) => {
        const series = linked(at(crosshair), compared({ place: before }));
        near(comparedPlace(at(crosshair), series), crosshair);
        near(comparedPlace(at(next), series), next);
        expect(lookInCompared(series, next)).toEqual({ crosshair: next });
      }),
      { seed: 17 },
    );
  });

  it('keeps the offset of the moment of linking in another frame, in both ways', () => {
    fc.assert(
      fc.property(place, place, place, (crosshair, before, next) => {
        const series = linked(at(crosshair), compared({ place: before, isSameFrame: false }));
        near(comparedPlace(at(crosshair), series), before);
        const moved = after(at(crosshair), lookInCompared(series, next));
        near(comparedPlace(moved, series), next);
        near(
          moved.crosshair,
          worldPoint(
            crosshair[0] + next[0] - before[0],
            crosshair[1] + next[1] - before[1],
            crosshair[2] + next[2] - before[2],
          ),
        );
      }),
      { seed: 23 },
    );
  });

  it('leaves the open series where it is while each is scrolled on its own', () => {
    const series = compared();
    const change = lookInCompared(series, worldPoint(1, 2, 3));
    expect(change).not.toHaveProperty('crosshair');
    near(comparedPlace(after(at(worldPoint(7, 8, 9)), change), change.compared!), worldPoint(1, 2, 3));
    near(comparedPlace(at(worldPoint(70, 80, 90)), series), series.place);
  });

  it('stays where it is when the link is undone', () => {
    const series = compared({ isSameFrame: false, offset: worldVector(5, -60, 133) });
    const free = unlinked(at(worldPoint(10, 20, 30)), series);
    expect(free.offset).toBeNull();
    near(comparedPlace(at(worldPoint(-1, -2, -3)), free), worldPoint(15, -40, 163));
    // Linked anew it keeps the offset it had.
    const again = linked(at(worldPoint(10, 20, 30)), free);
    expect(again.offset).toEqual(series.offset);
  });

  it('needs a crosshair for an offset that means something', () => {
    const series = linked(at(null), compared({ isSameFrame: false }));
    expect(series.offset).toEqual([0, 0, 0]);
    near(comparedPlace(at(null), series), series.place);
  });

  it('turns with the open series only where frame and axes are the same', () => {
    const turn = rotationAbout(direction(0.48, 0.6, 0.64), 0.4);
    const view = { ...initialView, turn };
    const open = { volume: compared().volume } as OpenCase;
    const coarser = createGrid({ ...obliqueGrid(), spacing: [1.1, 1.7, 5] });
    expect(comparedTurn(view, open, compared({}, coarser))).toBe(turn);
    expect(comparedTurn(view, open, compared({ isSameFrame: false }, coarser))).toBeNull();
    const straight = createGrid({
      ...obliqueGrid(),
      axes: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    expect(comparedTurn(view, open, compared({}, straight))).toBeNull();
  });

  it('opens CT in the window of the liver, and MR in that of its values', () => {
    const { volume } = compared();
    expect(defaultWindow(volume)).toEqual(initialView.window);
    const signal = volume.values.map((_, index) => 300 + (index % 501));
    const fitted = defaultWindow({ ...volume, values: signal, unit: 'arbitrary' });
    expect(fitted.centre).toBeGreaterThan(450);
    expect(fitted.centre).toBeLessThan(650);
  });
});
