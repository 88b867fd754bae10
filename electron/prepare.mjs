/** Runs at the end of `npm ci`: compiles the kernels, builds `remnant` and puts it where `npx` finds it. Needs no network. */
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

async function compileKernels() {
  const script = join(root, 'src', 'kernels', 'build.mjs');
  if (!existsSync(script)) return;
  const { buildKernels } = await import(pathToFileURL(script).href);
  await buildKernels();
}

async function buildCommand() {
  const script = join(root, 'electron', 'cli', 'program.mjs');
  if (!existsSync(script)) return;
  const { buildProgram } = await import(pathToFileURL(script).href);
  await buildProgram();
}

/** npm links the programs of dependencies, never those of the project itself. */
function linkCommand() {
  const folder = join(root, 'node_modules', '.bin');
  const program = join(root, 'electron', 'cli', 'remnant.mjs');
  if (!existsSync(program)) return;
  mkdirSync(folder, { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(join(folder, 'remnant.cmd'), '@node "%~dp0\\..\\..\\electron\\cli\\remnant.mjs" %*\r\n');
    return;
  }
  chmodSync(program, 0o755);
  const link = join(folder, 'remnant');
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'electron', 'cli', 'remnant.mjs'), link);
}

const steps = [
  ['compile the kernels (src/kernels)', compileKernels],
  ['build the command line (electron/cli)', buildCommand],
  ['link node_modules/.bin/remnant', linkCommand],
];
for (const [what, step] of steps) {
  try {
    await step();
  } catch (trouble) {
    console.error(`remnant: could not ${what}: ${trouble instanceof Error ? trouble.message : trouble}`);
    process.exitCode = 1;
  }
}
