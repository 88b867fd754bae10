import { FileDown, FolderClosed } from 'lucide-react';
import { safetyWording } from '../../src/assessment/index.ts';
import { openRecent } from '../commands/opening.ts';
import { useAccess, useSession } from './access.tsx';
import { CommandButton } from './command-button.tsx';
import { texts } from '../texts.ts';

/** The start page: open something, or go on with a plan. */
export function StartPage() {
  const version = useSession((state) => state.about?.version ?? '');
  return (
    <main className="start-page">
      <section className="start-intro">
        <h1>{texts.claim}</h1>
        <p>{texts.whatItIs}</p>
        <div className="start-actions">
          <CommandButton id="file.openFolder" look="primary" />
          <CommandButton id="file.openSample" look="text" />
          <CommandButton id="file.openPlan" look="text" />
        </div>
        <div className="start-drop-zone">
          <FileDown aria-hidden="true" size={28} strokeWidth={1.25} />
          <span>{texts.dropHere}</span>
          <small>{texts.dropHint}</small>
        </div>
      </section>
      <RecentPlans />
      <footer className="start-safety">
        <p>{safetyWording}</p>
        <p>
          {texts.name} {version}
        </p>
      </footer>
    </main>
  );
}

function RecentPlans() {
  const { context } = useAccess();
  const recent = useSession((state) => state.recent);
  return (
    <section className="start-recent" aria-labelledby="recent-title">
      <h2 id="recent-title">Recent plans</h2>
      {recent.length === 0 ? <p className="start-empty">{texts.noRecent}</p> : null}
      <ul>
        {recent.map((plan) => (
          <li key={plan.id}>
            <button type="button" onClick={() => void openRecent(context, plan)}>
              <FolderClosed aria-hidden="true" size={18} strokeWidth={1.5} />
              <span className="start-recent-text">
                <span>{plan.title}</span>
                <small>
                  {new Date(plan.savedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
                  {plan.folder === null ? ` · ${texts.folderGone}` : ` · ${plan.folder.name}`}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
