import type { CallOptions, FolderSource, Grant, LoadedSeries, RecentPlan } from '../../src/boundary/index.ts';
import { changeCuts, createPlan, scanFactsOf } from '../../src/plan/index.ts';
import type { Plan } from '../../src/plan/index.ts';
import type { SeriesEntry } from '../../src/dicom/index.ts';
import { liverLabel } from '../../src/liver/index.ts';
import { gridCentre } from '../../src/geometry/index.ts';
import type { WorldPoint } from '../../src/geometry/index.ts';
import type { Volume } from '../../src/volume/index.ts';
import { defaultWindow } from '../linked-scroll.ts';
import { isolated } from '../isolated-text.ts';
import { initialView } from '../session.ts';
import type { ViewState } from '../session.ts';
import { texts } from '../texts.ts';
import type { CommandContext } from './context.ts';
import { dismiss, tell } from './notices.ts';
import { sayOtherRules } from './rule-commands.ts';
import { save } from './saving.ts';
import { runTask } from './tasks.ts';

/** Files with their path below the folder, as picked or dropped. */
export type PickedFiles = readonly { readonly name: string; readonly file: File }[];

/** What was dropped or picked, and how much of it can not be read. */
export interface Picked {
  readonly files: PickedFiles;
  readonly skipped: number;
}

/** Begins an opening, which takes the place of any that still runs; tells whether it is still the one asked for last. */
function beginOpening(context: CommandContext): () => boolean {
  const own = {};
  context.opening = own;
  return () => context.opening === own;
}

/** Reads the headers of a folder and lists its series; a single usable series is opened at once. */
export async function openSource(
  context: CommandContext,
  source: FolderSource<File>,
  folderName: string,
): Promise<boolean> {
  const { session, compute } = context;
  const isWanted = beginOpening(context);
  clearErrors(context);
  const scan = (options: CallOptions) => compute.scan({ source }, options);
  const found = await runTask(session, `Read ${folderName}`, scan, isWanted);
  if (found === null || !isWanted()) return false;
  if (found.entries.length === 0) {
    tell(
      session,
      {
        code: 'no_images',
        message: texts.noImages(
          folderName,
          source.kind === 'picked' && source.files.length === 1 ? 0 : found.skipped,
          found.advice,
        ),
      },
      'error',
    );
    return false;
  }
  // The case could be worked on while the folder was read. Saving says itself why it failed; then the plan stays on the screen.
  const { openCase } = session.get();
  if (openCase !== null && openCase.saved !== 'saved' && !(await save(context))) return false;
  if (!isWanted()) return false;
  context.keeper.close();
  context.origin = { source, folderName, planId: context.page.newId() };
  session.update((state) => ({ ...state, screen: 'series', dialog: null, choice: { folderName, ...found } }));
  const usable = found.entries.filter((entry) => entry.status === 'volume');
  const only = found.entries.length === 1 ? usable[0] : undefined;
  if (only !== undefined) await openSeries(context, only);
  return true;
}

/** Opens a folder that the host granted. */
export function openGrant(context: CommandContext, grant: Grant): Promise<boolean> {
  return openSource(context, { kind: 'host', grant: grant.grant }, grant.name);
}

/** Loads a series with an empty plan, or with the stored one that is given or waited for it, and shows the workspace. */
export async function openSeries(
  context: CommandContext,
  entry: SeriesEntry,
  given: { readonly id: string; readonly bytes: Uint8Array } | null = null,
): Promise<boolean> {
  const { session, compute, keeper, page } = context;
  const { origin, waitingPlan } = context;
  if (origin === null) return false;
  const isWanted = beginOpening(context);
  const isAwaited = waitingPlan?.seriesInstanceUid === entry.header.seriesInstanceUid;
  const stored = given ?? (isAwaited ? waitingPlan : null);
  const title = `Load ${isolated(entry.header.description ?? entry.header.modality)}`;
  const loaded = await runTask(
    session,
    title,
    (options) =>
      compute.load(
        { source: origin.source, volumeId: entry.volumeId, resampleUneven: entry.resampling !== 'none' },
        options,
      ),
    isWanted,
  );
  if (loaded === null || !isWanted()) return false;
  let middle: WorldPoint | null = null;
  if (stored === null) {
    const plan = createPlan({
      seriesInstanceUid: entry.header.seriesInstanceUid,
      volumeId: entry.volumeId,
      fingerprint: loaded.fingerprint,
      description: entry.header.description,
      scan: scanFactsOf(entry.header),
    });
    context.origin = { ...origin, planId: page.newId() };
    keeper.start(loaded, plan, true);
  } else {
    const opened = await runTask(session, 'Open plan', (options) => compute.openPlan({ bytes: stored.bytes }, options));
    if (opened === null || !isWanted()) return false;
    if (opened.plan === null || opened.values === null) throw new Error('The store holds whole plans only');
    loaded.labels.values.set(opened.values);
    middle = opened.middle;
    context.origin = { ...origin, planId: stored.id };
    const plan = onSeries(opened.plan, loaded);
    keeper.start(loaded, plan, plan === opened.plan);
    context.waitingPlan = null;
    sayOtherRules(context);
  }
  session.update((state) => ({
    ...state,
    screen: 'workspace',
    dialog: null,
    view: {
      ...initialView,
      ...viewOf(loaded.volume),
      crosshair: middle ?? gridCentre(loaded.volume.grid),
      activeLabel: liverLabel,
    },
  }));
  return true;
}

/** Window and threshold to begin with: those of a liver in CT; in MR, whose signal has no scale, what the values themselves suggest. */
function viewOf(volume: Volume): Pick<ViewState, 'window' | 'thresholdRange'> {
  const window = defaultWindow(volume);
  if (volume.unit === 'HU') return { window, thresholdRange: initialView.thresholdRange };
  const quarter = Math.round(window.width / 4);
  return { window, thresholdRange: [window.centre - quarter, window.centre + quarter] };
}

/** A plan of before may not say whose scan it is, or know its images by a digest of another kind; once opened on it, it does, and is stored so. */
function onSeries(plan: Plan, { entry, fingerprint }: Pick<LoadedSeries, 'entry' | 'fingerprint'>): Plan {
  const { scan = scanFactsOf(entry.header) } = plan.series;
  const isKnown = plan.series.scan !== undefined && plan.series.fingerprint === fingerprint;
  return isKnown ? plan : { ...plan, series: { ...plan.series, scan, fingerprint } };
}

/** Opens a plan of the host's store on the folder it was made on. */
export async function openRecent(context: CommandContext, recent: RecentPlan): Promise<void> {
  const { session, compute, host } = context;
  const isWanted = beginOpening(context);
  clearErrors(context);
  const bytes = await runTask(session, `Open ${recent.title}`, () => host.readPlan(recent.id));
  if (bytes === null) return;
  const series = await runTask(session, `Open ${recent.title}`, () => compute.planSeries({ bytes: bytes.slice() }));
  if (series === null) return;
  if (recent.folder === null) {
    context.waitingPlan = { id: recent.id, bytes, seriesInstanceUid: series.seriesInstanceUid };
    const message = `The folder ${recent.folderName === null ? '' : `“${recent.folderName}” `}of “${recent.title}” is not there any more. Open the folder with its images, or drop it here: the plan opens on them.`;
    tell(session, { code: 'folder_gone', message }, 'error');
    return;
  }
  const source: FolderSource<File> = { kind: 'host', grant: recent.folder.grant };
  const { folder } = recent;
  const scan = (options: CallOptions) => compute.scan({ source }, options);
  const found = await runTask(session, `Read ${folder.name}`, scan, isWanted);
  if (found === null || !isWanted()) return;
  const own = found.entries.filter((one) => one.header.seriesInstanceUid === series.seriesInstanceUid);
  const entry = own.find((one) => one.volumeId === series.volumeId) ?? own[0];
  if (entry === undefined) {
    tell(
      session,
      {
        code: 'plan_of_another_series',
        message: `${folder.name} no longer holds the series of “${recent.title}” (${series.description ?? series.seriesInstanceUid}).`,
      },
      'error',
    );
    return;
  }
  context.keeper.close();
  context.origin = { source, folderName: folder.name, planId: recent.id };
  session.update((state) => ({ ...state, screen: 'series', choice: { folderName: folder.name, ...found } }));
  await openSeries(context, entry, { id: recent.id, bytes });
}

/** Opens a plan file on the open series, or says on which it belongs. */
export async function openPlanBytes(context: CommandContext, name: string, bytes: Uint8Array): Promise<void> {
  const { session, compute, keeper, page } = context;
  const openCase = session.get().openCase;
  if (openCase === null) {
    const found = await compute.planSeries({ bytes });
    if (!found.ok) {
      tell(session, found.error, 'error');
      return;
    }
    const what = found.value === null ? 'a series' : `“${found.value.description ?? found.value.seriesInstanceUid}”`;
    const message = `${name} plans on ${what}. Open the folder with that series, then the plan file.`;
    tell(session, { code: 'series_needed', message }, 'info');
    return;
  }
  const opened = await runTask(session, `Open ${name}`, (options) => compute.openPlan({ bytes }, options));
  if (opened === null) return;
  if (opened.plan === null || opened.values === null) {
    keeper.edit((plan) => changeCuts(plan, opened.cuts, `Open ${name}`));
    return;
  }
  // The plan on the screen makes room: it goes into the store first, under its own name.
  if (openCase.saved !== 'saved' && !(await save(context))) return;
  if (session.get().openCase?.labels !== openCase.labels) return;
  openCase.labels.values.set(opened.values);
  if (context.origin !== null) context.origin = { ...context.origin, planId: page.newId() };
  keeper.start(openCase, onSeries(opened.plan, openCase), false);
  if (opened.middle !== null) session.look({ crosshair: opened.middle });
  tell(session, { code: 'plan_opened', message: `${name} is open.` }, 'info');
  sayOtherRules(context);
}

/** Deletes a plan of the host's store and reads the list anew. */
export async function forgetPlan(context: CommandContext, recent: RecentPlan): Promise<void> {
  const forgotten = await context.host.api.forgetPlan({ id: recent.id });
  if (!forgotten.ok) tell(context.session, forgotten.error, 'error');
  await refreshRecent(context);
}

/** Reads the start page's list anew. */
export async function refreshRecent(context: CommandContext): Promise<void> {
  const outcome = await context.host.api.recentPlans({});
  if (outcome.ok) context.session.update((state) => ({ ...state, recent: outcome.value }));
}

function clearErrors(context: CommandContext): void {
  for (const notice of context.session.get().notices) dismiss(context.session, notice.id);
}
