import { createChance } from '../noise.ts';
import { drawn } from '../contours.ts';
import type { Point3, Shape } from '../frame.ts';
import { roughen } from '../shapes.ts';
import { tubes } from '../tubes.ts';
import type { Piece } from '../tubes.ts';

/** What lies under the diaphragm: two domes that widen downwards until only the recesses of the lungs are left behind them. */
export function createAbdominalDome(): Shape {
  const shape = drawn(
    [
      {
        z: 2,
        loops: [
          [
            [-86, -18],
            [-82, -28],
            [-72, -33],
            [-61, -28],
            [-57, -18],
            [-61, -8],
            [-72, -3],
            [-82, -8],
          ],
        ],
      },
      {
        z: -6,
        loops: [
          [
            [-110, -16],
            [-98, -44],
            [-68, -54],
            [-38, -36],
            [-34, -12],
            [-52, 12],
            [-82, 20],
            [-104, 6],
          ],
        ],
      },
      {
        z: -16,
        loops: [
          [
            [-126, -14],
            [-114, -52],
            [-80, -72],
            [-38, -58],
            [-12, -32],
            [-26, 8],
            [-58, 32],
            [-96, 36],
            [-120, 16],
          ],
          [
            [54, -14],
            [72, -28],
            [88, -12],
            [72, 6],
          ],
        ],
      },
      {
        z: -26,
        loops: [
          [
            [-133, -12],
            [-122, -56],
            [-86, -82],
            [-40, -84],
            [4, -70],
            [22, -36],
            [2, -12],
            [-24, 14],
            [-56, 38],
            [-96, 46],
            [-125, 26],
          ],
          [
            [30, -14],
            [46, -48],
            [84, -46],
            [110, -14],
            [98, 20],
            [66, 28],
            [42, 12],
          ],
        ],
      },
      {
        z: -38,
        loops: [
          [
            [-137, -10],
            [-128, -56],
            [-92, -86],
            [-40, -104],
            [20, -104],
            [70, -92],
            [112, -54],
            [126, -8],
            [112, 36],
            [74, 46],
            [38, 30],
            [18, 6],
            [-6, 4],
            [-24, 16],
            [-54, 44],
            [-96, 54],
            [-129, 32],
          ],
        ],
      },
      {
        z: -56,
        loops: [
          [
            [-142, 0],
            [-142, -50],
            [-104, -92],
            [-40, -112],
            [40, -112],
            [104, -92],
            [140, -50],
            [140, 2],
            [124, 42],
            [84, 60],
            [48, 52],
            [30, 32],
            [0, 22],
            [-28, 32],
            [-52, 56],
            [-92, 66],
            [-130, 42],
          ],
        ],
      },
      {
        z: -76,
        loops: [
          [
            [-148, 18],
            [-150, -40],
            [-112, -96],
            [-40, -118],
            [40, -118],
            [112, -96],
            [150, -40],
            [148, 18],
            [130, 52],
            [94, 72],
            [62, 74],
            [38, 56],
            [24, 32],
            [0, 26],
            [-24, 32],
            [-40, 58],
            [-62, 76],
            [-96, 77],
            [-132, 54],
          ],
        ],
      },
      {
        z: -98,
        loops: [
          [
            [-156, 24],
            [-156, -40],
            [-112, -100],
            [0, -120],
            [112, -100],
            [156, -40],
            [156, 24],
            [132, 58],
            [100, 78],
            [70, 84],
            [46, 76],
            [24, 40],
            [0, 30],
            [-24, 40],
            [-46, 76],
            [-70, 84],
            [-100, 79],
            [-134, 58],
          ],
        ],
      },
      {
        z: -122,
        loops: [
          [
            [-170, 24],
            [-160, -40],
            [-112, -110],
            [0, -130],
            [112, -110],
            [160, -40],
            [170, 24],
            [140, 76],
            [100, 98],
            [70, 100],
            [46, 90],
            [0, 50],
            [-46, 90],
            [-70, 100],
            [-100, 98],
            [-140, 76],
          ],
        ],
      },
    ],
    1.6,
    60,
  );
  return { at: (z) => roughen(shape.at(z), z, 1.8, 34, 21) };
}

/** The heart with its fat: lower half, resting on the left dome. */
export function createHeart(): {
  readonly sac: Shape;
  readonly muscle: Shape;
  readonly left: Shape;
  readonly right: Shape;
} {
  const sac = drawn([
    {
      z: 28,
      loops: [
        [
          [-46, -32],
          [-34, -66],
          [0, -86],
          [44, -82],
          [78, -60],
          [86, -26],
          [66, 2],
          [30, 14],
          [-10, 14],
          [-40, 4],
        ],
      ],
    },
    {
      z: -4,
      loops: [
        [
          [-44, -28],
          [-30, -64],
          [4, -86],
          [50, -84],
          [82, -60],
          [84, -28],
          [60, -4],
          [24, 6],
          [-14, 8],
          [-38, -2],
        ],
      ],
    },
    {
      z: -22,
      loops: [
        [
          [-16, -52],
          [4, -84],
          [50, -86],
          [84, -64],
          [82, -38],
          [56, -22],
          [20, -24],
        ],
      ],
    },
    {
      z: -36,
      loops: [
        [
          [14, -78],
          [50, -88],
          [80, -72],
          [74, -58],
          [44, -56],
        ],
      ],
    },
  ]);
  const muscle = drawn([
    {
      z: 28,
      loops: [
        [
          [-40, -28],
          [-28, -58],
          [2, -76],
          [44, -74],
          [72, -54],
          [79, -26],
          [62, -4],
          [28, 8],
          [-8, 9],
          [-34, 2],
        ],
      ],
    },
    {
      z: -4,
      loops: [
        [
          [-37, -24],
          [-24, -54],
          [8, -72],
          [48, -74],
          [74, -54],
          [77, -30],
          [56, -12],
          [22, -4],
          [-14, 3],
          [-33, -4],
        ],
      ],
    },
    {
      z: -18,
      loops: [
        [
          [4, -56],
          [20, -70],
          [52, -74],
          [74, -58],
          [70, -42],
          [46, -32],
          [20, -36],
        ],
      ],
    },
  ]);
  const left = drawn([
    {
      z: 28,
      loops: [
        [
          [22, -30],
          [44, -58],
          [66, -46],
          [70, -24],
          [56, -8],
          [32, -6],
        ],
      ],
    },
    {
      z: -2,
      loops: [
        [
          [26, -32],
          [46, -56],
          [66, -48],
          [68, -32],
          [52, -20],
          [34, -18],
        ],
      ],
    },
    {
      z: -11,
      loops: [
        [
          [44, -46],
          [58, -52],
          [62, -42],
          [50, -36],
        ],
      ],
    },
  ]);
  const right = drawn([
    {
      z: 28,
      loops: [
        [
          [-36, -26],
          [-24, -54],
          [4, -71],
          [30, -68],
          [24, -46],
          [8, -24],
          [-4, 0],
          [-30, 0],
        ],
      ],
    },
    {
      z: -2,
      loops: [
        [
          [-33, -22],
          [-20, -50],
          [10, -67],
          [34, -66],
          [28, -48],
          [12, -28],
          [-10, -6],
          [-28, -4],
        ],
      ],
    },
    {
      z: -13,
      loops: [
        [
          [8, -54],
          [22, -64],
          [38, -64],
          [30, -50],
        ],
      ],
    },
  ]);
  return { sac, muscle, left, right };
}

/** Branching vessels of the lower lobes, fanning out from both roots. */
export function lungVessels(): Shape {
  const chance = createChance(2203);
  const pieces: Piece[] = [];
  const grow = (from: Point3, toward: Point3, radius: number, depth: number): void => {
    let at = from;
    let [dx, dy, dz] = toward;
    let width = radius;
    const steps = 4 + Math.floor(chance() * 4);
    for (let step = 0; step < steps; step += 1) {
      dx += (chance() - 0.5) * 0.5;
      dy += (chance() - 0.5) * 0.5;
      dz += (chance() - 0.5) * 0.4;
      const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
      const next: Point3 = [at[0] + (dx / length) * 6, at[1] + (dy / length) * 6, at[2] + (dz / length) * 6];
      const thinner = Math.max(0.55, width * 0.95);
      pieces.push({ from: at, to: next, fromRadius: width, toRadius: thinner });
      at = next;
      width = thinner;
    }
    if (depth === 0) return;
    for (let child = 0; child < 2; child += 1) {
      const spread = (): number => (chance() - 0.5) * 1.7;
      grow(at, [dx + spread(), dy + spread(), dz + spread() * 0.6], Math.max(0.6, width * 0.74), depth - 1);
    }
  };
  for (const side of [-1, 1] as const) {
    for (let root = 0; root < 9; root += 1) {
      const turn = -1.0 + (root / 8) * 2.6;
      grow([side * 42, 12, 48], [side * Math.cos(turn), Math.sin(turn), -1.1 + 0.8 * chance()], 4.2, 4);
    }
  }
  return tubes(pieces, 3);
}
