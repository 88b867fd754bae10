import { drawn } from '../contours.ts';
import type { Point3, Shape } from '../frame.ts';
import { noise } from '../noise.ts';
import { computed, ellipsoid, roughen } from '../shapes.ts';

/** The spleen. */
export function spleen(): Shape {
  const shape = drawn([
    {
      z: -30,
      loops: [
        [
          [72, 8],
          [92, -2],
          [104, 12],
          [96, 26],
          [78, 26],
        ],
      ],
    },
    {
      z: -46,
      loops: [
        [
          [60, 22],
          [82, -2],
          [108, -18],
          [126, -6],
          [126, 22],
          [104, 46],
          [74, 46],
        ],
      ],
    },
    {
      z: -66,
      loops: [
        [
          [56, 40],
          [68, 22],
          [92, 14],
          [104, -10],
          [122, -30],
          [138, -12],
          [138, 24],
          [120, 56],
          [88, 68],
          [64, 58],
        ],
      ],
    },
    {
      z: -86,
      loops: [
        [
          [64, 50],
          [74, 30],
          [94, 26],
          [104, 2],
          [120, -24],
          [138, -14],
          [139, 24],
          [122, 58],
          [94, 74],
          [70, 66],
        ],
      ],
    },
    {
      z: -104,
      loops: [
        [
          [82, 58],
          [90, 40],
          [104, 30],
          [112, 6],
          [124, -12],
          [136, 0],
          [136, 30],
          [120, 58],
          [98, 70],
        ],
      ],
    },
    {
      z: -118,
      loops: [
        [
          [104, 52],
          [110, 34],
          [118, 16],
          [128, 8],
          [132, 26],
          [122, 48],
        ],
      ],
    },
  ]);
  return { at: (z) => roughen(shape.at(z), z, 2.2, 26, 51) };
}

/** The stomach with its wall, from the fundus to the antrum in front of the pancreas. */
export function stomach(): Shape {
  const shape = drawn([
    {
      z: -24,
      loops: [
        [
          [36, -8],
          [50, -38],
          [82, -42],
          [103, -14],
          [92, 12],
          [64, 22],
          [44, 12],
        ],
      ],
    },
    {
      z: -34,
      loops: [
        [
          [28, 0],
          [44, -34],
          [80, -44],
          [106, -18],
          [92, 10],
          [66, 26],
          [40, 20],
        ],
      ],
    },
    {
      z: -46,
      loops: [
        [
          [24, 6],
          [36, -16],
          [62, -38],
          [92, -36],
          [98, -12],
          [80, 12],
          [56, 34],
          [34, 28],
        ],
      ],
    },
    {
      z: -62,
      loops: [
        [
          [26, 4],
          [38, -20],
          [64, -48],
          [96, -52],
          [108, -30],
          [96, -4],
          [70, 20],
          [46, 30],
          [30, 20],
        ],
      ],
    },
    {
      z: -80,
      loops: [
        [
          [42, -8],
          [50, -36],
          [70, -66],
          [98, -68],
          [110, -46],
          [102, -20],
          [84, 2],
          [62, 12],
        ],
      ],
    },
    {
      z: -93,
      loops: [
        [
          [36, -42],
          [52, -70],
          [80, -82],
          [102, -70],
          [104, -44],
          [86, -24],
          [60, -18],
        ],
      ],
    },
    {
      z: -102,
      loops: [
        [
          [-8, -48],
          [8, -66],
          [38, -78],
          [72, -84],
          [92, -68],
          [84, -46],
          [58, -36],
          [26, -34],
          [4, -34],
        ],
      ],
    },
    {
      z: -113,
      loops: [
        [
          [-34, -34],
          [-24, -52],
          [6, -64],
          [42, -70],
          [62, -62],
          [50, -48],
          [18, -42],
          [-12, -28],
          [-28, -24],
        ],
      ],
    },
  ]);
  return { at: (z) => roughen(roughen(shape.at(z), z, 2.6, 22, 52), z, 1, 8, 53) };
}

const kidneyAxes: readonly { readonly centre: Point3; readonly side: 1 | -1 }[] = [
  { centre: [-59, 41, -146], side: -1 },
  { centre: [61, 40, -132], side: 1 },
];

/** One kidney: 0 the right, 1 the left; `sinus` is the fat-filled hollow that opens towards the midline. */
export function kidney(which: 0 | 1): { readonly whole: Shape; readonly sinus: Shape } {
  const { centre, side } = kidneyAxes[which]!;
  const box = [centre[0] - 50, centre[0] + 50, centre[1] - 45, centre[1] + 45] as const;
  const local = (x: number, y: number, z: number): Point3 => {
    const dz = z - centre[2];
    const dx = side * (x - centre[0]) + 0.2 * dz;
    const dy = y - centre[1] + 0.14 * dz;
    return [0.86 * dx - 0.5 * -dy, 0.86 * dy - 0.5 * dx, dz];
  };
  const hollow = (u: number, v: number, w: number): number => ellipsoid(u, v, w, [-17, -2, 0], [16, 6.5, 21]);
  return {
    whole: computed(box, (x, y, z) => {
      const [u, v, w] = local(x, y, z);
      const lobes = 1.1 * noise(x / 15, y / 15, z / 15, 61 + which);
      const body = ellipsoid(u, v, w, [0, 0, 0], [28, 24.5, 55]);
      const notch = ellipsoid(u, v, w, [-31, -2, 0], [13, 6, 15]);
      return Math.min(60, Math.max(body + lobes, -notch));
    }),
    sinus: computed(box, (x, y, z) => {
      const [u, v, w] = local(x, y, z);
      return Math.min(60, hollow(u, v, w) + 3.4 * noise(x / 8, y / 8, z / 10, 63 + which));
    }),
  };
}

/** Psoas muscles and diaphragmatic crura beside the spine. */
export function psoasAndCrura(): Shape {
  return computed([-70, 75, -10, 75], (x, y, z) => {
    const size = Math.min(17, Math.max(0, (-z - 96) * 0.2));
    const psoas = size > 0 ? ellipsoid(Math.abs(x), y, 0, [27 + size * 0.5, 46, 0], [size, size * 1.25, 99]) : 60;
    if (z > -18 || z < -170) return Math.min(60, psoas);
    const middle = 9 + Math.max(0, z + 90) * 0.09;
    const ring = ellipsoid(x, y, 0, [middle - 1, 18 + Math.max(0, z + 90) * 0.08, 0], [17, 17.5, 99]);
    const thick = 4.6 + 1.6 * noise(x / 9, y / 9, z / 20, 71) - Math.max(0, (-z - 120) * 0.06);
    const front = z > -84 ? -50 : Math.min(14, (-z - 84) * 0.8) - y - 6;
    return Math.min(60, psoas, Math.max(Math.abs(ring + 1) - thick * 0.5, y - 36, front));
  });
}

/** The pancreas: a lobulated band from the head in the duodenal loop to the splenic hilum. */
export function pancreasTexture(x: number, y: number, z: number): number {
  return 1.9 * noise(x / 6, y / 6, z / 6, 81) + 1.4 * noise(x / 13, y / 13, z / 13, 82);
}
