import { flushSync } from 'react-dom';
import { failure, success } from '../src/volume/index.ts';
import type { PageAccess } from './commands/context.ts';
import { rememberGuessSettings } from './guess-settings.ts';
import { wearTheme } from './theme.ts';

/** What the browser lends the commands: file dialogs, downloads, the clipboard, the clock, chance. */
export const browserPage: PageAccess = {
  pickFiles: (accept, many = false) =>
    new Promise((resolve) => {
      const input = document.createElement('input');
      input.type = 'file';
      input.accept = accept;
      input.multiple = many;
      const settle = (): void => {
        input.remove();
        resolve([...(input.files ?? [])]);
      };
      input.addEventListener('change', settle);
      input.addEventListener('cancel', settle);
      // In the page, because one that nothing holds may be collected while its dialog is open, and the choice with it.
      input.hidden = true;
      document.body.append(input);
      input.click();
    }),
  download: (name, bytes, type) => {
    // Bytes made in a worker may lie in shared memory, which a Blob does not take.
    const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    // The download reads the address after this turn of the loop.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  },
  goTo: (place) => {
    // The place may lie on a page or a tab that is only being opened.
    flushSync(() => undefined);
    const element = document.querySelector<HTMLElement>(`[data-place="${place}"]`);
    if (element === null) return;
    for (let folded = element.closest('details'); folded !== null;) {
      folded.open = true;
      folded = folded.parentElement?.closest('details') ?? null;
    }
    element.scrollIntoView({ block: 'nearest' });
    const control = 'button:not([aria-disabled="true"]), select, input, summary, [tabindex="0"]';
    const target = element.matches(control) ? element : element.querySelector<HTMLElement>(control);
    target?.focus();
  },
  wear: wearTheme,
  rememberGuess: rememberGuessSettings,
  copyText: async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return success(null);
    } catch {
      return failure('no_clipboard', 'The browser did not allow copying. Select the text in the report instead.');
    }
  },
  now: () => {
    const now = new Date();
    const minutes = -now.getTimezoneOffset();
    const local = new Date(now.getTime() + minutes * 60_000).toISOString().slice(0, 19);
    const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0');
    return `${local}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
  },
  newId: () => crypto.randomUUID(),
};
