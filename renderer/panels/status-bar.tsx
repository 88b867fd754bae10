import { CircleDot, CircleCheck, LoaderCircle, X } from 'lucide-react';
import { safetyWording } from '../../src/assessment/index.ts';
import { texts } from '../texts.ts';
import { useSession } from './access.tsx';
import { CommandButton } from './command-button.tsx';
import { Notices } from './notices.tsx';

const savedIcons = { saved: CircleCheck, unsaved: CircleDot, saving: LoaderCircle } as const;

/** Running work with its progress and cancel, what is to be said, the state of saving, the safety wording; and the hints of all buttons. */
export function StatusBar() {
  const tasks = useSession((state) => state.tasks);
  const saved = useSession((state) => state.openCase?.saved ?? null);
  const screen = useSession((state) => state.screen);
  const hasMessages = useSession((state) => state.messages.length > 0);
  const SavedIcon = saved === null ? null : savedIcons[saved];
  return (
    <footer className="app-status-bar">
      <div className="app-tasks" role="status">
        {tasks.map((task) => (
          <div key={task.id} className="app-task">
            <span>{task.doing}</span>
            <progress aria-label={task.title} {...(task.fraction > 0 ? { value: task.fraction, max: 1 } : {})} />
            {task.cancel === null ? null : (
              <button type="button" aria-label={`Cancel: ${task.title}`} onClick={task.cancel}>
                <X size={14} aria-hidden="true" />
              </button>
            )}
          </div>
        ))}
      </div>
      <Notices />
      {screen === 'start' ? null : (
        <p className="app-safety" title={safetyWording}>
          {texts.safetyShort}
        </p>
      )}
      {hasMessages ? <CommandButton id="help.messages" /> : null}
      {saved === null || SavedIcon === null ? null : (
        <div className="app-saved" data-saved={saved}>
          <SavedIcon size={14} aria-hidden="true" />
          {texts.saved[saved]}
        </div>
      )}
      <div className="app-tooltips" />
    </footer>
  );
}
