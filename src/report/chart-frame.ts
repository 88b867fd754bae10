import { faint, hairline, write } from './sheet.ts';
import type { Sheet } from './sheet.ts';

/** A place on paper, in points. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  readonly title: string;
}

/** Where values stand on the paper of one chart. */
export interface Chart {
  readonly box: Box;
  readonly across: (value: number) => number;
  readonly up: (value: number) => number;
}

/** Draws the axes of a chart inside the tag of its figure and returns where values stand. Grey only: data are drawn over it in ink. */
export function drawChartFrame(sheet: Sheet, outer: Box, horizontal: Axis, vertical: Axis): Chart {
  const { document } = sheet;
  const box = { x: outer.x + 24, y: outer.y + 10, width: outer.width - 30, height: outer.height - 32 };
  const across = (value: number): number =>
    box.x + ((value - horizontal.low) / (horizontal.high - horizontal.low)) * box.width;
  const up = (value: number): number =>
    box.y + box.height - ((value - vertical.low) / (vertical.high - vertical.low)) * box.height;
  const label = { size: 6.4, colour: faint, tabular: true } as const;
  document.lineWidth(0.4).strokeColor(hairline);
  for (const { at } of vertical.ticks)
    document
      .moveTo(box.x, up(at))
      .lineTo(box.x + box.width, up(at))
      .stroke();
  document.strokeColor(faint);
  document
    .moveTo(box.x, box.y)
    .lineTo(box.x, box.y + box.height)
    .lineTo(box.x + box.width, box.y + box.height)
    .stroke();
  for (const { at } of horizontal.ticks)
    document
      .moveTo(across(at), box.y + box.height)
      .lineTo(across(at), box.y + box.height + 2.5)
      .stroke();
  for (const { at, label: text } of vertical.ticks)
    write(sheet, text, outer.x, up(at) - 4, 20, { ...label, align: 'right' });
  for (const { at, label: text } of horizontal.ticks)
    write(sheet, text, across(at) - 14, box.y + box.height + 3.5, 28, { ...label, align: 'center' });
  write(sheet, vertical.title, outer.x, outer.y - 1, outer.width, { size: 6.4, colour: faint });
  write(sheet, horizontal.title, box.x, box.y + box.height + 12, box.width, {
    size: 6.4,
    colour: faint,
    align: 'center',
  });
  return { box, across, up };
}

/** A straight line between places of a chart, dashed where `dash` is given; kept inside the frame. */
export function drawLine(
  { document }: Sheet,
  places: readonly (readonly [x: number, y: number])[],
  style: { readonly width: number; readonly colour: readonly [number, number, number]; readonly dash?: number },
): void {
  const [first, ...rest] = places;
  if (first === undefined) return;
  document.lineWidth(style.width).strokeColor(style.colour);
  if (style.dash !== undefined) document.dash(style.dash, { space: style.dash });
  document.moveTo(first[0], first[1]);
  for (const [x, y] of rest) document.lineTo(x, y);
  document.stroke();
  if (style.dash !== undefined) document.undash();
}
