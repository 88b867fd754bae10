import { gunzipSync } from 'node:zlib';
import { placeMask, writeMaskFile } from '../../src/exchange/index.ts';
import type { Remark } from '../../src/volume/index.ts';
import { writeWhole } from '../services/write-whole.ts';
import { readMask } from './case.ts';
import { loadSeries, scanFolder } from './folder.ts';
import { readMaskArgument, readWords } from './options.ts';
import { Refusal, valueOf } from './refusal.ts';
import { refuseUnwritable } from './report.ts';

/** `remnant convert FOLDER --mask IN --out OUT`: a mask laid on the series' own grid, labels kept. */
export async function convert(words: readonly string[]): Promise<string> {
  const { folder, values } = readWords(words, {
    series: { type: 'string' },
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
  const { volume, entry } = await loadSeries(await scanFolder(folder), typeof series === 'string' ? series : null);
  const argument = readMaskArgument(mask);
  const file = await readMask(argument.file);
  const labels = argument.labels ?? file.labelsPresent;
  const converted = new Uint8Array(volume.values.length);
  const remarks = new Map<string, Remark>();
  for (const label of labels) {
    if (label > 255)
      throw new Refusal('mask_not_labels', `Label ${label} is over 255: choose labels with ${argument.file}#label.`);
    const placed = valueOf(placeMask(file, [label], volume.grid));
    placed.inside.forEach((inside, offset) => {
      if (inside !== 0) converted[offset] = label;
    });
    for (const remark of placed.remarks) remarks.set(remark.message, remark);
  }
  const bytes = writeMaskFile(converted, volume.grid);
  await writeWhole(out, out.endsWith('.gz') ? bytes : gunzipSync(bytes));
  const answer = { seriesInstanceUid: entry.header.seriesInstanceUid, out, labels, remarks: [...remarks.values()] };
  if (values['json'] === true) return JSON.stringify(answer, null, 2);
  return [`${out}: labels ${labels.join(', ')}`, ...answer.remarks.map(({ message }) => message)].join('\n');
}
