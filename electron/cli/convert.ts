import { gunzipSync } from 'node:zlib';
import { placeLabels, writeMaskFile } from '../../src/exchange/index.ts';
import { writeWhole } from '../services/write-whole.ts';
import { readMask } from './case.ts';
import { loadFolder } from './folder.ts';
import { readMaskArgument, readWords } from './options.ts';
import { Refusal, valueOf } from './refusal.ts';
import { refuseUnwritable } from './report.ts';

/** `remnant convert FOLDER --mask IN --out OUT`: a mask laid on the series' own grid, labels kept. */
export async function convert(words: readonly string[]): Promise<string> {
  const { folder, values } = readWords(words, {
    series: { type: 'string' },
    'resample-uneven': { type: 'boolean' },
    mask: { type: 'string' },
    out: { type: 'string' },
  });
  const { mask, out, series } = values;
  if (typeof mask !== 'string') throw new Refusal('mask_missing', 'Name the mask to convert with --mask FILE.');
  if (typeof out !== 'string') throw new Refusal('out_missing', 'Name the file to write with --out FILE.nii.gz.');
  if (!/\.nii(\.gz)?$/u.test(out)) {
    throw new Refusal('format_unknown', `${out}: masks are written as NIfTI (.nii or .nii.gz).`);
  }
  await refuseUnwritable(out);
  const choice = { resampleUneven: values['resample-uneven'] === true };
  const { volume, entry } = await loadFolder(folder, typeof series === 'string' ? series : null, choice);
  const argument = readMaskArgument(mask);
  const file = await readMask(argument.file);
  const labels = argument.labels ?? file.labelsPresent;
  const tooHigh = labels.find((label) => label > 255);
  if (tooHigh !== undefined)
    throw new Refusal('mask_not_labels', `Label ${tooHigh} is over 255: choose labels with ${argument.file}#label.`);
  const { values: converted, remarks } = valueOf(placeLabels(file, labels, volume.grid));
  const bytes = writeMaskFile(converted, volume.grid);
  await writeWhole(out, out.endsWith('.gz') ? bytes : gunzipSync(bytes));
  const answer = { seriesInstanceUid: entry.header.seriesInstanceUid, out, labels, remarks };
  if (values['json'] === true) return JSON.stringify(answer, null, 2);
  return [`${out}: labels ${labels.join(', ')}`, ...answer.remarks.map(({ message }) => message)].join('\n');
}
