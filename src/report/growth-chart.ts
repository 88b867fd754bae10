import { spread } from '../assessment/index.ts';
import { drawChartFrame, drawLine } from './chart-frame.ts';
import { small, smallFaint, heading, paragraph, table } from './blocks.ts';
import { growthHeads, judgementHeads } from './growth-content.ts';
import type { GrowthContent } from './growth-content.ts';
import { faint, frame, heightOf, ink, makeRoom, tagged, write } from './sheet.ts';
import type { Sheet } from './sheet.ts';

const chartWidth = 262;
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
        { x: frame.left, y: top, width: chartWidth, height: chartHeight },
        { ...plot.days, title: `weeks after ${zero} of ${plot.zeroOn}` },
        { ...plot.shares, title: 'FLR, % of the baseline denominator' },
      );
      const at = ({ day, share }: { readonly day: number; readonly share: number }): readonly [number, number] => [
        across(day),
        up(share),
      ];
      plot.bands.forEach(({ outline, central }) => {
        const [first, ...rest] = outline.map(at) as [readonly [number, number], ...(readonly [number, number])[]];
        document.moveTo(first[0], first[1]);
        for (const [left, y] of rest) document.lineTo(left, y);
        document.closePath().fillColor([120, 130, 140], 0.16).fill();
        document.fillColor(ink, 1);
        drawLine(sheet, [...outline.map(at), at(outline[0])], { width: 0.5, colour: faint });
        if (central !== null) drawLine(sheet, central.map(at), { width: 0.8, colour: faint, dash: 1.5 });
      });
      for (const { line } of plot.cutoffs) drawLine(sheet, line.map(at), { width: 0.8, colour: ink, dash: 3 });
      // Marks of one column are moved apart: nested ranges and neighbouring cut-offs would cover each other's.
      const starts = new Set(plot.bands.map(({ outline }) => outline[1].day));
      for (const day of starts) {
        const own = plot.bands.filter(({ outline }) => outline[1].day === day);
        const heights = spread(
          own.map(({ outline }) => up(outline[1].share)),
          7.5,
          box.y,
          box.y + box.height,
        );
        own.forEach(({ mark }, place) =>
          write(sheet, mark, across(day) - 9, heights[place]! - 4, 8, { ...markStyle, colour: faint }),
        );
      }
      const ends = plot.cutoffs.map(({ line }) => up(line[1].share));
      spread(ends, 7.5, box.y, box.y + box.height).forEach((y, place) =>
        write(sheet, plot.cutoffs[place]!.mark, box.x + box.width + 2, y - 4.5, 8, markStyle),
      );
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
