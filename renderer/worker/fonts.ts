import regular from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url';
import medium from '@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf?url';
import bold from '@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf?url';
import type { ReportFonts } from '../../src/report/index.ts';

async function bytesOf(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The font ${address} is missing from this build`);
  return new Uint8Array(await response.arrayBuffer());
}

let fonts: Promise<ReportFonts> | null = null;

/** The fonts that reports embed, fetched once from the bundle. */
export function loadFonts(): Promise<ReportFonts> {
  fonts ??= Promise.all([regular, medium, bold].map(bytesOf)).then((files) => ({
    regular: files[0]!,
    medium: files[1]!,
    bold: files[2]!,
  }));
  return fonts;
}
