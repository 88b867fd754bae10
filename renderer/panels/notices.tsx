import { CircleAlert, Info, X } from 'lucide-react';
import { dismiss } from '../commands/notices.ts';
import { useAccess, useSession } from './access.tsx';

/** Sentences of what went wrong or is to be known; each stays until dismissed. */
export function Notices() {
  const { session } = useAccess().context;
  const notices = useSession((state) => state.notices);
  return (
    <div className="app-notices">
      {notices.slice(-4).map((notice) => {
        const Icon = notice.tone === 'error' ? CircleAlert : Info;
        return (
          <div
            key={notice.id}
            role={notice.tone === 'error' ? 'alert' : 'status'}
            className={`app-notice app-${notice.tone}`}
            data-code={notice.code}
          >
            <Icon size={18} aria-hidden="true" />
            <p>{notice.message}</p>
            <button type="button" aria-label="Dismiss" onClick={() => dismiss(session, notice.id)}>
              <X size={16} aria-hidden="true" />
            </button>
          </div>
        );
      })}
    </div>
  );
}
