import type { SegmentationRequest } from '../../src/segmentation/index.ts';
import { changeVoxels, lockedIn, lockedStructures } from '../../src/plan/index.ts';
import { texts } from '../texts.ts';
import type { CommandContext } from './context.ts';
import { tell } from './notices.ts';
import { runTask } from './tasks.ts';

/** Strokes come faster than the worker answers: each waits for the one before, because a patch holds what it found. */
let lastStroke: Promise<unknown> = Promise.resolve();

/** Asks the worker for a change of labels and records it as one edit called `label`. True when something changed. */
export function segment(context: CommandContext, request: SegmentationRequest, label: string): Promise<boolean> {
  const mine = lastStroke.then(() => segmentNow(context, request, label));
  lastStroke = mine;
  return mine;
}

async function segmentNow(context: CommandContext, request: SegmentationRequest, label: string): Promise<boolean> {
  const { session, compute, keeper } = context;
  const openCase = session.get().openCase;
  if (openCase === null) return false;
  const { labels, labelsVersion } = openCase;
  const patch = await runTask(session, label, (options) => compute.segment(request, options));
  if (patch === null) return false;
  const now = session.get().openCase;
  // Undo, or another series, while the worker was at it: the patch no longer fits what is there.
  if (now?.labels !== labels || now.labelsVersion !== labelsVersion) {
    tell(
      session,
      { code: 'overtaken', message: `“${label}” was dropped because the labels changed meanwhile.` },
      'info',
    );
    return false;
  }
  const spared = lockedIn(now.plan, patch);
  for (const { name } of spared) {
    tell(session, { code: 'structure_locked', message: texts.structures.locked(name) }, 'info');
  }
  if (patch.starts.length === 0) {
    const isLocked = lockedStructures(now.plan).length > 0;
    const message = `“${label}” changed nothing.${isLocked ? ` ${texts.structures.someLocked}` : ''}`;
    tell(session, { code: 'no_change', message }, 'info');
    return false;
  }
  keeper.edit((plan) => changeVoxels(plan, patch, label));
  return true;
}
