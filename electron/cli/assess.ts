import { dirname, resolve } from 'node:path';
import { assessCase, decimalsFor, readCaseFile, sayRuleSet, verdictLabels } from '../../src/assessment/index.ts';
import type { CaseAssessment } from '../../src/assessment/index.ts';
import type { Remark } from '../../src/volume/index.ts';
import { readJson, readRules, ruleSetOf } from './clinical.ts';
import { growthTable } from './growth.ts';
import { readWords } from './options.ts';
import { Refusal, valueOf } from './refusal.ts';

/** `remnant assess CASE.json`: the assessment of figures that are known already, without images; growth included. */
export async function assess(words: readonly string[]): Promise<string> {
  const { folder: file, values } = readWords(
    words,
    { rules: { type: 'string' } },
    { called: 'file', missing: new Refusal('file_missing', 'Name the file that holds the case.') },
  );
  const { facts, remarks, rules } = valueOf(readCaseFile(await readJson(file, 'assessment')));
  const named = values['rules'];
  const rulesFile = typeof named === 'string' ? named : rules === null ? null : resolve(dirname(file), rules);
  const assessed = assessCase(facts, await readRules(rulesFile));
  const all = [...remarks, ...assessed.assessment.remarks, ...assessed.dateLine.remarks];
  return values['json'] === true
    ? JSON.stringify({ ...assessmentAnswer(assessed), remarks: all }, null, 2)
    : assessmentTable(assessed, all);
}

/** The keys of an assessment in `volumetry --json` and `assess --json`: an interface, they stay. */
export function assessmentAnswer(assessed: CaseAssessment): Record<string, unknown> {
  const { assessment, rules, inputs, quantities, sheet, dateLine, growth } = assessed;
  return {
    thresholdPercent: assessment.thresholdPercent,
    verdicts: assessment.verdicts,
    overall: assessment.overall,
    options: assessment.options,
    otherThresholds: assessment.otherThresholds,
    rules: assessment.rules,
    ruleSet: ruleSetOf(rules),
    inputs,
    quantities,
    sheet,
    withheld: assessment.withheld,
    dateLine: dateLine.marks,
    growth,
  };
}

/** The same for people: figures, sheet, what is missing, options, dates, growth, remarks, rules. */
function assessmentTable(assessed: CaseAssessment, remarks: readonly Remark[]): string {
  const { assessment, rules, dateLine, growth } = assessed;
  const { overall, options, withheld, otherThresholds } = assessment;
  return [
    ...sayVerdicts(assessed),
    ...sayQuantities(assessed),
    '',
    `Overall: ${overall.light}`,
    ...(overall.missing.length === 0 ? [] : [`Missing: ${overall.missing.join(', ')}`]),
    ...options.flatMap(({ title, reason, expectedGrowth, verify, citations }) => [
      `To discuss: ${title}`,
      `  ${reason}`,
      ...(expectedGrowth === null ? [] : [`  Growth: ${expectedGrowth}`]),
      ...(verify.length === 0 ? [] : [`  Verify: ${verify.join('; ')}`]),
      ...citations.map(({ text, address }) => `  ${text}${address === null ? '' : ` ${address}`}`),
    ]),
    ...withheld.map(({ title, reason }) => `Not listed: ${title}: ${reason}`),
    ...otherThresholds.map(
      ({ text, citation, verified }) => `Other threshold: ${text} (${citation})${verified ? '' : ' not verified'}`,
    ),
    ...dateLine.marks.map(({ from, to, label }) => `${from}${to === from ? '' : ` to ${to}`}  ${label}`),
    ...(growth === null ? [] : ['', growthTable(growth)]),
    ...remarks.map(({ code, message }) => `${code}: ${message}`),
    `Rules: ${sayRuleSet(rules)}`,
  ].join('\n');
}

function sayVerdicts({ assessment, sheet }: CaseAssessment): readonly string[] {
  return assessment.verdicts.map((line) => {
    const { denominator, percent, interval, thresholdPercent, verdict, citation } = line;
    const show = (value: number): string => value.toFixed(decimalsFor(line));
    const label = sheet.lines.find((one) => one.denominator === denominator)?.label ?? denominator;
    const figure = percent === null ? '–' : `${show(percent)} %`;
    const range = interval === null ? '' : ` (90 % interval ${show(interval[0])} to ${show(interval[1])})`;
    const rule =
      thresholdPercent === null ? '' : `; ${verdictLabels[verdict]} of ${thresholdPercent} % (${citation ?? ''})`;
    return `FLR of ${label}: ${figure}${range}${rule}`;
  });
}

function sayQuantities({ quantities: q }: CaseAssessment): readonly string[] {
  const { bsaM2, shareSpread, remnantPerBsa, albi, tumourBurdenScore, clinicalRiskScore } = q;
  return [
    bsaM2 === null
      ? null
      : `Body surface: ${bsaM2.mosteller.toFixed(2)} m² (Mosteller), ${bsaM2.dubois.toFixed(2)} m² (DuBois)`,
    shareSpread === null
      ? null
      : `FLR over published standard volumes: ${shareSpread[0].toFixed(1)} to ${shareSpread[1].toFixed(1)} %`,
    remnantPerBsa === null ? null : `Remnant over body surface: ${remnantPerBsa.value.toFixed(0)} mL/m²`,
    albi === null ? null : `ALBI: ${albi.score.toFixed(2)}, grade ${albi.grade}`,
    tumourBurdenScore === null ? null : `Tumour burden score: ${tumourBurdenScore.toFixed(1)}`,
    clinicalRiskScore.unknown === clinicalRiskScore.criteria.length
      ? null
      : `Clinical risk score: ${clinicalRiskScore.points} of 5${clinicalRiskScore.unknown === 0 ? '' : `, ${clinicalRiskScore.unknown} not known`}`,
  ].filter((line) => line !== null);
}
