import type { Interval } from '../liver/index.ts';
import type { Denominator, DenominatorVerdict } from './assessment.ts';

/** Decimals a percentage is printed with: body weight needs two. */
export function decimalsOf(denominator: Denominator): 1 | 2 {
  return denominator === 'bodyWeight' ? 2 : 1;
}

/** How many digits more than usual may be needed to tell a figure from its threshold. */
const mostMoreDecimals = 4;

/**
 * Decimals a line of the verdict sheet is printed with: as usual, but more where figure or interval would round onto the threshold
 * without being it. 19.97 printed as 20.0 beside "below 20 %" would mislead.
 */
export function decimalsFor({ denominator, percent, interval, thresholdPercent }: DenominatorVerdict): number {
  const usual = decimalsOf(denominator);
  const values = [percent, ...(interval ?? [])].filter((value) => value !== null);
  const isClear = (decimals: number): boolean =>
    values.every((value) => value === thresholdPercent || Number(value.toFixed(decimals)) !== thresholdPercent);
  let decimals: number = usual;
  while (decimals < usual + mostMoreDecimals && !isClear(decimals)) decimals += 1;
  return decimals;
}

/** A number with fixed decimals and a true minus sign, the same in every place that prints it. */
export function printed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** An interval as "348–396". */
export function printedInterval(interval: Interval<number>, decimals: number): string {
  return `${printed(interval[0], decimals)}–${printed(interval[1], decimals)}`;
}

/** A threshold without needless zeros: 20, 26.6, 0.5, or a range as "25–30". */
export function printedValue(value: number | readonly [number, number]): string {
  return typeof value === 'number' ? String(value) : `${String(value[0])}–${String(value[1])}`;
}

/** Words joined as in a sentence: "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]!}`;
}
