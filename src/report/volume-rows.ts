import { printedVolumes } from '../liver/index.ts';
import type { Volumetry } from '../liver/index.ts';
import { volumeInterval } from './wording.ts';

/** One line of the volumetry table. */
export interface VolumeRow {
  /** `part` rows add up to the `sum` row before `within`; `within` rows say what the total holds. */
  readonly kind: 'part' | 'sum' | 'within';
  readonly name: string;
  /** mL with one decimal, or a dash where no cut is planned. */
  readonly volume: string;
  readonly interval: string;
  /** Key of the part's colour, null where it has none. */
  readonly colour: 'remnant' | 'resected' | 'excluded' | null;
}

/**
 * The volumetry table: remnant + resected + excluded = total, and functional = total − tumour − non-functional, both true of the
 * printed tenths of a mL as well.
 */
export function volumeRows(volumetry: Volumetry): readonly VolumeRow[] {
  const { intervals } = volumetry;
  const printed = printedVolumes(volumetry, 1);
  const tumour = volumetry.tumourMl.toFixed(1);
  const nonFunctional = volumetry.nonFunctionalMl.toFixed(1);
  // The largest term takes the rounding: tenths of a mL against a volume of a litre.
  const functional = (Number(printed.total) - Number(tumour) - Number(nonFunctional)).toFixed(1);
  const none = '–';
  return [
    {
      kind: 'part',
      name: 'Remnant (FLR)',
      volume: printed.remnant ?? none,
      interval: volumeInterval(intervals.remnantMl),
      colour: 'remnant',
    },
    {
      kind: 'part',
      name: 'Resected',
      volume: printed.resected ?? none,
      interval: volumeInterval(intervals.resectedMl),
      colour: 'resected',
    },
    {
      kind: 'part',
      name: 'Excluded',
      volume: printed.excluded ?? none,
      interval: volumeInterval(intervals.excludedMl),
      colour: 'excluded',
    },
    {
      kind: 'sum',
      name: 'Total liver',
      volume: printed.total,
      interval: volumeInterval(intervals.totalMl),
      colour: null,
    },
    {
      kind: 'within',
      name: '− Tumour',
      volume: tumour,
      interval: volumeInterval(intervals.tumourMl),
      colour: null,
    },
    {
      kind: 'within',
      name: '− Non-functional',
      volume: nonFunctional,
      interval: none,
      colour: null,
    },
    {
      kind: 'sum',
      name: 'Functional liver',
      volume: functional,
      interval: volumeInterval(intervals.functionalMl),
      colour: null,
    },
  ];
}
