import type { FolderListing } from '../../src/boundary/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import type { CommandContext } from './context.ts';
import { tell } from './notices.ts';
import { openGrant } from './opening.ts';

/** The folders below `path` in the host's roots. */
export function listFolder({ host }: CommandContext, path: readonly string[]): Promise<Outcome<FolderListing>> {
  return host.api.listFolder({ path });
}

/** Closes the folder browser and opens what was chosen in it. */
export async function openListed(context: CommandContext, path: readonly string[]): Promise<void> {
  const granted = await context.host.api.grantFolder({ path });
  context.session.update((state) => ({ ...state, dialog: null }));
  if (granted.ok) await openGrant(context, granted.value);
  else tell(context.session, granted.error, 'error');
}
