import { useState } from 'react';

/** A part of the form that folds; what it holds is said beside its name. It opens by itself where it bears on the case, until the user folds it. */
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
  const [chosen, setChosen] = useState<boolean | null>(null);
  const shown = chosen ?? isOpen;
  return (
    <details
      className="entry-section"
      open={shown}
      data-place={place}
      onToggle={(event) => {
        if (event.currentTarget.open !== shown) setChosen(event.currentTarget.open);
      }}
    >
      <summary>
        <h2>{title}</h2>
        {note === undefined ? null : <span className="entry-note">{note}</span>}
      </summary>
      <div className="entry-fields">{children}</div>
    </details>
  );
}
