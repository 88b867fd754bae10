import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeReport } from '../../src/report/index.ts';
import type { ReportFonts } from '../../src/report/index.ts';
import { writeWhole } from '../services/write-whole.ts';
import { measureCase } from './case.ts';
import type { MeasuredCase } from './case.ts';
import { readCaseOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import { appVersion } from '../services/version.ts';
import { volumetryAnswer } from './volumetry.ts';

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** `remnant report FOLDER … --out report.pdf`: the report, written whole or not at all. */
export async function report(words: readonly string[]): Promise<string> {
  const options = readCaseOptions(words);
  if (options.out === null) throw new Refusal('out_missing', 'Name the file to write with --out report.pdf.');
  await refuseUnwritable(options.out);
  const measured = await measureCase(options);
  const bytes = await reportBytes(measured);
  await writeWhole(options.out, bytes);
  if (options.json)
    return JSON.stringify({ out: options.out, bytes: bytes.length, ...volumetryAnswer(measured) }, null, 2);
  return `${options.out} (${Math.round(bytes.length / 1024)} KB)`;
}

/** The PDF of a measured case. */
export async function reportBytes({
  series,
  labels,
  plan,
  volumetry,
  assessed,
  remarks,
}: MeasuredCase): Promise<Uint8Array> {
  return makeReport(
    {
      entry: series.entry,
      volume: series.volume,
      labels,
      plan,
      volumetry,
      assessed,
      remarks,
      appVersion: appVersion(projectFolder),
      now: new Date().toISOString(),
    },
    await reportFonts(),
  );
}

async function reportFonts(): Promise<ReportFonts> {
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/inter/package.json'));
  const read = (name: string): Promise<Uint8Array> => readFile(join(folder, name));
  return {
    regular: await read('400Regular/Inter_400Regular.ttf'),
    medium: await read('500Medium/Inter_500Medium.ttf'),
    bold: await read('700Bold/Inter_700Bold.ttf'),
  };
}

/** Throws before any work when the folder of `out` is not there or `out` is a folder. */
export async function refuseUnwritable(out: string): Promise<void> {
  const folder = await stat(dirname(out)).catch(() => null);
  if (folder?.isDirectory() !== true)
    throw new Refusal('out_not_writable', `There is no folder ${dirname(out)} to write to.`);
  const there = await stat(out).catch(() => null);
  if (there?.isDirectory() === true) throw new Refusal('out_not_writable', `${out} is a folder. Name a file.`);
}
