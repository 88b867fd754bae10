import { startReaderBeside } from './reader-beside.ts';
import { Refusal } from './refusal.ts';
import { usage } from './usage.ts';

/** Exit status of a refusal; its `{ "error": { "code", "message" } }` goes to stderr and nothing is written. */
const refused = 2;

type Command = (words: readonly string[]) => Promise<string>;

/** Each is loaded when it is called for: listing a folder needs neither rules nor fonts. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  series: async () => (await import('./series.ts')).series,
  volumetry: async () => (await import('./volumetry.ts')).volumetry,
  report: async () => (await import('./report.ts')).report,
  convert: async () => (await import('./convert.ts')).convert,
  growth: async () => (await import('./growth.ts')).growth,
  assess: async () => (await import('./assess.ts')).assess,
};

/** Those that load a series. */
const readers: ReadonlySet<string> = new Set(['volumetry', 'report', 'convert']);

/** Runs one command of the command line and returns the exit status: 0, or 2 for a refusal. Bugs throw. */
export async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  try {
    if (name === undefined || name === 'help' || name === '-h' || words.includes('--help')) {
      process.stdout.write(usage);
      return 0;
    }
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (load === undefined) throw new Refusal('unknown_command', `There is no command “${name}”.\n${usage}`);
    if (readers.has(name)) startReaderBeside();
    process.stdout.write(`${await (await load())(rest)}\n`);
    return 0;
  } catch (trouble) {
    if (!(trouble instanceof Refusal)) throw trouble;
    const { code, message, path } = trouble;
    process.stderr.write(`${JSON.stringify({ error: path === null ? { code, message } : { code, message, path } })}\n`);
    return refused;
  }
}
