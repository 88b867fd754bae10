import { readFileSync, readdirSync } from 'node:fs';
import { startApp } from '../support/app.ts';
import { command } from '../e2e/gestures.ts';
import { has } from '../support/needs.ts';
import { loadOnce } from './loading.ts';
import { compare, median } from './timing.ts';

interface SystemProcess {
  readonly id: string;
  readonly parent: string;
  readonly words: string;
}

/** Every process that the system tells of; none where it has no /proc. */
function processes(): readonly SystemProcess[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((id) => {
        try {
          const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? '';
          return [{ id, parent, words: readFileSync(`/proc/${id}/cmdline`, 'utf8') }];
        } catch {
          // It has ended meanwhile.
          return [];
        }
      });
  } catch {
    return [];
  }
}

/** The largest peak of memory among the processes below this one that show a page, MiB; null where that is not told. */
function pagePeakMiB(): number | null {
  const all = processes();
  const below = new Set([String(process.pid)]);
  // A parent has not always the smaller number: once around for each level.
  for (let found = -1; found !== below.size;) {
    found = below.size;
    for (const { id, parent } of all) if (below.has(parent)) below.add(id);
  }
  const peaks = all
    .filter(({ id, words }) => below.has(id) && words.includes('--type=renderer'))
    .map(({ id }) => Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  return peaks.length === 0 ? null : Math.max(...peaks);
}

/** What opening a folder of one series took from the click on, ms: until there is a picture, and until all of it is there and drawn. */
interface Opened {
  readonly first: number;
  readonly took: number;
  readonly peakMiB: number | null;
}

async function openOnce(folder: string): Promise<Opened> {
  const app = await startApp({ roots: [folder] });
  try {
    const { page } = app;
    await command(page, 'file.openFolder').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: folder }).click();
    const before = performance.now();
    await dialog.getByRole('button', { name: 'Open this folder' }).click();
    await page.locator('[data-screen="workspace"] canvas[data-overlay="axial"]').waitFor({ timeout: 120_000 });
    const first = performance.now() - before;
    // Not `settled`, which goes on to see that nothing follows.
    await page.locator('#root[data-settled="true"]').waitFor({ timeout: 120_000 });
    return { first, took: performance.now() - before, peakMiB: pagePeakMiB() };
  } finally {
    await app.close();
  }
}

/** From a folder to the pictures of its series, in a page that was just opened, beside the command line. */
export async function loadingInPage(folder: string, rounds = 3): Promise<void> {
  if (!has('browser')) {
    console.log('\nLoading in the page: no browser here, left out.');
    return;
  }
  const peaks: number[] = [];
  const firsts: number[] = [];
  const inPage = async (): Promise<number> => {
    const { first, took, peakMiB } = await openOnce(folder);
    firsts.push(first);
    if (peakMiB !== null) peaks.push(peakMiB);
    return took;
  };
  await compare(
    `From a folder of ${readdirSync(folder).length} slices to its pictures, in a page just opened`,
    [
      { name: 'Remnant in the page', run: inPage },
      { name: 'Remnant, command line', run: () => loadOnce(folder).took },
    ],
    rounds,
  );
  console.log(
    `  The first picture came after ${median(firsts).toFixed(0)} ms (drawn in software where there is no graphics card)`,
  );
  const { voxelsMiB } = loadOnce(folder);
  if (peaks.length === 0) return;
  console.log(
    `  Memory of the page at its peak ${Math.max(...peaks).toFixed(0)} MiB, of which voxels ${voxelsMiB.toFixed(0)} MiB`,
  );
}
