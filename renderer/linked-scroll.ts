import { between, dot, worldPoint, worldVector } from '../src/geometry/index.ts';
import type { Rotation, WorldPoint, WorldVector } from '../src/geometry/index.ts';
import { signalWindow } from '../src/volume/index.ts';
import type { Volume } from '../src/volume/index.ts';
import { initialView } from './session.ts';
import type { ComparedSeries, OpenCase, ViewState } from './session.ts';

/** The window a series is first shown in: of the liver for CT, else from the values themselves. */
export function defaultWindow(volume: Volume): ViewState['window'] {
  return volume.unit === 'HU' ? initialView.window : signalWindow(volume.values);
}

/** Where the compared series looks, LPS mm of its own frame. */
export function comparedPlace({ crosshair }: ViewState, compared: ComparedSeries): WorldPoint {
  return compared.offset === null || crosshair === null ? compared.place : shifted(crosshair, compared.offset, 1);
}

/** What changes when the compared series is to look at `place`: while linked, where the open series looks. */
export function lookInCompared(compared: ComparedSeries, place: WorldPoint): Partial<ViewState> {
  return compared.offset === null
    ? { compared: { ...compared, place } }
    : { crosshair: shifted(place, compared.offset, -1) };
}

/** The compared series linked from now on: by patient position in the same frame of reference, else by the present offset. */
export function linked(view: ViewState, compared: ComparedSeries): ComparedSeries {
  const offset =
    compared.isSameFrame || view.crosshair === null
      ? worldVector(0, 0, 0)
      : between(view.crosshair, comparedPlace(view, compared));
  return { ...compared, offset };
}

/** The compared series where it is, scrolled on its own from now on. */
export function unlinked(view: ViewState, compared: ComparedSeries): ComparedSeries {
  return { ...compared, place: comparedPlace(view, compared), offset: null };
}

/** The turn of the views in the compared series: the same where frame and axes are the same, else it stays straight. */
export function comparedTurn({ turn }: ViewState, { volume }: OpenCase, compared: ComparedSeries): Rotation | null {
  if (!compared.isSameFrame) return null;
  const isParallel = volume.grid.axes.every((axis, order) => dot(axis, compared.volume.grid.axes[order]!) > 1 - 1e-9);
  return isParallel ? turn : null;
}

function shifted(place: WorldPoint, by: WorldVector, sign: 1 | -1): WorldPoint {
  return worldPoint(place[0] + sign * by[0], place[1] + sign * by[1], place[2] + sign * by[2]);
}
