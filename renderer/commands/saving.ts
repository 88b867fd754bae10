import { assessedWith } from '../../src/plan/index.ts';
import type { Plan } from '../../src/plan/index.ts';
import type { CommandContext } from './context.ts';
import { isolated } from '../isolated-text.ts';
import type { OpenCase, SessionState } from '../session.ts';
import { tell } from './notices.ts';
import { runTask } from './tasks.ts';

/** How a stored plan is called in the list of recent plans: patient, series, day of the scan. */
export function planTitle(openCase: OpenCase): string {
  const { header } = openCase.entry;
  const parts = [header.patientName ?? header.patientId, header.description ?? header.modality, header.studyDate];
  const known = parts.filter((part): part is string => part !== null && part !== '');
  return known.map(isolated).join(' · ') || 'Unnamed plan';
}

/** A file name for what belongs to the open case. */
export function fileName(openCase: OpenCase, ending: string): string {
  const { header } = openCase.entry;
  const stem = [header.patientId ?? 'case', header.description ?? header.modality].join(' ').toLowerCase();
  return `remnant-${stem.match(/[a-z0-9]+/g)?.join('-') ?? 'case'}${ending}`;
}

let running: Promise<boolean> | null = null;

/** Stores the plan with the host, whole or not at all. True when what is stored is what is shown. */
export async function save(context: CommandContext): Promise<boolean> {
  while (running !== null) await running;
  const written = { plan: null as Plan | null };
  const planId = context.origin?.planId;
  // Over when the plan is stored: whoever waits must not find a promise that is kept and still in its way, or the page stands still.
  running = context.keeper
    .store((plan) => write(context, (written.plan = plan)))
    .finally(() => {
      running = null;
    });
  const stored = await running;
  if (stored && written.plan !== null && planId !== undefined) await keepThumbnail(context, written.plan, planId);
  return stored;
}

async function write(context: CommandContext, plan: Plan): Promise<boolean> {
  const { session, compute, host, origin } = context;
  const { openCase, rules } = session.get();
  if (openCase === null || origin === null) return false;
  const grant = origin.source.kind === 'host' ? origin.source.grant : null;
  let trouble = 'The plan could not be stored.';
  try {
    const made = await compute.savePlan({ plan: assessedWith(plan, rules) });
    const stored = made.ok
      ? await host.writePlan(origin.planId, made.value, { title: planTitle(openCase), grant })
      : made;
    if (stored.ok) return true;
    trouble = stored.error.message;
  } catch (bug) {
    console.error(bug);
  }
  tell(session, { code: 'not_saved', message: `${trouble} Save a copy to keep your work.` }, 'error');
  return false;
}

/** Stores a small picture with the plan for the start page. A plan without one is as good: nothing is said when it fails. */
async function keepThumbnail({ compute, host }: CommandContext, plan: Plan, planId: string): Promise<void> {
  try {
    const picture = await compute.planThumbnail({ plan });
    if (picture.ok) await host.writeThumbnail(planId, picture.value);
  } catch (bug) {
    console.warn(bug);
  }
}

/** Offers the plan file as a download. */
export async function saveCopy(context: CommandContext): Promise<void> {
  const { session, compute, page } = context;
  const { openCase, rules } = session.get();
  if (openCase === null) return;
  const plan = assessedWith(openCase.plan, rules);
  const bytes = await runTask(session, 'Write plan file', () => compute.savePlan({ plan }));
  if (bytes !== null) page.download(fileName(openCase, '.remnant-plan.json'), bytes, 'application/json');
}

/** How long after the last change the plan is stored by itself. */
const autosaveDelayMs = 3000;

/** Stores the plan a few seconds after each change, and tells the host whether closing would lose work. Returns the way to stop. */
export function keepSaved(context: CommandContext): () => void {
  const { session, host } = context;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = false;
  let last: SessionState = session.get();
  const stop = session.subscribe(() => {
    const before = last.openCase;
    const { openCase } = (last = session.get());
    const unsaved = openCase !== null && openCase.saved !== 'saved';
    if (unsaved !== told) {
      told = unsaved;
      void host.api.setUnsaved({ unsaved });
    }
    const changed =
      openCase !== null && (before?.plan !== openCase.plan || before.labelsVersion !== openCase.labelsVersion);
    if (openCase === null || openCase.saved === 'saved') clearTimeout(timer);
    else if (changed || (openCase.saved === 'unsaved' && before?.saved === 'saving')) {
      clearTimeout(timer);
      timer = setTimeout(() => void save(context), autosaveDelayMs);
    }
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
