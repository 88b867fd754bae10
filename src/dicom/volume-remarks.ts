import type { Grid } from '../geometry/index.ts';
import type { Remark } from '../volume/index.ts';
import { groupedBy } from './grouped-by.ts';
import type { PhaseGuess } from './series.ts';
import { mm, stepTolerance } from './slice-order.ts';
import type { SliceHeader } from './slice-header.ts';

/** Above this the interval widens and small structures are missed; above the second no verdict is given (rule base B0). */
const cautionStep = 3;
const widestStep = 5;
/** Positions are rounded: a step is over a limit when it is so by more than this (mm), as for the verdict. */
const positionTolerance = 0.0005;

/** What must be said of a volume, in the words of its reader. */
export function volumeRemarks(
  slices: readonly SliceHeader[],
  grid: Grid,
  phase: PhaseGuess | null,
  copies: number,
): readonly Remark[] {
  return [
    ...spacingRemarks(slices, grid.spacing[2]),
    ...phaseRemarks(slices[0]!.series.modality, phase),
    ...valueRemarks(slices),
    ...codingRemarks(slices),
    ...copyRemarks(copies),
  ];
}

function spacingRemarks(slices: readonly SliceHeader[], step: number): readonly Remark[] {
  const remarks: Remark[] = [];
  if (step > widestStep + positionTolerance) {
    remarks.push({
      code: 'slices_too_far_apart',
      message: `The slices are ${mm(step)} apart, more than ${mm(widestStep)}: no verdict is given unless you confirm that it is wanted. Load a thinner reconstruction if there is one.`,
    });
  } else if (step > cautionStep + positionTolerance) {
    remarks.push({
      code: 'slices_far_apart',
      message: `Caution: the slices are ${mm(step)} apart. Up to ${mm(cautionStep)} is advised for volumetry; look for a thinner reconstruction.`,
    });
  }
  const thickness = slices.find(
    ({ sliceThickness }) => sliceThickness !== null && Math.abs(sliceThickness - step) > stepTolerance(step),
  )?.sliceThickness;
  if (thickness !== undefined && thickness !== null) {
    const how = thickness > step ? 'they overlap' : 'there are gaps between them';
    remarks.push({
      code: 'slice_thickness_differs',
      message: `SliceThickness says ${mm(thickness)}, but the slices are ${mm(step)} apart (${how}). Volumes use the positions.`,
    });
  }
  return remarks;
}

/** The warning of a CT that seems to be of another phase. */
export function phaseRemarks(modality: string, guess: PhaseGuess | null): readonly Remark[] {
  if (modality !== 'CT' || guess === null || guess.phase === 'portal-venous') return [];
  return [
    {
      code: 'not_portal_venous',
      message: `This seems to be the ${guess.phase} phase (a guess: ${guess.reason}). The veins that bound the segments are best seen in the portal venous phase.`,
    },
  ];
}

function valueRemarks(slices: readonly SliceHeader[]): readonly Remark[] {
  const remarks: Remark[] = [];
  const [first] = slices;
  const unscaled = slices.filter((slice) => slice.rescale === null).length;
  if (first!.series.modality === 'MR' && unscaled > 0) {
    const message =
      unscaled === slices.length
        ? 'The MR slices have no usable rescale slope and intercept: the stored signal is shown as it is.'
        : `${unscaled} of ${slices.length} MR slices have no usable rescale slope and intercept, the others have: their signals do not compare.`;
    remarks.push({ code: 'no_rescale', message });
  }
  const type = slices.find((slice) => (slice.rescale?.type ?? 'HU') !== 'HU')?.rescale?.type ?? null;
  if (first!.series.modality === 'CT' && type !== null) {
    remarks.push({
      code: 'not_hounsfield',
      message: `RescaleType says ${type}, not HU: the values may not be Hounsfield units.`,
    });
  }
  return remarks;
}

/** The scanner codes the slices of one CT alike: one that is coded otherwise may have been damaged or changed. */
function codingRemarks(slices: readonly SliceHeader[]): readonly Remark[] {
  const groups = groupedBy(slices, codingOf);
  if (groups.size < 2) return [];
  const [, ...others] = [...groups.values()].sort((a, b) => b.length - a.length);
  const odd = others.flat();
  const message = `${odd.length} of ${slices.length} slices (${odd[0]!.name}${odd.length > 1 ? ', …' : ''}) store their values otherwise than the rest (bits, sign, slope or intercept). Look at them: their grey values may be wrong.`;
  return [{ code: 'coding_differs', message }];
}

/** How the values of a slice are stored; MR scanners write a slope of its own into each slice. */
function codingOf({ format, rescale, series }: SliceHeader): string {
  const { bitsAllocated, bitsStored, highBit, signed } = format;
  const scale = series.modality === 'CT' ? [rescale?.slope, rescale?.intercept] : [];
  return [bitsAllocated, bitsStored, highBit, signed, ...scale].join(' ');
}

function copyRemarks(copies: number): readonly Remark[] {
  if (copies === 0) return [];
  const what = copies === 1 ? 'One file holds a slice' : `${copies} files hold slices`;
  return [{ code: 'repeated_files', message: `${what} of this series a second time. Each slice is used once.` }];
}
