import arabic from '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf?url';
import hebrew from '@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf?url';
import hangul from '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf?url';
import han from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import thai from '@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf?url';
import regular from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url';
import medium from '@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf?url';
import bold from '@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf?url';
import type { ReportFonts, Script } from '../../src/report/index.ts';

const addressOf: Readonly<Record<Script, string>> = { arabic, hebrew, hangul, han, thai };

async function bytesOf(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The font ${address} is missing from this build`);
  return new Uint8Array(await response.arrayBuffer());
}

let fonts: Promise<ReportFonts> | null = null;

/** The fonts that reports embed, from the bundle: our own typeface once, those of other scripts when a name needs them. */
export function loadFonts(): Promise<ReportFonts> {
  fonts ??= Promise.all([regular, medium, bold].map(bytesOf)).then((files) => ({
    regular: files[0]!,
    medium: files[1]!,
    bold: files[2]!,
    other: (script) => bytesOf(addressOf[script]),
  }));
  return fonts;
}
