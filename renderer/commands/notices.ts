import type { Trouble } from '../../src/volume/index.ts';
import type { Session } from '../session.ts';

let lastId = 0;

/** Shows a sentence until the user dismisses it; the same sentence is not shown twice. */
export function tell(session: Session, trouble: Trouble, tone: 'error' | 'info'): void {
  lastId += 1;
  const notice = { ...trouble, id: lastId, tone };
  session.update((state) => ({
    ...state,
    notices: [...state.notices.filter((one) => one.message !== trouble.message), notice],
  }));
}

/** Takes a sentence away. */
export function dismiss(session: Session, id: number): void {
  session.update((state) => ({ ...state, notices: state.notices.filter((notice) => notice.id !== id) }));
}
