import { join, relative } from 'node:path';
import { savePlan } from '../../src/plan/index.ts';
import type { MeasuredCase } from '../cli/case.ts';
import { runDemo } from '../cli/demo.ts';
import { writeWhole } from '../services/index.ts';
import { withHeadlessPage } from './headless-page.ts';

const planTitle = 'Sample: right hepatectomy';

/**
 * The sample case without a window: prints its volumetry, writes the report and, where a browser is installed, a picture of the
 * workspace with the same plan open. Everything goes to `dist/sample-run`, which is named.
 */
export async function runSample(
  projectFolder: string,
  browser: string | null,
  print: (line: string) => void,
): Promise<void> {
  const out = join(projectFolder, 'dist', 'sample-run');
  print('Sample case: a right hepatectomy on synthetic images whose true volumes are known\n');
  const { table, report, measured } = await runDemo(out);
  print(`${table}\n\nReport:   ${relative(process.cwd(), report)}`);
  if (browser === null) {
    print('Picture:  none (no Chromium, Chrome or Edge was found)');
    return;
  }
  const picture = join(out, 'workspace.png');
  await writeWhole(picture, await pictureOfWorkspace(projectFolder, browser, measured));
  print(`Picture:  ${relative(process.cwd(), picture)}`);
}

/** Opens the plan in the app, as a user would from the list of recent plans, and takes a picture once everything is drawn. */
function pictureOfWorkspace(projectFolder: string, browser: string, { plan, labels }: MeasuredCase): Promise<Buffer> {
  return withHeadlessPage(projectFolder, browser, '', async (page, context) => {
    const savedAt = new Date().toISOString();
    const folder = join(projectFolder, 'sample-dicom', 'ct');
    await context.plans.save({ id: 'sample', title: planTitle, savedAt, folder }, savePlan(plan, labels));
    // The start page lists what was stored before it was loaded.
    await page.reload();
    await page.getByRole('button', { name: `Open ${planTitle}` }).click({ timeout: 30_000 });
    await page.getByRole('region', { name: 'Views' }).waitFor({ timeout: 120_000 });
    await page.locator('#root[data-settled="true"]').waitFor({ timeout: 120_000 });
    return page.screenshot();
  });
}
