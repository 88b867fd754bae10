import { optionLines, populationCaveat, reportContent, verdictHeads } from './content.ts';
import type { Fact } from './fact.ts';
import type { ReportInput } from './input.ts';

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
      verdictHeads.join(' | '),
      ...content.verdicts.map((cells) => cells.join(' | ')),
      ...content.otherThresholds.map((line) => `Other: ${line}`),
    ],
    content.options.length === 0
      ? []
      : [
          'OPTIONS TO DISCUSS',
          populationCaveat,
          ...content.options.map((option) => `${option.title}: ${optionLines(option).join(' ')}`),
        ],
    ['INPUTS AND METHOD', ...facts(content.inputs)],
    content.remarks.length === 0 ? [] : ['REMARKS', ...content.remarks],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function facts(list: readonly Fact[]): readonly string[] {
  return list.map(({ label, value }) => `${label}: ${value}`);
}
