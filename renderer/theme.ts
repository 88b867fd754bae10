import { remember, remembered } from './remembered.ts';
import type { Theme } from './session.ts';

const name = 'remnant-theme';

/** Dresses the page in a theme and remembers it. */
export function wearTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  remember(name, theme);
}

/** The theme worn last on this computer; dark when none was chosen. */
export function rememberedTheme(): Theme {
  return remembered(name) === 'light' ? 'light' : 'dark';
}
