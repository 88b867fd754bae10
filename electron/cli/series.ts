import { readWords } from './options.ts';
import { scanFolder } from './folder.ts';
import { lookedAt } from './look.ts';

/** `remnant series FOLDER`: one entry per volume, usable or refused with its reasons. */
export async function series(words: readonly string[]): Promise<string> {
  const { folder, values } = readWords(words, { 'resample-uneven': { type: 'boolean' } });
  const scanned = await scanFolder(folder, { resampleUneven: values['resample-uneven'] === true });
  const { entries: listed, best } = await lookedAt(scanned);
  const entries = listed.map((entry) => ({
    seriesInstanceUid: entry.header.seriesInstanceUid,
    volumeId: entry.volumeId,
    part: entry.part,
    modality: entry.header.modality,
    description: entry.header.description,
    slices: entry.slices,
    size: entry.size,
    spacing: entry.spacing,
    coverageMm: entry.coverageMm,
    phase: entry.phase,
    status: entry.status,
    resampling: entry.resampling,
    reasons: entry.reasons,
    remarks: entry.remarks,
    suggested: best?.volumeId === entry.volumeId ? best.reason : null,
  }));
  if (values['json'] === true) return JSON.stringify(entries, null, 2);
  const lines = entries.flatMap((entry) => {
    const size = entry.size === null ? '' : ` ${entry.size.join(' × ')}`;
    const spacing = entry.spacing === null ? '' : `, ${entry.spacing.map((step) => step.toFixed(3)).join(' × ')} mm`;
    const covered = entry.coverageMm === null ? '' : `, ${entry.coverageMm.toFixed(0)} mm covered`;
    const what = [
      entry.modality,
      entry.description ?? '(no description)',
      ...(entry.part === null ? [] : [entry.part]),
    ];
    const status = entry.status === 'volume' ? 'usable' : 'refused';
    const offer = entry.resampling === 'offered' ? ['  --resample-uneven would interpolate it to a regular grid.'] : [];
    return [
      `${entry.volumeId}  ${what.join('  ')}`,
      `  ${entry.slices === 1 ? '1 slice' : `${entry.slices} slices`}${size}${spacing}${covered}: ${status}`,
      ...(entry.phase === null ? [] : [`  Perhaps ${entry.phase.phase}: ${entry.phase.reason}.`]),
      ...[...entry.reasons, ...entry.remarks].map(({ code, message }) => `  ${code}: ${message}`),
      ...offer,
      ...(entry.suggested === null ? [] : [`  Look at this one first. ${entry.suggested}`]),
    ];
  });
  if (scanned.skipped > 0) lines.push(`${scanned.skipped} entries are no DICOM objects or could not be read.`);
  if (scanned.indexes.length > 0) {
    lines.push(`${scanned.indexes.join(', ')}: not needed, the files it lists are found without it.`);
  }
  return lines.join('\n');
}
