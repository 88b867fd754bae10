import { populationCaveat, reportContent } from './content.ts';
import type { Fact } from './fact.ts';
import { growthHeads } from './growth-content.ts';
import type { ReportInput } from './input.ts';
import { sourceText } from './sources.ts';

/** The whole report as plain text, for copying into a letter or a chart: the same words and figures as the pages. */
export function reportText(input: ReportInput): string {
  const content = reportContent(input);
  const blocks = [
    [content.product, content.title, content.status],
    facts(content.identity),
    content.keyFigures.map(({ label, value, unit, note }) => `${label}: ${`${value} ${unit}`.trim()} (${note})`),
    [content.light.title, content.light.meaning, ...content.light.missing.map((line) => `Missing: ${line}`)],
    ['CONCLUSION', content.conclusion],
    [
      'VOLUMES (mL, 90 % interval)',
      ...content.volumes.map(
        ({ kind, name, volume, interval }) => `${kind === 'sum' ? '= ' : ''}${name}: ${volume} (${interval})`,
      ),
      ...content.denominators,
    ],
    ['TUMOURS', ...(content.tumours.length === 0 ? ['none marked'] : facts(content.tumours))],
    [
      'AGAINST PUBLISHED THRESHOLDS',
      ...content.sheet.flatMap(({ label, figure, rows }) => [
        `${label}: ${figure}`,
        ...rows.map(
          ({ decides, word, threshold, scope, source }) =>
            `  ${decides ? 'Decides: ' : ''}${threshold}: ${word} · ${scope} · ${source}`,
        ),
      ]),
    ],
    content.options.length === 0
      ? []
      : [
          'OPTIONS TO DISCUSS',
          populationCaveat,
          ...content.options.map(({ title, lines }) => `${title}: ${lines.join(' ')}`),
        ],
    content.withheld.length === 0 ? [] : ['NOT LISTED HERE, AND WHY', ...content.withheld],
    content.growth === null
      ? []
      : [
          'GROWTH',
          content.growth.denominator,
          growthHeads.join(' | '),
          ...content.growth.steps.map((cells) => cells.join(' | ')),
          ...content.growth.judgements.map((cells) => cells.join(' | ')),
          content.growth.method,
        ],
    content.dates.length === 0 ? [] : ['DATES', ...facts(content.dates)],
    content.quantities.length + content.clinical.length === 0
      ? []
      : ['CLINICAL INPUTS AND QUANTITIES', ...facts(content.clinical), ...facts(content.quantities)],
    ['INPUTS AND METHOD', ...facts(content.inputs)],
    content.remarks.length === 0 ? [] : ['REMARKS', ...content.remarks],
    content.sources.length === 0 ? [] : ['SOURCES', ...content.sources.map(sourceText)],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function facts(list: readonly Fact[]): readonly string[] {
  return list.map(({ label, value }) => `${label}: ${value}`);
}
