import { measureGrowth, readGrowthFile } from '../../src/assessment/index.ts';
import type { GrowthStep, MeasuredGrowth, Ranged } from '../../src/assessment/index.ts';
import { readJson, readRules, ruleSetOf } from './clinical.ts';
import { readWords } from './options.ts';
import { Refusal, valueOf } from './refusal.ts';

/** `remnant growth MEASUREMENTS.json`: growth over dated remnants, against the published cut-offs. */
export async function growth(words: readonly string[]): Promise<string> {
  const { folder: file, values } = readWords(
    words,
    { rules: { type: 'string' } },
    { called: 'file', missing: new Refusal('file_missing', 'Name the file that holds the measurements.') },
  );
  const rules = await readRules(typeof values['rules'] === 'string' ? values['rules'] : null);
  const { measurements, denominator, augmentation } = valueOf(readGrowthFile(await readJson(file, 'growth')));
  const measured = measureGrowth(measurements, denominator, augmentation, rules)!;
  return values['json'] === true
    ? JSON.stringify({ ruleSet: ruleSetOf(rules), ...measured }, null, 2)
    : growthTable(measured);
}

/** Growth for people: each step with its intervals, then the published cut-offs. */
export function growthTable({ steps, judgements, remarks, denominator }: MeasuredGrowth): string {
  const ranged = ({ value, interval }: Ranged<number>, decimals: number, unit: string): string => {
    const ends = interval?.map((end) => end.toFixed(decimals)).join(' to ');
    return `${value.toFixed(decimals)} ${unit}${ends === undefined ? '' : ` (90 % interval ${ends})`}`;
  };
  const sayStep = (step: GrowthStep): readonly string[] => [
    `${step.from} to ${step.on}: ${step.days} days between the scans, ${step.weeks.toFixed(1)} weeks since ${step.since === 'augmentation' ? 'augmentation' : 'the first scan'}`,
    `  FLR                   ${ranged(step.share, 1, '%')}`,
    `  degree of hypertrophy ${ranged(step.degree, 1, 'percentage points')}`,
    `  relative growth       ${ranged(step.relative, 1, '%')}`,
    `  kinetic growth rate   ${ranged(step.kinetic, 2, 'percentage points a week')}`,
    `  growth                ${ranged(step.daily, 1, 'mL a day')}`,
  ];
  return [
    `Baseline denominator: ${denominator.kind === 'standard' ? 'standard liver volume' : 'functional liver'} ${denominator.volumeMl} mL, locked`,
    ...steps.flatMap(sayStep),
    ...judgements.map(
      ({ measure, operator, cutoff, unit, verdict, citation }) =>
        `${measure} ${operator} ${cutoff} ${unit}: ${verdict === 'none' ? 'no statement' : verdict} (${citation})`,
    ),
    ...remarks.map(({ code, message }) => `${code}: ${message}`),
  ].join('\n');
}
