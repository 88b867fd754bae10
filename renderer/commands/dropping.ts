import type { CommandContext } from './context.ts';
import { askAboutMask, isMaskFile } from './masks.ts';
import { tell } from './notices.ts';
import { openPlanBytes, openSource } from './opening.ts';
import type { PickedFiles } from './opening.ts';
import { save } from './saving.ts';
import { texts } from '../texts.ts';

/** Opens what was dropped: a mask or plan file on the open case, else a folder or loose DICOM files. */
export async function openDropped(context: CommandContext, files: PickedFiles): Promise<void> {
  const { session } = context;
  const [first] = files;
  if (first === undefined) {
    tell(session, { code: 'no_images', message: 'What was dropped holds no files.' }, 'error');
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
  if (files.length === 1 && /\.json$/i.test(first.name)) {
    await openPlanBytes(context, first.name, new Uint8Array(await first.file.arrayBuffer()));
    return;
  }
  // Saving says itself why it failed; then the plan stays on the screen.
  if (openCase !== null && openCase.saved !== 'saved' && !(await save(context))) return;
  const [folder] = first.name.split('/');
  const name = first.name.includes('/') && folder !== undefined ? folder : texts.dropped(files.length);
  await openSource(context, { kind: 'picked', files }, name);
}
