import { remember, remembered } from './remembered.ts';
import type { GuessSettings } from './session.ts';

const [asks, by] = ['remnant-guess', 'remnant-guess-by'];

/** Remembers on this computer whether the estimate is asked for, and who gave one last. */
export function rememberGuessSettings(settings: GuessSettings): void {
  remember(asks, settings.asks ? 'asked' : 'off');
  remember(by, settings.by);
}

/** What was remembered; off and nobody at first. */
export function rememberedGuessSettings(): GuessSettings {
  return { asks: remembered(asks) === 'asked', by: remembered(by) ?? '' };
}
