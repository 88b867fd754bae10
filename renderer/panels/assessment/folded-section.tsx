import { useState } from 'react';

/** A part of the form that folds; what it holds is said beside its name. It opens by itself once, and then stays as it is left. */
export function FoldedSection({
  title,
  note,
  isOpen,
  place,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly isOpen: boolean;
  readonly place?: string;
  readonly children: React.ReactNode;
}) {
  const [opensAtFirst] = useState(isOpen);
  return (
    <details className="entry-section" open={opensAtFirst} data-place={place}>
      <summary>
        <h2>{title}</h2>
        {note === undefined ? null : <span className="entry-note">{note}</span>}
      </summary>
      <div className="entry-fields">{children}</div>
    </details>
  );
}
