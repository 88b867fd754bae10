import type { WorldPoint } from '../../src/geometry/index.ts';
import { colours } from '../../src/liver/index.ts';
import type { PlaneCut } from '../../src/liver/index.ts';
import type { CutHandles } from './cut-gesture.ts';
import { lineOnCanvas } from './half-planes.ts';
import { edgeLetters } from './letters.ts';
import type { CrosshairLine } from './oblique.ts';
import { scaleBar, toCanvas } from './projection.ts';
import type { CanvasPoint, Projection } from './projection.ts';

/** The 2D context of an overlay with the size of one CSS pixel in device pixels. */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly ratio: number;
}

const ink = {
  text: '#e8eef4',
  shadow: 'rgba(0, 0, 0, 0.85)',
  crosshair: 'rgba(120, 200, 255, 0.75)',
  brush: '#ffffff',
  outline: '#f0e442',
} as const;

const resectedInk = `rgb(${colours.resected.join(' ')})`;

/** Sets the overlay's font in CSS pixels. */
function font({ context, ratio }: Brush, size: number, weight = 400): void {
  context.font = `${weight} ${size * ratio}px "Inter Variable", Inter, "DejaVu Sans", sans-serif`;
}

/** Text with a dark rim, legible on bone and on air. */
export function write(
  brush: Brush,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
  baseline: CanvasTextBaseline,
): void {
  const { context, ratio } = brush;
  context.textAlign = align;
  context.textBaseline = baseline;
  context.lineJoin = 'round';
  context.lineWidth = 3 * ratio;
  context.strokeStyle = ink.shadow;
  context.strokeText(text, x, y);
  context.fillStyle = ink.text;
  context.fillText(text, x, y);
}

/** The letters at the four edges: where the picture's sides lie in the patient. Returns what it wrote. */
export function drawLetters(
  brush: Brush,
  projection: Pick<Projection, 'right' | 'up' | 'width' | 'height'>,
): ReturnType<typeof edgeLetters> {
  const { ratio } = brush;
  const letters = edgeLetters(projection.right, projection.up);
  const inset = 8 * ratio;
  font(brush, 15, 600);
  write(brush, letters.left, inset, projection.height / 2, 'left', 'middle');
  write(brush, letters.right, projection.width - inset - 8 * ratio, projection.height / 2, 'right', 'middle');
  write(brush, letters.top, projection.width / 2, inset, 'center', 'top');
  write(brush, letters.bottom, projection.width / 2, projection.height - inset, 'center', 'bottom');
  return letters;
}

/** The texts in the corners; each a list of lines, top down. */
export function drawCorners(
  brush: Brush,
  size: { readonly width: number; readonly height: number },
  corners: {
    readonly topLeft: readonly string[];
    readonly topRight: readonly string[];
    readonly bottomLeft: readonly string[];
  },
): void {
  const { ratio } = brush;
  const inset = 8 * ratio;
  const line = 16 * ratio;
  font(brush, 12);
  corners.topLeft.forEach((text, row) => write(brush, text, inset, inset + row * line, 'left', 'top'));
  corners.topRight.forEach((text, row) =>
    write(brush, text, size.width - inset - 8 * ratio, inset + row * line, 'right', 'top'),
  );
  corners.bottomLeft.forEach((text, row) => {
    const up = corners.bottomLeft.length - 1 - row;
    write(brush, text, inset, size.height - inset - up * line, 'left', 'bottom');
  });
}

/** A bar of a round length at the lower right. */
export function drawScaleBar(brush: Brush, projection: Projection): void {
  const { context, ratio } = brush;
  const { mm, pixels } = scaleBar(projection.mmPerPixel, Math.min(120 * ratio, projection.width / 4));
  const right = projection.width - 20 * ratio;
  const y = projection.height - 12 * ratio;
  for (const [colour, width] of [
    [ink.shadow, 4],
    [ink.text, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width * ratio;
    context.beginPath();
    context.moveTo(right - pixels, y - 4 * ratio);
    context.lineTo(right - pixels, y);
    context.lineTo(right, y);
    context.lineTo(right, y - 4 * ratio);
    context.stroke();
  }
  font(brush, 11);
  write(brush, mm >= 10 ? `${mm / 10} cm` : `${mm} mm`, right - pixels / 2, y - 4 * ratio, 'center', 'bottom');
}

/** Where the slice lies in the stack, and the slices that carry outlines. */
export function drawSliceBar(
  brush: Brush,
  size: { readonly width: number; readonly height: number },
  stack: { readonly position: number; readonly outlined: readonly number[] },
): void {
  const { context, ratio } = brush;
  const top = 28 * ratio;
  const height = size.height - 56 * ratio;
  if (height <= 0) return;
  const x = size.width - 5 * ratio;
  context.fillStyle = 'rgba(255, 255, 255, 0.18)';
  context.fillRect(x, top, 2 * ratio, height);
  context.fillStyle = ink.outline;
  for (const share of stack.outlined)
    context.fillRect(x - 3 * ratio, top + share * height - ratio, 8 * ratio, 2 * ratio);
  context.fillStyle = ink.text;
  context.fillRect(x - 2 * ratio, top + stack.position * height - 3 * ratio, 6 * ratio, 6 * ratio);
}

/** The linked crosshair, open in the middle so that it hides nothing; rings where it can be taken hold of and turned. */
export function drawCrosshair(
  { context, ratio }: Brush,
  projection: Projection,
  point: WorldPoint,
  lines: readonly CrosshairLine[],
  withHandles: boolean,
): void {
  const [x, y] = toCanvas(projection, point);
  const gap = 12 * ratio;
  const far = projection.width + projection.height + Math.abs(x) + Math.abs(y);
  context.strokeStyle = ink.crosshair;
  context.lineWidth = ratio;
  context.beginPath();
  for (const { along } of lines) {
    for (const side of [-1, 1]) {
      context.moveTo(x + side * along[0] * gap, y + side * along[1] * gap);
      context.lineTo(x + side * along[0] * far, y + side * along[1] * far);
    }
  }
  context.stroke();
  if (!withHandles) return;
  context.fillStyle = ink.shadow;
  context.lineWidth = 1.5 * ratio;
  for (const [hx, hy] of lines.flatMap(({ handles }) => handles)) {
    context.beginPath();
    context.arc(hx, hy, 4.5 * ratio, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/** A cutting plane as a line; comb teeth point to the side that is resected. */
export function drawCutLine({ context, ratio }: Brush, projection: Projection, plane: PlaneCut, active: boolean): void {
  const line = lineOnCanvas(plane, projection);
  if (line === null) return;
  const sign = plane.resect === 'positive' ? 1 : -1;
  const teeth = [
    sign *
      (plane.normal[0] * projection.right[0] +
        plane.normal[1] * projection.right[1] +
        plane.normal[2] * projection.right[2]),
    -sign *
      (plane.normal[0] * projection.up[0] + plane.normal[1] * projection.up[1] + plane.normal[2] * projection.up[2]),
  ] as const;
  const size = Math.hypot(...teeth);
  const dx = line.to[0] - line.from[0];
  const dy = line.to[1] - line.from[1];
  const length = Math.hypot(dx, dy);
  const path = new Path2D();
  path.moveTo(...line.from);
  path.lineTo(...line.to);
  for (let at = 20 * ratio; active && at < length; at += 40 * ratio) {
    const x = line.from[0] + (dx * at) / length;
    const y = line.from[1] + (dy * at) / length;
    path.moveTo(x, y);
    path.lineTo(x + (teeth[0] / size) * 7 * ratio, y + (teeth[1] / size) * 7 * ratio);
  }
  context.lineWidth = 3.5 * ratio;
  context.strokeStyle = ink.shadow;
  context.stroke(path);
  context.lineWidth = 1.75 * ratio;
  context.strokeStyle = resectedInk;
  context.stroke(path);
}

/** The handles of a plane: a square to move it, rings to turn it. */
export function drawCutHandles({ context, ratio }: Brush, handles: CutHandles): void {
  context.lineWidth = 2 * ratio;
  context.strokeStyle = ink.text;
  context.fillStyle = resectedInk;
  const [x, y] = handles.middle;
  const half = 6 * ratio;
  context.fillRect(x - half, y - half, 2 * half, 2 * half);
  context.strokeRect(x - half, y - half, 2 * half, 2 * half);
  for (const end of [handles.first, handles.second]) {
    context.beginPath();
    context.arc(end[0], end[1], 6 * ratio, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/** A line under the mouse that will become a cutting plane. */
export function drawSketch({ context, ratio }: Brush, from: CanvasPoint, to: CanvasPoint): void {
  context.strokeStyle = resectedInk;
  context.lineWidth = 2 * ratio;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** A drawn outline; an unfinished one is left open. */
export function drawOutline(
  { context, ratio }: Brush,
  projection: Projection,
  points: readonly WorldPoint[],
  closed: boolean,
): void {
  if (points.length === 0) return;
  context.beginPath();
  points.forEach((point, order) => {
    const [x, y] = toCanvas(projection, point);
    if (order === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
  if (closed) context.closePath();
  context.lineJoin = 'round';
  context.strokeStyle = ink.shadow;
  context.lineWidth = 3.5 * ratio;
  context.stroke();
  context.strokeStyle = ink.outline;
  context.lineWidth = 1.75 * ratio;
  context.stroke();
}

/** A sentence across the lower part of a view that says why the tool does nothing there. */
export function drawHint(brush: Brush, size: { readonly width: number; readonly height: number }, text: string): void {
  font(brush, 13, 500);
  write(brush, text, size.width / 2, size.height * 0.85, 'center', 'middle');
}

/** The round brush at its true size. */
export function drawBrushCursor({ context, ratio }: Brush, at: CanvasPoint, radius: number, dashed: boolean): void {
  for (const [colour, width] of [
    [ink.shadow, 3],
    [ink.brush, 1.25],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width * ratio;
    context.setLineDash(dashed ? [4 * ratio, 4 * ratio] : []);
    context.beginPath();
    context.arc(at[0], at[1], radius, 0, 2 * Math.PI);
    context.stroke();
  }
  context.setLineDash([]);
}
