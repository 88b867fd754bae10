import type { Percent } from '../geometry/index.ts';
import type { IsoDate } from './calendar.ts';
import { addDays } from './calendar.ts';
import type { AugmentationKind, BaselineDenominator } from './inputs.ts';
import type { MeasuredGrowth, Ranged } from './measured-growth.ts';
import { roundTicks } from './plot-scale.ts';
import type { Tick } from './plot-scale.ts';
import type { ReferenceRule } from './rules.ts';
import { citationOf } from './rules.ts';

/** The ways of growing whose published ranges can be drawn; TSH = two-stage hepatectomy. */
export type GrowthMethod = NonNullable<ReferenceRule['method']>;

/** A place of the plot: days after day 0, FLR in % of the locked denominator. */
export interface PlotPlace {
  readonly day: number;
  readonly share: number;
}

/** A measurement as drawn: a point with the ends of its interval. */
export interface PlotPoint extends PlotPlace {
  readonly on: IsoDate;
  readonly flrMl: number;
  readonly interval: Ranged<Percent>['interval'];
  /** `judged` is the first scan after augmentation, which the cut-offs are held against. */
  readonly role: 'baseline' | 'judged' | 'other';
}

/** What every published thing in the plot carries. */
export interface PlotSource {
  readonly ruleId: string;
  /** What tells it in the drawing and in the list beneath: figures for bands, letters for cut-offs. */
  readonly mark: string;
  /** As printed: "PVE: relative growth +20–40 %, weeks 2–4". */
  readonly label: string;
  /** Whom it was published of. */
  readonly population: string;
  /** Short name of the source, as in "Shindoh 2013". */
  readonly name: string;
  readonly citation: string;
  readonly address: string | null;
  readonly verified: boolean;
}

/** A published range of growth applied to this patient's baseline: the area between two lines over its weeks. */
export interface PlotBand extends PlotSource {
  readonly method: GrowthMethod;
  /** Four corners: low at the first day, high at the first day, high at the last day, low at the last day. */
  readonly outline: readonly [PlotPlace, PlotPlace, PlotPlace, PlotPlace];
  /** The published central value, first to last day; null where none is given. */
  readonly central: readonly [PlotPlace, PlotPlace] | null;
  /** Published weeks, as in "2–6". */
  readonly weeks: string;
  /** Where it leads by the end of its weeks, in % of the denominator: what stands by itself beside the plot. */
  readonly end: { readonly low: number; readonly high: number; readonly central: number | null };
}

/** A published cut-off as a line: level for a share or a degree, rising from day 0 for a kinetic rate. */
export interface PlotCutoff extends PlotSource {
  readonly measure: 'degree' | 'kinetic' | 'share';
  readonly line: readonly [PlotPlace, PlotPlace];
}

/** Growth as a drawing without a scale in pixels or points: the screen and the report map days and shares onto their own paper. */
export interface GrowthPlot {
  /** The date of day 0, and what happened then. */
  readonly zeroOn: IsoDate;
  readonly zero: AugmentationKind | 'baseline';
  readonly denominator: BaselineDenominator;
  readonly days: {
    readonly low: number;
    readonly high: number;
    readonly ticks: readonly (Tick & { readonly on: IsoDate })[];
  };
  readonly shares: { readonly low: number; readonly high: number; readonly ticks: readonly Tick[] };
  /** Ticks in mL for a second axis; `at` is the share of the denominator where each stands. */
  readonly millilitres: readonly Tick[];
  readonly points: readonly PlotPoint[];
  /** Scans so long before the baseline that an axis with them would squeeze all others: named, not drawn. */
  readonly earlier: readonly PlotPoint[];
  readonly bands: readonly PlotBand[];
  readonly cutoffs: readonly PlotCutoff[];
  /** Published ranges that can not be drawn over time (no weeks, another quantity, a later interval): said as text. */
  readonly beside: readonly Omit<PlotSource, 'mark'>[];
}

/** Whose published ranges stand beside the growth after each way of augmentation. */
const methodsOf: Readonly<Record<AugmentationKind, readonly GrowthMethod[]>> = {
  PVE: ['PVE'],
  PVL: ['PVE', 'TSH'],
  LVD: ['LVD', 'PVE'],
  ALPPS: ['ALPPS'],
};

/** The methods drawn unless the user chooses others: those of the augmentation; none without one. */
export function usualMethods(growth: MeasuredGrowth): readonly GrowthMethod[] {
  return growth.augmentation === null ? [] : methodsOf[growth.augmentation.kind];
}

/**
 * The plot of FLR against time. Bands and cut-offs are drawn from the baseline scan and day 0 of the augmentation; without a scan before
 * an augmentation there is nothing to hold them against, and none is drawn.
 */
export function growthPlot(
  growth: MeasuredGrowth,
  methods: readonly GrowthMethod[] = usualMethods(growth),
): GrowthPlot {
  const { augmentation, baseline, denominator, judged, references } = growth;
  const all = growth.measurements.map(({ on, flrMl, day, share }): PlotPoint => {
    const role = on === baseline.on ? 'baseline' : on === judged?.on ? 'judged' : 'other';
    return { on, flrMl, day, share: share.value, interval: share.interval, role };
  });
  const start = all.find(({ role }) => role === 'baseline')!;
  const lastScan = Math.max(28, ...all.map(({ day }) => day));
  const earlier = all.filter(({ day }) => start.day - day > 2 * (lastScan - start.day));
  const points = all.filter((point) => !earlier.includes(point));
  const isAnchored = augmentation !== null && start.day <= 0;
  const shown = isAnchored
    ? methods.flatMap((chosen) =>
        references.filter(({ topic, method }) => topic === 'growth-band' && method === chosen),
      )
    : [];
  const drawn = shown.map((rule) => ({ rule, outline: outlineOf(rule, start.share, denominator) }));
  const bands = drawn.flatMap(({ rule, outline }) => (outline === null ? [] : [{ rule, ...outline }]));
  const cutoffRules = isAnchored ? references.filter(isCutoff) : [];
  const last = Math.max(lastScan, ...bands.map(({ outline }) => outline[2].day));
  const first = Math.min(0, ...points.map(({ day }) => day));
  const days = { low: first - 2, high: last + 3 };
  const cutoffs = cutoffRules.map((rule, index): PlotCutoff => {
    const mark = String.fromCharCode(97 + index);
    return { ...sourceOf(rule), mark, measure: rule.measure, line: lineOf(rule, start.share, days.high) };
  });
  const heights = [
    ...points.flatMap(({ share, interval }) => [share, ...(interval ?? [])]),
    ...bands.flatMap(({ outline }) => outline.map(({ share }) => share)),
    // A rising line may leave the plot at the top; a level one is kept in sight.
    ...cutoffs.filter(({ measure }) => measure !== 'kinetic').map(({ line }) => line[0].share),
  ];
  const [least, most] = [Math.min(...heights), Math.max(...heights)];
  const margin = Math.max(1, (most - least) * 0.08);
  const shares = { low: Math.max(0, least - margin), high: most + margin };
  const perShare = denominator.volumeMl / 100;
  return {
    zeroOn: addDays(start.on, -start.day),
    zero: augmentation?.kind ?? 'baseline',
    denominator,
    days: { ...days, ticks: dayTicks(days.low, days.high, addDays(start.on, -start.day)) },
    shares: { ...shares, ticks: roundTicks(shares.low, shares.high, 7) },
    millilitres: roundTicks(shares.low * perShare, shares.high * perShare, 6).map(({ at, label }) => ({
      at: at / perShare,
      label,
    })),
    points,
    earlier,
    bands: bands.map(({ rule, outline, central }, index) => {
      const [, , high, low] = outline;
      return {
        ...sourceOf(rule),
        ...{ mark: String(index + 1), method: rule.method!, outline, central },
        weeks: [...new Set(rule.weeks)].join('–'),
        end: { low: low.share, high: high.share, central: central?.[1].share ?? null },
      };
    }),
    cutoffs: cutoffs.map((cutoff) => ({ ...cutoff, line: clipped(cutoff.line, shares.high) })),
    beside: drawn.filter(({ outline }) => outline === null).map(({ rule }) => sourceOf(rule)),
  };
}

/** The scans that are not drawn, in words; null when all are. */
export function sayEarlierScans({ earlier }: GrowthPlot): string | null {
  if (earlier.length === 0) return null;
  const scans = earlier.map(({ on, share }) => `${on} ${share.toFixed(1)} %`).join(', ');
  return `Earlier than this axis begins: ${scans}.`;
}

type CutoffRule = ReferenceRule & { readonly measure: PlotCutoff['measure']; readonly value: number };

function isCutoff(rule: ReferenceRule): rule is CutoffRule {
  const { topic, measure, value } = rule;
  const isDrawn = measure === 'degree' || measure === 'kinetic' || measure === 'share';
  return topic === 'growth-cutoff' && isDrawn && typeof value === 'number';
}

/** Where a published range leads from the baseline; null where it has no weeks, or is the rate of a later interval. */
function outlineOf(
  { measure, value, central, weeks }: ReferenceRule,
  startShare: number,
  { volumeMl }: BaselineDenominator,
): Pick<PlotBand, 'outline' | 'central'> | null {
  if (weeks === null || typeof value === 'number') return null;
  // A rate of a later interval does not say where the remnant stands: it starts from a volume nobody has published.
  if (measure === 'kinetic' && weeks[0] > 0) return null;
  // Published for one week only: a day to each side, so that the area has a width.
  const [from, to] = weeks[0] === weeks[1] ? [weeks[0] * 7 - 1, weeks[1] * 7 + 1] : [weeks[0] * 7, weeks[1] * 7];
  const shareAt = (day: number, figure: number): number | null => {
    if (measure === 'relative') return startShare * (1 + figure / 100);
    if (measure === 'daily') return startShare + (day * figure * 100) / volumeMl;
    return measure === 'kinetic' ? startShare + (day / 7) * figure : null;
  };
  const place = (day: number, figure: number): PlotPlace | null => {
    const share = shareAt(day, figure);
    return share === null ? null : { day, share };
  };
  const corners = [place(from, value[0]), place(from, value[1]), place(to, value[1]), place(to, value[0])] as const;
  const [a, b, c, d] = corners;
  if (a === null || b === null || c === null || d === null) return null;
  const middle = central === null ? null : ([place(from, central)!, place(to, central)!] as const);
  return { outline: [a, b, c, d], central: middle };
}

function lineOf({ measure, value }: CutoffRule, startShare: number, lastDay: number): PlotCutoff['line'] {
  if (measure === 'kinetic') {
    return [
      { day: 0, share: startShare },
      { day: lastDay, share: startShare + (lastDay / 7) * value },
    ];
  }
  const share = measure === 'degree' ? startShare + value : value;
  return [
    { day: 0, share },
    { day: lastDay, share },
  ];
}

/** The line up to the top of the plot. */
function clipped(line: PlotCutoff['line'], top: number): PlotCutoff['line'] {
  const [from, to] = line;
  if (to.share <= top) return line;
  const part = (top - from.share) / (to.share - from.share);
  return [from, { day: from.day + part * (to.day - from.day), share: top }];
}

/** Whole weeks, every one, second, fourth or thirteenth of them, so that no more than ten labels stand side by side. */
function dayTicks(low: number, high: number, zeroOn: IsoDate): GrowthPlot['days']['ticks'] {
  const weeks = (high - low) / 7;
  const step = [1, 2, 4, 13, 26, 52].find((one) => weeks / one <= 10) ?? Math.ceil(weeks / 10);
  const first = Math.ceil(low / 7 / step);
  const last = Math.floor(high / 7 / step);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const week = (first + index) * step;
    return { at: week * 7, label: String(week).replace('-', '−'), on: addDays(zeroOn, week * 7) };
  });
}

const measureWords = {
  degree: 'degree of hypertrophy',
  share: 'FLR',
  kinetic: 'kinetic growth rate',
  relative: 'relative growth',
  daily: 'growth',
} as const;
const unitWords = { pp: 'points', 'pp/week': 'points a week', '%': '%', 'mL/day': 'mL a day' } as const;
const methodWords: Readonly<Record<GrowthMethod, string>> = {
  PVE: 'PVE',
  LVD: 'LVD',
  TSH: 'Two-stage hepatectomy',
  ALPPS: 'ALPPS',
};

function sourceOf(rule: ReferenceRule): Omit<PlotSource, 'mark'> {
  const { id, measure, method, operator, value, unit, weeks, population, name, address, verified } = rule;
  const sign = measure === 'relative' || measure === 'daily' ? '+' : '';
  const range =
    typeof value === 'number' ? String(value) : value[0] === value[1] ? String(value[0]) : value.join(' to ');
  const words = unit in unitWords ? unitWords[unit as keyof typeof unitWords] : unit;
  const limit = { '>': 'over ', '>=': 'at least ', '<=': 'up to ', '<': 'under ', range: '' }[operator];
  const figure = `${limit}${sign}${range.replaceAll('-', '−')} ${words}`;
  const when =
    weeks === null ? '' : weeks[0] === weeks[1] ? `, week ${weeks[0]}` : `, weeks ${weeks[0]} to ${weeks[1]}`;
  const what = measure === null ? rule.quantity : measureWords[measure];
  const subject = rule.topic === 'growth-cutoff' || method === null ? what : `${methodWords[method]}: ${what}`;
  const note =
    rule.topic === 'growth-cutoff' || measure === null || rule.quantity.includes('FLR') || rule.quantity === what
      ? ''
      : ` (${rule.quantity})`;
  return {
    ...{ ruleId: id, label: `${subject} ${figure}${when}${note}`, population, name },
    ...{ citation: citationOf(rule), address, verified },
  };
}
