import { isCited } from '../../src/assessment/index.ts';
import type { CommandContext } from './context.ts';
import { tell } from './notices.ts';

/** Whether an address can be opened from here: what our rules cite, and nothing else. */
export function canOpen(address: string | null): address is string {
  return address !== null && isCited(address);
}

/**
 * Asks the host to open a cited address in the user's own browser. False where the page is in a browser already: there the link itself
 * opens it.
 */
export function openCitation({ session, host }: CommandContext, address: string): boolean {
  if (session.get().about?.host !== 'electron') return false;
  void host.api.openAddress({ address }).then((opened) => {
    if (!opened.ok) tell(session, opened.error, 'error');
  });
  return true;
}
