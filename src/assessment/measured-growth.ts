import { percent, percentagePoints } from '../geometry/index.ts';
import type { Percent, PercentagePoints } from '../geometry/index.ts';
import { addDays, daysBetween } from './calendar.ts';
import type { IsoDate } from './calendar.ts';
import type { Remark } from '../volume/index.ts';
import type { Verdict } from './assessment.ts';
import type { AugmentationKind, BaselineDenominator, DatedRemnant } from './inputs.ts';
import type { ReferenceRule, RuleBase } from './rules.ts';
import { citationOf } from './rules.ts';
import { compare } from './verdicts.ts';

/** A figure with its 90 % interval, null where a measurement carries none. */
export interface Ranged<Unit extends number> {
  readonly value: Unit;
  readonly interval: readonly [low: Unit, high: Unit] | null;
}

/** Percentage points of the baseline denominator per week: never mixed with percent or with points themselves. */
export type PointsPerWeek = number & { readonly pointsPerWeek: unique symbol };
/** mL of remnant per day. */
export type MillilitresPerDay = number & { readonly millilitresPerDay: unique symbol };

/** What a patient's remnant did between the baseline scan and a later one. */
export interface GrowthStep {
  readonly from: IsoDate;
  readonly on: IsoDate;
  /** Days between the two scans. */
  readonly days: number;
  /** Weeks that the kinetic rate is counted over: since augmentation for scans after it, else between the scans. */
  readonly weeks: number;
  readonly since: 'augmentation' | 'scan';
  /** Remnant over the locked denominator at the later scan. */
  readonly share: Ranged<Percent>;
  readonly degree: Ranged<PercentagePoints>;
  readonly relative: Ranged<Percent>;
  readonly kinetic: Ranged<PointsPerWeek>;
  readonly daily: Ranged<MillilitresPerDay>;
  /** Whether the interval of the growth excludes zero. Null without intervals. */
  readonly beyondNoise: boolean | null;
}

/** One published cut-off against the first scan after augmentation. */
export interface GrowthJudgement {
  readonly ruleId: string;
  readonly measure: 'degree' | 'kinetic' | 'share';
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly cutoff: number;
  readonly operator: ReferenceRule['operator'];
  readonly unit: string;
  readonly verdict: Verdict;
  readonly pointReaches: boolean;
  readonly citation: string;
  readonly address: string | null;
  readonly verified: boolean;
}

/** Growth over dated measurements on one locked denominator. */
export interface MeasuredGrowth {
  readonly denominator: BaselineDenominator;
  readonly augmentation: { readonly kind: AugmentationKind; readonly on: IsoDate } | null;
  readonly baseline: DatedRemnant;
  readonly measurements: readonly (DatedRemnant & { readonly share: Ranged<Percent>; readonly day: number })[];
  /** From the baseline to each later scan. */
  readonly steps: readonly GrowthStep[];
  /** From each scan to the next, for the decay of the rate. */
  readonly between: readonly GrowthStep[];
  /** The first scan after augmentation: the kinetic growth rate is defined there. */
  readonly judged: GrowthStep | null;
  readonly judgements: readonly GrowthJudgement[];
  /** Published bands and cut-offs for the plot. */
  readonly references: readonly ReferenceRule[];
  /** First day on which the interval of the kinetic rate is no wider than ± its cut-off; null where it can not be told. */
  readonly tellingFrom: IsoDate | null;
  readonly remarks: readonly Remark[];
  /** How the intervals were made. */
  readonly method: string;
}

/** How the intervals of growth are made, as printed beside them. */
export const growthMethod =
  'Measurements are taken as independent. The ends of a difference are the point ± the square root of the summed squares of the two half-widths (for the ratio: of their logarithms); the half-width of the denominator, which is the same at all scans, is added in the same way. No simulation.';

/**
 * Growth from dated remnants in ascending order on one locked denominator. The baseline is the last scan up to the day of augmentation,
 * or the first scan. Null with fewer than two measurements.
 */
export function measureGrowth(
  measurements: readonly DatedRemnant[],
  denominator: BaselineDenominator,
  augmentation: MeasuredGrowth['augmentation'],
  rules: RuleBase,
): MeasuredGrowth | null {
  if (measurements.length < 2) return null;
  const before = augmentation === null ? [] : measurements.filter(({ on }) => daysBetween(on, augmentation.on) >= 0);
  const baseline = before.at(-1) ?? measurements[0]!;
  const later = measurements.slice(measurements.indexOf(baseline) + 1);
  const anchor = before.length > 0 ? augmentation!.on : null;
  const steps = later.map((now) => stepOf(baseline, now, denominator, anchor));
  const between = measurements.slice(1).map((now, index) => stepOf(measurements[index]!, now, denominator, null));
  const judged = anchor === null ? null : (steps[0] ?? null);
  const judgements = judged === null ? [] : judge(judged, rules);
  const tellingFrom = anchor === null ? null : tellingDate(baseline, judged, denominator, anchor, rules);
  const measured = measurements.map((one) => ({
    ...one,
    share: shareOf(one, denominator),
    day: daysBetween(augmentation?.on ?? baseline.on, one.on),
  }));
  const remarks = remarksOn(measurements, denominator, augmentation, anchor, judged, tellingFrom);
  const references = rules.references.filter(({ topic }) => topic === 'growth-cutoff' || topic === 'growth-band');
  return {
    ...{ denominator, augmentation, baseline, measurements: measured, steps, between, judged, judgements },
    ...{ references, tellingFrom, remarks, method: growthMethod },
  };
}

function stepOf(
  from: DatedRemnant,
  now: DatedRemnant,
  denominator: BaselineDenominator,
  augmentedOn: IsoDate | null,
): GrowthStep {
  const days = daysBetween(from.on, now.on);
  const weeks = (augmentedOn === null ? days : daysBetween(augmentedOn, now.on)) / 7;
  const gained = difference(from, now);
  const degree = overDenominator(gained, denominator);
  const relative = ratio(from, now);
  return {
    from: from.on,
    on: now.on,
    days,
    weeks,
    since: augmentedOn === null ? 'scan' : 'augmentation',
    share: shareOf(now, denominator),
    degree: ranged(degree, percentagePoints),
    relative: ranged(relative, percent),
    kinetic: ranged(scaled(degree, 1 / weeks), (value) => value as PointsPerWeek),
    daily: ranged(scaled(gained, 1 / days), (value) => value as MillilitresPerDay),
    beyondNoise: gained.interval === null ? null : gained.interval[0] > 0 || gained.interval[1] < 0,
  };
}

function ranged<Unit extends number>({ value, interval }: Ranged<number>, unit: (value: number) => Unit): Ranged<Unit> {
  return { value: unit(value), interval: interval === null ? null : [unit(interval[0]), unit(interval[1])] };
}

function scaled({ value, interval }: Ranged<number>, factor: number): Ranged<number> {
  return { value: value * factor, interval: interval === null ? null : [interval[0] * factor, interval[1] * factor] };
}

/** now − from; the lower end takes the lower half-width of the one and the upper half-width of the other. */
function difference(from: DatedRemnant, now: DatedRemnant): Ranged<number> {
  const value = now.flrMl - from.flrMl;
  if (from.intervalMl === null || now.intervalMl === null) return { value, interval: null };
  const down = Math.hypot(now.flrMl - now.intervalMl[0], from.intervalMl[1] - from.flrMl);
  const up = Math.hypot(now.intervalMl[1] - now.flrMl, from.flrMl - from.intervalMl[0]);
  return { value, interval: [value - down, value + up] };
}

/** (now / from − 1) × 100, its ends by the logarithms of both. */
function ratio(from: DatedRemnant, now: DatedRemnant): Ranged<number> {
  const value = (now.flrMl / from.flrMl - 1) * 100;
  if (from.intervalMl === null || now.intervalMl === null) return { value, interval: null };
  const log = Math.log(now.flrMl / from.flrMl);
  const down = Math.hypot(Math.log(now.flrMl / now.intervalMl[0]), Math.log(from.intervalMl[1] / from.flrMl));
  const up = Math.hypot(Math.log(now.intervalMl[1] / now.flrMl), Math.log(from.flrMl / from.intervalMl[0]));
  return { value, interval: [(Math.exp(log - down) - 1) * 100, (Math.exp(log + up) - 1) * 100] };
}

function overDenominator({ value, interval }: Ranged<number>, denominator: BaselineDenominator): Ranged<number> {
  const { volumeMl, intervalMl } = denominator;
  const share = scaled({ value, interval }, 100 / volumeMl);
  if (share.interval === null || intervalMl === null) return share;
  // A larger denominator lowers a growth and lifts a loss.
  const lower = (Math.abs(share.value) * (intervalMl[1] - volumeMl)) / volumeMl;
  const upper = (Math.abs(share.value) * (volumeMl - intervalMl[0])) / volumeMl;
  const [fall, rise] = share.value < 0 ? [upper, lower] : [lower, upper];
  const down = Math.hypot(share.value - share.interval[0], fall);
  const up = Math.hypot(share.interval[1] - share.value, rise);
  return { value: share.value, interval: [share.value - down, share.value + up] };
}

function shareOf({ flrMl, intervalMl }: DatedRemnant, denominator: BaselineDenominator): Ranged<Percent> {
  return ranged(overDenominator({ value: flrMl, interval: intervalMl }, denominator), percent);
}

function judge(step: GrowthStep, rules: RuleBase): readonly GrowthJudgement[] {
  const figures = { degree: step.degree, kinetic: step.kinetic, share: step.share } as const;
  return rules.references.flatMap((rule): readonly GrowthJudgement[] => {
    const { measure, operator, value: cutoff } = rule;
    if (rule.topic !== 'growth-cutoff' || typeof cutoff !== 'number') return [];
    if (measure !== 'degree' && measure !== 'kinetic' && measure !== 'share') return [];
    if (operator !== '>' && operator !== '>=') return [];
    const { value, interval } = figures[measure];
    return [
      {
        ...{ ruleId: rule.id, measure, value, interval, cutoff, operator, unit: rule.unit },
        verdict: interval === null ? 'none' : compare(interval, { operator, value: cutoff }),
        pointReaches: operator === '>' ? value > cutoff : value >= cutoff,
        ...{ citation: citationOf(rule), address: rule.address, verified: rule.verified },
      },
    ];
  });
}

/** The day from which ± the interval of the kinetic rate is no more than its cut-off: half-width of the degree / cut-off, in weeks. */
function tellingDate(
  baseline: DatedRemnant,
  judged: GrowthStep | null,
  denominator: BaselineDenominator,
  augmentedOn: IsoDate,
  rules: RuleBase,
): IsoDate | null {
  const cutoff = rules.references.find(
    ({ topic, measure }) => topic === 'growth-cutoff' && measure === 'kinetic',
  )?.value;
  // Before there is a second scan it is taken to be as exact as the first.
  const degree =
    judged?.degree ?? ranged(overDenominator(difference(baseline, baseline), denominator), percentagePoints);
  if (typeof cutoff !== 'number' || degree.interval === null) return null;
  const halfWidth = (degree.interval[1] - degree.interval[0]) / 2;
  return addDays(augmentedOn, Math.ceil((halfWidth / cutoff) * 7));
}

function remarksOn(
  measurements: readonly DatedRemnant[],
  denominator: BaselineDenominator,
  augmentation: MeasuredGrowth['augmentation'],
  anchor: IsoDate | null,
  judged: GrowthStep | null,
  tellingFrom: IsoDate | null,
): readonly Remark[] {
  const remarks: Remark[] = [];
  if (augmentation !== null && anchor === null) {
    const message = `No scan lies before the ${augmentation.kind} of ${augmentation.on}: growth is counted from the first scan and not judged.`;
    remarks.push({ code: 'no_scan_before_augmentation', message });
  }
  if (judged !== null && anchor !== null) {
    const days = daysBetween(anchor, judged.on);
    if (tellingFrom !== null && daysBetween(judged.on, tellingFrom) > 0) {
      const message = `The scan ${days} days after augmentation is too early for its noise: the kinetic growth rate can be told from none from ${tellingFrom} on.`;
      remarks.push({ code: 'scan_too_early', message });
    } else if (days < 14) {
      const message = `The scan came ${days} days after augmentation; the first CT is published at 2–4 weeks, an earlier one is noisy.`;
      remarks.push({ code: 'scan_too_early', message });
    }
    if (judged.beyondNoise === false) {
      remarks.push({
        code: 'growth_within_noise',
        message: 'The growth is not beyond the noise of the two measurements.',
      });
    }
    if (denominator.kind === 'functional') {
      const message =
        'The cut-offs were published on the standard liver volume; the denominator here is the measured functional liver.';
      remarks.push({ code: 'denominator_not_standard', message });
    }
  }
  const larger = measurements.find(({ flrMl }) => flrMl > denominator.volumeMl);
  if (larger !== undefined) {
    remarks.push({
      code: 'remnant_over_denominator',
      message: `The remnant of ${larger.on} (${larger.flrMl.toFixed(0)} mL) is larger than the whole liver it is related to (${denominator.volumeMl.toFixed(denominator.volumeMl < 20 ? 1 : 0)} mL): check both and their units.`,
    });
  }
  if (measurements.some(({ intervalMl }) => intervalMl === null)) {
    remarks.push({
      code: 'interval_missing',
      message: 'A measurement carries no interval: what depends on it has none either.',
    });
  }
  return remarks;
}
