import { createContext, use, useSyncExternalStore } from 'react';
import type { CommandContext } from '../commands/context.ts';
import type { SessionState, FrameName } from '../session.ts';

/** What the panels are given by the composition root. */
export interface Access {
  readonly context: CommandContext;
  /** Draws a view into an element until the returned function is called. */
  readonly attach: (view: FrameName, element: HTMLDivElement) => () => void;
}

const AccessContext = createContext<Access | null>(null);

/** Gives the panels below it their access. */
export const AccessProvider = AccessContext.Provider;

/** The access given by the composition root; throws outside of it. */
export function useAccess(): Access {
  const access = use(AccessContext);
  if (access === null) throw new Error('Panels stand inside AccessProvider');
  return access;
}

/** The part of the state that `pick` names, drawn anew when it changes. `pick` must not make new objects. */
export function useSession<Part>(pick: (state: SessionState) => Part): Part {
  const { session } = useAccess().context;
  return useSyncExternalStore(session.subscribe, () => pick(session.get()));
}
