import type { Drag } from './drag.ts';
import type { CanvasPoint } from './projection.ts';

/** The one gesture a canvas may be in: it belongs to the pointer that began it. */
export interface HeldDrag {
  /** Whether a gesture is going on. */
  readonly isHeld: () => boolean;
  /** Whether the gesture that is going on belongs to this event's pointer. */
  readonly isBy: (event: PointerEvent) => boolean;
  readonly hold: (event: PointerEvent, gesture: Drag) => void;
  /** Moves the gesture at once. */
  readonly move: (at: CanvasPoint) => void;
  /** Moves the gesture to the newest place, once a frame. */
  readonly moveNextFrame: (at: CanvasPoint) => void;
  /** Ends the gesture at its newest place, or takes it back; nothing when there is none. */
  readonly finish: (how: 'end' | 'cancel') => void;
}

/** Where an event lies on the canvas, in device pixels. */
export function canvasPointOf(canvas: HTMLCanvasElement, event: MouseEvent): CanvasPoint {
  const box = canvas.getBoundingClientRect();
  return [
    ((event.clientX - box.left) * canvas.width) / Math.max(1, box.width),
    ((event.clientY - box.top) * canvas.height) / Math.max(1, box.height),
  ];
}

/** A right press that moves less than this many CSS pixels asks for the menu; more is a drag. */
const menuTravel = 4;

/** Whether a pointer is away from where the menu would be asked for (CSS pixels of the window); null asks for none. */
export function hasLeft(asking: CanvasPoint | null, event: MouseEvent): boolean {
  return asking === null || Math.hypot(event.clientX - asking[0], event.clientY - asking[1]) >= menuTravel;
}

/** No gesture yet; a held one captures its pointer, so that it goes on outside the canvas. */
export function createHeldDrag(canvas: HTMLCanvasElement): HeldDrag {
  let drag: { readonly pointer: number; readonly gesture: Drag } | null = null;
  let pending: CanvasPoint | null = null;
  let frame: number | null = null;
  const forgetFrame = (): void => {
    if (frame !== null) cancelAnimationFrame(frame);
    frame = null;
  };
  const flush = (): void => {
    forgetFrame();
    if (pending !== null) drag?.gesture.move(pending);
    pending = null;
  };
  return {
    isHeld: () => drag !== null,
    isBy: (event) => drag?.pointer === event.pointerId,
    hold: (event, gesture) => {
      canvas.setPointerCapture(event.pointerId);
      drag = { pointer: event.pointerId, gesture };
    },
    move: (at) => drag?.gesture.move(at),
    moveNextFrame: (at) => {
      pending = at;
      frame ??= requestAnimationFrame(() => {
        frame = null;
        flush();
      });
    },
    finish: (how) => {
      if (drag === null) return;
      if (how === 'end') flush();
      forgetFrame();
      pending = null;
      const { gesture } = drag;
      drag = null;
      gesture[how]();
    },
  };
}
