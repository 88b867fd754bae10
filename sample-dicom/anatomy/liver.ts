import { drawn } from '../contours.ts';
import type { Point3, Shape } from '../frame.ts';
import { noise } from '../noise.ts';
import { computed, ellipsoid } from '../shapes.ts';
import { tube, tubes } from '../tubes.ts';

/** The liver's outline from the dome to the tip of the right lobe, before neighbours press into it. */
export function liverOutline(): Shape {
  return drawn([
    {
      z: 2,
      loops: [
        [
          [-106, -18],
          [-72, -50],
          [-36, -18],
          [-72, 16],
        ],
      ],
    },
    {
      z: -14,
      loops: [
        [
          [-130, -14],
          [-114, -58],
          [-78, -78],
          [-36, -66],
          [-6, -38],
          [-12, -8],
          [-30, 8],
          [-58, 36],
          [-98, 40],
          [-124, 16],
        ],
      ],
    },
    {
      z: -28,
      loops: [
        [
          [-140, -10],
          [-128, -60],
          [-90, -88],
          [-40, -96],
          [3, -88],
          [29, -70],
          [35, -48],
          [22, -30],
          [3, -16],
          [-10, -4],
          [-26, 12],
          [-56, 42],
          [-96, 52],
          [-130, 28],
        ],
      ],
    },
    {
      z: -42,
      loops: [
        [
          [-143, -6],
          [-134, -58],
          [-96, -90],
          [-40, -100],
          [8, -97],
          [38, -83],
          [58, -58],
          [51, -36],
          [29, -26],
          [11, -16],
          [-2, -4],
          [-14, 12],
          [-34, 28],
          [-56, 52],
          [-96, 62],
          [-132, 36],
        ],
      ],
    },
    {
      z: -56,
      loops: [
        [
          [-144, 0],
          [-134, -54],
          [-96, -88],
          [-45, -99],
          [4, -98],
          [37, -86],
          [59, -64],
          [58, -44],
          [37, -32],
          [16, -24],
          [0, -15],
          [0, 3],
          [-12, 14],
          [-36, 28],
          [-56, 58],
          [-92, 72],
          [-131, 46],
        ],
      ],
    },
    {
      z: -69,
      loops: [
        [
          [-144, 8],
          [-134, -48],
          [-98, -84],
          [-50, -98],
          [0, -98],
          [30, -90],
          [48, -72],
          [45, -54],
          [26, -42],
          [8, -30],
          [-8, -23],
          [-9, -8],
          [-1, 5],
          [-14, 16],
          [-34, 24],
          [-48, 54],
          [-66, 74],
          [-96, 78],
          [-132, 54],
        ],
      ],
    },
    {
      z: -79,
      loops: [
        [
          [-142, 14],
          [-134, -44],
          [-100, -82],
          [-52, -97],
          [-4, -97],
          [21, -90],
          [34, -76],
          [27, -62],
          [10, -50],
          [-10, -40],
          [-30, -27],
          [-25, -13],
          [-13, 3],
          [-20, 18],
          [-40, 24],
          [-48, 50],
          [-66, 72],
          [-98, 77],
          [-131, 56],
        ],
      ],
    },
    {
      z: -90,
      loops: [
        [
          [-140, 18],
          [-132, -40],
          [-102, -78],
          [-60, -94],
          [-16, -95],
          [3, -86],
          [5, -72],
          [-18, -57],
          [-44, -42],
          [-58, -24],
          [-54, -6],
          [-46, 10],
          [-48, 36],
          [-56, 58],
          [-76, 70],
          [-104, 68],
          [-129, 50],
        ],
      ],
    },
    {
      z: -101,
      loops: [
        [
          [-137, 18],
          [-130, -36],
          [-106, -70],
          [-78, -84],
          [-56, -82],
          [-52, -68],
          [-66, -46],
          [-74, -20],
          [-70, 6],
          [-66, 32],
          [-72, 52],
          [-92, 60],
          [-118, 48],
        ],
      ],
    },
    {
      z: -113,
      loops: [
        [
          [-133, 16],
          [-128, -28],
          [-112, -54],
          [-94, -60],
          [-86, -44],
          [-86, -10],
          [-82, 22],
          [-90, 46],
          [-108, 48],
          [-124, 38],
        ],
      ],
    },
    {
      z: -125,
      loops: [
        [
          [-128, 12],
          [-124, -20],
          [-113, -36],
          [-101, -32],
          [-97, -2],
          [-97, 22],
          [-106, 36],
          [-119, 32],
        ],
      ],
    },
    {
      z: -135,
      loops: [
        [
          [-121, 10],
          [-117, -10],
          [-110, -10],
          [-107, 12],
          [-114, 22],
        ],
      ],
    },
  ]);
}

/** The fissure of the round ligament and that of the venous ligament: thin wedges of fat cut into the liver from below. */
export function fissures(): Shape {
  return computed([-60, 40, -112, 20], (x, y, z) => {
    const sway = 2.2 * noise(y / 18, z / 18, 0, 31);
    const depth = Math.max(0, -z - 64);
    const round = Math.max(
      Math.abs(x - 1 - 0.1 * (y + 70) - 1.8 * sway) - 0.3 - 0.05 * depth,
      y + 50 - 0.12 * depth,
      z + 62 + 0.25 * Math.max(0, -y - 70),
    );
    const along = 0.93 * (x + 6) + 0.37 * (y + 15);
    const across = -0.37 * (x + 6) + 0.93 * (y + 15) + sway * 0.7;
    const venous = Math.max(Math.abs(across) - 0.7 - 0.035 * depth, Math.abs(along) - 19, z + 50);
    return Math.min(round, venous);
  });
}

const gallbladderAxis = tube(
  [
    [-47, -22, -88, 3],
    [-52, -30, -94, 6],
    [-60, -42, -104, 10.5],
    [-67, -55, -108, 12.5],
    [-73, -66, -113, 11.5],
  ],
  3,
);

/** The gallbladder with its wall. */
export function gallbladder(): Shape {
  return tubes(gallbladderAxis, 14);
}

/** Three metastases: middle and radius, LPS mm; numbers 1 and 2 in the right liver, 3 in the left lateral section. */
export const metastases: readonly { readonly centre: Point3; readonly radius: number; readonly seed: number }[] = [
  { centre: [-98, -2, -46], radius: 16.5, seed: 41 },
  { centre: [-107, 22, -99], radius: 10.8, seed: 42 },
  { centre: [29, -58, -53], radius: 8.3, seed: 43 },
];

/** A metastasis: a ball with irregular surface. */
export function metastasis(number: 0 | 1 | 2): Shape {
  const { centre, radius, seed } = metastases[number]!;
  const r = radius * 1.4 + 6;
  return computed([centre[0] - r, centre[0] + r, centre[1] - r, centre[1] + r], (x, y, z) => {
    const bumps =
      noise(x / (radius * 0.8), y / (radius * 0.8), z / (radius * 0.8), seed) * 0.24 +
      noise(x / 5, y / 5, z / 5, seed + 7) * 0.05;
    const egg: Point3 = [radius * (1 + 0.1 * ((seed % 3) - 1)), radius * 0.96, radius * (1.04 - 0.06 * (seed % 2))];
    return Math.min(60, ellipsoid(x, y, z, centre, egg) - bumps * radius);
  });
}
