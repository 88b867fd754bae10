import type PDFDocument from 'pdfkit';
import type { Colour } from '../liver/index.ts';

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

/** Height in points of `text` wrapped to `width`. */
export function heightOf(sheet: Sheet, text: string, width: number, style: TextStyle): number {
  sheet.document.font(style.weight ?? 'regular').fontSize(style.size);
  return sheet.document.heightOfString(text, { ...options(style, width), ...featuresOf(style) });
}

/** Width in points of `text` on one line. */
export function widthOf(sheet: Sheet, text: string, style: TextStyle): number {
  return sheet.document
    .font(style.weight ?? 'regular')
    .fontSize(style.size)
    .widthOfString(text, { ...featuresOf(style) });
}

/** Writes wrapped text at a place without tagging it. */
export function write(sheet: Sheet, text: string, x: number, y: number, width: number, style: TextStyle): void {
  sheet.document
    .font(style.weight ?? 'regular')
    .fontSize(style.size)
    .fillColor(style.colour ?? ink)
    .text(text, x, y, { ...options(style, width), ...featuresOf(style) });
}

/** Writes one line, shortened with an ellipsis where it is too long for `width`. */
export function writeLine(sheet: Sheet, text: string, x: number, y: number, width: number, style: TextStyle): void {
  let shown = text;
  while (shown.length > 1 && widthOf(sheet, shown, style) > width) shown = `${shown.slice(0, -2).trimEnd()}…`;
  const room = width - widthOf(sheet, shown, style);
  const shift = style.align === 'right' ? room : style.align === 'center' ? room / 2 : 0;
  sheet.document
    .font(style.weight ?? 'regular')
    .fontSize(style.size)
    .fillColor(style.colour ?? ink)
    .text(shown, x + shift, y, { lineBreak: false, ...featuresOf(style) });
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
