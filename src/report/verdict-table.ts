import type { Verdict } from '../assessment/index.ts';
import { colours } from '../liver/index.ts';
import type { Colour } from '../liver/index.ts';
import { heading, paragraph, small, smallFaint } from './blocks.ts';
import { sheetCaveat } from './content.ts';
import type { SheetGroup, SheetRow } from './sheet-content.ts';
import { decoration, faint, frame, group, heightOf, ink, makeRoom, rule, tagged, write } from './sheet.ts';
import type { Sheet, Tag, TextStyle } from './sheet.ts';

const columns = [
  ['word', 78],
  ['threshold', 62],
  ['scope', 232],
  ['source', 143.28],
] as const;
const shapeRoom = 11;

/** The verdict sheet: every denominator with the remnant over it, beneath it the published thresholds; shape and word beside the colour. */
export function drawVerdictSheet(sheet: Sheet, groups: readonly SheetGroup[]): void {
  heading(sheet, 'Against published thresholds', 70);
  paragraph(sheet, sheetCaveat, smallFaint(sheet));
  const table = group(sheet, sheet.root, 'Table');
  for (const { label, figure, rows } of groups) {
    const head: TextStyle = { size: sheet.smallSize + 0.8, weight: 'bold' };
    const headHeight = heightOf(sheet, `${label}: ${figure}`, frame.width, head) + 4;
    const first = rows[0] === undefined ? 0 : heightOfRow(sheet, rows[0]);
    makeRoom(sheet, headHeight + first);
    rule(sheet, frame.left, sheet.y, frame.width, faint);
    const line = group(sheet, table, 'TR');
    tagged(sheet, line, 'TH', () => write(sheet, `${label}: ${figure}`, frame.left, sheet.y + 3, frame.width, head));
    line.end();
    sheet.y += headHeight;
    for (const row of rows) drawRow(sheet, table, row);
    sheet.y += 2;
  }
  table.end();
}

function styleOf(sheet: Sheet, { decides }: SheetRow): TextStyle {
  return decides ? { ...small(sheet), weight: 'bold' } : small(sheet);
}

function heightOfRow(sheet: Sheet, row: SheetRow): number {
  const heights = columns.map(([name, width]) =>
    heightOf(sheet, row[name], width - 6 - (name === 'word' ? shapeRoom : 0), styleOf(sheet, row)),
  );
  return Math.max(...heights) + 1.6;
}

function drawRow(sheet: Sheet, table: Tag, row: SheetRow): void {
  const height = heightOfRow(sheet, row);
  makeRoom(sheet, height);
  const line = group(sheet, table, 'TR');
  const style = styleOf(sheet, row);
  if (row.decides) decoration(sheet, () => drawShape(sheet, row.verdict, frame.left + 1, sheet.y + 1.6));
  let x: number = frame.left;
  for (const [name, width] of columns) {
    const indent = name === 'word' ? shapeRoom : 0;
    const colour = row.decides || name === 'threshold' ? ink : faint;
    tagged(sheet, line, 'TD', () =>
      write(sheet, row[name], x + indent, sheet.y, width - 6 - indent, { ...style, colour }),
    );
    x += width;
  }
  line.end();
  sheet.y += height;
}

const shapeColours: Readonly<Record<Exclude<Verdict, 'none'>, Colour>> = {
  above: colours.remnant,
  crosses: colours.liver,
  below: colours.resected,
};

/** A triangle up, a diamond, a triangle down, or a dash: to be told apart without colour. */
export function drawShape({ document }: Sheet, verdict: Verdict, x: number, y: number): void {
  const side = 7;
  if (verdict === 'none') {
    document
      .rect(x, y + side / 2 - 0.6, side, 1.2)
      .fillColor(faint)
      .fill();
    return;
  }
  const corners = {
    above: [
      [0, side],
      [side / 2, 0],
      [side, side],
    ],
    crosses: [
      [side / 2, 0],
      [side, side / 2],
      [side / 2, side],
      [0, side / 2],
    ],
    below: [
      [0, 0],
      [side, 0],
      [side / 2, side],
    ],
  }[verdict];
  corners.forEach(([across, down], place) => {
    if (place === 0) document.moveTo(x + across!, y + down!);
    else document.lineTo(x + across!, y + down!);
  });
  document.closePath().fillColor(shapeColours[verdict]).fill();
}
