import { useState } from 'react';
import { markReviewed } from '../commands/plan-inputs.ts';
import { texts } from '../texts.ts';
import { useAccess } from './access.tsx';
import { DialogFrame, useCloseDialog } from './dialog-frame.tsx';

/** Asks who reviewed the masks. */
export function ReviewDialog() {
  const { context } = useAccess();
  const close = useCloseDialog();
  const [name, setName] = useState('');
  return (
    <DialogFrame title={texts.review.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          markReviewed(context, name);
        }}
      >
        <p>{texts.review.what}</p>
        <label className="field">
          <span>{texts.review.name}</span>
          <input autoFocus value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
        </label>
        <footer className="dialog-foot">
          <button type="button" className="control-button control-text" onClick={close}>
            Cancel
          </button>
          <button
            type="submit"
            className="control-button control-primary"
            disabled={name.trim() === ''}
            title={name.trim() === '' ? texts.why.reviewer : undefined}
          >
            {texts.review.confirm}
          </button>
        </footer>
      </form>
    </DialogFrame>
  );
}
