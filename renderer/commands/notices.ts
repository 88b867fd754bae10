import type { Trouble } from '../../src/volume/index.ts';
import type { Notice, Session } from '../session.ts';

let lastId = 0;

/** How many sentences are kept to be read again. */
const mostMessages = 200;

/** Shows a sentence until the user dismisses it, and keeps it to be read again; the same sentence is not shown twice. */
export function tell(session: Session, trouble: Trouble, tone: Notice['tone']): void {
  lastId += 1;
  const notice: Notice = { ...trouble, id: lastId, tone, at: new Date().toISOString() };
  session.update((state) => ({
    ...state,
    notices: [...state.notices.filter((one) => one.message !== trouble.message), notice],
    messages: [...state.messages.filter((one) => one.message !== trouble.message), notice].slice(-mostMessages),
  }));
}

/** Takes a sentence away from the status bar; it can still be read among the messages. */
export function dismiss(session: Session, id: number): void {
  session.update((state) => ({ ...state, notices: state.notices.filter((notice) => notice.id !== id) }));
}

/** The sentence that the status bar shows: the newest error, else the newest of all; null without any. */
export function noticeInSight(notices: readonly Notice[]): Notice | null {
  return notices.findLast(({ tone }) => tone === 'error') ?? notices.at(-1) ?? null;
}
