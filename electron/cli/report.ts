import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeReport } from '../../src/report/index.ts';
import type { ReportFonts, Script } from '../../src/report/index.ts';
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

const otherFonts: Readonly<Record<Script, string>> = {
  han: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  hangul: '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf',
  arabic: '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  hebrew: '@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
  thai: '@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf',
};

async function reportFonts(): Promise<ReportFonts> {
  const installed = createRequire(import.meta.url);
  const read = (path: string): Promise<Uint8Array> => {
    const [scope = '', name = '', ...file] = path.split('/');
    return readFile(join(dirname(installed.resolve(`${scope}/${name}/package.json`)), ...file));
  };
  return {
    regular: await read('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
    medium: await read('@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf'),
    bold: await read('@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf'),
    other: (script) => read(otherFonts[script]),
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
