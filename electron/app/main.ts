import { isAbsolute, join } from 'node:path';
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  IpcMain,
  IpcMainInvokeEvent,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  OpenDialogOptions,
  Protocol,
  Session,
  WebContents,
} from 'electron';
import { failure } from '../../src/volume/index.ts';
import { answerHostCall, createHost, handleRequest, refuse } from '../services/index.ts';
import { channels } from './channels.ts';
import {
  appOrigin,
  appScheme,
  closeAnyway,
  closeQuestion,
  isOwnSender,
  isOwnUrl,
  mayRequest,
  mayUse,
  menuTemplate,
  schemePrivileges,
  windowOptions,
} from './policy.ts';

/** The window as far as it is used. */
export type AppWindow = Pick<
  BrowserWindow,
  'loadURL' | 'on' | 'once' | 'show' | 'focus' | 'isMinimized' | 'restore' | 'close' | 'destroy'
> & {
  readonly webContents: Pick<WebContents, 'on' | 'setWindowOpenHandler' | 'executeJavaScript'> & {
    readonly mainFrame: { readonly url: string };
  };
};

/** Electron as far as it is used: what a test has to stand in for, checked against Electron's own types. */
export interface ElectronParts {
  readonly app: Pick<
    App,
    'requestSingleInstanceLock' | 'quit' | 'exit' | 'on' | 'whenReady' | 'setPath' | 'setName' | 'focus'
  >;
  readonly dialog: {
    readonly showOpenDialog: (
      options: OpenDialogOptions,
    ) => Promise<{ readonly canceled: boolean; readonly filePaths: readonly string[] }>;
    readonly showMessageBox: (options: MessageBoxOptions) => Promise<{ readonly response: number }>;
  };
  readonly shell: { readonly openExternal: (address: string) => Promise<void> };
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly protocol: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>;
  /** The default session; only there once the app is ready. */
  readonly session: () => Pick<Session, 'setPermissionCheckHandler' | 'setPermissionRequestHandler'> & {
    readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'>;
  };
  readonly setMenu: (template: MenuItemConstructorOptions[]) => void;
  readonly createWindow: (options: BrowserWindowConstructorOptions) => AppWindow;
}

/** What a start of the app is told. */
export interface AppOptions {
  readonly projectFolder: string;
  readonly preload: string;
  readonly dataFolder: string;
  readonly platform: NodeJS.Platform;
  /** A folder to open at once. */
  readonly folder: string | null;
  /** Whether the page is to offer its self-test. */
  readonly selfTest: boolean;
  /** Called when the page has loaded; used by the start script to see that Electron works here, and by the self-test. */
  readonly onLoaded: (window: AppWindow, grantFolder: GrantFolder) => Promise<void>;
}

/** Gives a folder to the page. */
export type GrantFolder = ReturnType<typeof createHost>['context']['grants']['give'];

/** Starts the Electron host: wires the services and the policy to Electron, and nothing else. */
export async function runApp(electron: ElectronParts, options: AppOptions): Promise<void> {
  const { app, dialog, shell, ipcMain, protocol } = electron;
  protocol.registerSchemesAsPrivileged([schemePrivileges]);
  app.setName('Remnant');
  app.setPath('userData', join(options.dataFolder, 'electron'));
  if (!app.requestSingleInstanceLock({ folder: options.folder })) {
    app.quit();
    return;
  }

  let window: AppWindow | null = null;
  let unsaved = false;
  const askFolder = async () => {
    const { canceled, filePaths } = await dialog.showOpenDialog({
      title: 'Open a folder of images',
      properties: ['openDirectory'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  };
  const { context, calls } = createHost(
    options.projectFolder,
    { host: 'electron', askFolder, openExternal: (address) => shell.openExternal(address) },
    { dataFolder: options.dataFolder, setUnsaved: (now) => (unsaved = now) },
  );

  /** Answers only the app's own page; everyone else hears that there is no such call. */
  const guarded =
    (answer: (argument: unknown) => Promise<unknown>) =>
    (event: IpcMainInvokeEvent, argument: unknown): Promise<unknown> =>
      window !== null && isOwnSender(event.senderFrame, window.webContents.mainFrame)
        ? answer(argument)
        : Promise.resolve(failure('unknown_call', 'The host does not know this call.'));
  ipcMain.handle(
    channels.call,
    guarded((call) => answerHostCall(calls, call)),
  );
  ipcMain.handle(
    channels.grantDropped,
    guarded((path) =>
      // A file that is not on a disk (dragged out of a mail, say) has an empty path.
      typeof path === 'string' && isAbsolute(path)
        ? context.grants.give(path)
        : Promise.resolve(failure('not_a_folder', 'What was dropped is not a folder on this computer.')),
    ),
  );

  // The query makes every opening a navigation of its own: another fragment alone would not load the page again.
  let openings = 0;
  const urlFor = async (folder: string | null): Promise<string> => {
    const granted = folder === null ? null : await context.grants.give(folder);
    const page = `${appOrigin}/?${++openings}`;
    if (options.selfTest) return `${page}#self-test`;
    return granted?.ok === true ? `${page}#${new URLSearchParams({ ...granted.value }).toString()}` : page;
  };

  const openWindow = async (folder: string | null): Promise<void> => {
    const opened = electron.createWindow(windowOptions(options.preload));
    window = opened;
    unsaved = false;
    const { webContents } = opened;
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    webContents.on('will-navigate', (event) => {
      if (!isOwnUrl(event.url)) event.preventDefault();
    });
    webContents.on('will-attach-webview', (event) => event.preventDefault());
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', (event) => {
      if (!unsaved) return;
      event.preventDefault();
      void dialog.showMessageBox(closeQuestion).then(({ response }) => {
        if (response === closeAnyway) opened.destroy();
      });
    });
    opened.on('closed', () => (window = null));
    await opened.loadURL(await urlFor(folder));
    await options.onLoaded(opened, context.grants.give);
  };

  app.on('second-instance', (_event, _words, _currentFolder, asked) => {
    if (window === null) return;
    if (window.isMinimized()) window.restore();
    window.focus();
    const { folder } = asked as { readonly folder?: string | null };
    // Unsaved work is not thrown away for a second start: the window is only brought to the front.
    if (folder !== null && folder !== undefined && !unsaved) {
      void urlFor(folder).then((url) => window?.loadURL(url));
    }
  });
  app.on('window-all-closed', () => app.quit());

  await app.whenReady();
  protocol.handle(appScheme, (request) =>
    isOwnUrl(request.url)
      ? handleRequest(request, context)
      : refuse(context, 404, 'not_found', 'There is nothing at this address.'),
  );
  const session = electron.session();
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  session.setPermissionRequestHandler((_contents, permission, allow, details) =>
    allow(mayUse(permission, details.requestingUrl)),
  );
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayRequest(details.url) }));
  electron.setMenu(menuTemplate(options.platform));
  await openWindow(options.folder);
}
