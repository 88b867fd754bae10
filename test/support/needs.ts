import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { findBrowser } from '../../electron/browser/find-browser.ts';

/** What a check may need beside Node: the real CT, a referee program, a Python module, a browser. */
export type Need =
  | 'real-ct'
  | 'browser'
  | 'dciodvfy'
  | 'dcmdump'
  | 'gdcmconv'
  | 'plastimatch'
  | 'dcm2niix'
  | 'pdftoppm'
  | 'pdftotext'
  | `python:${'numpy' | 'scipy' | 'pydicom' | 'nibabel' | 'vtk'}`;

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const notCheckedFile = join(projectRoot, '.cache', 'not-checked.txt');

/** The folder of the real CT (`dicom/`, `liver-reference.nii.gz`), or null when REMNANT_REAL_CT is not set. */
export function realCt(): string | null {
  const folder = process.env['REMNANT_REAL_CT'];
  return folder !== undefined && folder !== '' && existsSync(join(folder, 'dicom')) ? folder : null;
}

/** The Python that has the referees' modules: REMNANT_PYTHON, else Debian's, else the one on the path. */
export const python =
  process.env['REMNANT_PYTHON'] ?? (existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3');

/** Runs a Python program with arguments and returns what it prints; throws with its stderr when it fails. */
export function runPython(program: string, ...args: string[]): string {
  return execFileSync(python, ['-c', program, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
}

/** An installed Chromium, Chrome or Edge for tests, or null. */
export function findBrowserForTests(): string | null {
  return findBrowser();
}

const known = new Map<Need, boolean>();

function look(need: Need): boolean {
  if (need === 'real-ct') return realCt() !== null;
  if (need === 'browser') return findBrowserForTests() !== null;
  if (need.startsWith('python:')) {
    return spawnSync(python, ['-c', `import ${need.slice('python:'.length)}`], { stdio: 'ignore' }).status === 0;
  }
  return spawnSync('sh', ['-c', `command -v ${need}`], { stdio: 'ignore' }).status === 0;
}

/** Whether a need is met here (looked up once a process). */
export function has(need: Need): boolean {
  const before = known.get(need);
  if (before !== undefined) return before;
  const found = look(need);
  known.set(need, found);
  return found;
}

/**
 * `describe`, when all `needs` are met. Otherwise the block is skipped and written to the list that the run prints at its end
 * (`npm test`), which REMNANT_REQUIRE=all turns into a failure.
 */
export function describeWith(needs: readonly Need[], title: string, body: () => void): void {
  const missing = needs.filter((need) => !has(need));
  if (missing.length === 0) {
    describe(title, body);
    return;
  }
  mkdirSync(dirname(notCheckedFile), { recursive: true });
  appendFileSync(notCheckedFile, `${title} — needs ${missing.join(', ')}\n`);
  describe.skip(`${title} (needs ${missing.join(', ')})`, body);
}
