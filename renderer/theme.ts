import type { Theme } from './session.ts';

const name = 'remnant-theme';
const aYear = 31_536_000;

/**
 * Dresses the page in a theme and remembers it. In a browser the host answers at another port each time: its storage is another one then,
 * while a cookie is shared by all ports. The desktop's own address has a storage but no cookies. So both are asked.
 */
export function wearTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(name, theme);
    document.cookie = `${name}=${theme}; SameSite=Strict; Path=/; Max-Age=${aYear}`;
  } catch {
    // A page without a memory still changes its dress.
  }
}

/** The theme worn last on this computer; dark when none was chosen. */
export function rememberedTheme(): Theme {
  try {
    const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`));
    return (cookie?.slice(name.length + 1) ?? localStorage.getItem(name)) === 'light' ? 'light' : 'dark';
  } catch {
    return 'dark';
  }
}
