import { growthPlot, sayEarlierScans, verdictLabels } from '../assessment/index.ts';
import type { GrowthPlot, MeasuredGrowth, Ranged } from '../assessment/index.ts';
import type { SourceList } from './sources.ts';

/** Growth in words and as a plot: what was measured, on what, and what is published of it. */
export interface GrowthContent {
  readonly denominator: string;
  readonly steps: readonly (readonly string[])[];
  readonly judgements: readonly (readonly string[])[];
  readonly plot: GrowthPlot;
  /** Marks of the plot with what they stand for. */
  readonly legend: readonly string[];
  readonly method: string;
}

export const growthHeads = [
  'Scans',
  'FLR, %',
  'Degree, points',
  'Relative, %',
  'Kinetic, points/week',
  'Growth, mL/day',
];
export const judgementHeads = ['Published cut-off', 'Here', 'Verdict', 'Source'];

/** The growth pages; null without growth. */
export function growthContent(growth: MeasuredGrowth | null, sources: SourceList): GrowthContent | null {
  if (growth === null) return null;
  const { denominator, augmentation, steps, judgements } = growth;
  const kind = denominator.kind === 'standard' ? 'standard liver volume' : 'functional liver';
  const plot = growthPlot(growth);
  const marked = [...plot.bands, ...plot.cutoffs].map(
    ({ mark, label, citation, address, verified }) =>
      `${mark}  ${label} ${sources.cite(citation, address)}${verified ? '' : ' · not verified'}`,
  );
  const earlier = sayEarlierScans(plot);
  const shading =
    plot.bands.length === 0
      ? []
      : [
          'Shaded: all published ranges over one another. Beside it each by itself, at the end of its weeks; a light dot is its published centre. Population ranges, not a prediction for this patient.',
        ];
  const beside = plot.beside.map(
    ({ label, citation, address }) => `Not drawn: ${label} ${sources.cite(citation, address)}`,
  );
  return {
    denominator: `Baseline denominator: ${kind} of ${denominator.volumeMl.toFixed(0)} mL, locked at all scans. ${augmentation === null ? 'No augmentation is given.' : `${augmentation.kind} on ${augmentation.on}.`}`,
    steps: steps.map(({ from, on, days, weeks, since, share, degree, relative, kinetic, daily }) => [
      `${from} to ${on}: ${days} days${since === 'augmentation' ? `; ${weeks.toFixed(1)} weeks after ${augmentation?.kind ?? ''}` : ''}`,
      ranged(share, 1),
      ranged(degree, 1),
      ranged(relative, 0),
      ranged(kinetic, 2),
      ranged(daily, 1),
    ]),
    judgements: judgements.map(({ measure, operator, cutoff, unit, value, interval, verdict, citation, address }) => [
      `${measureWords[measure]} ${operator === '>' ? '>' : '≥'} ${cutoff} ${unitWords[unit] ?? unit}`,
      ranged({ value, interval }, measure === 'kinetic' ? 2 : 1),
      verdict === 'none' ? 'no statement' : verdictLabels[verdict],
      `${citation} ${sources.cite(citation, address)}`,
    ]),
    plot,
    legend: [...(earlier === null ? [] : [earlier]), ...shading, ...marked, ...beside],
    method: growth.method,
  };
}

const measureWords = { degree: 'Degree of hypertrophy', kinetic: 'Kinetic growth rate', share: 'Standardised FLR' };
const unitWords: Readonly<Record<string, string>> = { pp: 'points', 'pp/week': 'points/week' };

function ranged({ value, interval }: Ranged<number>, decimals: number): string {
  const show = (one: number): string => one.toFixed(decimals).replace('-', '−');
  return interval === null ? show(value) : `${show(value)} (${show(interval[0])} to ${show(interval[1])})`;
}
