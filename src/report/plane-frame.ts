import { direction } from '../geometry/index.ts';
import type { Direction } from '../geometry/index.ts';
import type { EdgeLetters } from './picture.ts';

export type PlaneName = 'axial' | 'coronal' | 'sagittal';

/** How a plane lies on paper: patient right on the left of the page, front up or left, head up (radiological convention). */
export interface PlaneFrame {
  readonly right: Direction;
  readonly down: Direction;
  /** The LPS axis that is constant in the plane. */
  readonly fixedAxis: 0 | 1 | 2;
  readonly letters: EdgeLetters;
}

/** The three patient planes, LPS; oblique scans are resampled into them, so the letters are exact. */
export const planeFrames: Readonly<Record<PlaneName, PlaneFrame>> = {
  axial: {
    right: direction(1, 0, 0),
    down: direction(0, 1, 0),
    fixedAxis: 2,
    letters: { left: 'R', right: 'L', top: 'A', bottom: 'P' },
  },
  coronal: {
    right: direction(1, 0, 0),
    down: direction(0, 0, -1),
    fixedAxis: 1,
    letters: { left: 'R', right: 'L', top: 'H', bottom: 'F' },
  },
  sagittal: {
    right: direction(0, 1, 0),
    down: direction(0, 0, -1),
    fixedAxis: 0,
    letters: { left: 'A', right: 'P', top: 'H', bottom: 'F' },
  },
};
