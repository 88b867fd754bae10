import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '../services/write-whole.ts';
import { measureCase } from './case.ts';
import type { MeasuredCase } from './case.ts';
import { readCaseOptions } from './options.ts';
import { reportBytes } from './report.ts';
import { volumetryTable } from './volumetry.ts';

const sample = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'sample-dicom');

/** The words of the sample case: its masks come from its formulas, its size from its header, its plan is a right hepatectomy. */
const sampleWords = [
  join(sample, 'ct'),
  ...['--liver', join(sample, 'masks', 'liver.nii.gz')],
  ...['--tumour', `${join(sample, 'masks', 'tumours.nii.gz')}#1,2,3`],
  ...['--vessels', `${join(sample, 'masks', 'vessels.nii.gz')}#1,2`],
  ...['--plan', join(sample, 'right-hepatectomy.plan.json')],
  ...['--height', '172', '--weight', '74', '--parenchyma', 'chemotherapy', '--phase', 'portal-venous'],
  ...['--reviewed-by', 'Sample case (masks from its formulas)'],
];

/** Runs the sample case without a window: its volumetry table as text, its report as a PDF in `folder`. */
export async function runDemo(
  folder: string,
): Promise<{ readonly table: string; readonly report: string; readonly measured: MeasuredCase }> {
  const measured = await measureCase(readCaseOptions(sampleWords));
  await mkdir(folder, { recursive: true });
  const report = join(folder, 'sample-report.pdf');
  await writeWhole(report, await reportBytes(measured));
  return { table: volumetryTable(measured), report, measured };
}
