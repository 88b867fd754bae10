import { drawn, mirrored } from '../contours.ts';
import type { Loop } from '../contours.ts';
import type { Shape } from '../frame.ts';
import { roughen } from '../shapes.ts';

const skinChest: Loop = mirrored([
  [0, -110],
  [-30, -111],
  [-62, -108],
  [-102, -95],
  [-138, -64],
  [-160, -20],
  [-165, 20],
  [-152, 64],
  [-118, 94],
  [-75, 108],
  [-35, 112],
  [-12, 110],
  [0, 108],
]);
const skinBelly: Loop = mirrored([
  [0, -111],
  [-30, -112],
  [-62, -109],
  [-100, -96],
  [-136, -66],
  [-158, -24],
  [-163, 16],
  [-152, 60],
  [-120, 91],
  [-78, 107],
  [-38, 112],
  [-12, 109],
  [0, 106],
]);
const skinFlank: Loop = mirrored([
  [0, -108],
  [-30, -110],
  [-62, -107],
  [-98, -94],
  [-132, -64],
  [-153, -24],
  [-158, 14],
  [-148, 56],
  [-118, 88],
  [-78, 106],
  [-38, 111],
  [-12, 107],
  [0, 104],
]);
const wallChest: Loop = mirrored([
  [0, -101],
  [-30, -102],
  [-60, -98],
  [-98, -83],
  [-130, -54],
  [-150, -16],
  [-155, 22],
  [-142, 62],
  [-110, 88],
  [-72, 101],
  [-35, 105],
  [-14, 103],
  [0, 99],
]);
const wallBelly: Loop = mirrored([
  [0, -98],
  [-30, -101],
  [-60, -98],
  [-95, -84],
  [-128, -55],
  [-148, -18],
  [-153, 18],
  [-141, 58],
  [-110, 84],
  [-74, 98],
  [-38, 103],
  [-14, 100],
  [0, 93],
]);
const wallFlank: Loop = mirrored([
  [0, -93],
  [-30, -97],
  [-60, -94],
  [-92, -80],
  [-122, -52],
  [-140, -18],
  [-145, 14],
  [-134, 52],
  [-106, 79],
  [-74, 95],
  [-38, 101],
  [-14, 97],
  [0, 89],
]);
const cavityChest: Loop = mirrored([
  [0, -90],
  [-30, -92],
  [-60, -88],
  [-95, -73],
  [-124, -43],
  [-141, -5],
  [-142, 28],
  [-128, 60],
  [-100, 80],
  [-70, 87],
  [-48, 82],
  [-33, 66],
  [-25, 46],
  [-21, 32],
  [0, 26],
]);
const cavityBelly: Loop = mirrored([
  [0, -89],
  [-30, -92],
  [-60, -89],
  [-94, -74],
  [-122, -44],
  [-138, -8],
  [-139, 24],
  [-125, 54],
  [-98, 73],
  [-72, 78],
  [-52, 70],
  [-36, 58],
  [-27, 44],
  [-21, 31],
  [0, 25],
]);
const cavityFlank: Loop = mirrored([
  [0, -84],
  [-30, -88],
  [-60, -85],
  [-88, -71],
  [-113, -43],
  [-127, -10],
  [-129, 18],
  [-117, 46],
  [-94, 62],
  [-72, 64],
  [-56, 55],
  [-45, 40],
  [-34, 30],
  [-20, 27],
  [0, 24],
]);

/** The trunk without arms: skin surface, the outside of the muscles, and the inside of the wall. */
export interface Trunk {
  readonly skin: Shape;
  readonly wall: Shape;
  readonly cavity: Shape;
}

/** Three levels of the trunk: lower chest, upper abdomen and flank. */
export function createTrunk(): Trunk {
  const levels = (chest: Loop, belly: Loop, flank: Loop): Shape =>
    drawn(
      [
        { z: 25, loops: [chest] },
        { z: -50, loops: [chest] },
        { z: -110, loops: [belly] },
        { z: -160, loops: [flank] },
        { z: -200, loops: [flank] },
      ],
      1,
      70,
    );
  const bent = (shape: Shape, amount: number, seed: number): Shape => ({
    at: (z) => roughen(shape.at(z), z, amount, 70, seed),
  });
  return {
    skin: bent(levels(skinChest, skinBelly, skinFlank), 2.5, 11),
    wall: bent(levels(wallChest, wallBelly, wallFlank), 2.2, 12),
    cavity: bent(levels(cavityChest, cavityBelly, cavityFlank), 1.6, 13),
  };
}
