import type { Remark } from '../volume/index.ts';
import { addDays, daysBetween } from './calendar.ts';
import type { IsoDate } from './calendar.ts';
import type { AssessmentInputs } from './inputs.ts';
import { citationOf } from './rules.ts';
import type { RuleBase } from './rules.ts';

/** One day or one window on the date line. */
export interface DateMark {
  readonly kind: 'event' | 'window';
  readonly id: string;
  readonly label: string;
  readonly from: IsoDate;
  /** The last day of a window; the same day for an event. */
  readonly to: IsoDate;
  readonly ruleId: string | null;
  readonly citation: string | null;
  readonly address: string | null;
}

/** Events and published windows in the order of their days, and what conflicts. */
export interface DateLine {
  readonly marks: readonly DateMark[];
  readonly remarks: readonly Remark[];
}

const daysOf: Readonly<Record<string, number>> = { days: 1, weeks: 7, months: 30.4375 };

/** The date line of a patient from the dates in the inputs; `scans` adds the days of loaded series. Asks no clock. */
export function dateLine(inputs: AssessmentInputs, rules: RuleBase, scans: readonly IsoDate[] = []): DateLine {
  const { augmentation, bevacizumab, liver, plan, firstStageOn, growth } = inputs;
  const marks: DateMark[] = [];
  const event = (id: string, label: string, on: IsoDate | null | undefined): void => {
    if (on === null || on === undefined) return;
    marks.push({ kind: 'event', id, label, from: on, to: on, ruleId: null, citation: null, address: null });
  };
  const window = (ruleId: string, label: string, from: IsoDate | null | undefined): void => {
    if (from === null || from === undefined) return;
    const rule = rules.references.find(({ id }) => id === ruleId);
    const unit = rule === undefined ? undefined : daysOf[rule.unit];
    if (rule === undefined || unit === undefined) return;
    const [first, last] = typeof rule.value === 'number' ? [0, rule.value] : rule.value;
    marks.push({
      kind: 'window',
      id: ruleId,
      label,
      from: addDays(from, Math.round(first * unit)),
      to: addDays(from, Math.round(last * unit)),
      ...{ ruleId, citation: citationOf(rule), address: rule.address },
    });
  };
  const staged = augmentation?.kind === 'ALPPS';
  event('chemotherapy', 'Chemotherapy started', liver.chemotherapy?.startedOn);
  window('chemotherapy-length', 'Resection after 2–4 months of chemotherapy', liver.chemotherapy?.startedOn);
  event('bevacizumab', 'Last dose of bevacizumab', bevacizumab?.lastDoseOn);
  window('bevacizumab-washout', 'Bevacizumab: surgery 6–8 weeks after the last dose', bevacizumab?.lastDoseOn);
  event('first-stage', 'First stage', firstStageOn);
  if (!staged) {
    window('two-stage-fast', 'Second stage, fast track (within 4 weeks)', firstStageOn);
    window('two-stage-interval', 'Second stage (2–4 months)', firstStageOn);
  }
  event(
    'augmentation',
    augmentation === null ? '' : staged ? 'ALPPS, first stage' : augmentation.kind,
    augmentation?.on,
  );
  if (staged) window('alpps-interval', 'ALPPS: second stage after 7–14 days', augmentation.on);
  else {
    window('first-ct', 'First CT after embolisation (2–4 weeks)', augmentation?.on);
    window('embolisation-wait', 'Growth after embolisation (3–6 weeks)', augmentation?.on);
  }
  const measured = growth?.measurements.map(({ on }) => on) ?? [];
  for (const on of new Set([...measured, ...scans])) event('scan', 'Scan', on);
  event('body-size', 'Height and weight measured', inputs.body.measuredOn);
  event('as-of', 'Today', plan.asOf);
  if (plan.asOf !== null && plan.weeksAvailable !== null) {
    event('time-available', 'End of the time available', addDays(plan.asOf, Math.round(plan.weeksAvailable * 7)));
  }
  event('surgery', 'Planned resection', plan.surgeryOn);
  const sorted = marks.toSorted((one, other) => daysBetween(other.from, one.from) || daysBetween(other.to, one.to));
  return { marks: sorted, remarks: [...reversed(inputs, sorted), ...conflicts(inputs, marks)] };
}

/** What can only have happened by today, and what only before the planned resection. */
const past: ReadonlySet<string> = new Set([
  ...['chemotherapy', 'bevacizumab', 'first-stage', 'augmentation', 'scan', 'body-size'],
]);
const beforeSurgery: ReadonlySet<string> = new Set(['chemotherapy', 'bevacizumab', 'first-stage', 'augmentation']);

/** Days that can not follow one another as they were given: a slip that would make every window wrong. */
function reversed({ plan }: AssessmentInputs, marks: readonly DateMark[]): readonly Remark[] {
  const named = (limit: IsoDate | null, ids: ReadonlySet<string>): string =>
    limit === null
      ? ''
      : marks
          .filter(({ kind, id, from }) => kind === 'event' && ids.has(id) && daysBetween(limit, from) > 0)
          .map(({ label, from }) => `${label} (${from})`)
          .join(', ');
  const [later, afterSurgery] = [named(plan.asOf, past), named(plan.surgeryOn, beforeSurgery)];
  return [
    ...(later === ''
      ? []
      : [
          {
            code: 'date_in_future',
            message: `Later than the day given as today (${plan.asOf}): ${later}. Check the dates.`,
          },
        ]),
    ...(afterSurgery === ''
      ? []
      : [
          {
            code: 'dates_reversed',
            message: `Later than the planned resection (${plan.surgeryOn}): ${afterSurgery}. Check the dates.`,
          },
        ]),
  ];
}

/** What the planned day of surgery conflicts with, in published terms. */
function conflicts({ plan }: AssessmentInputs, marks: readonly DateMark[]): readonly Remark[] {
  const { surgeryOn } = plan;
  if (surgeryOn === null) return [];
  const remarks: Remark[] = [];
  const early = (id: string, code: string, say: (mark: DateMark, days: number) => string): void => {
    const mark = marks.find((one) => one.kind === 'window' && one.id === id);
    if (mark === undefined) return;
    const days = daysBetween(surgeryOn, mark.from);
    if (days > 0) remarks.push({ code, message: say(mark, days) });
  };
  early(
    'bevacizumab-washout',
    'bevacizumab_washout',
    ({ from, citation }, days) =>
      `The planned resection of ${surgeryOn} lies ${days} days before six weeks after the last dose of bevacizumab (${from}). ${citation ?? ''}`,
  );
  early(
    'alpps-interval',
    'stage_interval_short',
    ({ from, citation }) =>
      `The second stage of ${surgeryOn} comes before the published interval (from ${from}). ${citation ?? ''}`,
  );
  early(
    'embolisation-wait',
    'growth_time_short',
    ({ from, citation }) =>
      `The planned resection of ${surgeryOn} comes before three weeks of growth after embolisation (${from}). ${citation ?? ''}`,
  );
  return remarks;
}
