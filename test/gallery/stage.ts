import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { command } from '../e2e/gestures.ts';
import { startApp, type App } from '../support/app.ts';
import { writeMixedFolder } from '../support/mixed-folder.ts';
import { has, projectRoot } from '../support/needs.ts';
import type { Shot } from './screens.ts';
import { stoppingDisk, type StoppingDisk } from './stopping-disk.ts';

/** A state of the app worth a picture: how it is reached from the state before it, and what is done before the next. */
export interface State {
  readonly name: string;
  readonly on: readonly Shot[];
  readonly reach: (stage: Stage) => Promise<unknown>;
  readonly leave?: (stage: Stage) => Promise<unknown>;
  /** Whether it is reached anew on each screen, since its place is found when it opens. */
  readonly isPlaced?: boolean;
}

/** States that follow each other from the start page on. */
export interface Chapter {
  readonly name: string;
  readonly states: readonly State[];
}

/** The app with what the states need of the computer it runs on. */
export interface Stage extends App {
  readonly disk: StoppingDisk;
  /** Whether there are folders of eleven series with things wrong; they are written by pydicom. */
  readonly hasMixedFolder: boolean;
  readonly openFolder: (name: string) => Promise<void>;
  /** The path of a file in a folder of the stage. */
  readonly file: (...path: readonly string[]) => string;
  /** Closes the dialog by Escape. */
  readonly dismiss: () => Promise<void>;
  /** Performs a command by its words. */
  readonly say: (words: string) => Promise<void>;
}

/** The path of a file of the sample case. */
export const sample = (...names: readonly string[]): string => join(projectRoot, 'sample-dicom', ...names);

/** Sets the stage: a root with the sample's images, an empty folder, and a folder of many series. */
export async function setStage(): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), 'remnant-gallery-'));
  mkdirSync(join(root, 'Empty folder'));
  symlinkSync(sample('ct'), join(root, 'CT abdomen'));
  mkdirSync(join(root, 'CT with a gap'));
  for (const name of readdirSync(sample('ct')))
    if (name !== '041.dcm') copyFileSync(sample('ct', name), join(root, 'CT with a gap', name));
  writeFileSync(join(root, 'letter.txt'), 'Dear colleague, here is the CT.');
  const hasMixedFolder = has('python:pydicom') && has('python:numpy');
  if (hasMixedFolder) writeMixedFolder(join(root, 'Disc from elsewhere'));
  const disk = stoppingDisk();
  const app = await startApp({ roots: [root] });
  const { page } = app;
  const dismiss = async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  return {
    ...app,
    disk,
    hasMixedFolder,
    file: (...path) => join(root, ...path),
    dismiss,
    openFolder: async (name) => {
      await command(page, 'file.openFolder').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: basename(root) }).click();
      await dialog.getByRole('button', { name, exact: true }).click();
      await dialog.getByRole('button', { name: 'Open this folder' }).click();
    },
    say: async (words) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill(words);
      await page.keyboard.press('Enter');
    },
    close: async () => {
      disk.goOn();
      await app.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
