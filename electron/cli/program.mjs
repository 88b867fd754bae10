/**
 * The command line as one built program in `dist/cli`: it starts several times sooner than its TypeScript does. Built when first needed and
 * whenever a source is not the one it was built from, so that nothing can be stale.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
// As deep below the root as the sources are, because they look for the project's files from where they lie.
const folder = join(root, 'dist', 'cli');
const sources = ['src', 'electron/cli', 'electron/services', 'package-lock.json', 'tsconfig.base.json'];

function* filesIn(path) {
  const facts = statSync(path);
  if (!facts.isDirectory()) yield `${path} ${facts.size} ${facts.mtimeMs}`;
  // Kernels are read when the program runs.
  else if (!path.endsWith('assembly')) for (const name of readdirSync(path).sort()) yield* filesIn(join(path, name));
}

/** Sizes and times of all sources: reading them would take as long as the start itself. */
function sourceStamp() {
  const digest = createHash('sha256');
  for (const source of sources) {
    for (const line of filesIn(join(root, source))) if (!line.includes('kernels.wasm')) digest.update(`${line}\n`);
  }
  return digest.digest('hex').slice(0, 16);
}

function stampOfProgram() {
  try {
    return readFileSync(join(folder, 'stamp.txt'), 'utf8');
  } catch {
    return null;
  }
}

/** Builds the program where its sources are newer; throws where it can not be built or written. */
export async function buildProgram() {
  const stamp = sourceStamp();
  if (stampOfProgram() === stamp) return;
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: {
      main: 'electron/cli/main.ts',
      folder: 'electron/cli/folder.ts',
      'reader-beside': 'electron/cli/reader-beside.ts',
      'slice-reader': 'electron/cli/slice-reader.ts',
    },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outdir: folder,
    // It reads the metrics of its fonts beside itself.
    external: ['pdfkit'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'warning',
    write: false,
  });
  mkdirSync(folder, { recursive: true });
  // Several may build at once: parts are named by their content, and each file appears whole or not at all, the stamp last.
  const put = (path, contents) => {
    writeFileSync(`${path}.${process.pid}`, contents);
    renameSync(`${path}.${process.pid}`, path);
  };
  for (const { path, contents } of outputFiles) put(path, contents);
  put(join(folder, 'stamp.txt'), stamp);
  // Parts of an older build, unless a program that is still running may want them.
  for (const name of readdirSync(folder)) {
    if (statSync(join(folder, name)).mtimeMs < Date.now() - 3_600_000) rmSync(join(folder, name), { force: true });
  }
}

/** The program's `main`: built, or where nothing can be written the TypeScript as it stands. */
export async function loadProgram() {
  try {
    await buildProgram();
  } catch {
    const { register } = await import('tsx/esm/api');
    register();
    return import('./main.ts');
  }
  return import(pathToFileURL(join(folder, 'main.js')).href);
}
