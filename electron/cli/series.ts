import { readWords } from './options.ts';
import { scanFolder } from './folder.ts';

/** `remnant series FOLDER`: one entry per series, usable or refused with its reasons. */
export async function series(words: readonly string[]): Promise<string> {
  const { folder, values } = readWords(words, {});
  const scanned = await scanFolder(folder);
  const entries = scanned.entries.map(({ header, slices, size, spacing, status, reasons, remarks }) => ({
    seriesInstanceUid: header.seriesInstanceUid,
    modality: header.modality,
    description: header.description,
    slices,
    size,
    spacing,
    status,
    reasons,
    remarks,
  }));
  if (values['json'] === true) return JSON.stringify(entries, null, 2);
  return entries
    .map((entry) => {
      const size = entry.size === null ? '' : ` ${entry.size.join(' × ')}`;
      const spacing = entry.spacing === null ? '' : `, ${entry.spacing.map((step) => step.toFixed(3)).join(' × ')} mm`;
      const lines = [`${entry.seriesInstanceUid}  ${entry.modality}  ${entry.description ?? '(no description)'}`];
      lines.push(`  ${entry.slices} slices${size}${spacing}: ${entry.status === 'volume' ? 'usable' : 'refused'}`);
      for (const { code, message } of [...entry.reasons, ...entry.remarks]) lines.push(`  ${code}: ${message}`);
      return lines.join('\n');
    })
    .join('\n');
}
