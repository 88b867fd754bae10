import { assess } from './assess.ts';
import { convert } from './convert.ts';
import { growth } from './growth.ts';
import { Refusal } from './refusal.ts';
import { report } from './report.ts';
import { series } from './series.ts';
import { usage } from './usage.ts';
import { volumetry } from './volumetry.ts';

/** Exit status of a refusal; its `{ "error": { "code", "message" } }` goes to stderr and nothing is written. */
const refused = 2;

const commands: Readonly<Record<string, (words: readonly string[]) => Promise<string>>> = {
  series,
  volumetry,
  report,
  convert,
  growth,
  assess,
};

/** Runs one command of the command line and returns the exit status: 0, or 2 for a refusal. Bugs throw. */
export async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  try {
    if (name === undefined || name === 'help' || name === '-h' || words.includes('--help')) {
      process.stdout.write(usage);
      return 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new Refusal('unknown_command', `There is no command “${name}”.\n${usage}`);
    process.stdout.write(`${await command(rest)}\n`);
    return 0;
  } catch (trouble) {
    if (!(trouble instanceof Refusal)) throw trouble;
    const { code, message, path } = trouble;
    process.stderr.write(`${JSON.stringify({ error: path === null ? { code, message } : { code, message, path } })}\n`);
    return refused;
  }
}
