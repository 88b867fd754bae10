import { CornerLeftUp, FolderClosed } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { FolderListing } from '../../src/boundary/index.ts';
import { listFolder, openListed } from '../commands/folders.ts';
import { texts } from '../texts.ts';
import { useAccess } from './access.tsx';
import { DialogFrame, useCloseDialog } from './dialog-frame.tsx';

/** Chooses a folder among those the host may read, where there is no native dialog. */
export function FolderBrowser() {
  const { context } = useAccess();
  const close = useCloseDialog();
  const [path, setPath] = useState<readonly string[]>([]);
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let isStale = false;
    void listFolder(context, path).then((outcome) => {
      if (isStale) return;
      setListing(outcome.ok ? outcome.value : null);
      setTrouble(outcome.ok ? null : outcome.error.message);
    });
    return () => {
      isStale = true;
    };
  }, [context, path]);
  const canOpen = path.length > 0 && listing !== null;
  return (
    <DialogFrame title={texts.folders.title}>
      <nav className="folders-path" aria-label="Folder">
        <button type="button" onClick={() => setPath([])}>
          {texts.folders.roots}
        </button>
        {path.map((name, depth) => (
          <button
            key={path.slice(0, depth + 1).join('/')}
            type="button"
            onClick={() => setPath(path.slice(0, depth + 1))}
          >
            {name}
          </button>
        ))}
      </nav>
      <ul className="folders-list" aria-label="Folders">
        {path.length === 0 ? null : (
          <li>
            <button type="button" onClick={() => setPath(path.slice(0, -1))}>
              <CornerLeftUp size={16} aria-hidden="true" /> {texts.folders.up}
            </button>
          </li>
        )}
        {listing?.folders.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => setPath([...path, name])}>
              <FolderClosed size={16} aria-hidden="true" /> {name}
            </button>
          </li>
        ))}
      </ul>
      {trouble === null ? null : (
        <p className="dialog-trouble" role="alert">
          {trouble}
        </p>
      )}
      <footer className="dialog-foot">
        <span className="dialog-note">
          {listing === null || path.length === 0 ? '' : texts.folders.files(listing.files)}
        </span>
        <button type="button" className="control-button control-text" onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          className="control-button control-primary"
          disabled={!canOpen}
          title={canOpen ? undefined : texts.why.folder}
          onClick={() => void openListed(context, path)}
        >
          {texts.folders.open}
        </button>
      </footer>
    </DialogFrame>
  );
}
