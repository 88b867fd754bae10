import { createChance } from '../noise.ts';
import { tube } from '../tubes.ts';
import type { Piece } from '../tubes.ts';

type Axis = readonly (readonly [number, number, number, number])[];

const ascendingToRight: Axis = [
  [-97, 8, -204, 20],
  [-99, 4, -188, 19],
  [-92, -20, -172, 18],
  [-80, -44, -160, 17],
  [-58, -64, -152, 17],
];
const transverse: Axis = [
  [-58, -64, -152, 17],
  [-30, -71, -153, 16],
  [0, -72, -152, 16],
  [30, -72, -146, 15],
  [58, -68, -136, 15],
  [84, -58, -122, 15],
  [104, -38, -106, 15],
  [114, -22, -98, 14],
];
const descending: Axis = [
  [114, -22, -98, 14],
  [121, 0, -112, 12.5],
  [120, 16, -130, 12],
  [116, 24, -155, 11.5],
  [112, 24, -180, 11],
  [110, 20, -206, 11],
];

/** The colon with haustra: its radius swells and narrows along the way. */
export function colonPieces(): readonly Piece[] {
  let along = 0;
  return [ascendingToRight, transverse, descending].flatMap((axis) =>
    tube(axis, 4).map((piece) => {
      along += 4;
      const swell = (at: number): number => 1 + 0.13 * Math.sin(at / 4.2) + 0.07 * Math.sin(at / 11);
      return { ...piece, fromRadius: piece.fromRadius * swell(along - 4), toRadius: piece.toRadius * swell(along) };
    }),
  );
}

/** Gas in the colon: it lies in front (the patient is supine) and comes and goes along the way. */
export function colonGas(): readonly Piece[] {
  let along = 0;
  return [ascendingToRight, transverse, descending].flatMap((axis) =>
    tube(axis, 4).map(({ from, to, fromRadius, toRadius }) => {
      along += 4;
      const share = (at: number): number => 0.42 + 0.42 * Math.sin(at / 19 + 0.8) + 0.12 * Math.sin(at / 5);
      const lift = (radius: number, at: number): number => radius * (0.78 - share(at));
      const before = Math.max(0.1, fromRadius * share(along - 4));
      const after = Math.max(0.1, toRadius * share(along));
      return {
        from: [from[0], from[1] - Math.max(0, lift(fromRadius, along - 4)), from[2]],
        to: [to[0], to[1] - Math.max(0, lift(toRadius, along)), to[2]],
        fromRadius: before,
        toRadius: after,
      };
    }),
  );
}

/** The duodenum round the head of the pancreas. */
export const duodenum: readonly Piece[] = tube(
  [
    [-31, -37, -112, 9.5],
    [-45, -28, -117, 10.5],
    [-53, -10, -130, 11],
    [-54, 2, -146, 11],
    [-48, 4, -164, 11],
    [-28, -4, -172, 10.5],
    [0, -8, -174, 10],
    [24, -6, -166, 10],
    [36, -14, -154, 10],
  ],
  4,
);

/** Loops of jejunum in the left and middle abdomen: wandering tubes that keep apart. */
export function smallBowel(): readonly Piece[] {
  const chance = createChance(907);
  const taken: [number, number, number][] = [];
  const pieces: Piece[] = [];
  for (let loop = 0; loop < 3000; loop += 1) {
    let x = -66 + chance() * 162;
    let y = -54 + chance() * 62;
    let z = -132 - chance() * 76;
    let turn = chance() * 6.3;
    let dive = (chance() - 0.5) * 1.2;
    const axis: [number, number, number, number][] = [];
    for (let step = 0; step < 22; step += 1) {
      const radius = 9 + 3 * chance();
      if (x < -78 || x > 100 || y < -60 || y > 14 || z > -126 || z < -216) break;
      if (taken.some(([a, b, c]) => (a - x) ** 2 + (b - y) ** 2 + (c - z) ** 2 < 18 ** 2)) break;
      axis.push([x, y, z, radius]);
      turn += (chance() - 0.42) * 1.5;
      dive += (chance() - 0.5) * 0.7;
      x += 10 * Math.cos(turn);
      y += 10 * Math.sin(turn);
      z += 6 * dive;
    }
    if (axis.length < 4) continue;
    taken.push(...axis.map(([a, b, c]): [number, number, number] => [a, b, c]));
    pieces.push(...tube(axis, 4));
  }
  return pieces;
}

/** Small mesenteric and omental vessels: thin tubes that wander through the fat. */
export function mesentericVessels(): readonly Piece[] {
  const chance = createChance(911);
  const pieces: Piece[] = [];
  const wander = (x: number, y: number, z: number, steps: number, radius: number): void => {
    let turn = chance() * 6.3;
    let [a, b, c] = [x, y, z];
    const axis: [number, number, number, number][] = [];
    for (let step = 0; step < steps; step += 1) {
      axis.push([a, b, c, radius * (1 - (0.5 * step) / steps)]);
      turn += (chance() - 0.5) * 1.4;
      a += 6 * Math.cos(turn);
      b += 4 * Math.sin(turn);
      c -= 7 * (chance() - 0.15);
    }
    pieces.push(...tube(axis, 4));
  };
  for (let at = 0; at < 80; at += 1)
    wander(-30 + chance() * 110, -66 + chance() * 62, -104 - chance() * 60, 9, 0.9 + chance() * 0.9);
  for (let at = 0; at < 14; at += 1)
    wander(70 + chance() * 45, -62 + chance() * 40, -50 - chance() * 40, 7, 0.7 + chance() * 0.5);
  for (let at = 0; at < 12; at += 1)
    wander(4 + chance() * 40, -34 + chance() * 24, -58 - chance() * 30, 6, 0.8 + chance() * 0.6);
  return pieces;
}
