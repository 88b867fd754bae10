import { colours } from '../liver/index.ts';
import { bullets, heading, headingAt, paragraph, small, smallFaint, table } from './blocks.ts';
import type { Column, Row } from './blocks.ts';
import { populationCaveat } from './content.ts';
import type { ReportContent } from './content.ts';
import type { Fact } from './fact.ts';
import { faint, frame, group, heightOf, makeRoom, rule, tagged, write } from './sheet.ts';
import { drawPredictions } from './range-chart.ts';
import type { Sheet } from './sheet.ts';
import { sourceText } from './sources.ts';
import type { Source } from './sources.ts';

/** The volumetry table at a place, with the denominators and, where they fit above `bottom`, the tumours below it; says whether they did. */
export function drawVolumetry(sheet: Sheet, content: ReportContent, x: number, width: number, bottom: number): boolean {
  const columns: readonly Column[] = [
    { head: '', width: width - 90 },
    { head: 'mL', width: 38, align: 'right' },
    { head: '90 % interval', width: 52, align: 'right' },
  ];
  const rows = content.volumes.map((row): Row => ({
    cells: [row.name, row.volume, row.interval],
    strong: row.kind === 'sum',
    ...(row.colour === null ? {} : { swatch: colours[row.colour] }),
  }));
  sheet.y = headingAt(sheet, 'Volumes', x, sheet.y, width);
  table(sheet, x, columns, rows);
  sheet.y = headingAt(sheet, 'Denominators', x, sheet.y + 8, width);
  for (const line of content.denominators) {
    tagged(sheet, sheet.root, 'P', () => write(sheet, line, x, sheet.y, width, small(sheet)));
    sheet.y += heightOf(sheet, line, width, small(sheet)) + 1.5;
  }
  if (!tumoursFit(sheet, content.tumours, bottom)) return false;
  sheet.y = headingAt(sheet, tumourHeading(content.tumours), x, sheet.y + 6, width);
  drawTumourRows(sheet, content.tumours, x, width, 1);
  return true;
}

function tumoursFit(sheet: Sheet, tumours: readonly Fact[], bottom: number): boolean {
  return sheet.y + 20 + tumours.length * (sheet.smallSize * 1.4 + 2) * 1.2 <= bottom;
}

/** The tumours over the full width, for lists too long to stand beside the images. */
export function drawTumours(sheet: Sheet, tumours: readonly Fact[]): void {
  heading(sheet, tumourHeading(tumours), 20);
  drawTumourRows(sheet, tumours, frame.left, frame.width, 4);
}

/** Room for the volume and the diameter of a tumour, in points. */
const figuresWidth = 80;

function tumourHeading(tumours: readonly Fact[]): string {
  return tumours.length === 0 ? 'Tumours: none marked' : `Tumours (${tumours.length})`;
}

function drawTumourRows(sheet: Sheet, tumours: readonly Fact[], x: number, width: number, columns: number): void {
  const cell = width / columns;
  for (let first = 0; first < tumours.length; first += columns) {
    const row = tumours.slice(first, first + columns);
    const height = Math.max(...row.map(({ label }) => heightOf(sheet, label, cell - figuresWidth - 10, small(sheet))));
    makeRoom(sheet, height + 2);
    row.forEach((tumour, place) => {
      const left = x + place * cell;
      tagged(sheet, sheet.root, 'P', () => {
        write(sheet, tumour.label, left, sheet.y, cell - figuresWidth - 10, small(sheet));
        write(sheet, tumour.value, left + cell - figuresWidth - 10, sheet.y, figuresWidth, {
          ...small(sheet),
          align: 'right',
          weight: 'medium',
          tabular: true,
        });
      });
    });
    sheet.y += height + 2;
  }
}

/** Options to discuss, each with reason, published growth, what to verify and source. */
export function drawOptions(sheet: Sheet, content: ReportContent): void {
  if (content.options.length === 0) return;
  heading(sheet, 'Options to discuss', content.predictions === null ? 50 : 150);
  paragraph(sheet, populationCaveat, smallFaint(sheet));
  if (content.predictions !== null) drawPredictions(sheet, content.predictions);
  const cell = (frame.width - columnGap) / 2;
  const title = { ...small(sheet), weight: 'bold' } as const;
  // Two columns, each option under the shorter one; a new page when it fits under neither.
  let ends: readonly [number, number] = [sheet.y, sheet.y];
  for (const option of content.options) {
    const body = option.lines.join(' ');
    const titleHeight = heightOf(sheet, option.title, cell, title);
    const height = titleHeight + heightOf(sheet, body, cell, small(sheet)) + 6;
    const column = ends[1] < ends[0] ? 1 : 0;
    sheet.y = ends[column];
    makeRoom(sheet, height);
    if (sheet.y !== ends[column]) ends = [sheet.y, sheet.y];
    const x = frame.left + column * (cell + columnGap);
    const y = sheet.y + 2.5;
    rule(sheet, x, sheet.y, cell);
    tagged(sheet, sheet.root, 'P', () => {
      write(sheet, option.title, x, y, cell, title);
      write(sheet, body, x, y + titleHeight, cell, small(sheet));
    });
    ends = column === 0 ? [sheet.y + height, ends[1]] : [ends[0], sheet.y + height];
  }
  sheet.y = Math.max(...ends);
}

const columnGap = 14;

/** What is not listed and why, in one line a reason. */
export function drawWithheld(sheet: Sheet, withheld: readonly string[]): void {
  if (withheld.length === 0) return;
  heading(sheet, 'Not listed here, and why', 24);
  bullets(sheet, withheld, smallFaint(sheet));
}

/** Facts in two columns of equal length, each label beside its value. */
export function drawFacts(sheet: Sheet, title: string, facts: readonly Fact[], labelWidth = 66): void {
  if (facts.length === 0) return;
  const cell = (frame.width - columnGap) / 2;
  const heights = facts.map(
    ({ label, value }) =>
      Math.max(
        heightOf(sheet, value, cell - labelWidth, small(sheet)),
        heightOf(sheet, label, labelWidth - 4, small(sheet)),
      ) + 2,
  );
  const all = heights.reduce((sum, height) => sum + height, 0);
  let left = 0;
  const isLeft = heights.map((height) => {
    const before = left;
    left += height;
    return before + height / 2 <= all / 2;
  });
  heading(sheet, title, all / 2 + Math.max(...heights));
  const top = sheet.y;
  const ends = [top, top];
  const list = group(sheet, sheet.root, 'L');
  facts.forEach((fact, place) => {
    const column = isLeft[place]! ? 0 : 1;
    const x = frame.left + column * (cell + columnGap);
    const y = ends[column]!;
    tagged(sheet, list, 'LI', () => {
      write(sheet, fact.label, x, y, labelWidth - 4, { ...small(sheet), colour: faint });
      write(sheet, fact.value, x + labelWidth, y, cell - labelWidth, small(sheet));
    });
    ends[column] = y + heights[place]!;
  });
  list.end();
  sheet.y = Math.max(...ends);
}

/** Every source that is cited, by its number, with the address where it opens. */
export function drawSources(sheet: Sheet, sources: readonly Source[]): void {
  if (sources.length === 0) return;
  heading(sheet, 'Sources', 24);
  const cell = (frame.width - columnGap) / 2;
  const style = { ...small(sheet), size: sheet.smallSize - 0.6 };
  for (let first = 0; first < sources.length; first += 2) {
    const row = sources.slice(first, first + 2);
    const height = Math.max(...row.map((source) => heightOf(sheet, sourceText(source), cell, style)));
    makeRoom(sheet, height + 1.5);
    row.forEach((source, place) => {
      const x = frame.left + place * (cell + columnGap);
      tagged(sheet, sheet.root, 'P', () => write(sheet, sourceText(source), x, sheet.y, cell, style));
      if (source.address !== null) sheet.document.link(x, sheet.y, cell, height, source.address);
    });
    sheet.y += height + 1.5;
  }
}

/** Everything that was said on the way: resampling, overlaps, uneven facts. */
export function drawRemarks(sheet: Sheet, remarks: readonly string[]): void {
  if (remarks.length === 0) return;
  heading(sheet, 'Remarks', 40);
  bullets(sheet, remarks, small(sheet));
}

/** Where the responsible clinicians sign; until then the report is a draft. */
export function drawSignatures(sheet: Sheet): void {
  makeRoom(sheet, 36);
  sheet.y += 24;
  const cell = (frame.width - 28) / 3;
  ['Reviewed on the source images by (name)', 'Signature', 'Date'].forEach((label, place) => {
    const x = frame.left + place * (cell + 14);
    rule(sheet, x, sheet.y, cell, faint);
    tagged(sheet, sheet.root, 'P', () => write(sheet, label, x, sheet.y + 2, cell, { size: 6.8, colour: faint }));
  });
  sheet.y += 14;
}
