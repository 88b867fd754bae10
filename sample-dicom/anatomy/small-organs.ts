import type { Shape } from '../frame.ts';
import { tube, tubes } from '../tubes.ts';

/** The oesophagus, down to the stomach. */
export function oesophagusTube(): Shape {
  return tubes(
    tube(
      [
        [14, 8, 30, 9],
        [12, 2, 0, 9],
        [13, -4, -24, 9],
        [20, -8, -38, 9.5],
        [34, -6, -48, 10],
      ],
      4,
    ),
  );
}

/** The air in it. */
export function oesophagusAir(): Shape {
  return tubes(
    tube(
      [
        [15, 7, 30, 2.2],
        [13, 1, 0, 2.6],
        [14, -5, -24, 1.6],
      ],
      4,
    ),
  );
}

/** The pancreas without its lobules, from the head to the splenic hilum. */
export function pancreasBand(): Shape {
  return tubes(
    tube(
      [
        [-36, -10, -134, 10],
        [-30, -14, -124, 14],
        [-18, -20, -118, 13],
        [0, -25, -111, 8.5],
        [18, -24, -106, 9],
        [36, -14, -100, 9.5],
        [54, -2, -94, 9.5],
        [72, 10, -88, 8.5],
        [86, 18, -82, 6],
      ],
      4,
    ),
    9,
  );
}

/** Both adrenal glands: two thin limbs each. */
export function adrenalGlands(): Shape {
  return tubes(
    [
      ...tube([
        [-38, 26, -92, 1.8],
        [-40, 34, -100, 2.2],
        [-43, 42, -110, 1.7],
      ]),
      ...tube([
        [-39, 30, -98, 2],
        [-34, 38, -104, 1.7],
        [-31, 44, -110, 1.4],
      ]),
      ...tube([
        [34, 20, -92, 1.9],
        [36, 28, -100, 2.3],
        [40, 36, -108, 1.7],
      ]),
      ...tube([
        [36, 26, -98, 2],
        [30, 32, -104, 1.8],
        [27, 37, -110, 1.4],
      ]),
    ],
    3,
  );
}

/** Calcified plaques in the wall of the aorta. */
export function aorticPlaques(): Shape {
  return tubes([
    ...tube([
      [-1.5, 15, -150, 1.1],
      [-1, 18, -158, 1.3],
      [0, 20, -164, 0.9],
    ]),
    ...tube([
      [17, 7.5, -128, 1],
      [17, 10, -133, 1.1],
    ]),
    ...tube([
      [4, 22, -182, 1.1],
      [8, 22.5, -187, 1.2],
    ]),
  ]);
}
