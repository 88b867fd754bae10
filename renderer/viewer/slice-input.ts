import type { SliceViewName, WorldPoint } from '../../src/geometry/index.ts';
import { scrolled } from '../../src/geometry/index.ts';
import type { Session, Tool } from '../session.ts';
import { drawingTools, startDrag } from './drag.ts';
import type { DragPlace } from './drag.ts';
import { canvasPointOf, createHeldDrag, hasLeft } from './held-drag.ts';
import type { CanvasPoint } from './projection.ts';

/** What the mouse needs to know of the view it is over. */
export interface SliceInput {
  readonly session: Session;
  readonly view: SliceViewName;
  /** The view as it is now, or null while there is nothing to point at. */
  readonly place: () => DragPlace | null;
  readonly hover: (at: CanvasPoint | null) => void;
  /** Asks for the menu of what lies at a place of the canvas; `onPage` is the same place in CSS pixels of the window. */
  readonly menu: (at: CanvasPoint, onPage: CanvasPoint) => void;
}

/** Wheel travel that counts as one notch; smaller steps (touchpads) add up to it. */
const notch = 40;

/** The steps of a notch towards the user: to the feet, the back, the left. */
const perNotch = { axial: -1, coronal: 1, sagittal: 1 } as const;

/** Turns mouse, pen and wheel over a 2D view into gestures; returns how to stop. */
export function listenToSlice(canvas: HTMLCanvasElement, input: SliceInput): () => void {
  const { session } = input;
  const drag = createHeldDrag(canvas);
  let travel = 0;
  /** Where the right button went down, while it has not moved away. */
  let asking: CanvasPoint | null = null;
  /** Where the crosshair was before the last two presses. */
  let beforePresses: readonly [WorldPoint | null, WorldPoint | null] = [null, null];

  const at = (event: MouseEvent): CanvasPoint => canvasPointOf(canvas, event);
  const toolOf = (event: PointerEvent): Tool | null => {
    if (event.button === 2) return 'window';
    if (event.button === 1) return 'pan';
    return event.button === 0 ? session.get().view.tool : null;
  };

  const down = (event: PointerEvent): void => {
    if (drag.isHeld()) return;
    const tool = toolOf(event);
    const place = input.place();
    if (tool === null || place === null) return;
    event.preventDefault();
    beforePresses = [beforePresses[1], session.get().view.crosshair];
    asking = event.button === 2 ? [event.clientX, event.clientY] : null;
    const gesture = startDrag(place, tool, at(event));
    if (gesture === null) return;
    drag.hold(event, gesture);
  };
  const move = (event: PointerEvent): void => {
    input.hover(at(event));
    if (!drag.isBy(event)) return;
    if (!hasLeft(asking, event)) return;
    asking = null;
    const place = input.place();
    if (place !== null && drawingTools.includes(place.session.get().view.tool)) {
      // Strokes and outlines want every point the mouse passed, not one a frame.
      const passed = event.getCoalescedEvents();
      for (const step of passed.length > 0 ? passed : [event]) drag.move(at(step));
      return;
    }
    drag.moveNextFrame(at(event));
  };
  const up = (event: PointerEvent): void => {
    if (!drag.isBy(event)) return;
    const asks = asking !== null;
    asking = null;
    drag.finish(asks ? 'cancel' : 'end');
    if (asks) input.menu(at(event), [event.clientX, event.clientY]);
  };
  const lost = (event: PointerEvent): void => {
    if (drag.isBy(event)) drag.finish('cancel');
  };
  const leave = (): void => input.hover(null);
  const key = (event: KeyboardEvent): void => {
    const scratch = input.place()?.scratch;
    if (event.key !== 'Escape' || (!drag.isHeld() && (scratch?.arm ?? null) === null)) return;
    event.stopPropagation();
    drag.finish('cancel');
    if (scratch === undefined || scratch.arm === null) return;
    scratch.arm = null;
    input.place()?.redraw();
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const place = input.place();
    if (place === null) return;
    if (event.ctrlKey) {
      place.zoomAt(at(event), Math.exp(-Math.sign(event.deltaY) * Math.min(0.25, Math.abs(event.deltaY) / 500)));
      return;
    }
    const way = event.deltaY === 0 ? event.deltaX : event.deltaY;
    if (event.shiftKey && drawingTools.includes(session.get().view.tool)) {
      const { brushRadiusMm } = session.get().view;
      session.look({ brushRadiusMm: Math.min(60, Math.max(1, brushRadiusMm - Math.sign(way))) });
      return;
    }
    travel =
      event.deltaMode === WheelEvent.DOM_DELTA_PIXEL && Math.abs(way) < notch ? travel + way : Math.sign(way) * notch;
    if (Math.abs(travel) < notch) return;
    scroll(place, Math.sign(travel));
    travel = 0;
  };
  const scroll = ({ grid, frame, projection }: DragPlace, notches: number): void => {
    const focus = session.get().view.crosshair ?? projection().centre;
    session.look({ crosshair: scrolled(grid, frame, focus, notches * perNotch[frame.view]) });
  };
  const twice = (event: Event): void => {
    // Answered here, whatever the frame around the view may do with double clicks: two dabs of a brush are no wish to enlarge.
    event.stopPropagation();
    const { tool, maximised } = session.get().view;
    if (drawingTools.includes(tool)) return;
    session.look({ maximised: maximised === input.view ? null : input.view });
    // The first press of the two has moved the crosshair, as a press does: enlarging alone was meant.
    if (tool === 'crosshair') session.look({ crosshair: beforePresses[0] });
  };
  const menu = (event: Event): void => event.preventDefault();

  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', lost);
  canvas.addEventListener('lostpointercapture', lost);
  canvas.addEventListener('pointerleave', leave);
  canvas.addEventListener('wheel', wheel, { passive: false });
  canvas.addEventListener('dblclick', twice);
  canvas.addEventListener('contextmenu', menu);
  window.addEventListener('keydown', key, true);
  return () => {
    drag.finish('cancel');
    canvas.removeEventListener('pointerdown', down);
    canvas.removeEventListener('pointermove', move);
    canvas.removeEventListener('pointerup', up);
    canvas.removeEventListener('pointercancel', lost);
    canvas.removeEventListener('lostpointercapture', lost);
    canvas.removeEventListener('pointerleave', leave);
    canvas.removeEventListener('wheel', wheel);
    canvas.removeEventListener('dblclick', twice);
    canvas.removeEventListener('contextmenu', menu);
    window.removeEventListener('keydown', key, true);
  };
}
