import { useEffect, useRef, useState } from 'react';
import { perform } from '../commands/command.ts';
import { commands } from '../commands/list.ts';
import { actsOnPictures, homeOf } from '../commands/pages.ts';
import { paletteEntries } from '../commands/palette.ts';
import type { PaletteEntry } from '../commands/palette.ts';
import { texts } from '../texts.ts';
import { useAccess } from './access.tsx';
import { keysOf } from './command-button.tsx';
import { DialogFrame, useCloseDialog } from './dialog-frame.tsx';

/** Every command by a few letters of its name, with its keys, or why it can not be done now. */
export function CommandPalette() {
  const { context } = useAccess();
  const close = useCloseDialog();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const entries = paletteEntries(commands, typed, context.session.get());
  const at = Math.min(chosen, entries.length - 1);
  const run = (entry: PaletteEntry | undefined): void => {
    if (entry?.enabled !== true) return;
    close();
    // What is done to the pictures is to be seen.
    if (actsOnPictures(entry.command)) context.session.look(homeOf('views'));
    // The page below takes the focus again once the sheet is gone: only then can a command give it to a place.
    requestAnimationFrame(() => requestAnimationFrame(() => void perform(entry.command, context)));
  };
  const move = (event: React.KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      run(entries[at]);
    } else if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      const isSingle = Math.abs(step) === 1;
      const wanted = at + step;
      setChosen(
        isSingle ? (wanted + entries.length) % entries.length : Math.min(entries.length - 1, Math.max(0, wanted)),
      );
    }
  };
  return (
    <DialogFrame title={texts.palette.title}>
      <input
        className="palette-input"
        role="combobox"
        autoFocus
        aria-label={texts.palette.title}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries[at] === undefined ? undefined : `palette-${entries[at].command.id}`}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={texts.palette.placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={move}
      />
      <ul className="palette-list" id="palette-list" role="listbox" aria-label={texts.palette.title}>
        {entries.map((entry, order) => (
          <Entry key={entry.command.id} entry={entry} isChosen={order === at} onPress={() => run(entry)} />
        ))}
      </ul>
      <p className="palette-count" role="status">
        {entries.length === 0 ? texts.palette.none : texts.palette.count(entries.length)}
      </p>
    </DialogFrame>
  );
}

function Entry({
  entry,
  isChosen,
  onPress,
}: {
  readonly entry: PaletteEntry;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}) {
  const { command, label, enabled } = entry;
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const Icon = command.icon;
  const keys = keysOf(command.id);
  return (
    <li
      ref={element}
      id={`palette-${command.id}`}
      role="option"
      className="palette-entry"
      aria-selected={isChosen}
      aria-disabled={enabled !== true}
      data-palette={command.id}
      onClick={onPress}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className="palette-label">
        {label}
        {enabled === true ? null : <small className="palette-reason">{enabled}</small>}
      </span>
      <small className="palette-group">{command.group}</small>
      {keys === '' ? null : <kbd className="control-key">{keys}</kbd>}
    </li>
  );
}
