import { conclusionText } from '../../src/assessment/index.ts';
import type { Assessment } from '../../src/assessment/index.ts';
import type { Remark } from '../../src/volume/index.ts';
import type { OpenCase, SessionState } from '../session.ts';
import type { CommandContext } from './context.ts';
import { tell } from './notices.ts';
import { fileName } from './saving.ts';
import { runTask } from './tasks.ts';

/** Remarks of loading, masks and the assessment together, each sentence once. */
export function allRemarks(openCase: OpenCase, assessment: Assessment | null): readonly Remark[] {
  const all = [...openCase.entry.remarks, ...openCase.plan.remarks, ...(assessment?.remarks ?? [])];
  return all.filter((remark, place) => all.findIndex((other) => other.message === remark.message) === place);
}

/** Enabled once there are figures that belong to what is shown. */
export function withFigures(state: SessionState): true | string {
  if (state.openCase === null) return 'Open a series first.';
  if (state.derived.volumetry === null || state.derived.volumetry.totalMl === 0) return 'There is no liver mask yet.';
  return true;
}

/** Writes the report and offers it as a download. */
export async function writeReport(context: CommandContext): Promise<void> {
  const { session, compute, page } = context;
  const state = session.get();
  const { openCase, derived, about } = state;
  if (openCase === null || derived.volumetry === null || derived.assessment === null) return;
  const { volumetry, assessment } = derived;
  const bytes = await runTask(session, 'Write report', (options) =>
    compute.report(
      {
        entry: openCase.entry,
        plan: openCase.plan,
        volumetry,
        assessment,
        remarks: allRemarks(openCase, assessment),
        appVersion: about?.version ?? 'unknown',
        now: page.now(),
      },
      options,
    ),
  );
  if (bytes !== null) page.download(fileName(openCase, '-report.pdf'), bytes, 'application/pdf');
}

/** Copies the conclusion as plain text. */
export async function copyConclusion(context: CommandContext): Promise<void> {
  const { session, page } = context;
  const { derived, openCase } = session.get();
  if (openCase === null || derived.volumetry === null || derived.assessment === null) return;
  const facts = {
    remnantName: null,
    parenchyma: openCase.plan.parenchyma,
    reviewedBy: openCase.plan.segmentation.reviewedBy,
  };
  const copied = await page.copyText(conclusionText(facts, derived.volumetry, derived.assessment));
  if (copied.ok) tell(session, { code: 'copied', message: 'The conclusion is on the clipboard.' }, 'info');
  else tell(session, copied.error, 'error');
}
