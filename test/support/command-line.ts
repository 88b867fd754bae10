import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './needs.ts';

/** What one run of `remnant` answered. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a user does. */
export function remnant(...words: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(projectRoot, 'electron/cli/remnant.mjs'), ...words],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  return { status, stdout, stderr };
}

/** The JSON answer of a run that must succeed. */
export function answerOf<Answer>(...words: readonly string[]): Answer {
  const run = remnant(...words, '--json');
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Answer;
}

/** The error of a run that must be refused: status 2, nothing on stdout, one JSON object on stderr. */
export function refusalOf(...words: readonly string[]): {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
} {
  const run = remnant(...words, '--json');
  if (run.status !== 2 || run.stdout !== '')
    throw new Error(`Expected a refusal, got ${run.status}: ${run.stdout}${run.stderr}`);
  const { error } = JSON.parse(run.stderr) as { readonly error: ReturnType<typeof refusalOf> };
  return error;
}
