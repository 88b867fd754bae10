import { decimalsFor } from '../../src/assessment/index.ts';
import type { Denominator } from '../../src/assessment/index.ts';
import { printedVolumes } from '../../src/liver/index.ts';
import type { Figure } from '../../src/liver/index.ts';
import { measureCase } from './case.ts';
import type { MeasuredCase } from './case.ts';
import { assessmentAnswer } from './assess.ts';
import { readCaseOptions } from './options.ts';

/** `remnant volumetry FOLDER …`: the figures, their intervals, verdicts and options. */
export async function volumetry(words: readonly string[]): Promise<string> {
  const options = readCaseOptions(words);
  const measured = await measureCase(options);
  return options.json ? JSON.stringify(volumetryAnswer(measured), null, 2) : volumetryTable(measured);
}

/** The answer of `volumetry --json`: keys, units and codes are an interface and stay. */
export function volumetryAnswer({
  series,
  plan,
  volumetry: v,
  assessed,
  remarks,
}: MeasuredCase): Record<string, unknown> {
  return {
    seriesInstanceUid: series.entry.header.seriesInstanceUid,
    spacing: series.volume.grid.spacing,
    voxelMl: v.voxelMl,
    units: v.units,
    totalMl: v.totalMl,
    tumourMl: v.tumourMl,
    nonFunctionalMl: v.nonFunctionalMl,
    vesselMl: v.vesselMl,
    functionalMl: v.functionalMl,
    remnantMl: v.remnantMl,
    resectedMl: v.resectedMl,
    excludedMl: v.excludedMl,
    tumourLeftMl: v.tumourLeftMl,
    flrPercent: v.flrPercent,
    sflrPercent: v.sflrPercent,
    flrBodyWeightPercent: v.flrBodyWeightPercent,
    bsaM2: v.bsaM2,
    standardLiverMl: v.standardLiverMl,
    intervals: v.intervals,
    intervalMethod: v.intervalMethod,
    heightCm: plan.heightCm,
    weightKg: plan.weightKg,
    parenchyma: plan.parenchyma,
    phase: plan.phase,
    reviewedBy: plan.segmentation.reviewedBy,
    confirmed: plan.confirmed,
    ...assessmentAnswer(assessed),
    remarks,
  };
}

/** The same for people: a table that sums, then what it means. */
export function volumetryTable({ volumetry: v, assessed: { assessment }, remarks }: MeasuredCase): string {
  const printed = printedVolumes(v, 1);
  const row = (name: string, value: string | null, key: Figure, unit: string, decimals = 1): string => {
    const interval = v.intervals[key];
    const between =
      interval === undefined
        ? ''
        : `   90 % interval ${interval[0].toFixed(decimals)} to ${interval[1].toFixed(decimals)}`;
    return `${name.padEnd(32)}${(value ?? '–').padStart(9)} ${unit}${between}`;
  };
  const share = (name: string, value: number | null, key: Figure, denominator: Denominator): string => {
    const decimals = decimalsFor(assessment.verdicts.find((line) => line.denominator === denominator)!);
    return row(name, value?.toFixed(decimals) ?? null, key, '% ', decimals);
  };
  const lines = [
    row('Remnant (FLR)', printed.remnant, 'remnantMl', 'mL'),
    row('Resected', printed.resected, 'resectedMl', 'mL'),
    row('Excluded (stays, does not count)', printed.excluded, 'excludedMl', 'mL'),
    row('Total', printed.total, 'totalMl', 'mL'),
    '',
    row('Tumour', v.tumourMl.toFixed(1), 'tumourMl', 'mL'),
    row('Functional (total − tumour …)', v.functionalMl.toFixed(1), 'functionalMl', 'mL'),
    share('FLR of functional', v.flrPercent, 'flrPercent', 'functional'),
    share('FLR of standard liver (Vauthey)', v.sflrPercent, 'sflrPercent', 'standard'),
    share('FLR of body weight', v.flrBodyWeightPercent, 'flrBodyWeightPercent', 'bodyWeight'),
    '',
    `Overall: ${assessment.overall.light}`,
  ];
  if (assessment.overall.missing.length > 0) lines.push(`Missing: ${assessment.overall.missing.join(', ')}`);
  for (const { title } of assessment.options) lines.push(`To discuss: ${title}`);
  for (const { title, reason } of assessment.withheld) lines.push(`Not listed: ${title}: ${reason}`);
  for (const { code, message } of remarks) lines.push(`${code}: ${message}`);
  return lines.join('\n');
}
