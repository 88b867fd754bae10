/**
 * `npm run gallery`: a screenshot of every screen and state of the built app on the sample case, in both themes, on a laptop, a desktop
 * and a 4K screen at 200 %, in dist/gallery. They are for people to look at.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, importMask, openAssessment, showPictures } from '../e2e/gestures.ts';
import { startApp, type App } from '../support/app.ts';
import { findBrowserForTests, projectRoot } from '../support/needs.ts';

const folder = join(projectRoot, 'dist', 'gallery');
const sample = (...names: readonly string[]) => join(projectRoot, 'sample-dicom', ...names);

interface Screen {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Device pixels to a CSS pixel. */
  readonly scale: number;
}

const screens: readonly Screen[] = [
  { name: '1366x768', width: 1366, height: 768, scale: 1 },
  { name: '1920x1080', width: 1920, height: 1080, scale: 1 },
  { name: '4k-200', width: 1920, height: 1080, scale: 2 },
];

if (findBrowserForTests() === null) {
  console.error('The gallery needs Chromium, Chrome or Edge: install one, or name it in CHROME_PATH.');
  process.exit(1);
}
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const noImages = mkdtempSync(join(tmpdir(), 'remnant-gallery-'));
writeFileSync(join(noImages, 'letter.txt'), 'No image.');
const app = await startApp({ roots: [sample()] });
let count = 0;
try {
  await walk(app);
} finally {
  await app.close();
  rmSync(noImages, { recursive: true, force: true });
}
console.log(`${count} pictures in ${folder}`);

/** A picture of what is on the screen, on every screen size and in both themes. */
async function show({ page, settled }: App, state: string, sizes = screens): Promise<void> {
  const debugging = await page.context().newCDPSession(page);
  for (const { name, width, height, scale } of sizes) {
    await page.setViewportSize({ width, height });
    await debugging.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: scale,
      mobile: false,
    });
    for (const theme of ['dark', 'light']) {
      await debugging.send('Runtime.evaluate', { expression: `document.documentElement.dataset.theme = '${theme}'` });
      await settled().catch(() => undefined);
      await page.screenshot({ path: join(folder, `${state}-${theme}-${name}.png`), scale: 'device' });
      count += 1;
    }
  }
  await debugging.send('Emulation.clearDeviceMetricsOverride');
  await debugging.send('Runtime.evaluate', { expression: `document.documentElement.dataset.theme = 'dark'` });
  await debugging.detach();
}

async function walk(shown: App): Promise<void> {
  const { page, settled, choose, drop } = shown;
  const laptop = screens.slice(0, 1);
  const close = async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  await show(shown, '01-start-empty');
  await command(page, 'file.openFolder').click();
  await page.getByRole('dialog').waitFor();
  await show(shown, '02-folders', laptop);
  await close();
  await drop(join(noImages, 'letter.txt'));
  await page.locator('.app-error').first().waitFor({ timeout: 30_000 });
  await show(shown, '03-start-error', laptop);
  await page.getByRole('button', { name: 'Dismiss' }).first().click();

  // Loading is passed in a blink: it is caught as soon as its progress appears.
  await command(page, 'file.openSample').click();
  await page.locator('.app-task').first().waitFor();
  await page.screenshot({ path: join(folder, '04-loading-dark-1366x768.png') });
  count += 1;
  await page.locator('[data-screen="workspace"]').waitFor({ timeout: 60_000 });
  await settled();
  await show(shown, '05-workspace-empty');
  await importMask(shown, sample('masks', 'liver.nii.gz'));
  await show(shown, '06-liver', laptop);
  await command(page, 'file.series').click();
  await page.locator('.series-card').first().waitFor();
  await show(shown, '07-series');
  await command(page, 'file.start').click();

  await page.keyboard.press('F1');
  await page.locator('.tour-callout').waitFor({ timeout: 60_000 });
  await settled();
  for (let step = 0; step < 8; step += 1) {
    await show(shown, `08-tour-${step + 1}`, laptop);
    await page.keyboard.press('Enter');
  }
  await page.locator('.tour-callout').waitFor({ state: 'detached' });
  await show(shown, '09-plan-no-verdict');
  for (const [key, name] of [
    ['Control+k', '10-palette'],
    ['?', '11-keys'],
    ['Control+e', '12-export'],
    ['r', '13-review'],
  ] as const) {
    await page.locator('[data-view="axial"]').focus();
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    await show(shown, name, name === '10-palette' || name === '11-keys' ? screens : laptop);
    await close();
  }
  await choose(command(page, 'mask.import'), sample('masks', 'vessels.nii.gz'));
  await page.getByRole('dialog').waitFor();
  await show(shown, '14-import', laptop);
  await close();

  await openAssessment(page, 'Patient and liver');
  await page.getByRole('combobox', { name: 'Parenchyma' }).selectOption('normal');
  await page.getByLabel('Contrast phase').selectOption('portal-venous');
  await page.locator('.inputs-offer').click();
  for (const tick of ['Inflow', 'Outflow', 'Bile drainage', '≥ 2 contiguous segments']) {
    await page.getByLabel(tick, { exact: true }).check();
  }
  await page.keyboard.press('Escape');
  await command(page, 'plan.review').click();
  await page.keyboard.type('Dr. Eva Prüferin');
  await page.keyboard.press('Enter');
  await settled();
  await shown.download(() => command(page, 'report.write').click());
  await settled();
  await show(shown, '15-patient');
  for (const [tab, name] of [
    ['Verdict', '15-verdict'],
    ['Options to discuss', '15-options'],
    ['Timing and growth', '15-timing'],
  ] as const) {
    await openAssessment(page, tab);
    await show(shown, name);
  }
  await showPictures(shown);
  await show(shown, '15-verdict-and-report');
  await page.keyboard.press('b');
  await settled();
  await show(shown, '16-brush', laptop);
  await page.keyboard.press('m');
  await settled();
  await show(shown, '17-one-view', laptop);
  await page.keyboard.press('Control+s');
  await page.locator('[data-saved="saved"]').waitFor();
  await command(page, 'file.start').click();
  await page.locator('.start-open').first().waitFor();
  await show(shown, '18-start-recent');
}
