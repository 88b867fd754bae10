import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, success, type Outcome } from '../../src/volume/index.ts';
import { privateFolder } from './app-data.ts';
import { writeWhole } from './write-whole.ts';

/** The department's rules that stay in force on this computer: the text of their file, as it was chosen. */
export interface RulesStore {
  /** The text of the kept set, or null when none is kept; refused as `rules_unreadable`. */
  readonly read: () => Promise<Outcome<string | null>>;
  /** Keeps this text in place of the one before, whole or not at all. */
  readonly keep: (text: string) => Promise<void>;
  readonly forget: () => Promise<void>;
}

/** Opens the store in the app's data folder, which is made when absent. What the text says is not judged here. */
export function openRulesStore(dataFolder: string): RulesStore {
  const file = join(privateFolder(dataFolder), 'department-rules.json');
  return {
    read: async () => {
      try {
        return success(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)));
      } catch (trouble) {
        const { code } = trouble as NodeJS.ErrnoException;
        if (code === 'ENOENT') return success(null);
        // Another's permissions, a failing disk, or bytes that are no text: the page says so and keeps to the built-in rules.
        return failure('rules_unreadable', 'The file of the kept rules can not be read.');
      }
    },
    keep: (text) => writeWhole(file, text, 0o600),
    forget: () => rm(file, { force: true }),
  };
}
