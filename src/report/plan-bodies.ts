import { toIndex, worldPoint } from '../geometry/index.ts';
import {
  colours,
  cutField,
  isResected,
  kindOf,
  liverLabel,
  totalMembers,
  vesselLabel,
  isOnPattern,
  partPatterns,
  patternColour,
} from '../liver/index.ts';
import type { Colour } from '../liver/index.ts';
import { colourIn } from '../plan/index.ts';
import { fieldOf, labelHistogram, labelSet, surfaceOf } from '../volume/index.ts';
import type { ReportInput } from './input.ts';
import type { SurfaceBody } from './surface-image.ts';

/** How clear the liver's glass is: tumours and vessels inside are seen, the parts keep their colours. */
const liverOpacity = 0.5;

/**
 * The surfaces of the 3D key image: the total as glass, coloured place by place by the side of the cut it lies on (the cut itself is
 * exact, not voxel steps), with tumours and vessels inside. Empty when nothing is segmented. `patternMm` is the distance between the marks
 * of the resected side as they are seen from the front; 0 = none.
 */
export function planBodies(
  { labels, plan }: Pick<ReportInput, 'labels' | 'plan'>,
  patternMm = 0,
): readonly SurfaceBody[] {
  const { grid } = labels;
  const bodies: SurfaceBody[] = [];
  const add = (isMember: Uint8Array, colour: SurfaceBody['colour'], opacity: number): void => {
    const field = fieldOf(labels, isMember);
    if (field !== null) bodies.push({ ...surfaceOf(field, grid), colour, opacity });
  };
  const own = (label: number): Colour => colourIn(plan.structures, label) ?? colours.tumour;
  add(totalMembers, plan.cuts.length === 0 ? own(liverLabel) : sideColour({ labels, plan }, patternMm), liverOpacity);
  add(labelSet([vesselLabel]), own(vesselLabel), 1);
  const counts = labelHistogram(labels.values);
  const tumours = [...counts.keys()].filter((label) => kindOf(label) === 'tumour' && counts[label]! > 0);
  for (const colour of new Set(tumours.map(own))) {
    add(labelSet(tumours.filter((label) => own(label) === colour)), colour, 1);
  }
  return bodies;
}

function sideColour(
  { labels, plan }: Pick<ReportInput, 'labels' | 'plan'>,
  patternMm: number,
): (x: number, y: number, z: number) => Colour {
  const field = cutField(labels.grid, plan.cuts);
  return (x, y, z) => {
    const index = toIndex(labels.grid, worldPoint(x, y, z));
    if (!isResected(field, index[0], index[1], index[2])) return colours.remnant;
    const isMarked = patternMm > 0 && isOnPattern(partPatterns.resected, x, -z, patternMm);
    return isMarked ? patternColour(colours.resected) : colours.resected;
  };
}
