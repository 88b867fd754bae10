import { toIndex, worldPoint } from '../geometry/index.ts';
import { colours, cutField, firstTumourLabel, isResected, kindOf, totalMembers, vesselLabel } from '../liver/index.ts';
import type { Colour } from '../liver/index.ts';
import { fieldOf, labelSet, surfaceOf } from '../volume/index.ts';
import type { ReportInput } from './input.ts';
import type { SurfaceBody } from './surface-image.ts';

/** How clear the liver's glass is: tumours and vessels inside are seen, the parts keep their colours. */
const liverOpacity = 0.5;

/**
 * The surfaces of the 3D key image: the total as glass, coloured place by place by the side of the cut it lies on (the cut itself is
 * exact, not voxel steps), with tumours and vessels inside. Empty when nothing is segmented.
 */
export function planBodies({ labels, plan }: Pick<ReportInput, 'labels' | 'plan'>): readonly SurfaceBody[] {
  const { grid } = labels;
  const bodies: SurfaceBody[] = [];
  const add = (isMember: Uint8Array, colour: SurfaceBody['colour'], opacity: number): void => {
    const field = fieldOf(labels, isMember);
    if (field !== null) bodies.push({ ...surfaceOf(field, grid), colour, opacity });
  };
  add(totalMembers, plan.cuts.length === 0 ? colours.liver : sideColour({ labels, plan }), liverOpacity);
  add(labelSet([vesselLabel]), colours.vessel, 1);
  add(labelSet(tumourLabels()), colours.tumour, 1);
  return bodies;
}

function tumourLabels(): readonly number[] {
  return Array.from({ length: 256 - firstTumourLabel }, (_, place) => firstTumourLabel + place).filter(
    (label) => kindOf(label) === 'tumour',
  );
}

function sideColour({
  labels,
  plan,
}: Pick<ReportInput, 'labels' | 'plan'>): (x: number, y: number, z: number) => Colour {
  const field = cutField(labels.grid, plan.cuts);
  return (x, y, z) => {
    const index = toIndex(labels.grid, worldPoint(x, y, z));
    return isResected(field, index[0], index[1], index[2]) ? colours.resected : colours.remnant;
  };
}
