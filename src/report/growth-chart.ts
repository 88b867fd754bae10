import { gathered, spread } from '../assessment/index.ts';
import { drawChartFrame, drawLine } from './chart-frame.ts';
import type { Chart } from './chart-frame.ts';
import { small, smallFaint, heading, paragraph, table } from './blocks.ts';
import { growthHeads, judgementHeads } from './growth-content.ts';
import type { GrowthContent } from './growth-content.ts';
import { faint, frame, heightOf, ink, makeRoom, paper, tagged, write } from './sheet.ts';
import type { Sheet } from './sheet.ts';

const chartWidth = 276;
/** Width of one range beside the plot, in points. */
const columnWidth = 12;
/** Cut-offs closer than this are one line to the eye, in points. */
const sameLine = 2.5;
const chartHeight = 170;
const markStyle = { size: 6.8, weight: 'bold' } as const;

/** Growth: the figures of each scan, the published cut-offs, and the plot of both. */
export function drawGrowth(sheet: Sheet, growth: GrowthContent | null): void {
  if (growth === null) return;
  heading(sheet, 'Growth', 80);
  paragraph(sheet, growth.denominator, small(sheet));
  const stepWidths = [147.28, 78, 70, 70, 78, 72];
  table(
    sheet,
    frame.left,
    growthHeads.map((head, place) => ({ head, width: stepWidths[place]! })),
    growth.steps.map((cells) => ({ cells })),
  );
  sheet.y += 4;
  if (growth.judgements.length > 0) {
    const widths = [130, 84, 110, 191.28];
    table(
      sheet,
      frame.left,
      judgementHeads.map((head, place) => ({ head, width: widths[place]! })),
      growth.judgements.map((cells) => ({ cells })),
    );
    sheet.y += 4;
  }
  drawPlot(sheet, growth);
  paragraph(sheet, growth.method, smallFaint(sheet));
}

function drawPlot(sheet: Sheet, { plot, legend }: GrowthContent): void {
  const x = frame.left + chartWidth + 12;
  const heights = legend.map((line) => heightOf(sheet, line, frame.right - x, small(sheet)) + 1.5);
  makeRoom(
    sheet,
    Math.max(
      chartHeight,
      heights.reduce((sum, height) => sum + height, 0),
    ) + 6,
  );
  const top = sheet.y;
  const alt = `FLR in % of the baseline denominator over weeks: ${plot.points.map(({ on, share }) => `${on} ${share.toFixed(1)} %`).join(', ')}. ${legend.join(' ')}`;
  tagged(
    sheet,
    sheet.root,
    'Figure',
    () => {
      const { document } = sheet;
      const zero = plot.zero === 'baseline' ? 'the baseline scan' : plot.zero;
      const { box, across, up } = drawChartFrame(
        sheet,
        { x: frame.left, y: top, width: chartWidth - columnWidth * plot.bands.length, height: chartHeight },
        { ...plot.days, title: `weeks after ${zero} of ${plot.zeroOn}` },
        { ...plot.shares, title: 'FLR, % of the baseline denominator' },
      );
      const at = ({ day, share }: { readonly day: number; readonly share: number }): readonly [number, number] => [
        across(day),
        up(share),
      ];
      for (const { outline } of plot.bands) {
        const [first, ...rest] = outline.map(at) as [readonly [number, number], ...(readonly [number, number])[]];
        document.moveTo(first[0], first[1]);
        for (const [left, y] of rest) document.lineTo(left, y);
        document.closePath().fillColor([120, 130, 140], 0.14).fill();
      }
      document.fillColor(ink, 1);
      const split = box.x + box.width;
      const right = split + columnWidth * plot.bands.length;
      for (const { line, measure } of plot.cutoffs) {
        const places = line.map(at);
        const through = measure === 'kinetic' ? places : [places[0]!, [right, places[1]![1]] as const];
        drawLine(sheet, through, { width: 0.8, colour: ink, dash: 3 });
      }
      const rising = plot.cutoffs.filter(({ measure }) => measure === 'kinetic');
      for (const { mark, line } of rising) {
        const [left, y] = at(line[1]);
        write(sheet, mark, Math.min(left, split) - 9, Math.max(y, box.y) + 2, 8, markStyle);
      }
      // Level cut-offs that fall on one another share a place; neighbours are moved apart.
      const level = plot.cutoffs.filter(({ measure }) => measure !== 'kinetic');
      const heights = level.map(({ line }) => up(line[1].share));
      const groups = gathered(heights, sameLine);
      const centres = groups.map((members) => members.reduce((sum, one) => sum + heights[one]!, 0) / members.length);
      spread(centres, 7.5, box.y, box.y + box.height).forEach((y, place) => {
        const marks = groups[place]!.map((one) => level[one]!.mark).join(' ');
        write(sheet, marks, right + 2, y - 4.5, 14, markStyle);
      });
      if (plot.bands.length > 0) drawRanges(sheet, plot.bands, { split, box, up });
      drawLine(sheet, plot.points.map(at), { width: 1, colour: ink });
      for (const point of plot.points) {
        const [left, y] = at(point);
        if (point.interval !== null)
          drawLine(
            sheet,
            point.interval.map((share) => at({ day: point.day, share })),
            { width: 1.2, colour: ink },
          );
        document
          .circle(left, y, point.role === 'judged' ? 3.2 : 2.4)
          .fillColor(ink)
          .fill();
      }
    },
    alt,
  );
  let y = top + 2;
  legend.forEach((line, place) => {
    tagged(sheet, sheet.root, 'P', () => write(sheet, line, x, y, frame.right - x, small(sheet)));
    y += heights[place]!;
  });
  sheet.y = Math.max(top + chartHeight, y) + 3;
}

/** Every published range by itself, on the scale of the plot: where it leads by the end of its weeks, with its centre as a dot. */
function drawRanges(
  sheet: Sheet,
  bands: GrowthContent['plot']['bands'],
  { split, box, up }: Pick<Chart, 'box' | 'up'> & { readonly split: number },
): void {
  const { document } = sheet;
  const foot = box.y + box.height;
  const right = split + columnWidth * bands.length;
  drawLine(
    sheet,
    [
      [split, box.y],
      [split, foot],
      [right, foot],
    ],
    { width: 0.4, colour: faint },
  );
  bands.forEach(({ mark, end: { low, high, central } }, place) => {
    const x = split + (place + 0.5) * columnWidth;
    // A range narrower than a line is drawn as one.
    const height = Math.max(1.2, up(low) - up(high));
    document
      .rect(x - 2, (up(low) + up(high) - height) / 2, 4, height)
      .fillColor(faint)
      .fill();
    if (central !== null) {
      document.circle(x, up(central), 2.3).fillColor(ink).fill();
      document.circle(x, up(central), 1.5).fillColor(paper).fill();
    }
    write(sheet, mark, x - 4, foot + 3, 8, { ...markStyle, align: 'center' });
  });
  document.fillColor(ink);
}
