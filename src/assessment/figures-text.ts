import { printedVolumes } from '../liver/index.ts';
import type { Figure, Volumetry } from '../liver/index.ts';
import type { Assessment } from './assessment.ts';
import { decimalsFor, printed, printedInterval } from './figures.ts';
import { denominatorLabels, verdictLabels } from './texts.ts';

/** The figures as plain text, one a line with unit, 90 % interval and denominator, for a letter or a mail; nothing of the patient. */
export function figuresText(volumetry: Volumetry, assessment: Assessment, reviewedBy: string | null): string {
  const volumes = printedVolumes(volumetry);
  const tumourDecimals = volumetry.tumourMl < 10 ? 1 : 0;
  const lines = [
    ...assessment.verdicts.flatMap((line) => {
      const { denominator, percent, interval, verdict } = line;
      if (percent === null) return [];
      const decimals = decimalsFor(line);
      const range = interval === null ? '' : ` (${printedInterval(interval, decimals)})`;
      const side = verdict === 'none' ? '' : `; ${verdictLabels[verdict]}`;
      return [`FLR ${printed(percent, decimals)} %${range} of ${denominatorLabels[denominator]}${side}`];
    }),
    volumeLine('Remnant', volumes.remnant, 'remnantMl', volumetry, 0),
    volumeLine('Resected', volumes.resected, 'resectedMl', volumetry, 0),
    volumeLine('Stays, not counted', volumes.excluded, 'excludedMl', volumetry, 0),
    volumeLine('Total liver', volumes.total, 'totalMl', volumetry, 0),
    volumeLine('Tumour', printed(volumetry.tumourMl, tumourDecimals), 'tumourMl', volumetry, tumourDecimals),
    volumeLine('Functional liver', printed(volumetry.functionalMl, 0), 'functionalMl', volumetry, 0),
    `In brackets: 90 % interval, provisional. Masks reviewed by: ${reviewedBy ?? 'nobody'}.`,
  ];
  return lines.filter((line) => line !== null).join('\n');
}

function volumeLine(
  name: string,
  text: string | null,
  figure: Figure,
  volumetry: Volumetry,
  decimals: number,
): string | null {
  if (text === null) return null;
  const interval = volumetry.intervals[figure];
  return `${name} ${text} mL${interval === undefined ? '' : ` (${printedInterval(interval, decimals)})`}`;
}
