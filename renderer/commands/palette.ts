import type { SessionState } from '../session.ts';
import { labelOf } from './command.ts';
import type { Command } from './command.ts';

/** A command that fits what was typed. */
export interface PaletteEntry {
  readonly command: Command;
  readonly label: string;
  /** True, or the sentence that says why it can not be done now. */
  readonly enabled: true | string;
}

/**
 * How well `text` fits what was typed: the letters must come in their order; letters in a row and at the beginnings of words count more.
 * Null when it does not fit. Letter case and accents make no difference.
 */
export function fit(typed: string, text: string): number | null {
  const wanted = plain(typed).replaceAll(' ', '');
  const letters = plain(text);
  // Every place where the first letter stands is tried: the first is not always where the word begins.
  let best: number | null = null;
  for (let start = 0; start <= letters.length; start += 1) {
    if (wanted !== '' && letters[start] !== wanted[0]) continue;
    const score = fitFrom(wanted, letters, start);
    if (score !== null && (best === null || score > best)) best = score;
    if (wanted === '') break;
  }
  return best;
}

function fitFrom(wanted: string, letters: string, start: number): number | null {
  let score = 0;
  let last = -2;
  let from = start;
  for (const letter of wanted) {
    const next = letters.indexOf(letter, from);
    if (next < 0) return null;
    const beginsWord = next === 0 || letters[next - 1] === ' ';
    // Prefer going on in the word; else a beginning; a letter far off costs a little.
    score += next === last + 1 ? 8 : beginsWord ? 6 : 1 - Math.min(5, next - Math.max(0, last)) / 10;
    last = next;
    from = next + 1;
  }
  return score - letters.length / 100;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The commands that fit what was typed, best first; all of them in their order for an empty text. What can be done now comes before what can not. */
export function paletteEntries(
  commands: readonly Command[],
  typed: string,
  state: SessionState,
): readonly PaletteEntry[] {
  return commands
    .map((command, order) => {
      const label = labelOf(command, state);
      const scores = [fit(typed, label), fit(typed, command.label), fit(typed, `${command.group} ${label}`)];
      const score = scores.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null);
      return { command, label, enabled: command.enabled(state), score, order };
    })
    .filter((entry) => entry.score !== null)
    .sort((a, b) => {
      const byUse = Number(b.enabled === true) - Number(a.enabled === true);
      if (plain(typed) === '') return byUse || a.order - b.order;
      return (b.score ?? 0) - (a.score ?? 0) || byUse || a.order - b.order;
    })
    .map(({ command, label, enabled }) => ({ command, label, enabled }));
}
