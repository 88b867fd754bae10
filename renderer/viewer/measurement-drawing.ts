import type { Volume } from '../../src/volume/index.ts';
import { measurementText } from '../measurement-text.ts';
import type { Measurement } from '../session.ts';
import { gripsOf, lineOf } from './measurement-shape.ts';
import { toCanvas } from './projection.ts';
import type { CanvasPoint, Projection } from './projection.ts';
import { write } from './slice-drawing.ts';
import type { Brush } from './slice-drawing.ts';

const ink = { line: '#ffd54a', rim: 'rgba(0, 0, 0, 0.85)' } as const;

/** A measurement with what it says; its grips only while it can be changed. */
export function drawMeasurement(
  brush: Brush,
  projection: Projection,
  measurement: Measurement,
  volume: Volume,
  withGrips: boolean,
): void {
  const { context, ratio } = brush;
  const line = lineOf(measurement, projection);
  context.lineJoin = 'round';
  for (const [colour, width] of [
    [ink.rim, 3.5],
    [ink.line, 1.5],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width * ratio;
    context.beginPath();
    line.forEach(([x, y], order) => {
      if (order === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.stroke();
  }
  // A ruler's ends are what is measured: they are always marked.
  if (withGrips || measurement.kind === 'ruler') {
    for (const place of gripsOf(measurement)) drawGrip(brush, toCanvas(projection, place), withGrips ? 3.5 : 2);
  }
  writeText(brush, projection, line, measurementText(measurement, volume));
}

function drawGrip({ context, ratio }: Brush, [x, y]: CanvasPoint, radius: number): void {
  context.fillStyle = ink.line;
  context.strokeStyle = ink.rim;
  context.lineWidth = ratio;
  context.beginPath();
  context.arc(x, y, radius * ratio, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/** Beside the rightmost place of the line, else at the left, and where neither has room below it. */
function writeText(
  brush: Brush,
  { width, height }: Projection,
  line: readonly CanvasPoint[],
  texts: readonly string[],
): void {
  const { context, ratio } = brush;
  context.font = `500 ${12 * ratio}px "Inter Variable", Inter, "DejaVu Sans", sans-serif`;
  const right = line.reduce((most, place) => (place[0] > most[0] ? place : most));
  const left = line.reduce((least, place) => (place[0] < least[0] ? place : least));
  const gap = 8 * ratio;
  const high = texts.length * 15 * ratio;
  const wide = Math.max(...texts.map((text) => context.measureText(text).width));
  let [x, top] = [right[0] + gap, right[1] - high / 2];
  if (x + wide + gap > width) [x, top] = [left[0] - gap - wide, left[1] - high / 2];
  if (x < gap) [x, top] = [gap, Math.max(...line.map((place) => place[1])) + gap];
  const first = Math.min(height - high, Math.max(0, top));
  texts.forEach((text, row) => write(brush, text, x, first + (row + 0.5) * 15 * ratio, 'left', 'middle'));
}
