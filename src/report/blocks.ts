import { colours, patternColour } from '../liver/index.ts';
import type { Colour } from '../liver/index.ts';
import { decoration, faint, frame, group, hairline, heightOf, makeRoom, rule, tagged, write } from './sheet.ts';
import type { Sheet, Tag, TextStyle } from './sheet.ts';

/** The style of details, at the size this report needs to stay on two pages. */
export function small(sheet: Sheet): TextStyle {
  return { size: sheet.smallSize };
}

/** The same for what is read last. */
export function smallFaint(sheet: Sheet): TextStyle {
  return { size: sheet.smallSize, colour: faint };
}
const headingStyle: TextStyle = { size: 9.4, weight: 'bold' };

/** A heading with the room for at least `following` points of its section below it. */
export function heading(sheet: Sheet, text: string, following = 30): void {
  makeRoom(sheet, 22 + following);
  sheet.y += 7;
  tagged(sheet, sheet.root, 'H2', () => write(sheet, text, frame.left, sheet.y, frame.width, headingStyle));
  sheet.y += 13.5;
}

/** A heading at a place, for blocks side by side. */
export function headingAt(sheet: Sheet, text: string, x: number, y: number, width: number): number {
  tagged(sheet, sheet.root, 'H2', () => write(sheet, text, x, y, width, headingStyle));
  return y + 13.5;
}

/** A paragraph over the full width. */
export function paragraph(sheet: Sheet, text: string, style: TextStyle): void {
  const height = heightOf(sheet, text, frame.width, style);
  makeRoom(sheet, height);
  tagged(sheet, sheet.root, 'P', () => write(sheet, text, frame.left, sheet.y, frame.width, style));
  sheet.y += height + 2;
}

/** A bulleted list over the full width; items stay whole on a page. */
export function bullets(sheet: Sheet, items: readonly string[], style: TextStyle): void {
  const list = group(sheet, sheet.root, 'L');
  for (const item of items) {
    const height = heightOf(sheet, item, frame.width - 9, style);
    makeRoom(sheet, height);
    tagged(sheet, list, 'LI', () => {
      write(sheet, '•', frame.left, sheet.y, 8, style);
      write(sheet, item, frame.left + 9, sheet.y, frame.width - 9, style);
    });
    sheet.y += height + 1;
  }
  list.end();
}

/** One column of a table. */
export interface Column {
  readonly head: string;
  readonly width: number;
  readonly align?: 'left' | 'right';
}

/** One row of a table: its cells, and how it stands out. */
export interface Row {
  readonly cells: readonly string[];
  readonly strong?: boolean;
  readonly swatch?: Colour | null;
}

const gap = 6;
const headStyle: TextStyle = { size: 6.8, weight: 'medium', colour: faint };

function rowHeight(sheet: Sheet, columns: readonly Column[], row: Row): number {
  const style = cellStyle(sheet, row);
  const heights = row.cells.map((cell, place) =>
    heightOf(sheet, cell, columns[place]!.width - gap - indentOf(row, place), style),
  );
  return Math.max(...heights) + 4.2;
}

/** Room for a swatch before the first cell. */
function indentOf(row: Row, place: number): number {
  return place === 0 && row.swatch !== undefined ? 10 : 0;
}

function cellStyle(sheet: Sheet, row: Row): TextStyle {
  return { size: sheet.smallSize + 0.3, weight: row.strong === true ? 'bold' : 'regular' };
}

/** A table with hairlines, its columns from `x`; rows stay whole, the head is repeated on a new page. Moves `sheet.y` below it. */
export function table(sheet: Sheet, x: number, columns: readonly Column[], rows: readonly Row[]): void {
  const element = group(sheet, sheet.root, 'Table');
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  makeRoom(sheet, 14 + (rows[0] === undefined ? 0 : rowHeight(sheet, columns, rows[0])));
  drawRow(sheet, element, x, columns, { cells: columns.map(({ head }) => head) }, headStyle, 'TH', 12);
  rule(sheet, x, sheet.y, width, faint);
  sheet.y += 2;
  for (const row of rows) {
    const height = rowHeight(sheet, columns, row);
    makeRoom(sheet, height);
    if (row.strong === true) rule(sheet, x, sheet.y, width, faint);
    drawRow(sheet, element, x, columns, row, cellStyle(sheet, row), 'TD', height);
    rule(sheet, x, sheet.y, width, hairline, 0.4);
  }
  element.end();
}

function drawRow(
  sheet: Sheet,
  parent: Tag,
  x: number,
  columns: readonly Column[],
  row: Row,
  style: TextStyle,
  type: 'TH' | 'TD',
  height: number,
): void {
  const element = group(sheet, parent, 'TR');
  let left = x;
  columns.forEach((column, place) => {
    const indent = indentOf(row, place);
    const right = column.align === 'right';
    tagged(sheet, element, type, () => {
      write(sheet, row.cells[place]!, left + indent, sheet.y + 2, column.width - gap - indent, {
        ...style,
        align: right ? 'right' : 'left',
        tabular: right,
      });
    });
    if (place === 0 && row.swatch !== undefined && row.swatch !== null) swatch(sheet, left, sheet.y + 3.4, row.swatch);
    left += column.width;
  });
  element.end();
  sheet.y += height;
}

/** A small square of a part's colour, with the part's pattern as the key images have it. */
export function swatch(sheet: Sheet, x: number, y: number, colour: Colour): void {
  decoration(sheet, () => {
    const { document } = sheet;
    document.rect(x, y, 6, 6).fillColor(colour).fill();
    const marks = patternColour(colour);
    if (colour === colours.resected) {
      document.lineWidth(0.8).strokeColor(marks);
      for (const end of [3, 6, 9]) {
        const [low, high] = [Math.max(0, end - 6), Math.min(6, end)];
        document
          .moveTo(x + low, y + high)
          .lineTo(x + high, y + low)
          .stroke();
      }
    } else if (colour === colours.excluded) {
      for (const [across, down] of [
        [1.5, 1.5],
        [4.5, 1.5],
        [3, 3.2],
        [1.5, 4.8],
        [4.5, 4.8],
      ] as const) {
        document
          .circle(x + across, y + down, 0.6)
          .fillColor(marks)
          .fill();
      }
    }
  });
}
