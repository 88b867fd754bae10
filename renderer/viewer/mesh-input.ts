import type { Session } from '../session.ts';
import type { Drag } from './drag.ts';
import { canvasPointOf, createHeldDrag, hasLeft } from './held-drag.ts';
import type { CanvasPoint } from './projection.ts';

/** What the mouse may do over the 3D view. */
export interface MeshInput {
  readonly session: Session;
  readonly startDrag: (at: CanvasPoint, kind: 'turn' | 'pan') => Drag | null;
  readonly zoomBy: (factor: number) => void;
  /** Asks for the menu at a place of the window, CSS pixels. */
  readonly menu: (onPage: CanvasPoint) => void;
}

/** Left turns (or moves a handle), right and middle pan, the wheel zooms, a right click asks for the menu, a double click fills the screen; returns how to stop. */
export function listenToMeshes(canvas: HTMLCanvasElement, { session, startDrag, zoomBy, menu }: MeshInput): () => void {
  const drag = createHeldDrag(canvas);
  /** Where the right button went down, while it has not moved away. */
  let asking: CanvasPoint | null = null;
  const stop = new AbortController();
  const { signal } = stop;
  canvas.addEventListener(
    'pointerdown',
    (event) => {
      if (drag.isHeld()) return;
      event.preventDefault();
      const gesture = startDrag(canvasPointOf(canvas, event), event.button === 0 && !event.shiftKey ? 'turn' : 'pan');
      if (gesture === null) return;
      asking = event.button === 2 ? [event.clientX, event.clientY] : null;
      drag.hold(event, gesture);
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      if (!drag.isBy(event) || !hasLeft(asking, event)) return;
      asking = null;
      drag.moveNextFrame(canvasPointOf(canvas, event));
    },
    { signal },
  );
  canvas.addEventListener(
    'pointerup',
    (event) => {
      if (!drag.isBy(event)) return;
      drag.finish('end');
      if (asking !== null) menu([event.clientX, event.clientY]);
      asking = null;
    },
    { signal },
  );
  for (const lost of ['pointercancel', 'lostpointercapture'] as const) {
    canvas.addEventListener(lost, (event) => drag.isBy(event) && drag.finish('cancel'), { signal });
  }
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      zoomBy(Math.exp(-Math.sign(event.deltaY) * Math.min(0.25, Math.abs(event.deltaY) / 500)));
    },
    { signal, passive: false },
  );
  canvas.addEventListener(
    'dblclick',
    (event) => {
      event.stopPropagation();
      const { maximised } = session.get().view;
      session.look({ maximised: maximised === 'volume' ? null : 'volume' });
    },
    { signal },
  );
  canvas.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !drag.isHeld()) return;
      event.stopPropagation();
      drag.finish('cancel');
    },
    { signal, capture: true },
  );
  return () => {
    drag.finish('cancel');
    stop.abort();
  };
}
