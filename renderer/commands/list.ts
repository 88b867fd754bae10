import { appCommands } from './app-commands.ts';
import type { Command } from './command.ts';
import { compareCommands } from './comparing.ts';
import { fileCommands } from './file-commands.ts';
import { growthCommands } from './growth-commands.ts';
import { guessCommands } from './guessing.ts';
import { keyMeasureCommands } from './key-measuring.ts';
import { pageCommands } from './pages.ts';
import { planCommands } from './plan-commands.ts';
import { ruleCommands } from './rule-commands.ts';
import { structureCommands } from './structures.ts';
import { paintTools, segmentationCommands } from './tool-commands.ts';
import { hereCommands, layoutCommands, measureCommands, pictureCommands } from './viewport-commands.ts';
import { displayCommands, lookTools, windowCommands } from './view-commands.ts';

/** Every command of the app, in the order of the sheet of keys. */
export const commands: readonly Command[] = [
  ...fileCommands,
  ...windowCommands,
  ...displayCommands,
  ...layoutCommands,
  ...compareCommands,
  ...pictureCommands,
  ...lookTools,
  ...measureCommands,
  ...keyMeasureCommands,
  ...paintTools,
  ...planCommands,
  ...pageCommands,
  ...ruleCommands,
  ...growthCommands,
  ...guessCommands,
  ...segmentationCommands,
  ...structureCommands,
  ...hereCommands,
  ...appCommands,
];

/** The command with this id; throws for an unknown one, which is a slip in the program. */
export function commandById(id: string): Command {
  const found = commands.find((command) => command.id === id);
  if (found === undefined) throw new Error(`There is no command ${id}`);
  return found;
}
