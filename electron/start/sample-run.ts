import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { savePlan } from '../../src/plan/index.ts';
import { measureCase, type MeasuredCase } from '../cli/case.ts';
import { readCaseOptions } from '../cli/options.ts';
import { reportBytes } from '../cli/report.ts';
import { volumetryTable } from '../cli/volumetry.ts';
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
  const sample = join(projectFolder, 'sample-dicom');
  const out = join(projectFolder, 'dist', 'sample-run');
  mkdirSync(out, { recursive: true });
  const shown = (file: string) => relative(process.cwd(), join(out, file)) || file;

  print('Sample case: right hepatectomy, three metastases (synthetic images, known truth)\n');
  const measured = await measureCase(
    readCaseOptions([
      join(sample, 'ct'),
      ...['--liver', join(sample, 'masks', 'liver.nii.gz')],
      ...[1, 2, 3].flatMap((n) => ['--tumour', `${join(sample, 'masks', 'tumours.nii.gz')}#${n}`]),
      ...['--plan', join(sample, 'right-hepatectomy.plan.json')],
      ...['--height', '172', '--weight', '74', '--parenchyma', 'normal', '--phase', 'portal-venous'],
      ...['--reviewed-by', 'The sample’s maker', '--confirmed', 'inflow,outflow,bile,segments'],
    ]),
  );
  print(volumetryTable(measured));

  await writeWhole(join(out, 'report.pdf'), await reportBytes(measured));
  print(`\nReport:   ${shown('report.pdf')}`);
  if (browser === null) {
    print('Picture:  none (no Chromium, Chrome or Edge was found)');
    return;
  }
  await writeWhole(join(out, 'workspace.png'), await pictureOfWorkspace(projectFolder, browser, measured));
  print(`Picture:  ${shown('workspace.png')}`);
}

/** Opens the plan in the app, as a user would from the list of recent plans, and takes a picture once the views are drawn. */
function pictureOfWorkspace(projectFolder: string, browser: string, { plan, labels }: MeasuredCase): Promise<Buffer> {
  return withHeadlessPage(projectFolder, browser, '', async (page, context) => {
    const savedAt = new Date().toISOString();
    const folder = join(projectFolder, 'sample-dicom', 'ct');
    await context.plans.save({ id: 'sample', title: planTitle, savedAt, folder }, savePlan(plan, labels));
    // The start page lists what was stored before it was loaded.
    await page.reload();
    await page.getByRole('button', { name: `Open ${planTitle}` }).click({ timeout: 30_000 });
    await page.getByRole('region', { name: 'Views' }).waitFor({ timeout: 120_000 });
    // Nothing running any more: volumes, surfaces and figures are on the screen.
    await page.waitForTimeout(8000);
    return page.screenshot();
  });
}
