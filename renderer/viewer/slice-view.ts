import { signed } from '../measurement-text.ts';
import {
  between,
  dot,
  gridCentre,
  moved,
  offsetOf,
  onSlice,
  pictureSize,
  planeCentre,
  shareAlong,
  sliceAt,
  tiltOf,
  toIndex,
  turnedFrame,
} from '../../src/geometry/index.ts';
import type { Grid, SliceViewName, ViewFrame, WorldPoint } from '../../src/geometry/index.ts';
import type { Cut } from '../../src/liver/index.ts';
import { slabValueAt } from '../../src/volume/index.ts';
import type { SlabMode } from '../../src/volume/index.ts';
import { measurementBy, measuringTools } from '../measurements.ts';
import type { GestureRequests, OpenCase, Session, ViewMenu, ViewState } from '../session.ts';
import { cutHandles, cutsShown } from './cut-gesture.ts';
import { gripReach, needsStraightView } from './drag.ts';
import type { DragPlace, Scratch } from './drag.ts';
import { planesOf, resectedSide } from './half-planes.ts';
import type { ImageEngine, PictureName } from './image-engine.ts';
import { capturedWith, layersIn, pixelRatio } from './layers.ts';
import type { Layers } from './layers.ts';
import { markPeriod, paintLabels, planeLookup, sliceCentre, sliceLookup } from './label-overlay.ts';
import { drawMeasurement } from './measurement-drawing.ts';
import { liesIn, measurementNear } from './measurement-shape.ts';
import { isolated } from '../isolated-text.ts';
import { crosshairLines } from './oblique.ts';
import { createPalette } from './palette.ts';
import { edgeLetters } from './letters.ts';
import { inTwoLines, obliqueText, patientCoordinates, sliceText } from './position-text.ts';
import { fittingScale, toCanvas, toPatient } from './projection.ts';
import type { CanvasPoint, Projection } from './projection.ts';
import * as draw from './slice-drawing.ts';
import { listenToSlice } from './slice-input.ts';

/** One of the three 2D views: the grey picture by cornerstone, everything on top of it on one canvas of our own. */
export interface SliceView {
  attach(element: HTMLDivElement): () => void;
  /** Looks at the session again and redraws what differs. */
  refresh(): void;
  /** Whether the screen shows the present state. */
  isSettled(): boolean;
  /** What the view shows just now, for checks; null while detached or without a case. */
  projection(): Projection | null;
  capture(): Promise<Blob | null>;
}

interface Mounted extends Layers {
  readonly raster: HTMLCanvasElement;
}

/** Above this many device pixels labels are sampled every second pixel: a 4K screen stays fluent, the lines stay sharp. */
const manyPixels = 2_500_000;

/** A view of fewer CSS pixels has its texts below one another. */
const narrowest = 300;

/** Device pixels that share one sample of the labels. */
function sampleStep({ width, height }: HTMLCanvasElement): number {
  return width * height > manyPixels ? 2 : 1;
}

/** A 2D view of one plane on the session, under the name of its picture; it draws nothing until attached. */
export function createSliceView(
  view: SliceViewName,
  session: Session,
  requests: GestureRequests,
  images: ImageEngine,
  name: PictureName = view,
): SliceView {
  const scratch: Scratch = { stroke: null, sketch: null, freehand: [], measurement: null, arm: null };
  /** The viewer's own state: how near, and how far off the middle (mm to the right and up). */
  let camera = { zoom: 1, right: 0, up: 0 };
  /** The grid of the case that the camera was set for: not its voxels, which are to go with the case. */
  let cameraGrid: Grid | null = null;
  let mounted: Mounted | null = null;
  let hover: CanvasPoint | null = null;
  let overlayFrame: number | null = null;
  let imageKey = '';
  let waitingForImage = false;
  let rasterKey: readonly unknown[] = [];
  let rasterSize: { classes: Uint16Array; pixels: ImageData } | null = null;
  let strokeVersion = 0;

  const current = (): {
    openCase: OpenCase;
    frame: ViewFrame;
    projection: Projection;
    slice: number;
    focus: WorldPoint;
  } | null => {
    const { openCase, view: look } = session.get();
    if (openCase === null || mounted === null) return null;
    const { width, height } = mounted.canvas;
    if (width < 2 || height < 2) return null;
    const { grid } = openCase.volume;
    const frame = turnedFrame(grid, view, look.turn);
    const focus = look.crosshair ?? gridCentre(grid);
    const slice = sliceAt(grid, frame, focus);
    const middle = frame.isStraight ? sliceCentre(grid, frame, slice) : planeCentre(grid, frame, focus);
    const centre = moved(moved(middle, frame.right, -camera.right), frame.up, -camera.up);
    const mmPerPixel = fittingScale(pictureSize(grid, frame), width, height) / camera.zoom;
    return {
      openCase,
      frame,
      slice,
      focus,
      projection: { centre, right: frame.right, up: frame.up, mmPerPixel, width, height },
    };
  };

  const scheduleOverlay = (): void => {
    if (overlayFrame !== null || mounted === null) return;
    overlayFrame = requestAnimationFrame(() => {
      overlayFrame = null;
      if (!waitingForImage) drawOverlay();
    });
  };

  const refresh = (): void => {
    if (mounted === null) return;
    const { openCase, view: look } = session.get();
    if (openCase !== null && openCase.volume.grid !== cameraGrid) {
      cameraGrid = openCase.volume.grid;
      camera = { zoom: 1, right: 0, up: 0 };
      imageKey = '';
    }
    const now = current();
    if (now !== null && images.isReady(name)) {
      const key = [
        ...now.projection.centre,
        ...now.projection.right,
        ...now.projection.up,
        now.projection.mmPerPixel,
        now.projection.width,
        now.projection.height,
        look.window.centre,
        look.window.width,
        look.slab,
        look.slab === null ? 0 : look.slabMm,
      ].join();
      if (key !== imageKey) {
        imageKey = key;
        waitingForImage = true;
        images.present(name, now.frame, now.projection, look.window, slabOf(look));
      }
    }
    scheduleOverlay();
  };

  const drawOverlay = (): void => {
    if (mounted === null) return;
    const { canvas, context } = mounted;
    context.clearRect(0, 0, canvas.width, canvas.height);
    const now = current();
    if (now === null) return;
    const { openCase, projection, frame, slice, focus } = now;
    const { grid } = openCase.volume;
    const look = session.get().view;
    const brush: draw.Brush = { context, ratio: pixelRatio(canvas) };
    const cuts = cutsShown(openCase.plan.cuts, look.draggedCut);
    drawLabels(now, look, cuts, brush.ratio);
    for (const outline of look.outlines) {
      if (frame.isStraight && outline.axis === frame.through && outline.slice === slice) {
        draw.drawOutline(brush, projection, outline.points, true);
      }
    }
    draw.drawOutline(brush, projection, scratch.freehand, false);
    if (look.showCrosshair || look.keyPoints.length > 0) {
      const lines = crosshairLines(grid, frame, look.turn, projection, focus);
      draw.drawCrosshair(brush, projection, focus, lines, look.tool === 'crosshair');
    }
    for (const cut of cuts) for (const plane of planesOf(cut)) draw.drawCutLine(brush, projection, plane, true);
    if (scratch.sketch !== null) draw.drawSketch(brush, scratch.sketch.from, scratch.sketch.to);
    else if (look.tool === 'plane') {
      for (const cut of cuts) {
        const handles = cut.kind === 'plane' ? cutHandles(cut, projection) : null;
        if (handles !== null) draw.drawCutHandles(brush, handles);
      }
    }
    if (hover !== null && (look.tool === 'brush' || look.tool === 'eraser' || look.tool === 'threshold')) {
      draw.drawBrushCursor(brush, hover, look.brushRadiusMm / projection.mmPerPixel, look.tool === 'eraser');
    }
    drawMeasurements(now, look, brush);
    drawTexts(now, look, brush);
  };

  const drawMeasurements = (now: NonNullable<ReturnType<typeof current>>, look: ViewState, brush: draw.Brush): void => {
    const { openCase, projection, frame, focus } = now;
    const { volume } = openCase;
    const isMeasuring = measuringTools.includes(look.tool);
    for (const measurement of look.measurements) {
      if (liesIn(measurement, volume.grid, frame, projection))
        drawMeasurement(brush, projection, measurement, volume, isMeasuring);
    }
    if (scratch.arm !== null) {
      const arm = { id: 0, kind: 'ruler', points: scratch.arm } as const;
      // Another tool or another slice gives the angle up.
      if (look.tool !== 'angle' || !liesIn(arm, volume.grid, frame, projection)) scratch.arm = null;
      else if (scratch.measurement === null) {
        const end = hover === null ? null : toPatient(projection, hover);
        const shown = end === null ? arm : ({ id: 0, kind: 'angle', points: [...arm.points, end] } as const);
        drawMeasurement(brush, projection, shown, volume, false);
      }
    }
    if (scratch.measurement !== null) drawMeasurement(brush, projection, scratch.measurement, volume, true);
    const { tool, keyPoints } = look;
    if (keyPoints.length > 0 && (tool === 'ruler' || tool === 'angle' || tool === 'region')) {
      // What is set by keys so far, up to the crosshair.
      const end = toPatient(projection, toCanvas(projection, focus));
      const kind = tool === 'angle' && keyPoints.length < 2 ? 'ruler' : tool;
      const sofar = measurementBy(kind, [...keyPoints, end], frame, 0);
      if (sofar !== null && liesIn(sofar, volume.grid, frame, projection))
        drawMeasurement(brush, projection, sofar, volume, true);
    }
  };

  const drawLabels = (
    now: NonNullable<ReturnType<typeof current>>,
    look: ViewState,
    cuts: readonly Cut[],
    ratio: number,
  ): void => {
    if (mounted === null || look.overlayOpacity <= 0) return;
    const { openCase, projection, frame, slice } = now;
    const { canvas, context, raster } = mounted;
    const step = sampleStep(canvas);
    const key = [
      openCase.labels,
      openCase.labelsVersion,
      imageKey,
      cuts.length === 0 ? null : look.draggedCut,
      openCase.plan.cuts,
      look.overlayOpacity,
      look.hiddenLabels,
      look.opacities,
      openCase.plan.structures,
      scratch.stroke,
      strokeVersion,
      step,
    ];
    if (rasterSize === null || key.some((part, order) => part !== rasterKey[order])) {
      rasterKey = key;
      const { grid } = openCase.volume;
      const lookup = frame.isStraight
        ? sliceLookup(grid, frame, slice, projection, step)
        : planeLookup(grid, projection, step);
      const columns = Math.ceil(canvas.width / step);
      const rows = Math.ceil(canvas.height / step);
      if (rasterSize === null || raster.width !== columns || raster.height !== rows) {
        raster.width = columns;
        raster.height = rows;
        rasterSize = { classes: new Uint16Array(columns * rows), pixels: new ImageData(columns, rows) };
      }
      paintLabels(
        {
          labels: openCase.labels.values,
          image: openCase.volume.values,
          lookup,
          side: resectedSide(cuts, projection),
          palette: createPalette(
            look.overlayOpacity,
            look.hiddenLabels,
            cuts.length > 0,
            openCase.plan.structures,
            look.opacities,
          ),
          preview: scratch.stroke,
          outline: Math.max(1, Math.round(ratio / step)),
          period: (markPeriod * ratio) / step,
        },
        rasterSize.classes,
        new Uint32Array(rasterSize.pixels.data.buffer),
      );
      raster.getContext('2d')!.putImageData(rasterSize.pixels, 0, 0);
    }
    context.imageSmoothingEnabled = false;
    context.drawImage(raster, 0, 0, raster.width * step, raster.height * step);
  };

  const drawTexts = (now: NonNullable<ReturnType<typeof current>>, look: ViewState, brush: draw.Brush): void => {
    const { openCase, projection, frame, slice, focus } = now;
    const { grid } = openCase.volume;
    const count = grid.size[frame.through];
    const here = frame.isStraight ? onSlice(grid, frame, focus, slice) : focus;
    const place = hover === null ? here : toPatient(projection, hover);
    const where = frame.isStraight
      ? sliceText(frame, grid, slice, sliceCentre(grid, frame, slice))
      : obliqueText(tiltOf(grid, frame), dot(between(gridCentre(grid), projection.centre), frame.normal));
    const texts = {
      slice: where,
      window: `W ${look.window.width}  L ${look.window.centre}`,
      position: patientCoordinates(place),
      value: valueText(openCase, place, frame, look),
      slab: look.slab === null ? '' : `${slabTexts[look.slab]} of ${look.slabMm} mm`,
    };
    const letters = edgeLetters(projection.right, projection.up);
    if (look.showTexts) {
      draw.drawLetters(brush, projection);
      draw.drawScaleBar(brush, projection);
      const [left, top] = [[titles[view], texts.slice], [texts.window, texts.slab].filter((line) => line !== '')];
      // Beside one another they would lie on the letters and the scale bar.
      const isNarrow = projection.width < narrowest * brush.ratio;
      const position = isNarrow ? inTwoLines(texts.position) : [texts.position];
      draw.drawCorners(brush, projection, {
        topLeft: isNarrow ? [...left, ...top] : left,
        topRight: isNarrow ? [] : [...top, ...seriesLines(openCase, projection, brush)],
        bottomLeft: [...position, texts.value].filter((line) => line !== ''),
      });
    }
    if (look.slab !== null && look.tool === 'region')
      draw.drawHint(brush, projection, 'Regions count the middle slice, not the slab.');
    if (frame.isStraight && Math.abs(toIndex(grid, focus)[frame.through] - slice) > 0.5 + 1e-6)
      draw.drawHint(brush, projection, 'The place lies outside this series: its nearest slice is shown.');
    if (!frame.isStraight && look.tool === 'outline') draw.drawHint(brush, projection, needsStraightView);
    // The same as text, for those who can not see a canvas.
    Object.assign(brush.context.canvas.dataset, texts, letters);
    brush.context.canvas.ariaLabel = [`${titles[view]} slice ${texts.slice}`, texts.window, texts.slab]
      .filter((text) => text !== '')
      .join(', ');
    if (!look.showTexts) return;
    const share = (at: number): number => (count === 1 ? 0.5 : at / (count - 1));
    draw.drawSliceBar(brush, projection, {
      position: frame.isStraight ? share(slice) : shareAlong(grid, frame, focus),
      outlined: look.outlines.filter(({ axis }) => axis === frame.through).map((outline) => share(outline.slice)),
    });
  };

  const placeForDrags = (): DragPlace | null => {
    const now = current();
    if (now === null || mounted === null) return null;
    const { canvas } = mounted;
    return {
      session,
      requests,
      openCase: now.openCase,
      grid: now.openCase.volume.grid,
      frame: now.frame,
      slice: now.slice,
      ratio: pixelRatio(canvas),
      scratch,
      projection: () => current()?.projection ?? now.projection,
      samples: () => planeLookup(now.openCase.volume.grid, current()?.projection ?? now.projection, sampleStep(canvas)),
      pan: (right, up) => {
        camera = { ...camera, right: camera.right + right, up: camera.up + up };
        refresh();
      },
      zoomAt: (at, factor) => {
        const before = current();
        if (before === null) return;
        const zoom = Math.min(40, Math.max(0.3, camera.zoom * factor));
        // The place under the pointer stays under it.
        const mm = before.projection.mmPerPixel * (1 - camera.zoom / zoom);
        const right = (at[0] - before.projection.width / 2) * mm;
        const up = (before.projection.height / 2 - at[1]) * mm;
        camera = { zoom, right: camera.right - right, up: camera.up - up };
        refresh();
      },
      redraw: () => {
        strokeVersion += 1;
        scheduleOverlay();
      },
      awaitStroke: (answer) => {
        const stroke = scratch.stroke;
        const { labelsVersion } = now.openCase;
        const drop = (): void => {
          stop();
          if (scratch.stroke !== stroke) return;
          scratch.stroke = null;
          scheduleOverlay();
        };
        const stop = session.subscribe(() => {
          if (session.get().openCase?.labelsVersion !== labelsVersion) drop();
        });
        // A refused stroke changes no label: then the end of the request is the sign.
        if (answer instanceof Promise) void answer.then(drop, drop);
      },
    };
  };

  const menuAt = (at: CanvasPoint, onPage: CanvasPoint): ViewMenu | null => {
    const now = current();
    if (now === null || mounted === null) return null;
    const { openCase, projection, frame } = now;
    const place = toPatient(projection, at);
    const voxel = voxelAt(openCase, place);
    const shown = session.get().view.measurements.filter((one) => liesIn(one, openCase.volume.grid, frame, projection));
    const near = measurementNear(shown, projection, at, gripReach * pixelRatio(mounted.canvas));
    return {
      view,
      at: onPage,
      place: voxel === null ? null : place,
      label: voxel === null ? 0 : openCase.labels.values[voxel]!,
      measurement: near?.id ?? null,
    };
  };

  const resized = (): void => {
    imageKey = '';
    waitingForImage = false;
    images.resize();
    refresh();
  };

  return {
    attach(element) {
      const mine: Mounted = { ...layersIn(element, name), raster: document.createElement('canvas') };
      mine.canvas.role = 'img';
      mounted = mine;
      const disable = images.enable(
        name,
        mine.picture,
        () => {
          waitingForImage = false;
          if (mounted === mine) drawOverlay();
        },
        () => {
          imageKey = '';
          refresh();
        },
      );
      const silence = listenToSlice(mine.canvas, {
        session,
        view,
        place: placeForDrags,
        hover: (at) => {
          hover = at;
          scheduleOverlay();
        },
        menu: (at, onPage) => {
          const menu = menuAt(at, onPage);
          if (menu !== null) session.look({ menu });
        },
      });
      const stopFitting = mine.keepFitted(resized);
      return () => {
        stopFitting();
        silence();
        disable();
        mine.remove();
        if (mounted !== mine) return;
        mounted = null;
        imageKey = '';
        rasterKey = [];
        rasterSize = null;
        waitingForImage = false;
        if (overlayFrame !== null) cancelAnimationFrame(overlayFrame);
        overlayFrame = null;
      };
    },
    refresh,
    isSettled: () => {
      if (current() === null) return overlayFrame === null;
      return images.isReady(name) && !waitingForImage && overlayFrame === null;
    },
    projection: () => current()?.projection ?? null,
    capture: async () => {
      if (mounted === null) return null;
      const { canvas, picture } = mounted;
      return capturedWith(canvas, picture.querySelector('canvas'));
    },
  };
}

const slabTexts = { maximum: 'Maximum', minimum: 'Minimum', mean: 'Mean' } as const;

function slabOf({ slab, slabMm }: ViewState): { mode: SlabMode; thicknessMm: number } | null {
  return slab === null ? null : { mode: slab, thicknessMm: slabMm };
}

/** The voxel's value, or with a slab what the slab shows there. */
function valueText({ volume }: OpenCase, place: WorldPoint, frame: ViewFrame, look: ViewState): string {
  const index = toIndex(volume.grid, place).map((at) => Math.floor(at + 0.5));
  const slab = slabOf(look);
  if (slab !== null) {
    const value = slabValueAt(volume, place, frame.normal, slab.thicknessMm, slab.mode);
    return Number.isNaN(value) ? '' : valueWithUnit(Math.round(value), volume.unit);
  }
  if (index.some((at, axis) => at < 0 || at >= volume.grid.size[axis]!)) return '';
  return valueWithUnit(volume.values[offsetOf(volume.grid, index[0]!, index[1]!, index[2]!)]!, volume.unit);
}

function valueWithUnit(value: number, unit: OpenCase['volume']['unit']): string {
  const printed = signed(value, 0);
  return unit === 'HU' ? `${printed} HU` : `signal ${printed}`;
}

/** Narrower views (CSS pixels) do without patient and series. */
const widthForSeries = 420;

function seriesLines({ entry }: OpenCase, { width }: Projection, { ratio }: draw.Brush): readonly string[] {
  if (width / ratio < widthForSeries) return [];
  const { patientName, patientId, description, studyDate } = entry.header;
  const line = (...parts: readonly (string | null)[]): string =>
    parts
      .filter((part) => part !== null)
      .map(isolated)
      .join('  ');
  return [line(patientName, patientId), line(description, studyDate)];
}

const titles = { axial: 'Axial', coronal: 'Coronal', sagittal: 'Sagittal' } as const;

function voxelAt(openCase: OpenCase, place: WorldPoint): number | null {
  const { grid } = openCase.volume;
  const index = toIndex(grid, place).map(Math.round);
  if (index.some((at, axis) => at < 0 || at >= grid.size[axis]!)) return null;
  return index[0]! + grid.size[0] * (index[1]! + grid.size[1] * index[2]!);
}
