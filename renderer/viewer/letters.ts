import { opposite } from '../../src/geometry/index.ts';
import type { Direction } from '../../src/geometry/index.ts';

const names = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
] as const;

/** A share of a direction below this (about 10°) is not named: letters tell the side, not the angle. */
const leastShare = 0.17;

/** DICOM letters of a direction in the patient (R, L, A, P, H, F), the strongest first: "L", or "LA" when oblique. */
export function lettersOf(towards: Direction): string {
  return [0, 1, 2]
    .map((axis) => ({ axis, share: towards[axis]! }))
    .filter(({ share }) => Math.abs(share) >= leastShare)
    .sort((a, b) => Math.abs(b.share) - Math.abs(a.share))
    .map(({ axis, share }) => names[axis]![share > 0 ? 0 : 1])
    .join('');
}

/** The letters at the four edges of a picture. */
export function edgeLetters(
  right: Direction,
  up: Direction,
): { readonly left: string; readonly right: string; readonly top: string; readonly bottom: string } {
  return {
    left: lettersOf(opposite(right)),
    right: lettersOf(right),
    top: lettersOf(up),
    bottom: lettersOf(opposite(up)),
  };
}
