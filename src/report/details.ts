import { colours } from '../liver/index.ts';
import { bullets, heading, headingAt, paragraph, small, smallFaint, table, tableHeight } from './blocks.ts';
import type { Column, Row } from './blocks.ts';
import { populationCaveat, verdictHeads } from './content.ts';
import type { Fact, ReportContent } from './content.ts';
import { faint, frame, group, heightOf, makeRoom, rule, tagged, write } from './sheet.ts';
import type { Sheet } from './sheet.ts';

/** The volumetry table, with denominators and tumours beside it. */
export function drawVolumetry(sheet: Sheet, content: ReportContent): void {
  const columns: readonly Column[] = [
    { head: 'Volumetry', width: 88 },
    { head: '', width: 106 },
    { head: 'mL', width: 44, align: 'right' },
    { head: '90 % interval', width: 62, align: 'right' },
  ];
  const rows = content.volumes.map((row): Row => ({
    cells: [row.name, row.meaning, row.volume, row.interval],
    strong: row.kind === 'sum',
    ...(row.kind === 'part' ? { swatch: row.colour === null ? null : colours[row.colour] } : {}),
  }));
  const side = { x: frame.left + 318, width: frame.width - 318 };
  heading(sheet, 'Volumes', tableHeight(sheet, columns, rows));
  const top = sheet.y;
  table(sheet, frame.left, columns, rows);
  const left = sheet.y;
  let y = headingAt(sheet, 'Denominators', side.x, top - 14, side.width);
  for (const line of content.denominators) {
    tagged(sheet, sheet.root, 'P', () => write(sheet, line, side.x, y, side.width, small));
    y += heightOf(sheet, line, side.width, small) + 2;
  }
  sheet.y = Math.max(left, y) + 2;
  drawTumours(sheet, content.tumours);
}

function drawTumours(sheet: Sheet, tumours: readonly Fact[]): void {
  heading(
    sheet,
    tumours.length === 0 ? 'Tumours: none marked' : `Tumours (${tumours.length})`,
    tumours.length === 0 ? 0 : 20,
  );
  if (tumours.length === 0) return;
  const columns = 4;
  const cell = frame.width / columns;
  for (let first = 0; first < tumours.length; first += columns) {
    const row = tumours.slice(first, first + columns);
    const height = Math.max(...row.map(({ label }) => heightOf(sheet, label, cell - 58, small)));
    makeRoom(sheet, height + 2);
    row.forEach((tumour, place) => {
      const x = frame.left + place * cell;
      tagged(sheet, sheet.root, 'P', () => {
        write(sheet, tumour.label, x, sheet.y, cell - 58, small);
        write(sheet, tumour.value, x + cell - 58, sheet.y, 46, { ...small, align: 'right', weight: 'medium' });
      });
    });
    sheet.y += height + 2;
  }
}

/** The verdict table and the other published thresholds as text. */
export function drawVerdicts(sheet: Sheet, content: ReportContent): void {
  const widths = [104, 40, 62, 50, 106, 153.28];
  const columns = verdictHeads.map((head, place): Column => ({
    head,
    width: widths[place]!,
    ...(place > 0 && place < 4 ? { align: 'right' } : {}),
  }));
  heading(sheet, 'Against published thresholds', 60);
  table(
    sheet,
    frame.left,
    columns,
    content.verdicts.map((cells) => ({ cells })),
  );
  if (content.otherThresholds.length === 0) return;
  sheet.y += 4;
  paragraph(sheet, `Other published thresholds: ${content.otherThresholds.join('; ')}.`, smallFaint);
}

/** Options to discuss, each with reason, published growth, what to verify and source. */
export function drawOptions(sheet: Sheet, content: ReportContent): void {
  if (content.options.length === 0) return;
  heading(sheet, 'Options to discuss', 50);
  paragraph(sheet, populationCaveat, smallFaint);
  for (const option of content.options) {
    const title = { ...small, weight: 'bold' } as const;
    const body = [
      option.reason,
      option.growth === null ? null : `Published growth: ${option.growth}.`,
      option.verify === null ? null : `Verify: ${option.verify}.`,
      `Source: ${option.citation}.`,
    ]
      .filter((line) => line !== null)
      .join(' ');
    const side = 128;
    const bodyWidth = frame.width - side;
    const height = Math.max(heightOf(sheet, option.title, side - 10, title), heightOf(sheet, body, bodyWidth, small));
    makeRoom(sheet, height + 6);
    rule(sheet, frame.left, sheet.y, frame.width);
    const y = sheet.y + 2.5;
    tagged(sheet, sheet.root, 'P', () => {
      write(sheet, option.title, frame.left, y, side - 10, title);
      write(sheet, body, frame.left + side, y, bodyWidth, small);
    });
    sheet.y += height + 6;
  }
}

/** Inputs in two columns: what was measured, by whom, with what. */
export function drawInputs(sheet: Sheet, inputs: readonly Fact[]): void {
  heading(sheet, 'Inputs and method', 60);
  const cell = (frame.width - 14) / 2;
  const labelWidth = 72;
  const list = group(sheet, sheet.root, 'L');
  const half = Math.ceil(inputs.length / 2);
  for (let line = 0; line < half; line += 1) {
    const pair = [inputs[line], inputs[line + half]].filter((fact) => fact !== undefined);
    const height = Math.max(...pair.map(({ value }) => heightOf(sheet, value, cell - labelWidth, small)));
    makeRoom(sheet, height + 2);
    pair.forEach((fact, place) => {
      const x = frame.left + place * (cell + 14);
      tagged(sheet, list, 'LI', () => {
        write(sheet, fact.label, x, sheet.y, labelWidth - 4, { ...small, colour: faint });
        write(sheet, fact.value, x + labelWidth, sheet.y, cell - labelWidth, small);
      });
    });
    sheet.y += height + 2;
  }
  list.end();
}

/** Everything that was said on the way: resampling, overlaps, uneven facts. */
export function drawRemarks(sheet: Sheet, remarks: readonly string[]): void {
  if (remarks.length === 0) return;
  heading(sheet, 'Remarks', 14);
  bullets(sheet, remarks, small);
}

/** Where the responsible clinicians sign; until then the report is a draft. */
export function drawSignatures(sheet: Sheet): void {
  makeRoom(sheet, 46);
  sheet.y += 30;
  const cell = (frame.width - 28) / 3;
  ['Reviewed on the source images by (name)', 'Signature', 'Date'].forEach((label, place) => {
    const x = frame.left + place * (cell + 14);
    rule(sheet, x, sheet.y, cell, faint);
    tagged(sheet, sheet.root, 'P', () => write(sheet, label, x, sheet.y + 2, cell, { size: 6.8, colour: faint }));
  });
  sheet.y += 14;
}
