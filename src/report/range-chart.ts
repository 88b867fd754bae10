import { roundTicks } from '../assessment/index.ts';
import { drawChartFrame, drawLine } from './chart-frame.ts';
import type { PredictionContent } from './option-content.ts';
import { predictedText } from './option-content.ts';
import { smallFaint, small } from './blocks.ts';
import { faint, frame, heightOf, ink, makeRoom, tagged, write } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { percentText } from './wording.ts';

const chartWidth = 232;
const chartHeight = 122;

/** The published ranges of growth over weeks against the threshold: a bar an option, its centre a notch, its weeks a line. */
export function drawPredictions(sheet: Sheet, content: PredictionContent): void {
  const { bars, now, threshold, over, caveat } = content;
  const weeks = Math.max(...bars.map(({ prediction }) => prediction.weeks[1])) + 1;
  const values = [
    ...bars.flatMap(({ prediction }) => [prediction.low, prediction.high]),
    ...[now, threshold].filter((value) => value !== null),
  ];
  const margin = (Math.max(...values) - Math.min(...values)) * 0.08 + 0.5;
  const [low, high] = [Math.max(0, Math.min(...values) - margin), Math.max(...values) + margin];
  const legend = [
    ...bars.map(
      ({ mark, titles, prediction }) =>
        `${mark}  ${titles}: ${predictedText(prediction)}, ${weekText(prediction.weeks)}.`,
    ),
    ...(threshold === null ? [] : [`Dashed line: threshold of ${threshold} %.`]),
    ...(now === null ? [] : [`Dot: ${percentText(now)} % now.`]),
    `Shares of the ${over}; a notch marks each published centre. A ${caveat}.`,
  ];
  makeRoom(sheet, chartHeight + 4);
  const top = sheet.y;
  const alt = `Predicted ranges against the threshold. ${legend.join(' ')}`;
  tagged(
    sheet,
    sheet.root,
    'Figure',
    () => {
      const horizontal = { low: 0, high: weeks, ticks: roundTicks(0, weeks, weeks), title: 'weeks after augmentation' };
      const vertical = { low, high, ticks: roundTicks(low, high, 5), title: 'FLR, %' };
      const outer = { x: frame.left, y: top, width: chartWidth, height: chartHeight };
      const { box, across, up } = drawChartFrame(sheet, outer, horizontal, vertical);
      if (threshold !== null)
        drawLine(
          sheet,
          [
            [box.x, up(threshold)],
            [box.x + box.width, up(threshold)],
          ],
          { width: 1, colour: ink, dash: 3 },
        );
      if (now !== null) sheet.document.circle(across(0), up(now), 2.4).fillColor(ink).fill();
      places(bars).forEach((week, place) => {
        const { mark, prediction } = bars[place]!;
        const x = across(week);
        drawLine(
          sheet,
          [
            [across(prediction.weeks[0]), up(prediction.low)],
            [across(prediction.weeks[1]), up(prediction.low)],
          ],
          { width: 0.7, colour: faint },
        );
        sheet.document
          .rect(x - 4, up(prediction.high), 8, up(prediction.low) - up(prediction.high))
          .fillColor([176, 184, 192])
          .fill();
        for (const centre of prediction.central)
          drawLine(
            sheet,
            [
              [x - 6, up(centre)],
              [x + 6, up(centre)],
            ],
            { width: 1.4, colour: ink },
          );
        write(sheet, mark, x - 5, up(prediction.high) - 8.5, 10, { size: 7, weight: 'bold', align: 'center' });
      });
    },
    alt,
  );
  let y = top + 4;
  const x = frame.left + chartWidth + 14;
  legend.forEach((line, place) => {
    const style = place < bars.length ? small(sheet) : smallFaint(sheet);
    tagged(sheet, sheet.root, 'P', () => write(sheet, line, x, y, frame.right - x, style));
    y += heightOf(sheet, line, frame.right - x, style) + 2;
  });
  sheet.y = Math.max(top + chartHeight, y) + 2;
}

function weekText([from, to]: readonly [number, number]): string {
  return from === to ? `in about ${from} weeks` : `in ${from}–${to} weeks`;
}

/** The middle of each bar's weeks, moved apart where two would touch. */
function places(bars: PredictionContent['bars']): readonly number[] {
  const taken: number[] = [];
  for (const { prediction } of bars) {
    let week = (prediction.weeks[0] + prediction.weeks[1]) / 2;
    while (taken.some((other) => Math.abs(other - week) < 0.5)) week += 0.5;
    taken.push(week);
  }
  return taken;
}
