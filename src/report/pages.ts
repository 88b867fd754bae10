import { colours } from '../liver/index.ts';
import type { Colour } from '../liver/index.ts';
import type { Light } from '../assessment/index.ts';
import type { KeyFigure, ReportContent } from './content.ts';
import { drawDraftMark } from './draft-mark.ts';
import type { KeyImage } from './key-images.ts';
import { encodePng } from './png.ts';
import {
  decoration,
  faint,
  frame,
  hairline,
  heightOf,
  ink,
  paper,
  rule,
  tagged,
  widthOf,
  write,
  writeLine,
} from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { headingAt, swatch } from './blocks.ts';

const lightColours: Readonly<Record<Light, Colour>> = {
  green: colours.remnant,
  amber: colours.liver,
  red: colours.resected,
  grey: colours.outside,
};

/** The head of the first page: what this is, whose it is, and that nobody signed it. */
export function drawHeader(sheet: Sheet, content: ReportContent): void {
  const { left, top, width } = frame;
  const statusWidth = widthOf(sheet, content.status, { size: 8.5, weight: 'bold' }) + 16;
  tagged(sheet, sheet.root, 'P', () =>
    write(sheet, content.product, left, top, 200, { size: 8, weight: 'medium', colour: colours.remnant }),
  );
  tagged(sheet, sheet.root, 'H1', () =>
    write(sheet, content.title, left, top + 10.5, width - statusWidth - 10, { size: 16, weight: 'bold' }),
  );
  const box = { x: frame.right - statusWidth, y: top + 6 };
  decoration(sheet, () => {
    sheet.document.lineWidth(1).strokeColor(colours.resected).roundedRect(box.x, box.y, statusWidth, 18, 3).stroke();
  });
  tagged(sheet, sheet.root, 'P', () =>
    write(sheet, content.status, box.x, box.y + 4, statusWidth, {
      size: 8.5,
      weight: 'bold',
      colour: colours.resected,
      align: 'center',
    }),
  );
  rule(sheet, left, top + 34, width, ink, 0.9);
  sheet.y = top + 40;
  const columns = 4;
  const cell = width / columns;
  const value = { size: 8.4, weight: 'medium' } as const;
  for (let first = 0; first < content.identity.length; first += columns) {
    const row = content.identity.slice(first, first + columns);
    const height = Math.max(...row.map((fact) => heightOf(sheet, fact.value, cell - 10, value)));
    row.forEach((fact, place) => {
      const x = left + place * cell;
      tagged(sheet, sheet.root, 'P', () => {
        write(sheet, fact.label, x, sheet.y, cell - 10, { size: 6.6, colour: faint });
        write(sheet, fact.value, x, sheet.y + 8.5, cell - 10, value);
      });
    });
    sheet.y += 8.5 + height + 5;
  }
  rule(sheet, left, sheet.y - 1, width);
  sheet.y += 6;
}

/** The figures read first: FLR % large, three more beside it. */
export function drawKeyFigures(sheet: Sheet, figures: readonly KeyFigure[]): void {
  const [first, ...others] = figures;
  if (first === undefined) return;
  const { left, width } = frame;
  const firstWidth = width * 0.37;
  const otherWidth = (width - firstWidth) / others.length;
  const label = { size: 7.4, colour: faint } as const;
  const labelHeight = Math.max(
    heightOf(sheet, first.label, firstWidth - 12, label),
    ...others.map((figure) => heightOf(sheet, figure.label, otherWidth - 10, label)),
  );
  const draw = (figure: KeyFigure, x: number, span: number, size: number): void => {
    tagged(sheet, sheet.root, 'P', () => {
      write(sheet, figure.label, x, sheet.y, span, label);
      const number = { size, weight: 'bold' } as const;
      const base = sheet.y + labelHeight + 1 + (34 - size) * 0.97;
      write(sheet, figure.value, x, base, span, number);
      const after = x + widthOf(sheet, figure.value, number) + 3;
      if (figure.unit !== '') {
        write(sheet, figure.unit, after, base + size * 0.42, 40, { size: size * 0.56, weight: 'medium' });
      }
      write(sheet, figure.note, x, sheet.y + labelHeight + 43, span, { size: 8, weight: 'medium' });
    });
  };
  draw(first, left, firstWidth - 12, 34);
  others.forEach((figure, place) => draw(figure, left + firstWidth + place * otherWidth, otherWidth - 10, 19));
  sheet.y += labelHeight + 58;
}

/** The overall light as a bar with words, what it means and what is missing. */
export function drawLight(sheet: Sheet, light: Light, words: ReportContent['light']): void {
  const { left, width } = frame;
  // Not the size of the details, which may vary: the images below keep their place.
  const detail = { size: 7.4 } as const;
  const title = { size: 10, weight: 'bold' } as const;
  const missing = words.missing.length === 0 ? null : `Missing: ${words.missing.join(' ')}`;
  const inner = width - 22;
  const meaningHeight = heightOf(sheet, words.meaning, inner, detail);
  const missingHeight = missing === null ? 0 : heightOf(sheet, missing, inner, { ...detail, weight: 'medium' }) + 1;
  const height = 6 + 14 + meaningHeight + missingHeight + 5;
  decoration(sheet, () => {
    sheet.document.rect(left, sheet.y, width, height).fillColor([246, 247, 248]).fill();
    sheet.document.rect(left, sheet.y, 6, height).fillColor(lightColours[light]).fill();
  });
  tagged(sheet, sheet.root, 'P', () => {
    write(sheet, words.title, left + 14, sheet.y + 5, inner, title);
    write(sheet, words.meaning, left + 14, sheet.y + 19, inner, detail);
    if (missing !== null) {
      write(sheet, missing, left + 14, sheet.y + 20 + meaningHeight, inner, { ...detail, weight: 'medium' });
    }
  });
  sheet.y += height + 4;
}

const imageGap = 7;
/** Width of the images' half of the first page; the volumes stand beside it. */
export const imagesWidth = 330;
const captionHeight = 12.5;
/** Pixels of a key image per point of paper: about 250 dots per inch. */
export const pixelsPerPoint = 3.5;

/** Size in points of one key image: as high as the room that is left on the first page allows. */
export function imageSize(sheet: Sheet): { readonly width: number; readonly height: number } {
  const room = (frame.bottom - sheet.y - 7 - 13.5 - 13 - 2 * captionHeight) / 2;
  return { width: (imagesWidth - imageGap) / 2, height: Math.max(104, Math.min(172, room)) };
}

/** The key images, two by two, with letters, scale and captions, and the legend of the colours. */
export function drawImages(
  sheet: Sheet,
  images: readonly KeyImage[],
  size: { readonly width: number; readonly height: number },
  legend: { readonly parts: readonly (readonly [string, Colour])[]; readonly note: string },
): void {
  tagged(sheet, sheet.root, 'P', () =>
    writeLine(sheet, legend.note, frame.left + 70, sheet.y + 1.5, imagesWidth - 70, {
      size: 7,
      colour: faint,
      align: 'right',
    }),
  );
  sheet.y = headingAt(sheet, 'Key images', frame.left, sheet.y, 70);
  images.forEach((image, place) => {
    const x = frame.left + (place % 2) * (size.width + imageGap);
    const y = sheet.y + Math.floor(place / 2) * (size.height + captionHeight);
    tagged(sheet, sheet.root, 'Figure', () => drawImage(sheet, image, x, y, size), image.alternative);
    tagged(sheet, sheet.root, 'Caption', () =>
      write(sheet, image.caption, x, y + size.height + 1.5, size.width, { size: 7, colour: faint }),
    );
  });
  sheet.y += Math.ceil(images.length / 2) * (size.height + captionHeight);
  let x = frame.left;
  const style = { size: 7 } as const;
  for (const [name, colour] of legend.parts) {
    swatch(sheet, x, sheet.y + 1.2, colour);
    tagged(sheet, sheet.root, 'P', () => write(sheet, name, x + 9, sheet.y, 90, style));
    x += widthOf(sheet, name, style) + 18;
  }
  sheet.y += 12;
}

function drawImage(
  sheet: Sheet,
  image: KeyImage,
  x: number,
  y: number,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const { document } = sheet;
  document.image(encodePng(image.picture), x, y, { width, height });
  document.lineWidth(0.5).strokeColor(hairline).rect(x, y, width, height).stroke();
  const letter = { size: 8.5, weight: 'bold', colour: image.dark ? paper : ink } as const;
  const places = [
    [image.letters.left, x + 4, y + height / 2 - 6],
    [image.letters.right, x + width - 14, y + height / 2 - 6],
    [image.letters.top, x + width / 2 - 5, y + 3],
    [image.letters.bottom, x + width / 2 - 5, y + height - 14],
  ] as const;
  for (const [text, left, top] of places) {
    if (image.dark)
      document
        .roundedRect(left - 0.5, top - 0.5, 11, 11.5, 2)
        .fillColor([0, 0, 0], 0.55)
        .fill();
    document.fillColor(paper, 1);
    write(sheet, text, left, top, 10, { ...letter, align: 'center' });
  }
  const pointsPerMm = width / (image.picture.width * image.mmPerPixel);
  const length = 50 * pointsPerMm;
  const right = x + width - 8;
  const bottom = y + height - 7;
  if (image.dark) {
    document
      .roundedRect(right - length - 5, bottom - 14, length + 10, 18, 2)
      .fillColor([0, 0, 0], 0.55)
      .fill();
    document.fillColor(paper, 1);
  }
  document
    .lineWidth(1.2)
    .strokeColor(letter.colour)
    .moveTo(right - length, bottom)
    .lineTo(right, bottom)
    .stroke();
  write(sheet, '5 cm', right - length, bottom - 11, length, {
    size: 7,
    weight: 'medium',
    colour: letter.colour,
    align: 'center',
  });
}

/** The feet of all pages, once their number is known: whose report this is, which page, the safety wording, the draft mark. */
export function drawFooters(sheet: Sheet, content: ReportContent): void {
  const { document } = sheet;
  const { start, count } = document.bufferedPageRange();
  const fine = { size: 6.5, colour: faint, lineGap: 0.6 } as const;
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    const foot = (draw: () => void): void => {
      document.markContent('Artifact', { type: 'Pagination' });
      draw();
      document.endMarkedContent();
    };
    rule(sheet, frame.left, 786, frame.width);
    const safety = (): void => write(sheet, content.safety, frame.left, 789, frame.width, fine);
    if (page === start) tagged(sheet, sheet.root, 'Note', safety);
    else foot(safety);
    foot(() => {
      const number = `Page ${page - start + 1} of ${count}`;
      writeLine(sheet, content.footer, frame.left, 815, frame.width - 60, { size: 7, weight: 'medium' });
      writeLine(sheet, number, frame.right - 56, 815, 56, { size: 7, weight: 'medium', align: 'right' });
      writeLine(sheet, content.origin, frame.left, 824.5, frame.width, fine);
      if (page > start) {
        writeLine(sheet, content.footer, frame.left, frame.top, frame.width - 110, { size: 7.4, weight: 'medium' });
        writeLine(sheet, content.status, frame.right - 100, frame.top, 100, {
          size: 7.4,
          weight: 'bold',
          colour: colours.resected,
          align: 'right',
        });
      }
      drawDraftMark(sheet);
    });
  }
}
