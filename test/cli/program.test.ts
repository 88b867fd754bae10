import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../support/needs.ts';

const built = (name: string): string => join(projectRoot, 'dist', 'cli', name);

function runHelp(): { readonly stamp: string; readonly builtAt: number } {
  const words = [join(projectRoot, 'electron/cli/remnant.mjs'), 'help'];
  expect(execFileSync(process.execPath, words, { encoding: 'utf8' })).toContain('remnant volumetry FOLDER');
  return { stamp: readFileSync(built('stamp.txt'), 'utf8'), builtAt: statSync(built('main.js')).mtimeMs };
}

it('The command line is built once, and anew when a source has changed', () => {
  const first = runHelp();
  expect(runHelp()).toEqual(first);
  const source = join(projectRoot, 'electron/cli/usage.ts');
  utimesSync(source, new Date(), new Date());
  const second = runHelp();
  expect(second.stamp).not.toBe(first.stamp);
  expect(second.builtAt).toBeGreaterThan(first.builtAt);
});
