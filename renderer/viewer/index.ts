import type { FrameName, GestureRequests, Session } from '../session.ts';
import type { Volume } from '../../src/volume/index.ts';
import { comparedSession } from './compared-session.ts';
import { createImageEngine } from './image-engine.ts';
import { createMeshView } from './mesh-view.ts';
import type { MeshView } from './mesh-view.ts';
import type { Projection } from './projection.ts';
import { createSliceView } from './slice-view.ts';
import type { SliceView } from './slice-view.ts';

/** The four views of the open case and the one of a series beside it: they draw what the session says and turn gestures into requests. */
export interface Viewer {
  /** Draws `view` into `element` (any size, resized freely) until the returned function is called. */
  attach(view: FrameName, element: HTMLDivElement): () => void;
  dispose(): void;
  /** Resolves once every attached view shows the present state of the session. */
  settled(): Promise<void>;
  /** The view as it is on screen, as a PNG; null while it is not attached. */
  capture(view: FrameName): Promise<Blob | null>;
  /** How the view looks at the patient just now (device pixels of its canvas); null without a case. Tests find their places with it. */
  projection(view: FrameName): Projection | null;
}

export type { Projection, CanvasPoint } from './projection.ts';
export { toCanvas, toPatient } from './projection.ts';

const nothingAsked: GestureRequests = { segment: () => undefined, placeCut: () => undefined };

/** Builds the viewer on a session. Everything it shows is rebuilt from the session at any time; it holds no truth of its own. */
export function createViewer(session: Session, requests: GestureRequests): Viewer {
  const images = createImageEngine();
  const views = {
    axial: createSliceView('axial', session, requests, images),
    coronal: createSliceView('coronal', session, requests, images),
    sagittal: createSliceView('sagittal', session, requests, images),
    volume: createMeshView(session, requests),
  };
  const besides = comparedSession(session);
  const attached = new Map<FrameName, { readonly view: SliceView | MeshView; readonly release: () => void }>();
  let volume: Volume | null = null;
  let compared: Volume | null = null;
  let disposed = false;

  const look = (): void => {
    const { openCase, view: looking } = session.get();
    const next = openCase?.volume ?? null;
    if (next !== volume) {
      volume = next;
      images.show(next);
    }
    const beside = looking.compared?.volume ?? null;
    if (beside !== compared) {
      compared = beside;
      images.show(beside, 'compared');
    }
    for (const { view } of attached.values()) view.refresh();
  };
  const stop = session.subscribe(look);
  look();

  const detach = (name: FrameName): void => {
    attached.get(name)?.release();
    attached.delete(name);
  };
  /** The compared series is looked at in one plane at a time: its view is made for it. */
  const viewNamed = (name: FrameName): SliceView | MeshView =>
    name === 'compared'
      ? createSliceView(session.get().view.pairPlane, besides, nothingAsked, images, name)
      : views[name];
  return {
    attach(name, element) {
      detach(name);
      const view = viewNamed(name);
      const mine = { view, release: view.attach(element) };
      attached.set(name, mine);
      view.refresh();
      return () => {
        if (attached.get(name) === mine) detach(name);
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
      } while ([...attached.values()].some(({ view }) => !view.isSettled()));
    },
    capture: async (name) => (await attached.get(name)?.view.capture()) ?? null,
    projection: (name) => attached.get(name)?.view.projection() ?? null,
  };
}
