import { millilitres, percent, squareMetres } from '../geometry/index.ts';
import type { Millilitres, Percent, SquareMetres } from '../geometry/index.ts';
import { failure, success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';
import type { BodySize } from './volumetry.ts';

/** Heights and weights a person can have; outside lies a slip of the hand or of the unit. */
const plausible = { heightCm: [40, 250], weightKg: [2, 400] } as const;

/** The body size from two numbers that may be missing: both, or neither; refused when half given or implausible. */
export function bodySize(heightCm: number | null, weightKg: number | null): Outcome<BodySize | null> {
  if (heightCm === null && weightKg === null) return success(null);
  if (heightCm === null)
    return failure('height_missing', 'A weight was given without a height. Give both, or neither.');
  if (weightKg === null)
    return failure('weight_missing', 'A height was given without a weight. Give both, or neither.');
  const height = plausibleHeight(heightCm);
  if (!height.ok) return height;
  const weight = plausibleWeight(weightKg);
  return weight.ok ? success({ heightCm, weightKg }) : weight;
}

/** A height in cm that a person can have; anything else, NaN too, is refused. */
export function plausibleHeight(heightCm: number): Outcome<number> {
  const [shortest, tallest] = plausible.heightCm;
  if (heightCm >= shortest && heightCm <= tallest) return success(heightCm);
  return failure('height_implausible', `A height of ${heightCm} cm is not plausible (${shortest} to ${tallest} cm).`);
}

/** A weight in kg that a person can have; anything else, NaN too, is refused. */
export function plausibleWeight(weightKg: number): Outcome<number> {
  const [lightest, heaviest] = plausible.weightKg;
  if (weightKg >= lightest && weightKg <= heaviest) return success(weightKg);
  return failure('weight_implausible', `A weight of ${weightKg} kg is not plausible (${lightest} to ${heaviest} kg).`);
}

/** Body surface area in m²: √(height cm × weight kg / 3600), Mosteller, N Engl J Med 1987. */
export function mostellerArea(size: BodySize): SquareMetres {
  return squareMetres(Math.sqrt((size.heightCm * size.weightKg) / 3600));
}

/** Standard liver volume in mL: −794.41 + 1267.28 × BSA, Vauthey, Liver Transpl 2002;8:233. */
export function vautheyVolume(area: SquareMetres): Millilitres {
  return millilitres(-794.41 + 1267.28 * area);
}

/** Remnant over body weight in %, one mL taken as one gram (B1 of the rule base). */
export function bodyWeightShare(remnant: Millilitres, size: BodySize): Percent {
  return percent((remnant / (size.weightKg * 1000)) * 100);
}
