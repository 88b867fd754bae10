import { FileDown, FolderClosed, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { safetyWording } from '../../src/assessment/index.ts';
import { dataPaths } from '../../src/boundary/index.ts';
import type { RecentPlan } from '../../src/boundary/index.ts';
import { forgetPlan, openRecent } from '../commands/opening.ts';
import { useAccess, useSession } from './access.tsx';
import { CommandButton } from './command-button.tsx';
import { texts } from '../texts.ts';
import { printedMoment } from './format.ts';

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
          <CommandButton id="file.openFiles" look="text" short="Open files" />
          <CommandButton id="file.openPlan" look="text" />
        </div>
        <div className="start-actions start-try">
          <p>{texts.tryIt}</p>
          <CommandButton id="file.openSamplePlan" look="text" short="Sample case" />
          <CommandButton id="file.openSample" look="text" short="Sample images alone" />
          <CommandButton id="help.tour" look="text" short="Guided tour" />
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
  const recent = useSession((state) => state.recent);
  return (
    <section className="start-recent" aria-labelledby="recent-title">
      <h2 id="recent-title">Recent plans</h2>
      {recent.length === 0 ? <p className="start-empty">{texts.noRecent}</p> : null}
      <ul>
        {recent.map((plan) => (
          <Recent key={plan.id} plan={plan} />
        ))}
      </ul>
    </section>
  );
}

function Recent({ plan }: { readonly plan: RecentPlan }) {
  const { context } = useAccess();
  const [asks, setAsks] = useState(false);
  if (asks) {
    return (
      <li className="start-forget">
        <p>{texts.forget.question(plan.title)}</p>
        <button type="button" className="control-button control-text" autoFocus onClick={() => setAsks(false)}>
          {texts.forget.keep}
        </button>
        <button type="button" className="control-button control-danger" onClick={() => void forgetPlan(context, plan)}>
          {texts.forget.delete}
        </button>
      </li>
    );
  }
  return (
    <li>
      <button type="button" className="start-open" onClick={() => void openRecent(context, plan)}>
        {plan.hasThumbnail ? (
          <img
            className="start-picture"
            src={`${dataPaths.thumbnail(plan.id)}?${encodeURIComponent(plan.savedAt)}`}
            alt=""
            width={96}
            height={72}
          />
        ) : (
          <span className="start-picture">
            <FolderClosed aria-hidden="true" size={22} strokeWidth={1.5} />
          </span>
        )}
        <span className="start-recent-text">
          <span>
            <span className="unseen">Open </span>
            {plan.title}
          </span>
          <small>
            {printedMoment(plan.savedAt)}
            {plan.folder === null ? null : ` · ${plan.folder.name}`}
          </small>
          {plan.folder === null ? <small className="start-gone">{texts.folderGone(plan.folderName)}</small> : null}
        </span>
      </button>
      <button
        type="button"
        className="control-button start-bin"
        aria-label={texts.forget.ask(plan.title)}
        title={texts.forget.hint}
        onClick={() => setAsks(true)}
      >
        <Trash2 aria-hidden="true" size={16} strokeWidth={1.75} />
      </button>
    </li>
  );
}
