import type { CancelSignal } from '../../src/boundary/index.ts';
import { failure, success } from '../../src/volume/index.ts';
import type { CommandContext } from './context.ts';
import { askAboutMask, isMaskFile } from './masks.ts';
import { tell } from './notices.ts';
import { openPlanBytes, openSource } from './opening.ts';
import type { Picked, PickedFiles } from './opening.ts';
import { save } from './saving.ts';
import { runTask } from './tasks.ts';
import { texts } from '../texts.ts';

/** Finds the files of a drop, which for a folder of thousands takes a while: says how many it has, and can be ended. */
export type DropWalk = (walk: {
  readonly found: (files: number) => void;
  readonly signal: CancelSignal;
}) => Promise<Picked>;

/** Finds the files of a drop with progress and cancel, and opens them. */
export async function openDrop(context: CommandContext, walk: DropWalk): Promise<void> {
  const picked = await runTask(context.session, texts.drop.looking, async ({ signal, onProgress }) => {
    const found = (files: number): void => {
      if (files % 64 === 1) onProgress?.({ fraction: 0, doing: texts.drop.found(files) });
    };
    const files = await walk({ found, signal: signal! });
    return signal!.cancelled ? failure('cancelled', 'Cancelled.') : success(files);
  });
  if (picked !== null) await openDropped(context, picked);
}

/** Opens what was dropped: a mask or plan file on the open case, else a folder or loose DICOM files. */
export async function openDropped(context: CommandContext, { files, skipped }: Picked): Promise<void> {
  const { session } = context;
  const [first] = files;
  if (first === undefined) {
    tell(session, { code: 'no_images', message: texts.drop.nothing(skipped) }, 'error');
    return;
  }
  const openCase = session.get().openCase;
  if (files.length === 1 && isMaskFile(first.name)) {
    if (openCase !== null) await askAboutMask(context, first.file, null);
    else {
      const message = `${first.name} is a mask. Open the folder of its images first, then drop it again.`;
      tell(session, { code: 'series_needed', message }, 'info');
    }
    return;
  }
  if (files.length === 1 && isPlanFile(first.name)) {
    await openPlanBytes(context, first.name, new Uint8Array(await first.file.arrayBuffer()));
    return;
  }
  // Saving says itself why it failed; then the plan stays on the screen.
  if (openCase !== null && openCase.saved !== 'saved' && !(await save(context))) return;
  if (!(await openSource(context, { kind: 'picked', files, skipped }, nameOf(files)))) return;
  const left = files.filter(({ name }) => !name.includes('/') && (isMaskFile(name) || isPlanFile(name)));
  if (left.length === 0) return;
  const names = left.map(({ name }) => name);
  tell(session, { code: 'one_by_one', message: texts.drop.oneByOne(names) }, 'info');
}

function isPlanFile(name: string): boolean {
  return /\.json$/i.test(name);
}

/** What a drop is called: by its folder or folders, its only file, or as so many files. */
function nameOf(files: PickedFiles): string {
  const [first = '', ...more] = new Set(files.map(({ name }) => name.split('/')[0]!));
  if (more.length === 0) return first;
  const areFolders = files.every(({ name }) => name.includes('/'));
  return areFolders ? texts.severalFolders([first, ...more]) : texts.severalFiles(files.length);
}
