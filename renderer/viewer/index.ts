import type { GestureRequests, Session, ViewName } from '../session.ts';
import { createImageEngine } from './image-engine.ts';
import { createMeshView } from './mesh-view.ts';
import type { Projection } from './projection.ts';
import { createSliceView } from './slice-view.ts';

/** The four views of the open case: they draw what the session says and turn gestures into requests. */
export interface Viewer {
  /** Draws `view` into `element` (any size, resized freely) until the returned function is called. */
  attach(view: ViewName, element: HTMLDivElement): () => void;
  dispose(): void;
  /** Resolves once every attached view shows the present state of the session. */
  settled(): Promise<void>;
  /** The view as it is on screen, as a PNG; null while it is not attached. */
  capture(view: ViewName): Promise<Blob | null>;
  /** How the view looks at the patient just now (device pixels of its canvas); null without a case. Tests find their places with it. */
  projection(view: ViewName): Projection | null;
}

export type { Projection, CanvasPoint } from './projection.ts';
export { toCanvas, toPatient } from './projection.ts';

/** Builds the viewer on a session. Everything it shows is rebuilt from the session at any time; it holds no truth of its own. */
export function createViewer(session: Session, requests: GestureRequests): Viewer {
  const images = createImageEngine();
  const views = {
    axial: createSliceView('axial', session, requests, images),
    coronal: createSliceView('coronal', session, requests, images),
    sagittal: createSliceView('sagittal', session, requests, images),
    volume: createMeshView(session, requests),
  };
  const all = Object.values(views);
  const attached = new Map<ViewName, () => void>();
  let volume: object | null = null;
  let disposed = false;

  const look = (): void => {
    const { openCase } = session.get();
    const next = openCase?.volume ?? null;
    if (next !== volume) {
      volume = next;
      images.show(next);
    }
    for (const view of all) view.refresh();
  };
  const stop = session.subscribe(look);
  look();

  const detach = (view: ViewName): void => {
    attached.get(view)?.();
    attached.delete(view);
  };
  return {
    attach(view, element) {
      detach(view);
      const release = views[view].attach(element);
      attached.set(view, release);
      views[view].refresh();
      return () => {
        if (attached.get(view) === release) detach(view);
      };
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      stop();
      for (const view of [...attached.keys()]) detach(view);
      images.dispose();
    },
    async settled() {
      // A frame may ask for the next one (a resize, a volume that has arrived): only a quiet frame is the end.
      do {
        await new Promise(requestAnimationFrame);
      } while ([...attached.keys()].some((view) => !views[view].isSettled()));
    },
    capture: (view) => views[view].capture(),
    projection: (view) => views[view].projection(),
  };
}
