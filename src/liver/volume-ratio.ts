import type { Remark } from '../volume/index.ts';
import type { Volumetry } from './volumetry.ts';

/**
 * Measured functional volume over the standard volume: outside of this range a slip is likelier than a liver. Our own bounds, not
 * published ones: wide enough for atrophy, steatosis and the scatter of the formula, narrow enough for a mask of one lobe, a wrong
 * slice spacing, or a height in inches.
 */
export const plausibleVolumeRatio = { least: 0.6, most: 1.6 } as const;

/** The warning when the measured liver does not fit the body; null when it does, or when height and weight are not known. */
export function volumeRatioRemark({
  functionalMl,
  standardLiverMl,
}: Pick<Volumetry, 'functionalMl' | 'standardLiverMl'>): Remark | null {
  if (standardLiverMl === null || functionalMl <= 0) return null;
  const { least, most } = plausibleVolumeRatio;
  const ratio = functionalMl / standardLiverMl;
  // A standard volume of nothing or less is outside of what the formula was made for.
  if (standardLiverMl > 0 && ratio >= least && ratio <= most) return null;
  const said =
    standardLiverMl > 0
      ? `The functional liver (${functionalMl.toFixed(0)} mL) is ${ratio.toFixed(2)} times the standard volume (${standardLiverMl.toFixed(0)} mL); ${least} to ${most} is plausible.`
      : `The standard volume comes out as ${standardLiverMl.toFixed(0)} mL: the formula is not made for this body size.`;
  return { code: 'volume_ratio', message: `${said} Check the liver mask, the slice spacing, height and weight.` };
}
