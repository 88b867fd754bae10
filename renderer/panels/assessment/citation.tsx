import { ExternalLink } from 'lucide-react';
import { canOpen, openCitation } from '../../commands/citations.ts';
import { texts } from '../../texts.ts';
import { useAccess } from '../access.tsx';

/** A source as it is cited; it opens in the user's browser where our rules give its address. */
export function Citation({ text, address }: { readonly text: string; readonly address: string | null }) {
  const { context } = useAccess();
  if (!canOpen(address)) return <span className="citation">{text}</span>;
  // The mark stays with the end of the words.
  const end = Math.max(text.lastIndexOf(' ') + 1, text.length - 8);
  return (
    <a
      className="citation"
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      title={texts.sheet.opens(address)}
      onClick={(event) => {
        if (openCitation(context, address)) event.preventDefault();
      }}
    >
      {text.slice(0, end)}
      <span className="citation-end">
        {text.slice(end)}
        <ExternalLink size={11} aria-hidden="true" />
      </span>
    </a>
  );
}
