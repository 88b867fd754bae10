import type { Colour } from './structure.ts';

/** What marks a part beside its colour, so that parts are told apart in grey print too. */
export type PartPattern = 'lines' | 'dots';

/** What the legend calls a pattern. */
export const patternWords: Readonly<Record<PartPattern, string>> = { lines: 'lined', dots: 'dotted' };

/** The resected side is crossed by slanting lines, what is excluded is dotted, the remnant is plain. */
export const partPatterns = { resected: 'lines', excluded: 'dots' } as const;

/**
 * Whether a place lies on the marks of a pattern; `across`, `down` and `period` (from one mark to the next) in one unit. Lines are
 * `thickness` of a period wide, measured across: bold for paper.
 */
export function isOnPattern(
  pattern: PartPattern,
  across: number,
  down: number,
  period: number,
  thickness = 0.27,
): boolean {
  if (pattern === 'lines') return remainder(across + down, period * Math.SQRT2) < period * thickness;
  const row = Math.floor(down / period);
  const shift = row % 2 === 0 ? 0 : period / 2;
  const radius = period * 0.21;
  return Math.hypot(remainder(across + shift, period) - period / 2, remainder(down, period) - period / 2) < radius;
}

/** A part's colour as its marks have it: the same hue, dark enough to be seen on the part in grey. */
export function patternColour(colour: Colour): Colour {
  return [colour[0] * 0.3, colour[1] * 0.3, colour[2] * 0.3];
}

function remainder(value: number, period: number): number {
  return value - Math.floor(value / period) * period;
}
