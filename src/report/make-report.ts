import PDFDocument from 'pdfkit';
import { colours, liverLabel, vesselLabel, partPatterns, patternWords } from '../liver/index.ts';
import type { Colour } from '../liver/index.ts';
import { colourIn, structureIn } from '../plan/index.ts';
import { heading, paragraph } from './blocks.ts';
import { reportContent } from './content.ts';
import type { ReportContent } from './content.ts';
import {
  drawFacts,
  drawOptions,
  drawRemarks,
  drawSignatures,
  drawSources,
  drawTumours,
  drawVolumetry,
  drawWithheld,
} from './details.ts';
import type { ReportFonts, ReportInput } from './input.ts';
import { drawGrowth } from './growth-chart.ts';
import { drawKeyImages, keyWindow } from './key-images.ts';
import type { KeyImage } from './key-images.ts';
import {
  drawFooters,
  drawHeader,
  drawImages,
  drawKeyFigures,
  drawLight,
  imageSize,
  imagesWidth,
  pixelsPerPoint,
} from './pages.ts';
import { scriptsIn } from './script.ts';
import { frame, makeRoom, pageSize } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { reportText } from './text.ts';
import { drawVerdictSheet } from './verdict-table.ts';

/**
 * The report as a tagged PDF of A4 pages with embedded fonts: same input, same bytes, in Node and in a browser's worker. Throws
 * RangeError when `now` is not a date.
 */
export async function makeReport(input: ReportInput, fonts: ReportFonts): Promise<Uint8Array> {
  const content = reportContent(input);
  const embedded = await fontsFor(reportText(input), fonts);
  let images: readonly KeyImage[] | null = null;
  const draw = (size: { readonly width: number; readonly height: number }): readonly KeyImage[] => {
    images ??= drawKeyImages(input, Math.round(size.width * pixelsPerPoint), Math.round(size.height * pixelsPerPoint));
    return images;
  };
  // Three pages can be filed and read; a long case gets smaller details before it gets a fourth, and the largest that need no more pages.
  const [comfortable, ...smaller] = [7.2, 6.8, 6.4] as const;
  let best = layOut(input, embedded, content, comfortable, draw);
  for (const smallSize of smaller) {
    if (best.pages <= 3) break;
    const tighter = layOut(input, embedded, content, smallSize, draw);
    if (tighter.pages < best.pages) best = tighter;
  }
  return best.bytes();
}

interface LaidOut {
  readonly pages: number;
  bytes(): Promise<Uint8Array>;
}

function layOut(
  input: ReportInput,
  fonts: ReadonlyMap<string, Uint8Array>,
  content: ReportContent,
  smallSize: number,
  draw: (size: { readonly width: number; readonly height: number }) => readonly KeyImage[],
): LaidOut {
  const document = openDocument(input, fonts, `${content.title} · ${content.footer}`);
  const root = document.struct('Document');
  document.addStructure(root);
  const sheet: Sheet = { document, root, y: frame.top, smallSize };

  drawHeader(sheet, content);
  drawKeyFigures(sheet, content.keyFigures);
  drawLight(sheet, input.assessed.assessment.overall.light, content.light);
  heading(sheet, 'Conclusion');
  for (const line of content.conclusionLines) paragraph(sheet, line, { size: 8 });
  const size = imageSize(sheet);
  sheet.y += 7;
  makeRoom(sheet, 2 * size.height + 50);
  const top = sheet.y;
  drawImages(sheet, draw(size), size, legend(input));
  const bottom = sheet.y;
  sheet.y = top;
  const side = frame.left + imagesWidth + 14;
  const complete = drawVolumetry(sheet, content, side, frame.right - side, bottom);

  document.addPage();
  sheet.y = frame.top + 14;
  if (!complete) drawTumours(sheet, content.tumours);
  drawVerdictSheet(sheet, content.sheet);
  drawOptions(sheet, content);
  drawWithheld(sheet, content.withheld);
  drawGrowth(sheet, content.growth);
  drawFacts(sheet, 'Dates', content.dates, 92);
  drawFacts(sheet, 'Clinical inputs and quantities', [...content.clinical, ...content.quantities]);
  drawFacts(sheet, 'Inputs and method', content.inputs);
  drawRemarks(sheet, content.remarks);
  drawSources(sheet, content.sources);
  drawSignatures(sheet);

  drawFooters(sheet, content);
  root.end();
  return {
    pages: document.bufferedPageRange().count,
    bytes: () => {
      const bytes = collected(document);
      document.end();
      return bytes;
    },
  };
}

/** The fonts that `text` needs, by the names that the sheet asks for. */
async function fontsFor(text: string, fonts: ReportFonts): Promise<ReadonlyMap<string, Uint8Array>> {
  const named = new Map<string, Uint8Array>([
    ['regular', fonts.regular],
    ['medium', fonts.medium],
    ['bold', fonts.bold],
  ]);
  for (const script of scriptsIn(text)) named.set(script, await fonts.other(script));
  return named;
}

function openDocument(input: ReportInput, fonts: ReadonlyMap<string, Uint8Array>, title: string): PDFDocument {
  // eslint-disable-next-line no-restricted-globals -- reads no clock: the moment is injected as text
  const made = new Date(input.now);
  if (Number.isNaN(made.getTime())) throw new RangeError(`Not a moment in ISO 8601: ${input.now}`);
  const document = new PDFDocument({
    size: [pageSize.width, pageSize.height],
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    bufferPages: true,
    // Node's zlib and the browser build's deflate differ by bytes; the images are compressed by us.
    compress: false,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    autoFirstPage: false,
    font: null,
    info: {
      Title: title,
      Subject: 'Future liver remnant',
      Creator: `Remnant ${input.appVersion}`,
      Producer: `Remnant ${input.appVersion}`,
      CreationDate: made,
      ModDate: made,
    },
  });
  for (const [name, bytes] of fonts) document.registerFont(name, bytes);
  document.font('regular');
  document.addPage();
  return document;
}

function collected(document: PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    document.on('data', (chunk) => chunks.push(chunk));
    document.on('error', reject);
    document.on('end', () => {
      const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
      let place = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, place);
        place += chunk.length;
      }
      resolve(bytes);
    });
  });
}

function legend(input: ReportInput): Parameters<typeof drawImages>[3] {
  const { plan, volumetry } = input;
  const window = keyWindow(input.volume);
  const own = (label: number): Colour => colourIn(plan.structures, label) ?? colours.outside;
  const parts: [string, Colour][] =
    plan.cuts.length === 0
      ? [['Liver', own(liverLabel)]]
      : [
          ['Remnant', colours.remnant],
          [`Resected (${patternWords[partPatterns.resected]})`, colours.resected],
        ];
  if ((volumetry.excludedMl ?? 0) > 0 || volumetry.nonFunctionalMl > 0) {
    parts.push([`Excluded (${patternWords[partPatterns.excluded]})`, colours.excluded]);
  }
  const tumours = volumetry.tumours.filter(({ volumeMl }) => volumeMl > 0).map(({ label }) => label);
  for (const colour of new Set(tumours.map(own))) {
    const alike = tumours.filter((label) => own(label) === colour);
    const isAll = alike.length === tumours.length;
    const names = alike.map((label) => structureIn(plan.structures, label).name).join(', ');
    parts.push([isAll ? 'Tumour' : names, colour]);
  }
  if (volumetry.vesselMl > 0) parts.push(['Vessels', own(vesselLabel)]);
  const unit = input.volume.unit === 'HU' ? ' HU' : '';
  return {
    parts,
    note: `All to one scale · window (centre / width) ${window.centre.toFixed(0)} / ${window.width.toFixed(0)}${unit}`,
  };
}
