import { emptyInputs, withMeasurement } from '../../src/assessment/index.ts';
import type { AssessmentInputs, BaselineDenominator, DatedRemnant } from '../../src/assessment/index.ts';
import { changePlan, datedRemnant, functionalDenominator, isSamePatient, scanFactsOf } from '../../src/plan/index.ts';
import type { CountedPlan, Counting, ScanFacts } from '../../src/plan/index.ts';
import { success } from '../../src/volume/index.ts';
import type { OpenCase, PatientPlan } from '../session.ts';
import { texts } from '../texts.ts';
import type { CommandContext } from './context.ts';
import { tell } from './notices.ts';
import { runTask } from './tasks.ts';

/** Whose scan is open, and of which day. */
export function scanOf({ plan, entry }: OpenCase): ScanFacts {
  return plan.series.scan ?? scanFactsOf(entry.header);
}

/** This program and the day, as they are recorded with a count. */
function countingOf({ session, page }: CommandContext): Counting {
  return { software: session.get().about?.version ?? 'unknown', countedOn: page.now().slice(0, 10) };
}

/** Changes the clinical inputs of the plan, one undoable edit. */
export function changeInputs({ keeper }: CommandContext, change: Partial<AssessmentInputs>, label: string): void {
  keeper.edit((plan) => changePlan(plan, { inputs: { ...(plan.inputs ?? emptyInputs), ...change } }, label));
}

/** Locks the denominator of all growth figures; the measurements stay. */
export function lockDenominator(context: CommandContext, denominator: BaselineDenominator): void {
  const measurements = context.session.get().openCase?.plan.inputs?.growth?.measurements ?? [];
  changeInputs(context, { growth: { denominator, measurements } }, 'Lock the denominator');
}

/** Adds a dated remnant; one of the same day is replaced. Nothing happens before the denominator is locked. */
export function addMeasurement(context: CommandContext, one: DatedRemnant): void {
  const growth = context.session.get().openCase?.plan.inputs?.growth ?? null;
  if (growth === null) return;
  const measurements = withMeasurement(growth.measurements, one);
  changeInputs(context, { growth: { ...growth, measurements } }, `Add the remnant of ${one.on}`);
}

/** Takes the dated remnant of a day away. */
export function removeMeasurement(context: CommandContext, on: string): void {
  const growth = context.session.get().openCase?.plan.inputs?.growth ?? null;
  if (growth === null) return;
  const measurements = growth.measurements.filter((one) => one.on !== on);
  changeInputs(context, { growth: { ...growth, measurements } }, `Remove the remnant of ${on}`);
}

/** Takes the remnant of a counted plan over as a dated measurement, with the record of what was counted. */
export function takeMeasurement(context: CommandContext, counted: CountedPlan): void {
  const one = datedRemnant(counted, countingOf(context));
  if (one === null) tell(context.session, { code: 'no_dated_remnant', message: texts.growth.noDatedRemnant }, 'info');
  else addMeasurement(context, one);
}

/** Locks the functional liver of a counted plan as the denominator. */
export function lockFunctional(context: CommandContext, counted: CountedPlan): void {
  const denominator = functionalDenominator(counted, countingOf(context));
  if (denominator !== null) lockDenominator(context, denominator);
}

/** The open plan as it is now, counted from the file it would be stored as. */
export async function countOpenPlan({ session, compute }: CommandContext): Promise<CountedPlan | null> {
  const { openCase } = session.get();
  if (openCase === null) return null;
  const { series } = openCase.plan;
  const plan = { ...openCase.plan, series: { ...series, scan: scanOf(openCase) } };
  return runTask(session, texts.growth.counting, async () => {
    const saved = await compute.savePlan({ plan });
    return saved.ok ? compute.countPlan({ bytes: saved.value }) : saved;
  });
}

/** Counts a plan file that the user picks, when it is of this patient. */
export async function countPickedPlan(context: CommandContext): Promise<CountedPlan | null> {
  const { session, compute, page } = context;
  const { openCase } = session.get();
  const [file] = await page.pickFiles('.json,application/json');
  if (file === undefined || openCase === null) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const counted = await runTask(session, texts.growth.counting, () => compute.countPlan({ bytes }));
  if (counted === null) return null;
  const { scan } = counted.plan.series;
  if (scan !== undefined && isSamePatient(scan, scanOf(openCase))) return counted;
  const message = scan === undefined ? texts.growth.scanUnknown(file.name) : texts.growth.otherPatient(file.name);
  tell(session, { code: 'plan_of_another_patient', message }, 'error');
  return null;
}

/** Looks through the plans on this computer for those of the open case's patient and counts each; the open plan itself is left out. */
export async function findPatientPlans(context: CommandContext): Promise<void> {
  const { session, compute, host, origin } = context;
  const { openCase } = session.get();
  if (openCase === null) return;
  const own = scanOf(openCase);
  if (own.patientId === null) {
    tell(session, { code: 'no_patient_id', message: texts.growth.noPatientId }, 'info');
    return;
  }
  const found = await runTask(session, texts.growth.looking, async ({ signal }) => {
    const stored = await host.api.recentPlans({});
    if (!stored.ok) return stored;
    const plans: PatientPlan[] = [];
    for (const { id, title, savedAt } of stored.value) {
      if (signal?.cancelled === true) break;
      if (id === origin?.planId) continue;
      const bytes = await host.readPlan(id);
      // A plan that is gone or broken is no plan of this patient; it says so when it is opened.
      const series = bytes.ok ? await compute.planSeries({ bytes: bytes.value }) : bytes;
      const scan = series.ok ? series.value?.scan : undefined;
      if (!bytes.ok || scan === undefined || !isSamePatient(scan, own)) continue;
      const counted = await compute.countPlan({ bytes: bytes.value });
      if (counted.ok && counted.value !== null) plans.push({ title, savedAt, counted: counted.value });
    }
    return success(plans);
  });
  if (found === null) return;
  session.update((state) => (state.openCase?.labels === openCase.labels ? { ...state, patientPlans: found } : state));
}
