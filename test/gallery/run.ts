/**
 * `npm run gallery [-- chapter …]`: a picture of every screen and state of the built app, in both themes, on screens from a laptop at 200 %
 * to 4K, in dist/gallery. They are for people to look at; what lies on something else or is cut off is listed as well.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowserForTests, projectRoot } from '../support/needs.ts';
import { layoutFaults } from '../support/layout-faults.ts';
import { assessmentStates, guessStates } from './assessment-states.ts';
import type { Shot } from './screens.ts';
import { setStage, type Chapter } from './stage.ts';
import { mixedStates, startStates } from './start-states.ts';
import { imageStates, planStates, tourStates } from './workspace-states.ts';

const chapters: readonly Chapter[] = [
  startStates,
  mixedStates,
  imageStates,
  planStates,
  tourStates,
  assessmentStates,
  guessStates,
];
const asked = process.argv.slice(2);
const folder = join(projectRoot, 'dist', 'gallery');
const begun = Date.now();

if (findBrowserForTests() === null) {
  console.error('The gallery needs Chromium, Chrome or Edge: install one, or name it in CHROME_PATH.');
  process.exit(1);
}
if (asked.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const stage = await setStage();
const debugging = await stage.page.context().newCDPSession(stage.page);
let count = 0;
let faults = 0;
try {
  for (const chapter of chapters) {
    if (asked.length === 0 || asked.includes(chapter.name)) await walk(chapter);
  }
} finally {
  await stage.close();
}
const minutes = ((Date.now() - begun) / 60_000).toFixed(1);
console.log(`${count} pictures in ${folder}, ${faults} faults of layout, ${minutes} min`);

/** The states of a chapter in turn. One that is not reached ends the chapter, since the next ones build on it. */
async function walk({ name, states }: Chapter): Promise<void> {
  if (name === 'series' && !stage.hasMixedFolder) {
    console.log('Not shown: a folder of many series, which Python’s pydicom and numpy write.');
    return;
  }
  await stage.page.reload();
  await stage.page.locator('.start-page').waitFor();
  for (const [index, state] of states.entries()) {
    try {
      const file = `${name}-${String(index + 1).padStart(2, '0')}-${state.name}`;
      for (const on of state.isPlaced === true ? state.on.map((shot) => [shot]) : [state.on]) {
        await wear(on[0]!);
        await state.reach(stage);
        for (const shot of on) await show(file, shot);
        await state.leave?.(stage);
      }
    } catch (trouble) {
      process.exitCode = 1;
      console.error(`${name}: ${state.name} was not reached.`, trouble);
      return;
    }
  }
}

/** Gives the page the size, the scale and the theme of a shot. */
async function wear({ screen: { width, height, scale }, theme }: Shot): Promise<void> {
  const { page } = stage;
  await page.setViewportSize({ width, height });
  await debugging.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: scale,
    mobile: false,
  });
  await debugging.send('Runtime.evaluate', { expression: `document.documentElement.dataset.theme = '${theme}'` });
}

/** A picture of what is on the screen, and what is wrong with its layout. */
async function show(file: string, shot: Shot): Promise<void> {
  const { page, settled } = stage;
  await wear(shot);
  // A running task never settles: its picture is taken all the same.
  if ((await page.locator('.app-task').count()) === 0) await settled();
  const name = `${file}-${shot.screen.name}-${shot.theme}`;
  await page.screenshot({ path: join(folder, `${name}.png`), scale: 'device' });
  count += 1;
  for (const fault of await layoutFaults(stage)) {
    faults += 1;
    console.log(`${name}: ${fault}`);
  }
}
