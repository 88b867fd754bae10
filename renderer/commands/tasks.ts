import { createCancel } from '../../src/boundary/index.ts';
import type { CallOptions } from '../../src/boundary/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import type { RunningTask, Session, SessionState } from '../session.ts';
import { tell } from './notices.ts';

let lastId = 0;

function setTask(session: Session, id: number, change: Partial<RunningTask>): void {
  session.update((state) => ({
    ...state,
    tasks: state.tasks.map((task) => (task.id === id ? { ...task, ...change } : task)),
  }));
}

/**
 * Runs long work with its title, progress and cancel in the status bar. Gives its value, or null after saying why there is none
 * (a cancelled task says nothing). It is cancelled by itself as soon as the state says that it is not wanted any more.
 */
export async function runTask<Value>(
  session: Session,
  title: string,
  work: (options: CallOptions) => Promise<Outcome<Value>>,
  isWanted: (state: SessionState) => boolean = () => true,
): Promise<Value | null> {
  lastId += 1;
  const id = lastId;
  const source = createCancel();
  const stopWatching = session.subscribe(() => {
    if (!isWanted(session.get())) source.cancel();
  });
  session.update((state) => ({
    ...state,
    tasks: [...state.tasks, { id, title, fraction: 0, doing: title, cancel: source.cancel }],
  }));
  try {
    const outcome = await work({
      signal: source.signal,
      onProgress: (progress) => setTask(session, id, progress),
    });
    if (outcome.ok) return outcome.value;
    if (outcome.error.code !== 'cancelled') tell(session, outcome.error, 'error');
    return null;
  } catch (bug) {
    console.error(bug);
    const message = bug instanceof Error ? bug.message : String(bug);
    tell(session, { code: 'unexpected', message: `${title} stopped for an unexpected reason: ${message}` }, 'error');
    return null;
  } finally {
    stopWatching();
    session.update((state) => ({ ...state, tasks: state.tasks.filter((task) => task.id !== id) }));
  }
}
