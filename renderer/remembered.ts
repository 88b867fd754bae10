const aYear = 31_536_000;

/**
 * Remembers a choice on this computer. In a browser the host answers at another port each time: its storage is another one then, while a
 * cookie is shared by all ports. The desktop's own address has a storage but no cookies. So both are written.
 */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
    document.cookie = `${name}=${encodeURIComponent(value)}; SameSite=Strict; Path=/; Max-Age=${aYear}`;
  } catch {
    // A page without a memory goes on without it.
  }
}

/** What was remembered last under a name, or null. */
export function remembered(name: string): string | null {
  try {
    const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`));
    return cookie === undefined ? localStorage.getItem(name) : decodeURIComponent(cookie.slice(name.length + 1));
  } catch {
    return null;
  }
}
