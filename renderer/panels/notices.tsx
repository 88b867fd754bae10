import { CircleAlert, Info, X } from 'lucide-react';
import { useEffect } from 'react';
import { dismiss, noticeInSight } from '../commands/notices.ts';
import { perform } from '../commands/command.ts';
import { commandById } from '../commands/list.ts';
import type { Notice } from '../session.ts';
import { texts } from '../texts.ts';
import { unbroken } from '../unbroken-text.ts';
import { useAccess, useSession } from './access.tsx';

/**
 * What is to be said, in the status bar where it covers no picture: what went wrong stays until it is dismissed, what is only to be known
 * goes by itself. One sentence is in sight; all are told to screen readers, and kept among the messages.
 */
export function Notices() {
  const { context } = useAccess();
  const notices = useSession((state) => state.notices);
  const shown = noticeInSight(notices);
  return (
    <div className="app-notices">
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} isShown={notice === shown} />
      ))}
      {notices.length > 1 ? (
        <button
          type="button"
          className="app-notices-more"
          onClick={() => void perform(commandById('help.messages'), context)}
        >
          {texts.messages.more(notices.length - 1)}
        </button>
      ) : null}
    </div>
  );
}

/** Long enough to read two sentences; what must not be missed is an error, or stands under the remarks as well. */
const infoStaysMs = 12_000;

function NoticeLine({ notice, isShown }: { readonly notice: Notice; readonly isShown: boolean }) {
  const { session } = useAccess().context;
  const { id, tone } = notice;
  useEffect(() => {
    if (tone === 'error') return undefined;
    const timer = setTimeout(() => dismiss(session, id), infoStaysMs);
    return () => clearTimeout(timer);
  }, [session, id, tone]);
  const Icon = tone === 'error' ? CircleAlert : Info;
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className={isShown ? `app-notice app-${tone}` : 'app-notice unseen'}
      data-code={notice.code}
    >
      {isShown ? <Icon size={16} aria-hidden="true" /> : null}
      <p title={notice.message}>{unbroken(notice.message)}</p>
      {isShown ? (
        <button type="button" aria-label={texts.messages.dismiss} onClick={() => dismiss(session, id)}>
          <X size={15} aria-hidden="true" />
        </button>
      ) : null}
    </div>
  );
}
