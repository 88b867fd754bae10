import { CircleAlert, Info, X } from 'lucide-react';
import { useEffect } from 'react';
import { dismiss } from '../commands/notices.ts';
import type { SessionState } from '../session.ts';
import { useAccess, useSession } from './access.tsx';

/** Sentences of what went wrong, which stay until dismissed, and of what is to be known, which go by themselves. */
export function Notices() {
  const notices = useSession((state) => state.notices);
  return (
    <div className="app-notices">
      {notices.slice(-4).map((notice) => (
        <NoticeBox key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

/** Long enough to read two sentences; what must not be missed is an error, or stands under the remarks as well. */
const infoStaysMs = 12_000;

function NoticeBox({ notice }: { readonly notice: SessionState['notices'][number] }) {
  const { session } = useAccess().context;
  const { id, tone } = notice;
  useEffect(() => {
    if (tone === 'error') return undefined;
    const timer = setTimeout(() => dismiss(session, id), infoStaysMs);
    return () => clearTimeout(timer);
  }, [session, id, tone]);
  const Icon = tone === 'error' ? CircleAlert : Info;
  return (
    <div role={tone === 'error' ? 'alert' : 'status'} className={`app-notice app-${tone}`} data-code={notice.code}>
      <Icon size={18} aria-hidden="true" />
      <p>{notice.message}</p>
      <button type="button" aria-label="Dismiss" onClick={() => dismiss(session, id)}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
