import type PDFDocument from 'pdfkit';
import type { Colour } from '../liver/index.ts';
import { runsIn, scriptsIn } from './script.ts';
import type { Script } from './script.ts';

export const ink: Colour = [24, 30, 38];
export const faint: Colour = [92, 102, 112];
export const hairline: Colour = [209, 214, 219];
export const paper: Colour = [255, 255, 255];

/** A4 in points, with the frame that text keeps to. */
export const pageSize = { width: 595.28, height: 841.89 } as const;
export const frame = { left: 40, right: 555.28, top: 34, bottom: 780, width: 515.28 } as const;

export type Weight = 'regular' | 'medium' | 'bold';

/** How a piece of text is set. */
export interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  readonly colour?: Colour;
  readonly align?: 'left' | 'right' | 'center';
  readonly lineGap?: number;
  /** Figures of equal width, for columns of numbers; they would pull hyphens apart in prose. */
  readonly tabular?: boolean;
}

/** A place in the tree of tags that screen readers follow. */
export type Tag = ReturnType<PDFDocument['struct']>;

/** Pages being written from top to bottom; everything is measured before it is drawn, so nothing runs over an edge. */
export interface Sheet {
  readonly document: PDFDocument;
  readonly root: Tag;
  /** Where the next block starts, in points from the top of the page. */
  y: number;
  /** Size in points of the details on the pages after the first. */
  readonly smallSize: number;
}

/** Without kerning: Inter pulls a point under a 7, and "27.6 %" must never be read as 276. */
function featuresOf(style: TextStyle): { readonly features: Readonly<Record<string, boolean>> } {
  return { features: { kern: false, tnum: style.tabular === true } };
}

function options(
  style: TextStyle,
  width: number,
): { width: number; align: 'left' | 'right' | 'center'; lineGap: number } {
  return { width, align: style.align ?? 'left', lineGap: style.lineGap ?? 1.2 };
}

/** A run is set in one font: that of the script in it which our typeface lacks, without weights, or our typeface. */
function fontOf(run: string, style: TextStyle): Script | Weight {
  return scriptsIn(run)[0] ?? style.weight ?? 'regular';
}

/** Height in em of our typeface above the baseline: text of any script stands on the line that ours would stand on. */
const ascender = 0.96875;

/** Height in points of `text` wrapped to `width`. */
export function heightOf(sheet: Sheet, text: string, width: number, style: TextStyle): number {
  if (runsIn(text).length > 1) return linesOf(sheet, text, width, style).length * lineHeight(sheet, style);
  sheet.document.font(fontOf(text, style)).fontSize(style.size);
  return sheet.document.heightOfString(text, { ...options(style, width), ...featuresOf(style) });
}

/** Width in points of `text` on one line. */
export function widthOf(sheet: Sheet, text: string, style: TextStyle): number {
  return runsIn(text).reduce(
    (sum, run) =>
      sum +
      sheet.document
        .font(fontOf(run, style))
        .fontSize(style.size)
        .widthOfString(run, { ...featuresOf(style) }),
    0,
  );
}

/** Writes wrapped text at a place without tagging it. */
export function write(sheet: Sheet, text: string, x: number, y: number, width: number, style: TextStyle): void {
  if (runsIn(text).length > 1) {
    linesOf(sheet, text, width, style).forEach((line, row) =>
      writeLine(sheet, line, x, y + row * lineHeight(sheet, style), width, style),
    );
    return;
  }
  sheet.document
    .font(fontOf(text, style))
    .fontSize(style.size)
    .fillColor(style.colour ?? ink)
    .text(text, x, y, { ...options(style, width), ...featuresOf(style), baseline: -ascender * style.size });
}

/** Text of both directions broken at its spaces. */
function linesOf(sheet: Sheet, text: string, width: number, style: TextStyle): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && widthOf(sheet, longer, style) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function lineHeight(sheet: Sheet, style: TextStyle): number {
  return heightOf(sheet, 'x', frame.width, style);
}

/** Writes one line, shortened with an ellipsis where it is too long for `width`. */
export function writeLine(sheet: Sheet, text: string, x: number, y: number, width: number, style: TextStyle): void {
  let shown = text;
  const letters = Array.from(text);
  while (letters.length > 1 && widthOf(sheet, shown, style) > width) {
    letters.pop();
    shown = `${letters.join('').trimEnd()}…`;
  }
  const room = width - widthOf(sheet, shown, style);
  let from = x + (style.align === 'right' ? room : style.align === 'center' ? room / 2 : 0);
  for (const run of runsIn(shown)) {
    sheet.document
      .font(fontOf(run, style))
      .fontSize(style.size)
      .fillColor(style.colour ?? ink)
      .text(run, from, y, { lineBreak: false, ...featuresOf(style), baseline: -ascender * style.size });
    from += widthOf(sheet, run, style);
  }
}

/** Draws something as the content of a new tag under `parent`. */
export function tagged(sheet: Sheet, parent: Tag, type: string, draw: () => void, alt?: string): Tag {
  const element = sheet.document.struct(type, alt === undefined ? {} : { alt });
  parent.add(element);
  element.add(sheet.document.markStructureContent(type));
  draw();
  sheet.document.endMarkedContent();
  element.end();
  return element;
}

/** A tag that holds other tags; end it when all are in. */
export function group(sheet: Sheet, parent: Tag, type: string): Tag {
  const element = sheet.document.struct(type);
  parent.add(element);
  return element;
}

/** Draws something that a screen reader skips: rules, boxes, repeated footers. */
export function decoration(sheet: Sheet, draw: () => void): void {
  sheet.document.markContent('Artifact', { type: 'Layout' });
  draw();
  sheet.document.endMarkedContent();
}

/** A horizontal hairline. */
export function rule(sheet: Sheet, x: number, y: number, width: number, colour: Colour = hairline, weight = 0.6): void {
  decoration(sheet, () => {
    sheet.document
      .lineWidth(weight)
      .strokeColor(colour)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke();
  });
}

/** Starts a new page unless `height` points are left on this one. */
export function makeRoom(sheet: Sheet, height: number): void {
  if (sheet.y + height <= frame.bottom) return;
  sheet.document.addPage();
  sheet.y = frame.top + 22;
}
