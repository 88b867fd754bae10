import { between, followedBy, insideGrid, rotationAbout } from '../../src/geometry/index.ts';
import type { Grid, Rotation, ViewFrame, WorldPoint } from '../../src/geometry/index.ts';
import { lockedStructures, structureIn } from '../../src/plan/index.ts';
import { texts } from '../texts.ts';
import type { PlaneCut } from '../../src/liver/index.ts';
import type { BrushRequest, PaintTarget } from '../../src/segmentation/index.ts';
import type { GestureRequests, Measurement, OpenCase, Session, Tool, ViewState } from '../session.ts';
import { cutHandles, cutsShown, gripAt, planeFromLine, rotated, translated } from './cut-gesture.ts';
import type { PlaneLookup, StrokePreview } from './label-overlay.ts';
import { measureDrag } from './measure-drag.ts';
import { crosshairLines, holdsHandle } from './oblique.ts';
import { toCanvas, toPatient } from './projection.ts';
import type { CanvasPoint, Projection } from './projection.ts';
import { emptyPlaneStroke, emptyStroke, stampPlane, stampStretch } from './stroke.ts';
import type { StrokeMask } from './stroke.ts';

/** A gesture under way, in device pixels. `cancel` leaves everything as it was. */
export interface Drag {
  readonly move: (at: CanvasPoint) => void;
  readonly end: () => void;
  readonly cancel: () => void;
}

/** What a view shows of a gesture that is not yet part of the case. */
export interface Scratch {
  stroke: StrokePreview | null;
  sketch: { readonly from: CanvasPoint; readonly to: CanvasPoint } | null;
  freehand: readonly WorldPoint[];
  /** A measurement under the mouse. */
  measurement: Measurement | null;
  /** The first arm of an angle (its end and the vertex) that waits for the second. */
  arm: readonly [WorldPoint, WorldPoint] | null;
}

/** Tools that draw in voxels. */
export const drawingTools: readonly Tool[] = ['brush', 'eraser', 'threshold', 'outline'];

/** Said when an outline is tried in an oblique view: outlines are interpolated between the scan's own slices. */
export const needsStraightView =
  'Outlines belong to the slices of the scan. Set the views straight (Shift+R) and draw then, or paint here with the brush.';

/** What gestures may use of the view they happen in. */
export interface DragPlace {
  readonly session: Session;
  readonly requests: GestureRequests;
  readonly openCase: OpenCase;
  readonly grid: Grid;
  readonly frame: ViewFrame;
  readonly slice: number;
  readonly ratio: number;
  readonly scratch: Scratch;
  readonly projection: () => Projection;
  /** The samples in which labels are painted in an oblique view. */
  readonly samples: () => PlaneLookup;
  /** Moves the picture by so many mm to the right and up. */
  readonly pan: (right: number, up: number) => void;
  readonly zoomAt: (at: CanvasPoint, factor: number) => void;
  /** Redraws the overlay of this view. */
  readonly redraw: () => void;
  /** Keeps the stroke's preview until the answer is in the labels. */
  readonly awaitStroke: (answer: unknown) => void;
}

/** How near to a handle a press must be, CSS pixels. */
export const gripReach = 11;

/** Starts the gesture of `tool` at a press, or null when there is nothing to do there. */
export function startDrag(place: DragPlace, tool: Tool, at: CanvasPoint): Drag | null {
  if (drawingTools.includes(tool)) {
    const active = structureIn(place.openCase.plan.structures, place.session.get().view.activeLabel);
    if (active.isLocked === true) {
      place.requests.explain?.({ code: 'structure_locked', message: texts.structures.locked(active.name) });
      return null;
    }
  }
  if (!place.frame.isStraight && tool === 'outline') {
    place.requests.explain?.({ code: 'oblique_view', message: needsStraightView });
    return null;
  }
  switch (tool) {
    case 'crosshair':
      return crosshairDrag(place, at);
    case 'window':
      return windowDrag(place, at);
    case 'pan':
      return panDrag(place, at);
    case 'zoom':
      return zoomDrag(place, at);
    case 'brush':
    case 'eraser':
    case 'threshold':
      return strokeDrag(place, tool, at);
    case 'outline':
      return outlineDrag(place, at);
    case 'plane':
      return planeDrag(place, at);
    case 'ruler':
    case 'angle':
    case 'region':
      return measureDrag(place, tool, at);
  }
}

const nothing = (): void => undefined;

function crosshairDrag(place: DragPlace, start: CanvasPoint): Drag {
  const { crosshair: before, turn, showCrosshair } = place.session.get().view;
  if (before !== null && showCrosshair) {
    const lines = crosshairLines(place.grid, place.frame, turn, place.projection(), before);
    if (holdsHandle(lines, start, gripReach * place.ratio)) return turnDrag(place, before, start);
  }
  const move = (at: CanvasPoint): void =>
    place.session.look({ crosshair: insideGrid(place.grid, toPatient(place.projection(), at)) });
  move(start);
  return { move, end: nothing, cancel: () => place.session.look({ crosshair: before }) };
}

/** Turned less than this in all, the views snap back to the grid. */
const snapDegrees = 0.75;

/** Turns the crosshair about its middle; the two other views turn with it, this one stays. */
function turnDrag(place: DragPlace, focus: WorldPoint, start: CanvasPoint): Drag {
  const { session, frame } = place;
  const before = session.get().view.turn;
  const centre = toCanvas(place.projection(), focus);
  const angleOf = ([x, y]: CanvasPoint): number => Math.atan2(centre[1] - y, x - centre[0]);
  const from = angleOf(start);
  return {
    move: (at) => {
      const more = rotationAbout(frame.normal, angleOf(at) - from);
      session.look({ turn: snapped(before === null ? more : followedBy(before, more)) });
    },
    end: nothing,
    cancel: () => session.look({ turn: before }),
  };
}

/** The rotation, or null when its angle is too small to be meant. */
function snapped(turn: Rotation): Rotation | null {
  const cosine = (turn[0][0] + turn[1][1] + turn[2][2] - 1) / 2;
  return cosine > Math.cos((snapDegrees * Math.PI) / 180) ? null : turn;
}

function windowDrag(place: DragPlace, start: CanvasPoint): Drag {
  const before = place.session.get().view.window;
  const perPixel = Math.max(0.5, before.width / 300) / place.ratio;
  return {
    move: ([x, y]) =>
      place.session.look({
        window: {
          centre: Math.round(before.centre + (y - start[1]) * perPixel),
          width: Math.max(1, Math.round(before.width + (x - start[0]) * perPixel)),
        },
      }),
    end: nothing,
    cancel: () => place.session.look({ window: before }),
  };
}

function panDrag(place: DragPlace, start: CanvasPoint): Drag {
  let last = start;
  let moved: [number, number] = [0, 0];
  const shift = (right: number, up: number): void => {
    moved = [moved[0] + right, moved[1] + up];
    place.pan(right, up);
  };
  return {
    move: (at) => {
      const { mmPerPixel } = place.projection();
      shift((at[0] - last[0]) * mmPerPixel, (last[1] - at[1]) * mmPerPixel);
      last = at;
    },
    end: nothing,
    cancel: () => shift(-moved[0], -moved[1]),
  };
}

function zoomDrag(place: DragPlace, start: CanvasPoint): Drag {
  let last = start[1];
  let total = 1;
  return {
    move: ([, y]) => {
      const factor = Math.exp((last - y) / (150 * place.ratio));
      last = y;
      total *= factor;
      place.zoomAt(start, factor);
    },
    end: nothing,
    cancel: () => place.zoomAt(start, 1 / total),
  };
}

/**
 * What a painting tool may change. Liver fills only what is unlabelled, so that it never swallows a marked lesion or vessel; every other
 * structure paints over anything that is not locked; the eraser takes away only the active structure.
 */
export function paintTarget(
  tool: 'brush' | 'eraser' | 'threshold',
  view: ViewState,
  locked: readonly number[] = [],
): PaintTarget {
  if (tool === 'eraser') return { label: 0, over: [view.activeLabel], range: null };
  const over = view.activeLabel === 1 ? [0] : overAllBut(locked);
  return { label: view.activeLabel, over, range: tool === 'threshold' ? view.thresholdRange : null };
}

/** Every label but these; null for any. */
function overAllBut(locked: readonly number[]): readonly number[] | null {
  if (locked.length === 0) return null;
  return Array.from({ length: 256 }, (_, label) => label).filter((label) => !locked.includes(label));
}

const strokeNames = { brush: 'Brush', eraser: 'Erase', threshold: 'Threshold paint' } as const;

function strokeDrag(place: DragPlace, tool: 'brush' | 'eraser' | 'threshold', start: CanvasPoint): Drag {
  const { grid, frame, scratch } = place;
  const view = place.session.get().view;
  const target = paintTarget(
    tool,
    view,
    lockedStructures(place.openCase.plan).map(({ label }) => label),
  );
  const normal = view.brushBall ? null : frame.normal;
  const path: WorldPoint[] = [toPatient(place.projection(), start)];
  let mask: StrokeMask | null = null;
  let samplesNow = '';
  const stamp = (from: WorldPoint, to: WorldPoint): void => {
    if (frame.isStraight) {
      mask ??= emptyStroke(grid, frame);
      stampStretch(mask, grid, frame, from, to, view.brushRadiusMm);
    } else {
      const samples = place.samples();
      const key = [...samples.first, ...samples.across, samples.width, samples.height].join();
      if (mask === null || key !== samplesNow) {
        // Zoomed or resized meanwhile: the samples are others, and what was passed is marked anew.
        mask = emptyPlaneStroke(samples);
        samplesNow = key;
        path.forEach((point, order) =>
          stampPlane(mask!, samples, normal, path[Math.max(0, order - 1)]!, point, view.brushRadiusMm),
        );
      } else stampPlane(mask, samples, normal, from, to, view.brushRadiusMm);
    }
    scratch.stroke = { mask: mask.mask, columns: mask.columns, ...target };
    place.redraw();
  };
  stamp(path[0]!, path[0]!);
  return {
    move: (at) => {
      const last = path.at(-1)!;
      const next = toPatient(place.projection(), at);
      if (Math.hypot(...between(last, next)) < 0.25 * Math.min(...grid.spacing)) return;
      path.push(next);
      stamp(last, next);
    },
    end: () => {
      const request: BrushRequest = {
        kind: 'brush',
        path,
        radiusMm: view.brushRadiusMm,
        normal,
        ...target,
      };
      place.awaitStroke(place.requests.segment(request, `${strokeNames[tool]} ${nameOf(place, view.activeLabel)}`));
    },
    cancel: () => {
      scratch.stroke = null;
      place.redraw();
    },
  };
}

function nameOf(place: DragPlace, label: number): string {
  return structureIn(place.openCase.plan.structures, label).name.toLowerCase();
}

function outlineDrag(place: DragPlace, start: CanvasPoint): Drag {
  const { scratch, frame, slice, session } = place;
  const points: WorldPoint[] = [toPatient(place.projection(), start)];
  const clear = (): void => {
    scratch.freehand = [];
    place.redraw();
  };
  return {
    move: (at) => {
      const next = toPatient(place.projection(), at);
      if (Math.hypot(...between(points.at(-1)!, next)) < 0.5 * Math.min(...place.grid.spacing)) return;
      points.push(next);
      scratch.freehand = points;
      place.redraw();
    },
    end: () => {
      // Three points span an area; a mere click leaves nothing behind.
      if (points.length >= 3) {
        const { outlines } = session.get().view;
        session.look({ outlines: [...outlines, { axis: frame.through, slice, points: [...points] }] });
      }
      clear();
    },
    cancel: clear,
  };
}

function planeDrag(place: DragPlace, start: CanvasPoint): Drag | null {
  const { session, openCase, ratio } = place;
  const shown = cutsShown(openCase.plan.cuts, session.get().view.draggedCut);
  for (const [index, cut] of shown.entries()) {
    if (cut.kind !== 'plane') continue;
    const handles = cutHandles(cut, place.projection());
    const grip = handles && gripAt(handles, cut, place.projection(), start, gripReach * ratio);
    if (handles === null || grip === null) continue;
    const centre = toPatient(place.projection(), handles.middle);
    return cutDrag(place, index, (at) =>
      grip === 'middle'
        ? translated(cut, toPatient(place.projection(), start), at)
        : rotated(cut, centre, place.frame.normal, toPatient(place.projection(), start), at),
    );
  }
  return shown.length === 0 ? sketchDrag(place, start) : null;
}

/** Drags an existing plane: `change` says what it becomes for a pointer at a place. */
function cutDrag(place: DragPlace, index: number, change: (at: WorldPoint) => PlaneCut): Drag {
  const { session, requests } = place;
  let cut: PlaneCut | null = null;
  return {
    move: (at) => {
      cut = change(toPatient(place.projection(), at));
      session.look({ draggedCut: { index, cut } });
    },
    end: () => {
      if (cut !== null) requests.placeCut(index, cut);
      session.look({ draggedCut: null });
    },
    cancel: () => session.look({ draggedCut: null }),
  };
}

/** Draws the first plane as a line in the slice. */
function sketchDrag(place: DragPlace, start: CanvasPoint): Drag {
  const { session, requests, scratch, frame } = place;
  const from = toPatient(place.projection(), start);
  let cut: PlaneCut | null = null;
  const clear = (): void => {
    scratch.sketch = null;
    session.look({ draggedCut: null });
    place.redraw();
  };
  return {
    move: (at) => {
      const to = toPatient(place.projection(), at);
      cut = planeFromLine(from, to, frame.normal);
      scratch.sketch = { from: toCanvas(place.projection(), from), to: at };
      session.look({ draggedCut: cut === null ? null : { index: 0, cut } });
      place.redraw();
    },
    end: () => {
      if (cut !== null) requests.placeCut(0, cut);
      clear();
    },
    cancel: clear,
  };
}
