/** Builds the page and Electron's two files into `dist`; does nothing when no source has changed since. Run: `npm run build`. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'dist', 'build-stamp.txt');
const sources = [
  'src',
  'renderer',
  'electron/app',
  'electron/services',
  'electron/build.mjs',
  'vite.config.js',
  'package-lock.json',
];
const products = ['dist/renderer/index.html', 'dist/electron/main.cjs', 'dist/electron/preload.cjs'];

function* filesIn(path) {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const below = join(path, entry.name);
    if (entry.isDirectory()) yield* filesIn(below);
    // A product, made below from src/kernels/assembly.
    else if (entry.name !== 'kernels.wasm') yield below;
  }
}

/** A digest of everything the build reads. */
function sourceDigest() {
  const digest = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    const files = /\.[a-z]+$/.test(source) ? [path] : [...filesIn(path)];
    for (const file of files) digest.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return digest.digest('hex');
}

/** Builds what is out of date; true when something was built. */
export async function build({ force = false } = {}) {
  const digest = sourceDigest();
  const upToDate = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest;
  if (!force && upToDate && products.every((product) => existsSync(join(root, product)))) return false;
  rmSync(stampFile, { force: true });
  const [vite, esbuild, { buildKernels }] = await Promise.all([
    import('vite'),
    import('esbuild'),
    import('../src/kernels/build.mjs'),
  ]);
  await buildKernels();
  await vite.build({ configFile: join(root, 'vite.config.js'), root: join(root, 'renderer'), logLevel: 'warn' });
  const common = { bundle: true, platform: 'node', format: 'cjs', external: ['electron'], logLevel: 'warning' };
  await esbuild.build({
    ...common,
    entryPoints: { main: join(root, 'electron/app/entry.ts'), preload: join(root, 'electron/app/preload.ts') },
    target: 'node22',
    outdir: join(root, 'dist/electron'),
    outExtension: { '.js': '.cjs' },
  });
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile, digest);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log((await build({ force: process.argv.includes('--force') })) ? 'Built into dist.' : 'dist is up to date.');
}
