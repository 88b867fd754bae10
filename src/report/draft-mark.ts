import { colours } from '../liver/index.ts';
import { pageSize } from './sheet.ts';
import type { Sheet } from './sheet.ts';

/** Letters as strokes on a field 5 wide and 7 high: a mark drawn as text would be mixed into the words that are copied or searched. */
const strokes: readonly (readonly (readonly [number, number])[])[][] = [
  [
    [
      [0, 0],
      [0, 7],
      [3, 7],
      [5, 5],
      [5, 2],
      [3, 0],
      [0, 0],
      [0, 1],
    ],
  ],
  [
    [
      [0, 7],
      [0, 0],
      [4, 0],
      [5, 1],
      [5, 3],
      [4, 4],
      [0, 4],
    ],
    [
      [2.6, 4],
      [5, 7],
    ],
  ],
  [
    [
      [0, 7],
      [2.5, 0],
      [5, 7],
    ],
    [
      [0.9, 4.6],
      [4.1, 4.6],
    ],
  ],
  [
    [
      [0, 7],
      [0, 0],
      [5, 0],
    ],
    [
      [0, 3.5],
      [4, 3.5],
    ],
  ],
  [
    [
      [0, 0],
      [5, 0],
    ],
    [
      [2.5, 0],
      [2.5, 7],
    ],
  ],
];
const unit = 14;
const advance = 7.4;

/** DRAFT across the page in strokes, pale enough to read through. */
export function drawDraftMark({ document }: Sheet): void {
  const [x, y] = [pageSize.width / 2, pageSize.height / 2];
  const left = x - ((strokes.length - 1) * advance + 5) * (unit / 2);
  const top = y - 3.5 * unit;
  document.save();
  document.rotate(-54, { origin: [x, y] });
  document
    .lineWidth(1.1 * unit)
    .lineJoin('round')
    .strokeColor(colours.resected, 0.05);
  strokes.forEach((lines, letter) => {
    for (const line of lines) {
      line.forEach(([u, v], place) => {
        const across = left + (letter * advance + u) * unit;
        const down = top + v * unit;
        if (place === 0) document.moveTo(across, down);
        else document.lineTo(across, down);
      });
    }
  });
  document.stroke();
  document.restore();
  document.strokeColor([0, 0, 0], 1);
}
