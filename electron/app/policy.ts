import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  MessageBoxOptions,
} from 'electron';

/** The scheme and the origin of the page. */
export const appScheme = 'app';
export const appOrigin = 'app://remnant';

/** What the page's scheme may do: a real, secure origin, so that it can be isolated and share memory. */
export const schemePrivileges: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
};

/** Whether an address is the app's own. (`URL.origin` is "null" for schemes it does not know.) */
export function isOwnUrl(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === 'app:' && url.host === 'remnant' && url.username === '' && url.password === '';
  } catch {
    return false;
  }
}

/** Whether the page may fetch an address: its own, and what it made itself in memory. Nothing leaves the machine. */
export function mayRequest(address: string): boolean {
  return (
    isOwnUrl(address) ||
    address.startsWith(`blob:${appOrigin}/`) ||
    address.startsWith('data:') ||
    address.startsWith('devtools:')
  );
}

/** Whether the page may use a permission: only to put a copied report text on the clipboard. */
export function mayUse(permission: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnUrl(origin);
}

/** A frame as a message names it: `null` when it is gone meanwhile. */
export interface Frame {
  readonly url: string;
}

/** Whether a message comes from the app's own page in its top frame. */
export function isOwnSender(sender: Frame | null, topFrame: Frame): boolean {
  return sender !== null && sender === topFrame && isOwnUrl(sender.url);
}

/** The window: a page without Node, in a sandbox, apart from the preload's world. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 640,
    show: false,
    title: 'Remnant',
    backgroundColor: '#101417',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      // Words typed about a patient go to no dictionary service.
      spellcheck: false,
    },
  };
}

/** What is asked when the window is closed with unsaved work, and which answer closes. */
export const closeQuestion: MessageBoxOptions = {
  type: 'warning',
  message: 'This plan has changes that are not saved.',
  detail: 'If you close the window now, they are lost.',
  buttons: ['Keep working', 'Close without saving'],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
};
export const closeAnyway = 1;

/** The menu. No undo, redo or reload: those keys belong to the page, and a reload would lose work. */
export function menuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [{ role: platform === 'darwin' ? 'close' : 'quit' }] },
    { label: 'Edit', submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] },
    { label: 'View', submenu: [{ role: 'togglefullscreen' }, { role: 'toggleDevTools' }] },
    { label: 'Window', submenu: [{ role: 'minimize' }] },
  ];
}
