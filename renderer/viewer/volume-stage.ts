import { Enums, RenderingEngine, setVolumesForViewports } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import { moved } from '../../src/geometry/index.ts';
import type { Grid } from '../../src/geometry/index.ts';
import type { Volume } from '../../src/volume/index.ts';
import type { ImageEngine, PictureName } from './image-engine.ts';
import { releaseContext } from './release-context.ts';
import { shareVolume } from './shared-volume.ts';
import type { SharedVolume } from './shared-volume.ts';

/** cornerstone's plain triple of a typed one. */
function triple(of: readonly [number, number, number]): [number, number, number] {
  return [of[0], of[1], of[2]];
}

const blends = {
  maximum: Enums.BlendModes.MAXIMUM_INTENSITY_BLEND,
  minimum: Enums.BlendModes.MINIMUM_INTENSITY_BLEND,
  mean: Enums.BlendModes.AVERAGE_INTENSITY_BLEND,
} as const;

let stagesMade = 0;

/** Where a view is shown, and whom to tell. */
export interface Place {
  readonly drawn: () => void;
  readonly ready: () => void;
  readonly element: HTMLDivElement;
}

/**
 * One volume with its viewports. They live as long as the volume is shown: a view that leaves the screen takes its picture along and
 * brings it back. cornerstone's own disabling leaves the mappers, textures and functions of a viewport in its registers for good; only a
 * rendering engine that is given up whole is forgotten.
 *
 * The page stays answerable while a volume comes: cornerstone is shown it, each viewport is set up and drawn for the first time, and the
 * voxels go to the graphics card in portions, each in a task of its own.
 */
export interface Stage extends Pick<ImageEngine, 'present' | 'resize' | 'viewport'> {
  readonly enter: (view: PictureName, place: Place) => void;
  readonly leave: (view: PictureName) => void;
  readonly isFilled: (view: PictureName) => boolean;
  readonly dispose: () => void;
}

interface Picture {
  readonly element: HTMLDivElement;
  place: Place | null;
  /** Whether the volume has arrived in the viewport. */
  isFilled: boolean;
}

/** A stage for the volume; views come onto it by `enter`. */
export function createStage(volume: Volume): Stage {
  const { grid } = volume;
  const pictures = new Map<PictureName, Picture>();
  /** Where views are to be shown that cornerstone does not know yet. */
  const expected = new Map<PictureName, Place>();
  let engine: RenderingEngine | null = null;
  let shared: SharedVolume | null = null;
  let isDisposed = false;
  let line: Promise<void> = Promise.resolve();
  /** Does `work` after all before it, in a task of its own; not at all once the stage is given up. */
  const inTurn = (work: () => Promise<void> | void): void => {
    line = line.then(nextTask).then(async () => {
      try {
        if (!isDisposed) await work();
      } catch (bug) {
        // Another series may have come while cornerstone was busy: it stumbles over what is gone.
        if (!isDisposed) throw bug;
      }
    });
  };
  inTurn(() => {
    stagesMade += 1;
    engine = new RenderingEngine(`stage-${stagesMade}`);
  });
  inTurn(() => {
    shared = shareVolume(volume);
  });

  const start = (view: PictureName, place: Place, on: RenderingEngine): Picture => {
    const element = document.createElement('div');
    // Hidden until its volume is there: what is drawn before shows half of it.
    Object.assign(element.style, { width: '100%', height: '100%', visibility: 'hidden' });
    const picture: Picture = { element, place, isFilled: false };
    place.element.append(element);
    on.enableElement({
      viewportId: view,
      type: Enums.ViewportType.ORTHOGRAPHIC,
      element,
      defaultOptions: { background: [0, 0, 0] },
    });
    element.addEventListener(Enums.Events.IMAGE_RENDERED, () => {
      if (picture.isFilled) picture.place?.drawn();
    });
    pictures.set(view, picture);
    return picture;
  };
  /** Sets a viewport up, brings the volume into it and draws it; the first brings the voxels to the graphics card. */
  const fill = async (view: PictureName, on: RenderingEngine, voxels: SharedVolume): Promise<void> => {
    const place = expected.get(view);
    expected.delete(view);
    if (place === undefined) return;
    const picture = start(view, place, on);
    await nextTask();
    await setVolumesForViewports(on, [{ volumeId: voxels.id }], [view]);
    if (!voxels.hasArrived()) await bring(view, voxels);
    await nextTask();
    if (isDisposed) return;
    picture.element.style.visibility = '';
    picture.isFilled = true;
    picture.place?.ready();
    // Its first frame is made before the next view is begun.
    await nextFrame();
  };
  const bring = async (view: PictureName, voxels: SharedVolume): Promise<void> => {
    // The texture is made with the first frame, empty. A view without a size draws none.
    viewport(view)?.render();
    for (let frame = 0; frame < mostFrames && !voxels.hasTexture(); frame += 1) await nextFrame();
    if (!voxels.hasTexture()) {
      voxels.bringAll();
      return;
    }
    for (;;) {
      await nextTask();
      if (isDisposed || voxels.hasArrived()) return;
      voxels.bringSome(portionMs);
    }
  };
  const viewport = (view: PictureName): Types.IVolumeViewport | null =>
    pictures.has(view) ? (engine?.getViewport<Types.IVolumeViewport>(view) ?? null) : null;

  return {
    enter(view, place) {
      const picture = pictures.get(view);
      if (picture === undefined) {
        expected.set(view, place);
        inTurn(() => fill(view, engine!, shared!));
        return;
      }
      picture.place = place;
      place.element.append(picture.element);
    },
    leave(view) {
      expected.delete(view);
      const picture = pictures.get(view);
      if (picture === undefined) return;
      picture.place = null;
      // What is brought back later must not show how it was before.
      const canvas = picture.element.querySelector('canvas');
      canvas?.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
      picture.element.remove();
    },
    isFilled: (view) => pictures.get(view)?.isFilled === true,
    present(view, frame, projection, { centre, width }, slab) {
      const target = viewport(view);
      if (target === null || shared === null) return;
      const { centre: focalPoint, up, mmPerPixel, height } = projection;
      target.setProperties({ voiRange: { lower: centre - width / 2, upper: centre + width / 2 } }, shared.id);
      target.setBlendMode(slab === null ? Enums.BlendModes.COMPOSITE : blends[slab.mode]);
      setSampleDistance(target, sampleDistance(grid, slab?.thicknessMm ?? 0));
      // cornerstone cuts at this distance on both sides of the plane: what it calls thickness is half of ours.
      target.setSlabThickness(slab === null ? 0 : slab.thicknessMm / 2);
      target.setCamera({
        focalPoint: triple(focalPoint),
        position: triple(moved(focalPoint, frame.normal, 1000)),
        viewUp: triple(up),
        viewPlaneNormal: triple(frame.normal),
        parallelScale: (mmPerPixel * height) / 2,
        parallelProjection: true,
      });
      target.render();
    },
    resize: () => engine?.resize(false, true),
    viewport,
    dispose() {
      isDisposed = true;
      if (engine === null) return;
      const canvas = drawingCanvas(engine, pictures.keys());
      engine.destroy();
      for (const { element } of pictures.values()) element.remove();
      pictures.clear();
      if (canvas !== null) releaseContext(canvas);
      shared?.forget();
    },
  };
}

/** Frames that a viewport is waited for until its texture is there. */
const mostFrames = 10;

/** How long voxels are brought to the graphics card in one task. */
const portionMs = 12;

function nextFrame(): Promise<unknown> {
  return new Promise(requestAnimationFrame);
}

/** Lets the page answer before what follows. */
function nextTask(): Promise<void> {
  return new Promise((next) => setTimeout(next));
}

/** The hidden canvas that cornerstone draws all views of an engine on; null before the first view. */
function drawingCanvas(engine: RenderingEngine, views: Iterable<PictureName>): HTMLCanvasElement | null {
  const [view] = views;
  if (view === undefined) return null;
  const hidden = engine.getOffscreenMultiRenderWindow(view) as {
    readonly getOpenGLRenderWindow: () => { readonly getCanvas: () => HTMLCanvasElement };
  };
  return hidden.getOpenGLRenderWindow().getCanvas();
}

/**
 * How far apart a slab is sampled, mm. cornerstone's own half of the mean spacing shifts a mean by up to that half towards the viewer and
 * lets small vessels slip through a maximum; a quarter of the smallest spacing does not, and a hundred samples keep thick slabs quick.
 */
function sampleDistance(grid: Grid, thicknessMm: number): number {
  return Math.max(Math.min(...grid.spacing) / 4, thicknessMm / 100);
}

function setSampleDistance(target: Types.IVolumeViewport, mm: number): void {
  for (const { actor } of target.getActors()) {
    const mapper = actor.getMapper() as unknown as SampledMapper;
    mapper.setSampleDistance(mm);
    // Only a bound: cornerstone's own of 4000 is one that vtk.js warns of with every scan of thorax and abdomen.
    mapper.setMaximumSamplesPerRay(mostSamples);
  }
}

/** What cornerstone's types leave out of vtk.js's mapper. */
interface SampledMapper {
  readonly setSampleDistance: (mm: number) => void;
  readonly setMaximumSamplesPerRay: (samples: number) => void;
}

/** More than any scan has: three metres in steps of a twentieth of a millimetre. */
const mostSamples = 60_000;
