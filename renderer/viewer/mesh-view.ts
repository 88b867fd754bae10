import { between, gridCentre, moved } from '../../src/geometry/index.ts';
import type { Grid, WorldPoint } from '../../src/geometry/index.ts';
import { colours, liverLabel } from '../../src/liver/index.ts';
import { colourIn } from '../../src/plan/index.ts';
import { opacityOf } from '../structure-look.ts';
import type { Colour, Cut, PlaneCut } from '../../src/liver/index.ts';
import type { SurfaceMesh } from '../../src/boundary/index.ts';
import type { GestureRequests, Session, SessionState } from '../session.ts';
import { cutsShown } from './cut-gesture.ts';
import { gripReach } from './drag.ts';
import type { Drag } from './drag.ts';
import { planesOf } from './half-planes.ts';
import { capturedWith, layersIn, pixelRatio } from './layers.ts';
import type { Layers } from './layers.ts';
import { markPeriod } from './label-overlay.ts';
import { areSameCuts, canDivide } from './mesh-division.ts';
import type { Division } from './mesh-division.ts';
import type { Body } from './mesh-actors.ts';
import { createMeshScene } from './mesh-scene.ts';
import type { MeshScene } from './mesh-scene.ts';
import { listenToMeshes } from './mesh-input.ts';
import { stanceButtons } from './stance-buttons.ts';
import type { CanvasPoint, Projection } from './projection.ts';
import { toCanvas } from './projection.ts';
import { drawLetters, write } from './slice-drawing.ts';
import type { Brush } from './slice-drawing.ts';
import { ballAround, normalTravel, planeSquare, stances, turnedBy } from './trackball.ts';
import type { Stance } from './trackball.ts';

/** The 3D view: surfaces of the plan, the cutting planes, and handles to move them. */
export interface MeshView {
  attach(element: HTMLDivElement): () => void;
  refresh(): void;
  isSettled(): boolean;
  projection(): Projection | null;
  capture(): Promise<Blob | null>;
}

interface Mounted extends Layers {
  readonly scene: MeshScene;
}

/** A 3D view on the session; it draws nothing until attached. */
export function createMeshView(session: Session, requests: GestureRequests): MeshView {
  let mounted: Mounted | null = null;
  let stance: Stance = stances.front;
  let zoom = 1;
  let shift: readonly [right: number, up: number] = [0, 0];
  let frame: number | null = null;
  /** The grid of the case that is looked at: not its voxels, which are to go with the case. */
  let shownGrid: Grid | null = null;
  let shownKey: readonly unknown[] = [];
  let askedKey: readonly unknown[] = [];
  /** What the camera is aimed at: fixed as long as the surfaces fit, so that the picture does not jump when they are computed anew. */
  let target: { readonly centre: WorldPoint; readonly radius: number; readonly ofSurfaces: boolean } | null = null;

  let aimedAt: SessionState['derived']['surfaces'] = null;
  const aim = (state: SessionState): void => {
    const { openCase, derived } = state;
    if (openCase === null) {
      target = null;
      shownGrid = null;
      return;
    }
    if (shownGrid !== openCase.volume.grid) {
      shownGrid = openCase.volume.grid;
      target = null;
      stance = stances.front;
      zoom = 1;
      shift = [0, 0];
    }
    if (target?.ofSurfaces === true && (derived.surfaces === null || derived.surfaces === aimedAt)) return;
    aimedAt = derived.surfaces;
    const meshes = derived.surfaces === null ? [] : allMeshes(derived.surfaces);
    const ball = ballAround(meshes.map(({ positions }) => positions));
    if (target?.ofSurfaces === true && (ball === null || fits(ball, target))) return;
    if (ball !== null) target = { ...ball, ofSurfaces: true };
    else {
      const { grid } = openCase.volume;
      const radius = Math.hypot(...grid.size.map((count, axis) => count * grid.spacing[axis]!)) / 2;
      target = { centre: gridCentre(grid), radius, ofSurfaces: false };
    }
  };

  const projection = (): Projection | null => {
    if (mounted === null || target === null) return null;
    const { width, height } = mounted.canvas;
    if (width < 2 || height < 2) return null;
    const mmPerPixel = (1.7 * target.radius) / Math.min(width, height) / zoom;
    const centre = moved(moved(target.centre, stance.right, -shift[0]), stance.up, -shift[1]);
    return { centre, right: stance.right, up: stance.up, mmPerPixel, width, height };
  };

  const schedule = (): void => {
    if (mounted === null || frame !== null) return;
    frame = requestAnimationFrame(() => {
      frame = null;
      if (!drawAll()) schedule();
    });
  };

  /** Planes with their place in the plan; only whole cuts (not parts of an intersection) can be moved. */
  const planes = (): readonly { readonly plane: PlaneCut; readonly index: number; readonly movable: boolean }[] => {
    const { openCase, view } = session.get();
    if (openCase === null) return [];
    return cutsShown(openCase.plan.cuts, view.draggedCut).flatMap((cut, index) =>
      planesOf(cut).map((plane) => ({ plane, index, movable: cut.kind === 'plane' })),
    );
  };

  /** Draws; whether everything is shown, and prepared for what may be next. Until then the picture before stays. */
  const drawAll = (): boolean => {
    if (mounted === null) return true;
    const state = session.get();
    aim(state);
    const looking = projection();
    const { scene, canvas, context } = mounted;
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (looking === null || target === null) {
      scene.canvas.style.visibility = 'hidden';
      return true;
    }
    scene.canvas.style.visibility = 'visible';
    const shownCuts = planes();
    const ratio = pixelRatio(canvas);
    const key = [...drawnOf(state), target, ratio];
    const bodies = bodiesOf(state, ratio);
    const areThere = scene.bring(bodies);
    if (areThere && differ(key, shownKey)) {
      shownKey = key;
      const { surfaces } = state.derived;
      scene.setBodies(bodies, surfaces === null ? [] : [surfaces.whole, ...allMeshes(surfaces)]);
      const { centre, radius } = target;
      scene.setSquares(
        shownCuts.map(({ plane }) => ({
          corners: planeSquare(plane, centre, radius * 0.75).corners,
          colour: colours.resected,
        })),
      );
    }
    const isDone = areThere && scene.bring(spareOf(state, ratio));
    scene.draw(looking);
    const brush: Brush = { context, ratio };
    drawLetters(brush, looking);
    for (const { plane, movable } of shownCuts) drawHandle(brush, looking, plane, movable);
    context.font = `${12 * brush.ratio}px "Inter Variable", Inter, "DejaVu Sans", sans-serif`;
    write(brush, '3D', 8 * brush.ratio, 8 * brush.ratio, 'left', 'top');
    if (bodies.length === 0) {
      write(brush, 'Marked structures appear here.', looking.width / 2, looking.height / 2, 'center', 'middle');
    }
    return isDone;
  };

  const drawHandle = (brush: Brush, looking: Projection, plane: PlaneCut, movable: boolean): void => {
    if (target === null) return;
    const { context, ratio } = brush;
    const { centre, corners } = planeSquare(plane, target.centre, target.radius * 0.75);
    context.strokeStyle = `rgb(${colours.resected.join(' ')})`;
    context.lineWidth = 1.5 * ratio;
    context.beginPath();
    corners.forEach((corner, order) => {
      const [x, y] = toCanvas(looking, corner);
      if (order === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.closePath();
    context.stroke();
    if (!movable) return;
    const [x, y] = toCanvas(looking, centre);
    const towards = toCanvas(
      looking,
      moved(centre, plane.normal, (plane.resect === 'positive' ? 1 : -1) * 0.3 * target.radius),
    );
    context.fillStyle = context.strokeStyle;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(...towards);
    context.lineWidth = 2.5 * ratio;
    context.stroke();
    arrowHead(brush, [x, y], towards);
    context.strokeStyle = '#ffffff';
    context.lineWidth = 2 * ratio;
    context.beginPath();
    context.arc(x, y, 8 * ratio, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  };

  const startDrag = (at: CanvasPoint, kind: 'turn' | 'pan'): Drag | null => {
    const looking = projection();
    if (looking === null || mounted === null || target === null) return null;
    const reach = (gripReach + 2) * pixelRatio(mounted.canvas);
    const held =
      kind === 'turn'
        ? planes().find(({ plane, movable }) => {
            const { centre } = planeSquare(plane, target!.centre, 1);
            const [x, y] = toCanvas(looking, centre);
            return movable && Math.hypot(x - at[0], y - at[1]) <= reach;
          })
        : undefined;
    if (held !== undefined) return handleDrag(held.plane, held.index, looking, at);
    const before = { stance, shift };
    let last = at;
    return {
      move: (to) => {
        const dx = to[0] - last[0];
        const dy = to[1] - last[1];
        last = to;
        if (kind === 'turn') {
          const turn = 1.2 * Math.min(looking.width, looking.height);
          stance = turnedBy(stance, dx / turn / 1.2, dy / turn / 1.2);
        } else {
          shift = [shift[0] + dx * looking.mmPerPixel, shift[1] - dy * looking.mmPerPixel];
        }
        schedule();
      },
      end: () => undefined,
      cancel: () => {
        ({ stance, shift } = before);
        schedule();
      },
    };
  };

  const handleDrag = (plane: PlaneCut, index: number, looking: Projection, start: CanvasPoint): Drag => {
    let cut: PlaneCut | null = null;
    return {
      move: (to) => {
        cut = { ...plane, point: moved(plane.point, plane.normal, normalTravel(looking, plane, start, to)) };
        session.look({ draggedCut: { index, cut } });
      },
      end: () => {
        if (cut !== null) requests.placeCut(index, cut);
        session.look({ draggedCut: null });
      },
      cancel: () => session.look({ draggedCut: null }),
    };
  };

  return {
    attach(element) {
      const layers = layersIn(element, 'volume');
      const { canvas } = layers;
      const mine: Mounted = { ...layers, scene: createMeshScene(layers.picture) };
      mounted = mine;
      shownKey = [];
      askedKey = [];
      const buttons = stanceButtons((name) => {
        stance = stances[name];
        shift = [0, 0];
        zoom = 1;
        schedule();
      });
      element.append(buttons);
      const silence = listenToMeshes(canvas, {
        session,
        startDrag,
        menu: (at) => {
          if (session.get().openCase === null) return;
          session.look({ menu: { view: 'volume', at, place: null, label: 0, measurement: null } });
        },
        zoomBy: (factor) => {
          zoom = Math.min(20, Math.max(0.2, zoom * factor));
          schedule();
        },
      });
      const stopFitting = mine.keepFitted((width, height) => {
        if (width > 1 && height > 1) mine.scene.resize(width, height);
        schedule();
      });
      return () => {
        stopFitting();
        silence();
        if (mounted === mine) {
          mounted = null;
          shownKey = [];
          askedKey = [];
          aimedAt = null;
          if (frame !== null) cancelAnimationFrame(frame);
          frame = null;
        }
        mine.scene.dispose();
        mine.remove();
        buttons.remove();
      };
    },
    refresh: () => {
      // A scrolled slice or a moved crosshair is not seen here, and drawing takes long.
      const asked = drawnOf(session.get());
      if (!differ(asked, askedKey)) return;
      askedKey = asked;
      schedule();
    },
    isSettled: () => frame === null,
    projection,
    capture: async () => {
      if (mounted === null) return null;
      const { canvas, scene } = mounted;
      // WebGL forgets its picture after the frame: draw and copy in one go.
      while (!drawAll());
      return capturedWith(canvas, scene.canvas);
    },
  };
}

/** What of the session is drawn in 3D. */
function drawnOf({ derived, view, openCase }: SessionState): readonly unknown[] {
  return [
    derived.surfaces,
    view.hiddenLabels,
    view.opacities,
    view.draggedCut,
    openCase?.plan.cuts,
    openCase?.plan.structures,
    openCase?.volume.grid,
  ];
}

function differ(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length !== other.length || one.some((part, order) => part !== other[order]);
}

interface Ball {
  readonly centre: WorldPoint;
  readonly radius: number;
}

/** Whether a ball is still seen when the camera is aimed at another: a dab of the brush may have come first, the liver after it. */
function fits(ball: Ball, aimed: Ball): boolean {
  return Math.hypot(...between(aimed.centre, ball.centre)) + ball.radius <= 1.1 * aimed.radius;
}

function arrowHead({ context, ratio }: Brush, from: CanvasPoint, to: CanvasPoint): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length < 12 * ratio) return;
  const dx = ((to[0] - from[0]) / length) * 9 * ratio;
  const dy = ((to[1] - from[1]) / length) * 9 * ratio;
  context.beginPath();
  context.moveTo(to[0] + dx, to[1] + dy);
  context.lineTo(to[0] - dy * 0.6, to[1] + dx * 0.6);
  context.lineTo(to[0] + dy * 0.6, to[1] - dx * 0.6);
  context.closePath();
  context.fill();
}

function allMeshes(surfaces: NonNullable<SessionState['derived']['surfaces']>): readonly SurfaceMesh[] {
  return [
    surfaces.remnant,
    ...(surfaces.resected === null ? [] : [surfaces.resected]),
    ...surfaces.others.map(({ mesh }) => mesh),
  ];
}

function liverColour({ openCase }: SessionState): Colour {
  return colourIn(openCase?.plan.structures ?? [], liverLabel) ?? colours.liver;
}

/** What stays and what goes: what goes is a little fainter, unless the liver is to be solid. */
function liverOpacities({ view }: SessionState): readonly [kept: number, taken: number] {
  const kept = opacityOf(view, liverLabel);
  return [kept, kept < 1 ? 0.86 * kept : 1];
}

/** A body of one colour, on a canvas of `ratio` device pixels to a CSS pixel. */
function plainAt(ratio: number): Pick<Body, 'division' | 'isTaken' | 'linePeriod'> {
  return { division: null, isTaken: false, linePeriod: markPeriod * ratio };
}

/** What is shown how: the liver's parts translucent, so that lesions and vessels in it are seen. */
function bodiesOf(state: SessionState, ratio: number): readonly Body[] {
  const { openCase, view } = state;
  const { surfaces } = state.derived;
  if (surfaces === null || openCase === null) return [];
  const { hiddenLabels } = view;
  const { structures } = openCase.plan;
  const plain = plainAt(ratio);
  const bodies: Body[] = [];
  for (const { label, mesh } of surfaces.others) {
    const colour = colourIn(structures, label);
    if (colour === null || hiddenLabels.includes(label)) continue;
    bodies.push({ mesh, colour, opacity: opacityOf(view, label), ...plain });
  }
  if (!hiddenLabels.includes(liverLabel)) {
    const { whole, remnant, resected } = surfaces;
    const division = divisionOf(state, surfaces.cuts);
    const liver = liverColour(state);
    const [kept, taken] = liverOpacities(state);
    if (division !== null) bodies.push({ mesh: whole, colour: liver, opacity: kept, ...plain, division });
    else {
      // Asked of the surfaces, not of the plan: while they are older than its cuts the whole liver is not what stays.
      const colour = resected === null ? liver : colours.remnant;
      bodies.push({ mesh: remnant, colour, opacity: kept, ...plain });
      if (resected !== null)
        bodies.push({ mesh: resected, colour: colours.resected, opacity: taken, ...plain, isTaken: true });
    }
  }
  return bodies.filter(({ mesh, opacity }) => mesh.triangles.length > 0 && opacity > 0);
}

/** What the first move of a plane will show: the undivided liver. */
function spareOf(state: SessionState, ratio: number): readonly Body[] {
  const { surfaces } = state.derived;
  const { hiddenLabels } = state.view;
  if (surfaces === null || surfaces.whole.triangles.length === 0 || hiddenLabels.includes(liverLabel)) return [];
  const [opacity] = liverOpacities(state);
  return opacity > 0 ? [{ mesh: surfaces.whole, colour: liverColour(state), opacity, ...plainAt(ratio) }] : [];
}

/** How the whole is to be divided while the surfaces were cut otherwise than is shown: a plane is being dragged, or was just let go. */
function divisionOf(state: SessionState, computed: readonly Cut[]): Division | null {
  const { openCase, view } = state;
  const [kept, taken] = liverOpacities(state);
  const cuts = cutsShown(openCase?.plan.cuts ?? [], view.draggedCut);
  if (areSameCuts(cuts, computed) || !canDivide(cuts)) return null;
  return {
    cuts,
    kept: { colour: cuts.length === 0 ? liverColour(state) : colours.remnant, opacity: kept },
    taken: { colour: colours.resected, opacity: taken },
  };
}
