/**
 * Everything the project checks, in the order in which a failure is cheapest to learn: types, lint, tests, and at the end the list of
 * what was not checked here. `--fast` leaves the browser out. REMNANT_REQUIRE=all turns the list into a failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register();
const { findBrowser } = await import('../electron/browser/find-browser.ts');

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const fast = process.argv.includes('--fast');
const notChecked = join(root, '.cache', 'not-checked.txt');
const results = join(root, '.cache', 'tests.json');
const tool = (name) => join(root, 'node_modules', '.bin', name);

function run(title, command, args) {
  console.log(`\n── ${title}`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) console.error(error.message);
  if (status !== 0) {
    console.error(`\n${title}: failed`);
    process.exitCode = 1;
  }
  return status === 0;
}

/** The end-to-end tests need a real browser: install Debian's where that is possible, else say what to install. */
function findOrInstallBrowser() {
  if (findBrowser() !== null) return;
  const root = process.getuid?.() === 0;
  if (root && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0) {
    run('No browser found: installing Debian’s chromium', 'sh', [
      '-c',
      'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null',
    ]);
    if (findBrowser() !== null) return;
  }
  console.error(
    'No browser found for the end-to-end tests. Install Chromium, Chrome or Edge (Debian: apt-get install chromium), or name one in CHROME_PATH.',
  );
}

mkdirSync(dirname(notChecked), { recursive: true });
rmSync(notChecked, { force: true });
rmSync(results, { force: true });
if (!fast) findOrInstallBrowser();

run('Types', tool('tsc'), ['-b']);
run('Lint', tool('eslint'), ['.', '--max-warnings', '0']);
run('Format', tool('prettier'), ['--check', '--log-level', 'warn', '.']);
if (!fast) run('Build', process.execPath, ['electron/build.mjs']);
run('Tests', tool('vitest'), [
  'run',
  '--config',
  'test/vitest.config.ts',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...(fast
    ? [
        '--exclude',
        'test/e2e/**',
        '--exclude',
        'test/**/*in-browser.test.ts',
        '--exclude',
        'test/electron/real-bundle.test.ts',
      ]
    : []),
]);

const skipped = existsSync(notChecked) ? [...new Set(readFileSync(notChecked, 'utf8').trim().split('\n'))].sort() : [];
if (skipped.length > 0) {
  console.log('\n── Not checked here');
  for (const line of skipped) console.log(`  ${line}`);
  if (process.env.REMNANT_REQUIRE === 'all') {
    console.error('REMNANT_REQUIRE=all: what was not checked counts as failed.');
    process.exitCode = 1;
  }
} else if (!fast) {
  console.log('\nNothing was left unchecked.');
}
if (existsSync(results)) {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'));
  console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
}
console.log(process.exitCode ? '\nNot green.' : '\nGreen.');
