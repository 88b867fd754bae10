/** Writing systems that our own typeface lacks and a patient's name may need; each is set in a font of its own. */
export type Script = 'han' | 'hangul' | 'arabic' | 'hebrew' | 'thai';

/** Hangul stands first: its font holds Han as well, so a Korean name in both is set in one font. */
const patterns: readonly (readonly [Script, RegExp])[] = [
  ['hangul', /\p{Script=Hangul}/u],
  ['han', /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['thai', /\p{Script=Thai}/u],
];

/** The scripts beyond our own typeface's Latin, Greek and Cyrillic that `text` holds. */
export function scriptsIn(text: string): readonly Script[] {
  return patterns.filter(([, pattern]) => pattern.test(text)).map(([script]) => script);
}

const rightToLeft = /([\p{Script=Arabic}\p{Script=Hebrew}]+(?:[^\p{L}\p{N}]+[\p{Script=Arabic}\p{Script=Hebrew}]+)*)/u;

/** `text` cut where its direction turns: set as one, the figures of a patient's ID would be mirrored beside an Arabic or Hebrew name. */
export function runsIn(text: string): readonly string[] {
  return text.split(rightToLeft).filter((run) => run !== '');
}
