import { decimalsFor } from '../assessment/index.ts';
import type { CaseAssessment, SheetLine, SheetThreshold, Verdict } from '../assessment/index.ts';
import type { SourceList } from './sources.ts';
import { intervalText } from './wording.ts';

/** One threshold under its denominator. */
export interface SheetRow {
  readonly decides: boolean;
  readonly verdict: Verdict;
  readonly word: string;
  readonly threshold: string;
  readonly scope: string;
  readonly source: string;
}

/** One denominator of the verdict sheet with the remnant over it. */
export interface SheetGroup {
  readonly label: string;
  readonly figure: string;
  readonly rows: readonly SheetRow[];
}

const words: Readonly<Record<Verdict, string>> = {
  above: 'above',
  crosses: 'interval crosses',
  below: 'below',
  none: 'no statement',
};

/** The verdict sheet in words: denominators by thresholds; the one that decides stands first and is the only one with a colour. */
export function sheetGroups(
  { sheet, assessment, quantities, rules }: CaseAssessment,
  sources: SourceList,
): readonly SheetGroup[] {
  const row = ({
    ruleId,
    text,
    decides,
    verdict,
    population,
    citation,
    address,
    verified,
  }: SheetThreshold): SheetRow => {
    const name = rules.thresholds.find(({ id }) => id === ruleId)?.name ?? citation;
    return {
      ...{ decides, verdict, word: words[verdict], scope: population },
      threshold: text.replace(/ of .*$/, ''),
      source: `${name} ${sources.cite(citation, address)}${verified ? '' : ' · not verified'}`,
    };
  };
  const urata = quantities.standardShares.find(({ id }) => id === 'slv-urata');
  const isUnread = ({ denominator, value }: SheetLine): boolean =>
    denominator === 'standardUrata' && value !== null && urata?.verified === false;
  return sheet.lines
    .filter(({ value, thresholds }) => value !== null || thresholds.length > 0)
    .map((line) => ({
      label: `${line.label.charAt(0).toUpperCase()}${line.label.slice(1)}`,
      figure: `${figureOf(line, assessment.verdicts)}${isUnread(line) ? ' · formula not verified' : ''}`,
      rows: line.thresholds.toSorted((one, other) => Number(other.decides) - Number(one.decides)).map(row),
    }));
}

function figureOf(line: SheetLine, verdicts: CaseAssessment['assessment']['verdicts']): string {
  if (line.value === null) return 'not known';
  const judged = verdicts.find(({ denominator }) => denominator === line.denominator);
  const usual = line.unit === 'mL/m²' ? 0 : line.denominator === 'bodyWeight' ? 2 : 1;
  const decimals = judged === undefined ? usual : decimalsFor(judged);
  const show = (value: number): string => value.toFixed(decimals);
  const range = line.interval === null ? '' : ` (${intervalText(line.interval, show)})`;
  return `${show(line.value)} ${line.unit}${range}`;
}
