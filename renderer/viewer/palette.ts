import { colours, kindOf, patternColour } from '../../src/liver/index.ts';
import type { Colour } from '../../src/liver/index.ts';
import { colourIn } from '../../src/plan/index.ts';
import type { StructureEntry } from '../../src/plan/index.ts';
import { opacityOf, usualOpacity } from '../structure-look.ts';

/** Colours by label (+ 256 on the resected side), as 32-bit RGBA words in memory order; 0 draws nothing. */
export interface Palette {
  readonly fill: Uint32Array;
  readonly line: Uint32Array;
  /** The marks of the parts on their fill, which tell them apart in grey as well; 0 where a part is plain. */
  readonly mark: Uint32Array;
}

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** One RGBA pixel as canvas image data stores it; alpha 0 … 1. */
export function rgba([red, green, blue]: Colour, alpha: number): number {
  const a = Math.round(Math.min(1, Math.max(0, alpha)) * 255);
  return littleEndian
    ? ((a << 24) | (blue << 16) | (green << 8) | red) >>> 0
    : ((red << 24) | (green << 16) | (blue << 8) | a) >>> 0;
}

/** The colour of a part: resected takes everything on its side; a lesion that stays is excluded (B0 of the rule base). */
function partColour(label: number, resected: boolean): Colour | null {
  const kind = kindOf(label);
  if (kind === null) return null;
  if (kind === 'outside') return colours.outside;
  if (resected) return colours.resected;
  return kind === 'liver' || kind === 'vessel' ? colours.remnant : colours.excluded;
}

/**
 * Fill and outline of every label. Without cuts both are the structure's colour; with cuts the fill tells the part (remnant, resected,
 * excluded) and the outline still tells the structure. `structures` give colours of their own, `opacities` the strength of each.
 */
export function createPalette(
  opacity: number,
  hidden: readonly number[],
  withCuts: boolean,
  structures: readonly StructureEntry[] = [],
  opacities: Readonly<Record<number, number>> = {},
): Palette {
  const fill = new Uint32Array(512);
  const line = new Uint32Array(512);
  const mark = new Uint32Array(512);
  for (let label = 1; label < 256; label += 1) {
    const own = colourIn(structures, label);
    const share = opacityOf({ opacities }, label) / usualOpacity(label);
    if (own === null || hidden.includes(label) || share === 0) continue;
    const lineAlpha = opacity === 0 ? 0 : Math.min(1, 0.35 + opacity) * Math.min(1, share);
    for (const side of [0, 1]) {
      const part = withCuts ? partColour(label, side === 1) : own;
      if (part === null) continue;
      fill[label + 256 * side] = rgba(part, opacity * share);
      if (withCuts && (part === colours.resected || part === colours.excluded))
        mark[label + 256 * side] = rgba(patternColour(part), 1.25 * opacity * share);
      line[label + 256 * side] = rgba(withCuts && kindOf(label) === 'liver' ? part : own, lineAlpha);
    }
  }
  return { fill, line, mark };
}
