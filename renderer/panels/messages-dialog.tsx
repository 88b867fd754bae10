import { CircleAlert, Info, X } from 'lucide-react';
import { dismiss } from '../commands/notices.ts';
import { texts } from '../texts.ts';
import { unbroken } from '../unbroken-text.ts';
import { useAccess, useSession } from './access.tsx';
import { DialogFrame } from './dialog-frame.tsx';

/** Every sentence since the start, newest first: nothing that was said is lost. */
export function MessagesDialog() {
  const { session } = useAccess().context;
  const messages = useSession((state) => state.messages);
  const notices = useSession((state) => state.notices);
  return (
    <DialogFrame title={texts.messages.title} isWide>
      {messages.length === 0 ? <p className="dialog-note">{texts.messages.none}</p> : null}
      <ul className="messages-list" tabIndex={messages.length === 0 ? undefined : 0} aria-label={texts.messages.title}>
        {messages.toReversed().map(({ id, tone, code, message, at }) => {
          const Icon = tone === 'error' ? CircleAlert : Info;
          return (
            <li key={id} className={`messages-${tone}`} data-code={code}>
              <Icon size={16} role="img" aria-label={texts.messages.tones[tone]} />
              <time dateTime={at}>{new Date(at).toLocaleTimeString(undefined, { timeStyle: 'short' })}</time>
              <p>{unbroken(message)}</p>
              {notices.some((notice) => notice.id === id) ? (
                <button
                  type="button"
                  className="control-button control-icon"
                  aria-label={`${texts.messages.dismiss}: ${message}`}
                  onClick={() => dismiss(session, id)}
                >
                  <X size={15} aria-hidden="true" />
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </DialogFrame>
  );
}
