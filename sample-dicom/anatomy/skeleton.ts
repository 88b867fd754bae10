import type { Field, Shape } from '../frame.ts';
import { computed } from '../shapes.ts';
import { tube, tubes } from '../tubes.ts';

/** Height of a vertebra with its disc, mm. */
const storey = 29;
const topVertebra = 9;
/** Where the middle of the vertebral bodies lies, y in mm. */
const bodyY = 41;

/** Which vertebra a height belongs to: its middle, and the height within it from −0.5 (lower disc) to 0.5. */
function vertebraAt(z: number): { readonly middle: number; readonly u: number } {
  const count = Math.round((z - topVertebra) / storey);
  const middle = topVertebra + count * storey;
  return { middle, u: (z - middle) / storey };
}

function oval(x: number, y: number, a: number, b: number): number {
  return (Math.sqrt((x / a) ** 2 + (y / b) ** 2) - 1) * Math.min(a, b);
}

function block(x: number, y: number, z: number, a: number, b: number, c: number, round: number): number {
  const u = Math.max(0, Math.abs(x) - a + round);
  const v = Math.max(0, Math.abs(y) - b + round);
  const w = Math.max(0, Math.abs(z) - c + round);
  return Math.sqrt(u * u + v * v + w * w) - round;
}

/** The vertebral bodies (without discs). */
export function vertebralBodies(): Shape {
  return computed([-45, 45, 10, 80], (x, y, z) => {
    const { u } = vertebraAt(z);
    const waist = 0.9 + 0.1 * Math.min(1, (2.6 * u) ** 2);
    const dent = 5 * Math.exp(-((x / 9) ** 2));
    const side = oval(x, y - bodyY + (y > bodyY ? dent * 0.6 : 0), 22 * waist, 16.5 * waist);
    return Math.max(side, (Math.abs(u) - 0.4) * storey);
  });
}

/** The discs between them. */
export function discs(): Shape {
  return computed([-45, 45, 10, 80], (x, y, z) => {
    const { u } = vertebraAt(z);
    return Math.max(oval(x, y - bodyY, 22, 16.5), (0.4 - Math.abs(u)) * storey);
  });
}

/** The spinal canal. */
export function canal(): Shape {
  return computed([-30, 30, 40, 95], (x, y) => oval(x, y - bodyY - 24, 11.5, 8.8));
}

/** The thecal sac within the canal. */
export function thecalSac(): Shape {
  return computed([-30, 30, 40, 95], (x, y) => oval(x, y - bodyY - 23.2, 10.2, 7.4));
}

/** Pedicles, laminae, and the transverse, articular and spinous processes. */
export function vertebralArches(): Shape {
  const canalY = bodyY + 24;
  return computed([-60, 60, 35, 118], (x, y, z) => {
    const { middle, u } = vertebraAt(z);
    const dz = z - middle;
    const side = Math.abs(x);
    const ring = oval(x, y - canalY, 16.5, 13.2);
    const lamina = Math.max(ring, y < canalY + 1 ? canalY + 1 - y : 0, (u - 0.28) * storey, (-0.47 - u) * storey);
    const pedicle = block(side - 14, y - canalY + 7, dz - 5, 3.6, 9, 6.5, 3);
    const facet = block(side - 16.5, y - canalY - 5, dz + 12, 4.2, 5.5, 10, 3.5);
    const along = side - 15;
    const transverse = block(along - 11, y - canalY - 4 - 0.35 * along, dz - 4, 13, 3.8, 4.5, 3);
    const back = y - canalY - 11;
    const spinous = block(x, back - 11, dz + 3 + 0.62 * back, 2.9 + 0.05 * Math.max(0, back - 12), 12.5, 8.5, 2.6);
    return Math.max(Math.min(lamina, pedicle, facet, transverse, spinous), -oval(x, y - canalY, 11.5, 8.8));
  });
}

/** Height at the spine, fall towards the front, and how far round (degrees from the back) each rib reaches. */
const ribs: readonly (readonly [number, number, number])[] = [
  [125, 92, 150],
  [96, 98, 148],
  [67, 104, 146],
  [38, 108, 140],
  [9, 106, 130],
  [-20, 98, 118],
  [-49, 76, 96],
  [-78, 44, 66],
];

function ribDistance(x: number, y: number, z: number, fromWall: number): number {
  const degrees = (Math.atan2(Math.abs(x), y + 6) * 180) / Math.PI;
  const lift = x < 0 ? 0 : 2.2;
  let nearest = 60;
  for (const [start, fall, reach] of ribs) {
    const t = Math.min(1.1, Math.max(0, (degrees - 24) / 130));
    const height = start + 3 + lift - fall * (0.6 * t + 0.62 * t * t * (1.5 - 0.72 * t));
    const slope = fall * 0.009 * (0.45 + 2 * t * (1 - t));
    const across = (z - height) / Math.sqrt(1 + slope * slope);
    const radial = fromWall - 5.4;
    const end = (degrees - reach) * 1.6;
    const oval = (Math.sqrt((across / 5.8) ** 2 + (radial / 3.7) ** 2) - 1) * 3.7;
    nearest = Math.min(nearest, Math.max(oval, end));
  }
  return nearest;
}

/** The ribs ride on the inside of the wall; `cavity` gives the distance from it on the current plane. */
export function createRibs(): (z: number, cavity: Field) => Field {
  let wall: Field = new Float32Array(0);
  const shape = computed([-170, 170, -112, 112], (x, y, z, p) =>
    wall[p]! < 18 && wall[p]! > -4 ? ribDistance(x, y, z, wall[p]!) : 20,
  );
  return (z, cavity) => {
    wall = cavity;
    return shape.at(z);
  };
}

/** The costal arch: cartilage from the ends of the ribs up to the breastbone, and the xiphoid. */
export function costalCartilage(): Shape {
  const arch = (side: 1 | -1): ReturnType<typeof tube> => [
    ...tube(
      [
        [side * 118, -58, -84, 3.5],
        [side * 104, -74, -68, 5],
        [side * 80, -87, -44, 5.5],
        [side * 52, -95, -18, 6],
        [side * 28, -98, 6, 6],
        [side * 16, -98, 26, 6],
      ],
      6,
    ),
    ...tube(
      [
        [side * 112, -68, -46, 4],
        [side * 92, -83, -28, 5],
        [side * 64, -93, -4, 5.5],
        [side * 36, -98, 20, 6],
      ],
      6,
    ),
  ];
  return tubes([...arch(1), ...arch(-1)], 4);
}

/** Lower breastbone and xiphoid process. */
export function sternum(): Shape {
  return computed([-40, 40, -112, -80], (x, y, z) =>
    block(x, y + 97 - 0.05 * z, z - 34, 15 - 0.1 * (34 - z) * (z < 34 ? 1 : 0), 4.4, 44, 4),
  );
}
