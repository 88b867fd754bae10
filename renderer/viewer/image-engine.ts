import {
  cache,
  Enums,
  imageLoader,
  init,
  metaData,
  RenderingEngine,
  setVolumesForViewports,
  utilities,
  volumeLoader,
} from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import { moved, toWorld, voxelIndex } from '../../src/geometry/index.ts';
import type { Grid, SliceViewName, ViewFrame } from '../../src/geometry/index.ts';
import type { SlabMode, Volume } from '../../src/volume/index.ts';
import type { Projection } from './projection.ts';
import { releaseContext } from './release-context.ts';

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

const scheme = 'remnant';
/** cornerstone's plain triple of a typed one. */
function triple(of: readonly [number, number, number]): [number, number, number] {
  return [of[0], of[1], of[2]];
}

const blends = {
  maximum: Enums.BlendModes.MAXIMUM_INTENSITY_BLEND,
  minimum: Enums.BlendModes.MINIMUM_INTENSITY_BLEND,
  mean: Enums.BlendModes.AVERAGE_INTENSITY_BLEND,
} as const;

let volumesShown = 0;
let stagesMade = 0;

/** Where a view is shown, and whom to tell. */
interface Place {
  readonly drawn: () => void;
  readonly ready: () => void;
  readonly element: HTMLDivElement;
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

/**
 * One volume with its viewports. They live as long as the volume is shown: a view that leaves the screen takes its picture along and
 * brings it back. cornerstone's own disabling leaves the mappers, textures and functions of a viewport in its registers for good; only a
 * rendering engine that is given up whole is forgotten.
 */
interface Stage extends Pick<ImageEngine, 'present' | 'resize' | 'viewport'> {
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

function createStage(volume: Volume): Stage {
  const { id, grid, forget } = register(volume);
  stagesMade += 1;
  const engine = new RenderingEngine(`${scheme}-${stagesMade}`);
  const pictures = new Map<PictureName, Picture>();
  let isDisposed = false;

  const fill = async (view: PictureName, picture: Picture): Promise<void> => {
    try {
      await setVolumesForViewports(engine, [{ volumeId: id }], [view]);
    } catch (bug) {
      if (!isDisposed) throw bug;
    }
    // Another series may have come while cornerstone was busy.
    if (isDisposed) return;
    picture.isFilled = true;
    picture.place?.ready();
  };
  const start = (view: PictureName, place: Place): void => {
    const element = document.createElement('div');
    Object.assign(element.style, { width: '100%', height: '100%' });
    const picture: Picture = { element, place, isFilled: false };
    place.element.append(element);
    engine.enableElement({
      viewportId: view,
      type: Enums.ViewportType.ORTHOGRAPHIC,
      element,
      defaultOptions: { background: [0, 0, 0] },
    });
    element.addEventListener(Enums.Events.IMAGE_RENDERED, () => picture.place?.drawn());
    pictures.set(view, picture);
    void fill(view, picture);
  };
  const viewport = (view: PictureName): Types.IVolumeViewport | null =>
    pictures.has(view) ? engine.getViewport<Types.IVolumeViewport>(view) : null;

  return {
    enter(view, place) {
      const picture = pictures.get(view);
      if (picture === undefined) {
        start(view, place);
        return;
      }
      picture.place = place;
      place.element.append(picture.element);
    },
    leave(view) {
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
      if (target === null) return;
      const { centre: focalPoint, up, mmPerPixel, height } = projection;
      target.setProperties({ voiRange: { lower: centre - width / 2, upper: centre + width / 2 } }, id);
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
    resize: () => engine.resize(false, true),
    viewport,
    dispose() {
      isDisposed = true;
      const canvas = drawingCanvas(engine, pictures.keys());
      engine.destroy();
      for (const { element } of pictures.values()) element.remove();
      pictures.clear();
      if (canvas !== null) releaseContext(canvas);
      forget();
    },
  };
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
    (actor.getMapper() as unknown as { setSampleDistance: (mm: number) => void }).setSampleDistance(mm);
  }
}

/** Shows cornerstone the shared buffer under a new name, with true metadata for every slice; nothing is copied. */
function register(volume: Volume): { readonly id: string; readonly grid: Grid; readonly forget: () => void } {
  volumesShown += 1;
  const id = `${scheme}:${volumesShown}`;
  const { grid } = volume;
  const provider = (type: string, query: unknown): unknown =>
    typeof query === 'string' ? sliceMetadata(grid, id, type, query) : undefined;
  // Above cornerstone's own provider, which gives every slice of a local volume the position of the first.
  metaData.addProvider(provider, 100_000);
  const local = volumeLoader.createLocalVolume(id, {
    metadata: {
      BitsAllocated: 16,
      BitsStored: 16,
      SamplesPerPixel: 1,
      HighBit: 15,
      PhotometricInterpretation: 'MONOCHROME2',
      PixelRepresentation: 1,
      Modality: volume.unit === 'HU' ? 'CT' : 'MR',
      ImageOrientationPatient: [...grid.axes[0], ...grid.axes[1]],
      PixelSpacing: [grid.spacing[1], grid.spacing[0]],
      FrameOfReferenceUID: id,
      Columns: grid.size[0],
      Rows: grid.size[1],
      voiLut: [],
      VOILUTFunction: 'LINEAR',
    },
    dimensions: [...grid.size],
    spacing: [...grid.spacing],
    origin: [...grid.origin],
    direction: [...grid.axes[0], ...grid.axes[1], ...grid.axes[2]],
    scalarData: volume.values,
  } as unknown as Parameters<typeof volumeLoader.createLocalVolume>[1]);
  // cornerstone uploads only slices marked as changed, and a new local volume has none marked: the view drawn first stayed flat grey.
  local.modified();
  return {
    id,
    grid,
    forget: () => {
      metaData.removeProvider(provider);
      cache.removeVolumeLoadObject(id);
      // What cornerstone noted of every slice; ours answers for the volumes that are still shown.
      utilities.genericMetadataProvider.clear();
      for (let slice = 0; slice < grid.size[2]; slice += 1)
        cache.removeImageLoadObject(`${id}_slice_${slice}`, { force: true });
    },
  };
}

function sliceMetadata(grid: Grid, id: string, type: string, imageId: string): unknown {
  const prefix = `${id}_slice_`;
  if (!imageId.startsWith(prefix)) return undefined;
  const slice = Number(imageId.slice(prefix.length));
  switch (type) {
    case 'imagePlaneModule':
      return {
        frameOfReferenceUID: id,
        rows: grid.size[1],
        columns: grid.size[0],
        imageOrientationPatient: [...grid.axes[0], ...grid.axes[1]],
        rowCosines: [...grid.axes[0]],
        columnCosines: [...grid.axes[1]],
        imagePositionPatient: [...toWorld(grid, voxelIndex(0, 0, slice))],
        pixelSpacing: [grid.spacing[1], grid.spacing[0]],
        rowPixelSpacing: grid.spacing[1],
        columnPixelSpacing: grid.spacing[0],
      };
    case 'generalSeriesModule':
      return { modality: 'CT', seriesInstanceUID: id };
    case 'voiLutModule':
      return { windowCenter: [100], windowWidth: [350] };
    case 'modalityLutModule':
      return { rescaleSlope: 1, rescaleIntercept: 0 };
    case 'imagePixelModule':
      return {
        samplesPerPixel: 1,
        photometricInterpretation: 'MONOCHROME2',
        bitsAllocated: 16,
        bitsStored: 16,
        highBit: 15,
        pixelRepresentation: 1,
        rows: grid.size[1],
        columns: grid.size[0],
      };
    default:
      return undefined;
  }
}
