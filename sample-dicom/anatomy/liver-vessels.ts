import type { Point3, Shape } from '../frame.ts';
import { createChance } from '../noise.ts';
import { tubes } from '../tubes.ts';
import { growTree } from '../vessel-tree.ts';
import { hepaticTrunk, portalTrunk } from './vessels.ts';

/**
 * Grows both vessel trees of the liver from their drawn trunks to evenly spread places; hepatic veins keep off the portal branches.
 * `inside` is the signed distance from the surface of the tissue, metastases taken out.
 */
export function growLiverVessels(inside: (place: Point3) => number): {
  readonly portal: Shape;
  readonly hepatic: Shape;
} {
  const chance = createChance(4711);
  const wants = { portal: [] as Point3[], hepatic: [] as Point3[] };
  for (const list of [wants.portal, wants.hepatic]) {
    for (let z = 0; z >= -164; z -= 13) {
      for (let y = -104; y < 84; y += 13) {
        for (let x = -146; x < 80; x += 13) {
          const place: Point3 = [x + 13 * chance(), y + 13 * chance(), z - 13 * chance()];
          if (inside(place) < -5) list.push(place);
        }
      }
    }
  }
  const portalPieces = growTree(portalTrunk, wants.portal, (place) => inside(place) < -2.5);
  const far = (place: Point3, gap: number): boolean =>
    portalPieces.every(({ to, toRadius }) => {
      const reach = toRadius + gap;
      return (to[0] - place[0]) ** 2 + (to[1] - place[1]) ** 2 + (to[2] - place[2]) ** 2 > reach * reach;
    });
  const hepaticPieces = growTree(
    hepaticTrunk,
    wants.hepatic.filter((place) => far(place, 4)),
    (place) => inside(place) < -2.5 && far(place, 1.6),
  );

  return { portal: tubes(portalPieces), hepatic: tubes(hepaticPieces) };
}
