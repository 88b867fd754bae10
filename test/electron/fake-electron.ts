import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, CustomScheme, MenuItemConstructorOptions } from 'electron';
import type { AppWindow, ElectronParts } from '../../electron/app/main.ts';

type Handler<
  Kind extends keyof ElectronParts,
  Name extends keyof ElectronParts[Kind],
> = ElectronParts[Kind][Name] extends (...words: never[]) => unknown ? Parameters<ElectronParts[Kind][Name]> : never;

/** A window that opens nothing and remembers everything. */
export class FakeWindow {
  readonly events = new EventEmitter();
  readonly contentEvents = new EventEmitter();
  readonly loaded: string[] = [];
  readonly calls: string[] = [];
  readonly mainFrame = { url: '' };
  openHandler: Parameters<AppWindow['webContents']['setWindowOpenHandler']>[0] | null = null;
  readonly options: BrowserWindowConstructorOptions;

  constructor(options: BrowserWindowConstructorOptions) {
    this.options = options;
  }

  /** The same, as the surface `main` uses; names and arguments are checked against Electron's types. */
  readonly surface: AppWindow = {
    loadURL: (url) => {
      this.loaded.push(url);
      this.mainFrame.url = url;
      return Promise.resolve();
    },
    // Overloads over event names: a listener store serves them all.
    on: this.events.on.bind(this.events) as unknown as AppWindow['on'],
    once: this.events.once.bind(this.events) as unknown as AppWindow['once'],
    show: () => void this.calls.push('show'),
    focus: () => void this.calls.push('focus'),
    isMinimized: () => true,
    restore: () => void this.calls.push('restore'),
    close: () => void this.calls.push('close'),
    destroy: () => void this.calls.push('destroy'),
    webContents: {
      on: this.contentEvents.on.bind(this.contentEvents) as unknown as AppWindow['webContents']['on'],
      setWindowOpenHandler: (handler) => (this.openHandler = handler),
      executeJavaScript: () => Promise.reject(new Error('not in this fake')),
      mainFrame: this.mainFrame,
    },
  };
}

/** Electron as far as `main` uses it: everything is kept to be looked at and played. */
export function createFakeElectron({ firstInstance = true, answer = 0, chosen = null as string | null } = {}) {
  const appEvents = new EventEmitter();
  const seen = {
    appEvents,
    calls: [] as string[],
    schemes: [] as CustomScheme[],
    windows: [] as FakeWindow[],
    ipc: new Map<string, Handler<'ipcMain', 'handle'>[1]>(),
    protocols: new Map<string, Handler<'protocol', 'handle'>[1]>(),
    questions: 0,
    opened: [] as string[],
    menu: [] as MenuItemConstructorOptions[],
    permissionCheck: null as Parameters<ReturnType<ElectronParts['session']>['setPermissionCheckHandler']>[0],
    permissionRequest: null as Parameters<ReturnType<ElectronParts['session']>['setPermissionRequestHandler']>[0],
    beforeRequest: null as ((details: { url: string }, decide: (answer: { cancel?: boolean }) => void) => void) | null,
  };
  const parts: ElectronParts = {
    app: {
      requestSingleInstanceLock: () => firstInstance,
      quit: () => void seen.calls.push('quit'),
      exit: () => void seen.calls.push('exit'),
      on: appEvents.on.bind(appEvents) as unknown as ElectronParts['app']['on'],
      whenReady: () => Promise.resolve(),
      setPath: (name, path) => void seen.calls.push(`setPath ${name} ${path}`),
      setName: () => undefined,
      focus: () => undefined,
    },
    dialog: {
      showOpenDialog: () => Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] }),
      showMessageBox: () => {
        seen.questions++;
        return Promise.resolve({ response: answer });
      },
    },
    shell: { openExternal: (address) => Promise.resolve(void seen.opened.push(address)) },
    ipcMain: { handle: (channel, listener) => void seen.ipc.set(channel, listener) },
    protocol: {
      registerSchemesAsPrivileged: (schemes) => void seen.schemes.push(...schemes),
      handle: (scheme, handler) => void seen.protocols.set(scheme, handler),
    },
    session: () => ({
      setPermissionCheckHandler: (handler) => (seen.permissionCheck = handler),
      setPermissionRequestHandler: (handler) => (seen.permissionRequest = handler),
      webRequest: {
        onBeforeRequest: (...words: unknown[]) => (seen.beforeRequest = words.at(-1) as typeof seen.beforeRequest),
      },
    }),
    setMenu: (template) => (seen.menu = template),
    createWindow: (options) => {
      const window = new FakeWindow(options);
      seen.windows.push(window);
      return window.surface;
    },
  };
  return { parts, seen };
}
