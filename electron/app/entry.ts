import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session, shell } from 'electron';
import { appDataFolder } from '../services/index.ts';
import { runApp } from './main.ts';
import { selfTestInElectron } from './self-test.ts';

// Bundled to dist/electron/main.cjs: two folders below the project.
const projectFolder = join(__dirname, '..', '..');
const { REMNANT_READY_FILE: readyFile, REMNANT_SELF_TEST: selfTestFile, REMNANT_FOLDER: folder } = process.env;

runApp(
  {
    app,
    dialog,
    shell,
    ipcMain,
    protocol,
    session: () => session.defaultSession,
    setMenu: (template) => Menu.setApplicationMenu(Menu.buildFromTemplate(template)),
    createWindow: (options) => new BrowserWindow(options),
  },
  {
    projectFolder,
    preload: join(__dirname, 'preload.cjs'),
    dataFolder: appDataFolder(),
    platform: process.platform,
    folder: folder ?? null,
    selfTest: selfTestFile !== undefined,
    onLoaded: async (window, grantFolder) => {
      if (readyFile !== undefined) await writeFile(readyFile, 'ready');
      if (selfTestFile === undefined) return;
      await writeFile(selfTestFile, JSON.stringify(await selfTestInElectron(window, grantFolder)));
      app.exit(0);
    },
  },
).catch((trouble: unknown) => {
  console.error(`remnant: ${trouble instanceof Error ? trouble.message : 'could not start'}`);
  app.exit(1);
});
