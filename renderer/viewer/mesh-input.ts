import type { Session } from '../session.ts';
import type { Drag } from './drag.ts';
import type { CanvasPoint } from './projection.ts';

/** What the mouse may do over the 3D view. */
export interface MeshInput {
  readonly session: Session;
  readonly startDrag: (at: CanvasPoint, kind: 'turn' | 'pan') => Drag | null;
  readonly zoomBy: (factor: number) => void;
}

/** Left turns (or moves a handle), right and middle pan, the wheel zooms, a double click fills the screen; returns how to stop. */
export function listenToMeshes(canvas: HTMLCanvasElement, { session, startDrag, zoomBy }: MeshInput): () => void {
  let drag: { readonly pointer: number; readonly gesture: Drag } | null = null;
  let pending: CanvasPoint | null = null;
  let frame: number | null = null;
  const at = (event: MouseEvent): CanvasPoint => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * canvas.width) / Math.max(1, box.width),
      ((event.clientY - box.top) * canvas.height) / Math.max(1, box.height),
    ];
  };
  const flush = (): void => {
    if (frame !== null) cancelAnimationFrame(frame);
    frame = null;
    if (pending !== null) drag?.gesture.move(pending);
    pending = null;
  };
  const finish = (how: 'end' | 'cancel'): void => {
    if (drag === null) return;
    if (how === 'end') flush();
    if (frame !== null) cancelAnimationFrame(frame);
    frame = null;
    pending = null;
    const { gesture } = drag;
    drag = null;
    gesture[how]();
  };
  const stop = new AbortController();
  const { signal } = stop;
  canvas.addEventListener(
    'pointerdown',
    (event) => {
      if (drag !== null) return;
      event.preventDefault();
      const gesture = startDrag(at(event), event.button === 0 && !event.shiftKey ? 'turn' : 'pan');
      if (gesture === null) return;
      canvas.setPointerCapture(event.pointerId);
      drag = { pointer: event.pointerId, gesture };
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      if (drag?.pointer !== event.pointerId) return;
      pending = at(event);
      frame ??= requestAnimationFrame(() => {
        frame = null;
        flush();
      });
    },
    { signal },
  );
  canvas.addEventListener('pointerup', (event) => drag?.pointer === event.pointerId && finish('end'), { signal });
  for (const lost of ['pointercancel', 'lostpointercapture'] as const) {
    canvas.addEventListener(lost, (event) => drag?.pointer === event.pointerId && finish('cancel'), { signal });
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
      if (event.key !== 'Escape' || drag === null) return;
      event.stopPropagation();
      finish('cancel');
    },
    { signal, capture: true },
  );
  return () => {
    finish('cancel');
    stop.abort();
  };
}
