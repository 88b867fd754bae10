import { conclusionText, figuresText } from '../../src/assessment/index.ts';
import type { Assessment, CaseAssessment, RuleBase } from '../../src/assessment/index.ts';
import { bodySize, fieldOfViewRemark, volumeRatioRemark } from '../../src/liver/index.ts';
import type { Volumetry } from '../../src/liver/index.ts';
import { otherRulesRemark } from '../../src/plan/index.ts';
import type { Remark } from '../../src/volume/index.ts';
import type { OpenCase, SessionState } from '../session.ts';
import type { CommandContext } from './context.ts';
import { assessedCase } from './derive.ts';
import { tell } from './notices.ts';
import { isFigureHidden } from './guessing.ts';
import { fileName } from './saving.ts';
import { runTask } from './tasks.ts';
import { texts } from '../texts.ts';

/** Remarks of loading, masks, rules and the assessment together, each sentence once. */
export function allRemarks(
  openCase: OpenCase,
  assessment: Assessment | null,
  volumetry: Volumetry | null,
  rules: RuleBase,
): readonly Remark[] {
  const cutOff = fieldOfViewRemark(openCase.labels);
  const ratio = volumetry === null ? null : volumeRatioRemark(volumetry);
  const otherRules = otherRulesRemark(openCase.plan, rules);
  const all = [
    ...(otherRules === null ? [] : [otherRules]),
    ...(ratio === null ? [] : [ratio]),
    ...(cutOff === null ? [] : [cutOff]),
    ...openCase.entry.remarks,
    ...openCase.plan.remarks,
    ...(assessment?.remarks ?? []),
  ];
  return all.filter((remark, place) => all.findIndex((other) => other.message === remark.message) === place);
}

/** Enabled once there are figures that belong to what is shown. */
export function withFigures(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  if (state.derived.volumetry === null || state.derived.volumetry.totalMl === 0) return 'There is no liver mask yet.';
  return true;
}

/** The same, once the surgeon's estimate is given or skipped where it is asked for. */
export function withShownFigures(state: SessionState): true | string {
  return isFigureHidden(state) ? texts.guess.first : withFigures(state);
}

interface Figures {
  readonly openCase: OpenCase;
  readonly volumetry: Volumetry;
  readonly clinical: CaseAssessment;
}

/** The figures of the case as it is now: those on the screen may still be of the state before the last change. */
async function presentFigures({ session, compute }: CommandContext, title: string): Promise<Figures | null> {
  for (;;) {
    const { openCase } = session.get();
    if (openCase === null) return null;
    const { plan, labelsVersion } = openCase;
    const size = bodySize(plan.heightCm, plan.weightKg);
    const volumetry = await runTask(session, title, (options) =>
      compute.volumetry({ cuts: plan.cuts, bodySize: size.ok ? size.value : null, labelsVersion }, options),
    );
    if (volumetry === null) return null;
    const now = session.get().openCase;
    if (now?.labels === openCase.labels && now.labelsVersion === labelsVersion && now.plan === plan) {
      return { openCase, volumetry, clinical: assessedCase(openCase, volumetry, session.get().rules) };
    }
  }
}

/** Writes the report and offers it as a download. */
export async function writeReport(context: CommandContext): Promise<void> {
  const { session, compute, page } = context;
  const figures = await presentFigures(context, 'Write report');
  if (figures === null) return;
  const { openCase, volumetry, clinical } = figures;
  const bytes = await runTask(session, 'Write report', (options) =>
    compute.report(
      {
        entry: openCase.entry,
        plan: openCase.plan,
        volumetry,
        assessed: clinical,
        remarks: allRemarks(openCase, clinical.assessment, volumetry, clinical.rules),
        appVersion: session.get().about?.version ?? 'unknown',
        now: page.now(),
      },
      options,
    ),
  );
  if (bytes === null) return;
  const name = fileName(openCase, '-report.pdf');
  page.download(name, bytes, 'application/pdf');
  const { plan, labelsVersion } = openCase;
  session.update((state) => ({ ...state, reported: { plan, labelsVersion } }));
  tell(session, { code: 'written', message: `${name} was written.` }, 'info');
}

/** Copies the conclusion as plain text. */
export async function copyConclusion(context: CommandContext): Promise<void> {
  const { session, page } = context;
  const figures = await presentFigures(context, 'Copy conclusion');
  if (figures === null) return;
  const { openCase, volumetry, clinical } = figures;
  const { assessment, rules, growth } = clinical;
  const facts = {
    remnantName: null,
    parenchyma: openCase.plan.parenchyma,
    reviewedBy: openCase.plan.segmentation.reviewedBy,
    growth,
  };
  const copied = await page.copyText(conclusionText(facts, volumetry, assessment, rules));
  if (copied.ok) tell(session, { code: 'copied', message: 'The conclusion is on the clipboard.' }, 'info');
  else tell(session, copied.error, 'error');
}

/** Copies the figures as plain text, one a line; no name and no number of the patient goes with them. */
export async function copyFigures(context: CommandContext): Promise<void> {
  const { session, page } = context;
  const figures = await presentFigures(context, 'Copy figures');
  if (figures === null) return;
  const { openCase, volumetry, clinical } = figures;
  const { assessment } = clinical;
  const copied = await page.copyText(figuresText(volumetry, assessment, openCase.plan.segmentation.reviewedBy));
  if (copied.ok) tell(session, { code: 'copied', message: 'The figures are on the clipboard.' }, 'info');
  else tell(session, copied.error, 'error');
}
