import { gridCentre, worldPoint } from '../geometry/index.ts';
import type { WorldPoint } from '../geometry/index.ts';
import type { Colour } from '../liver/index.ts';
import type { ReportInput } from './input.ts';
import { keyPlace } from './key-place.ts';
import { planeFrames } from './plane-frame.ts';
import type { PlaneName } from './plane-frame.ts';
import { drawPlaneImage } from './plane-image.ts';
import type { EdgeLetters, Picture } from './picture.ts';
import { drawSurfaceImage } from './surface-image.ts';
import { coordinateText } from './wording.ts';
import { planBodies } from './plan-bodies.ts';
import { signalWindow } from '../volume/index.ts';
import type { Volume } from '../volume/index.ts';

/** A key image with what is written on and under it. */
export interface KeyImage {
  readonly name: string;
  readonly picture: Picture;
  readonly letters: EdgeLetters;
  readonly mmPerPixel: number;
  readonly caption: string;
  /** What a reader who can not see it should know. */
  readonly alternative: string;
  /** Light on dark (images) or dark on light (surfaces). */
  readonly dark: boolean;
}

/** Share of the picture that the liver fills at most. */
const filling = 0.9;
/** Pixels from one mark of a part's pattern to the next: 3.4 points of paper. */
const patternPixels = 12;
const surfaceBackground: Colour = [246, 247, 248];

/** The window of the key images: liver for CT, from the values themselves for MR. */
export function keyWindow(volume: Volume): { readonly centre: number; readonly width: number } {
  return volume.unit === 'HU' ? { centre: 90, width: 300 } : signalWindow(volume.values);
}

/** Draws the key images of a report, all to one scale: three planes through the middle of the cut, and the liver from the front. */
export function drawKeyImages(input: ReportInput, width: number, height: number): readonly KeyImage[] {
  const { volume, labels, plan } = input;
  const place = keyPlace(labels, plan.cuts);
  const point = place?.point ?? gridCentre(volume.grid);
  const middle =
    place === null
      ? point
      : worldPoint(
          (place.low[0] + place.high[0]) / 2,
          (place.low[1] + place.high[1]) / 2,
          (place.low[2] + place.high[2]) / 2,
        );
  const mmPerPixel = place === null ? 400 / width : scaleFor(place.low, place.high, width, height);
  const window = keyWindow(volume);
  const planned = plan.cuts.length > 0;
  const planes = (['axial', 'coronal', 'sagittal'] as const).map((plane): KeyImage => {
    const centre = withCoordinate(middle, planeFrames[plane].fixedAxis, point);
    const picture = drawPlaneImage({
      volume,
      labels,
      cuts: plan.cuts,
      structures: plan.structures,
      plane,
      centre,
      width,
      height,
      mmPerPixel,
      window,
      fill: 0.22,
      patternPixels,
    });
    const axis = ['x', 'y', 'z'][planeFrames[plane].fixedAxis]!;
    const name = `${plane.charAt(0).toUpperCase()}${plane.slice(1)}`;
    const position = `${axis} = ${coordinateText(picture.positionMm, 1)} mm`;
    return {
      name,
      picture,
      letters: picture.letters,
      mmPerPixel,
      caption: `${name} · ${position}`,
      alternative: `${name} image at ${position} with ${planned ? 'remnant, resected and excluded parts' : 'the liver'} in colour`,
      dark: true,
    };
  });
  const bodies = planBodies(input, patternPixels * mmPerPixel);
  if (bodies.length === 0) return planes;
  const { right, down, letters } = planeFrames.coronal;
  const picture = drawSurfaceImage({
    bodies,
    centre: middle,
    right,
    down,
    away: planeFrames.axial.down,
    width,
    height,
    mmPerPixel,
    background: surfaceBackground,
  });
  return [
    ...planes,
    {
      name: 'Surface',
      picture,
      letters,
      mmPerPixel,
      caption: '3D from the front',
      alternative: `Liver from the front with ${planned ? 'remnant and resected parts' : 'its surface'}, tumours and vessels in colour`,
      dark: false,
    },
  ];
}

/** One scale at which the box of the liver fits into every picture. */
function scaleFor(low: WorldPoint, high: WorldPoint, width: number, height: number): number {
  const extent = (axis: 0 | 1 | 2): number => high[axis] - low[axis];
  const across = Math.max(extent(0), extent(1)) / (width * filling);
  const along = Math.max(extent(1), extent(2)) / (height * filling);
  return Math.max(across, along, 0.05);
}

function withCoordinate(middle: WorldPoint, axis: 0 | 1 | 2, from: WorldPoint): WorldPoint {
  const [x, y, z] = middle.map((value, place) => (place === axis ? from[axis] : value));
  return worldPoint(x!, y!, z!);
}

export type { PlaneName };
