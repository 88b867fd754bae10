import { cache, imageLoader, init } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import type { SliceViewName, ViewFrame } from '../../src/geometry/index.ts';
import type { SlabMode, Volume } from '../../src/volume/index.ts';
import type { Projection } from './projection.ts';
import { scheme } from './shared-volume.ts';
import { createStage } from './volume-stage.ts';
import type { Place, Stage } from './volume-stage.ts';

/** A 2D picture: the three of the open case, and the one of the series beside it. */
export type PictureName = SliceViewName | 'compared';

/** Whose pictures: the open case's, or those of the series compared with it. */
export type Shown = 'case' | 'compared';

/** The grey picture behind the overlays: cornerstone3D looking at the one shared voxel buffer. It is told everything and asked nothing. */
export interface ImageEngine {
  /** Puts the picture of `view` into `element`; `drawn` is called after each frame, `ready` when the volume has reached the view. */
  enable(view: PictureName, element: HTMLDivElement, drawn: () => void, ready: () => void): () => void;
  /** The volume to show in the views of the open case, or in the one beside them; null for none. */
  show(volume: Volume | null, where?: Shown): void;
  /** Whether the volume it is to show has reached the view, so that `present` will draw. */
  isReady(view: PictureName): boolean;
  /** Asks for a frame; it is drawn with the next animation frame and announced by `drawn`. */
  present(
    view: PictureName,
    frame: ViewFrame,
    projection: Projection,
    window: { centre: number; width: number },
    slab: { mode: SlabMode; thicknessMm: number } | null,
  ): void;
  /** Fits the drawing buffers to the elements' present sizes. */
  resize(): void;
  /** The viewport itself, for checks of our geometry against cornerstone's. */
  viewport(view: PictureName): Types.IVolumeViewport | null;
  dispose(): void;
}

/** Starts cornerstone (once a page) and returns an engine without views. */
export function createImageEngine(): ImageEngine {
  // All views share one context; left to itself cornerstone opens seven.
  init({ rendering: { webGlContextCount: 1 } } as Parameters<typeof init>[0]);
  imageLoader.registerImageLoader(scheme, (imageId) => ({
    promise: Promise.resolve(cache.getImage(imageId)!),
  }));
  const places = new Map<PictureName, Place>();
  const stages: Record<Shown, Stage | null> = { case: null, compared: null };
  const shownIn = (view: PictureName): Shown => (view === 'compared' ? 'compared' : 'case');
  const stageOf = (view: PictureName): Stage | null => stages[shownIn(view)];

  return {
    enable(view, element, drawn, ready) {
      const place: Place = { drawn, ready, element };
      places.set(view, place);
      stageOf(view)?.enter(view, place);
      return () => {
        if (places.get(view) !== place) return;
        places.delete(view);
        stageOf(view)?.leave(view);
      };
    },
    show(volume, where = 'case') {
      stages[where]?.dispose();
      stages[where] = volume === null ? null : createStage(volume);
      for (const [view, place] of places) if (shownIn(view) === where) stages[where]?.enter(view, place);
    },
    isReady: (view) => places.has(view) && stageOf(view)?.isFilled(view) === true,
    present: (view, ...looking) => stageOf(view)?.present(view, ...looking),
    resize() {
      for (const stage of Object.values(stages)) stage?.resize();
    },
    viewport: (view) => stageOf(view)?.viewport(view) ?? null,
    dispose() {
      for (const where of ['case', 'compared'] as const) {
        stages[where]?.dispose();
        stages[where] = null;
      }
    },
  };
}
