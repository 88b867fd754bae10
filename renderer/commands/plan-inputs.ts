import { emptyInputs } from '../../src/assessment/index.ts';
import type { AssessmentInputs, Confirmation, Parenchyma, Phase } from '../../src/assessment/index.ts';
import { changePlan } from '../../src/plan/index.ts';
import type { CommandContext } from './context.ts';

/** Sets the state of the liver, one undoable edit. */
export function setParenchyma({ keeper }: CommandContext, parenchyma: Parenchyma): void {
  keeper.edit((plan) => changePlan(plan, { parenchyma }, 'Set parenchyma'));
}

/** Sets the contrast phase; null = not stated. */
export function setPhase({ keeper }: CommandContext, phase: Phase | null): void {
  keeper.edit((plan) => changePlan(plan, { phase }, 'Set contrast phase'));
}

/** Ticks or unticks what the user has confirmed of the remnant. */
export function confirm({ keeper }: CommandContext, item: Confirmation, isConfirmed: boolean): void {
  keeper.edit((plan) => {
    const confirmed = [...plan.confirmed.filter((one) => one !== item), ...(isConfirmed ? [item] : [])];
    return changePlan(plan, { confirmed }, isConfirmed ? 'Confirm' : 'Take back confirmation');
  });
}

/** Sets height in cm or weight in kg; null = not given. Values nobody can have are kept out by the panel's own check. */
export function setBodySize(
  { keeper }: CommandContext,
  size: { readonly heightCm?: number | null; readonly weightKg?: number | null },
): void {
  keeper.edit((plan) => changePlan(plan, size, 'Set height and weight'));
}

/** Records who reviewed the masks and closes the question. */
export function markReviewed({ keeper, session }: CommandContext, name: string): void {
  const reviewedBy = name.trim();
  session.update((state) => ({ ...state, dialog: null }));
  if (reviewedBy === '') return;
  keeper.edit((plan) => changePlan(plan, { segmentation: { ...plan.segmentation, reviewedBy } }, 'Mark as reviewed'));
}

/** Changes what is known of the patient, one undoable edit under its name; values nobody can have are kept out by `checkInputs` before. */
export function setInputs(
  { keeper }: CommandContext,
  change: (inputs: AssessmentInputs) => AssessmentInputs,
  label: string,
): void {
  keeper.edit((plan) => changePlan(plan, { inputs: change(plan.inputs ?? emptyInputs) }, label));
}
