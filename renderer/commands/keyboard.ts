import type { SessionState, Tool } from '../session.ts';
import type { Command } from './command.ts';
import { actsOnPictures } from './pages.ts';

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

function matches(keys: string, press: KeyPress): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const wantsMod = parts.includes('Mod');
  const hasMod = press.ctrlKey || press.metaKey;
  if (wantsMod !== hasMod || press.altKey) return false;
  // Signs such as ? or [ need Shift on some keyboards and not on others: only letters and named keys look at it.
  const looksAtShift = /^[a-z]$/i.test(key) || key.length > 1;
  if (looksAtShift && parts.includes('Shift') !== press.shiftKey) return false;
  return key.toLowerCase() === press.key.toLowerCase();
}

/** The command of a key press with a tool among `commands`, enabled or not, or null: what is the tool's own goes first. */
export function commandFor(commands: readonly Command[], press: KeyPress, tool: Tool): Command | null {
  const meant = commands.filter((command) => command.keys.some((keys) => matches(keys, press)));
  return (
    meant.find(({ tools }) => tools?.includes(tool) === true) ?? meant.find(({ tools }) => tools === undefined) ?? null
  );
}

/** Whether keys go to this command: to none while a dialog is open, and to what acts on the pictures only while they are in sight. */
export function listens({ dialog, view, screen }: SessionState, command: Command): boolean {
  if (dialog !== null) return false;
  return screen !== 'workspace' || view.page === 'pictures' || !actsOnPictures(command);
}

const arrows: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** A key as it is printed, e.g. `Ctrl+Shift+Z` or `⌘⇧Z`. */
export function printedKey(keys: string, onMac: boolean): string {
  return keys
    .split('+')
    .map((part) => {
      if (part === 'Mod') return onMac ? '⌘' : 'Ctrl';
      if (part === 'Shift' && onMac) return '⇧';
      return arrows[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    })
    .join(onMac ? '' : '+');
}
