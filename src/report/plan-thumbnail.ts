import { gridCentre, worldPoint } from '../geometry/index.ts';
import { keyPlace } from './key-place.ts';
import { keyWindow } from './key-images.ts';
import type { ReportInput } from './input.ts';
import { drawPlaneImage } from './plane-image.ts';
import { encodePng } from './png.ts';

/** Size of a plan's small picture, pixels. */
const width = 192;
const height = 144;

/** A plan as a small PNG for lists: the axial slice through the middle of its cut (else of its liver), with the parts in their colours. */
export function planThumbnail({ volume, labels, plan }: Pick<ReportInput, 'volume' | 'labels' | 'plan'>): Uint8Array {
  const { grid } = volume;
  const centre = keyPlace(labels, plan.cuts)?.point;
  const middle = gridCentre(grid);
  const across = Math.max(grid.size[0] * grid.spacing[0], (grid.size[1] * grid.spacing[1] * width) / height);
  return encodePng(
    drawPlaneImage({
      volume,
      labels,
      cuts: plan.cuts,
      structures: plan.structures,
      plane: 'axial',
      // The whole slice, at the height of the key place.
      centre: centre === undefined ? middle : withHeight(middle, centre),
      width,
      height,
      mmPerPixel: across / width,
      window: keyWindow(volume),
      fill: 0.4,
    }),
  );
}

function withHeight(middle: ReturnType<typeof gridCentre>, place: ReturnType<typeof gridCentre>): typeof middle {
  return worldPoint(middle[0], middle[1], place[2]);
}
