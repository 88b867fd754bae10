import { millilitres, squareMetres } from '../geometry/index.ts';
import type { Millilitres, SquareMetres } from '../geometry/index.ts';
import { mostellerArea, vautheyVolume } from './standard-liver.ts';
import type { BodySize } from './volumetry.ts';

/** Sex as two of the published formulas need it. */
export type Sex = 'male' | 'female';
/** How the body surface area is computed; `null` for formulas by weight alone. */
export type AreaFormula = 'mosteller' | 'dubois';

/** A published estimate of the whole liver from body size; its words and its source stand in the rule base under the same id. */
export interface StandardFormula {
  readonly id: string;
  readonly area: AreaFormula | null;
  /** Volume in mL; null when the formula needs the sex and it is not given. Grams are taken as mL. */
  readonly volume: (size: BodySize, sex: Sex | null) => Millilitres | null;
}

/** Body surface area in m²: 0.007184 × height cm^0.725 × weight kg^0.425, Du Bois and Du Bois 1916. */
export function duboisArea(size: BodySize): SquareMetres {
  return squareMetres(0.007184 * size.heightCm ** 0.725 * size.weightKg ** 0.425);
}

/** Standard liver volume in mL: 706.2 × BSA + 2.4, Urata, as listed in PMC6422720, table 1. */
export function urataVolume(area: SquareMetres): Millilitres {
  return millilitres(706.2 * area + 2.4);
}

/** The body surface area in m² by the named formula. */
export function bodySurfaceArea(size: BodySize, formula: AreaFormula): SquareMetres {
  return formula === 'mosteller' ? mostellerArea(size) : duboisArea(size);
}

function byArea(
  formula: AreaFormula,
  volume: (area: SquareMetres) => number,
): Pick<StandardFormula, 'area' | 'volume'> {
  return { area: formula, volume: (size) => millilitres(volume(bodySurfaceArea(size, formula))) };
}

function byWeight(volume: (weightKg: number) => number): Pick<StandardFormula, 'area' | 'volume'> {
  return { area: null, volume: ({ weightKg }) => millilitres(volume(weightKg)) };
}

/** Every formula of B1, the default first. Formulas correlate poorly with the real liver in cirrhosis (PMC3921016). */
export const standardFormulas: readonly StandardFormula[] = [
  { id: 'slv-vauthey-mosteller', ...byArea('mosteller', vautheyVolume) },
  { id: 'slv-vauthey-dubois', ...byArea('dubois', vautheyVolume) },
  { id: 'slv-vauthey-weight', ...byWeight((weight) => 191.8 + 18.51 * weight) },
  { id: 'slv-urata', ...byArea('mosteller', urataVolume) },
  { id: 'slv-feng', ...byArea('mosteller', (area) => 758.259 * area - 124.272) },
  { id: 'slv-korean-dubois', ...byArea('dubois', (area) => 908.204 * area - 464.728) },
  { id: 'slv-korean-mosteller', ...byArea('mosteller', (area) => 893.485 * area - 439.169) },
  {
    id: 'slv-hong-kong',
    area: null,
    volume: ({ weightKg }, sex) =>
      sex === null ? null : millilitres(218 + 12.3 * weightKg + (sex === 'male' ? 51 : 0)),
  },
  { id: 'slv-thai-weight', ...byWeight((weight) => 19.59 * weight) },
  { id: 'slv-thai-area', ...byArea('mosteller', (area) => 721.31 * area) },
  { id: 'slv-tu', ...byWeight((weight) => 121.75 + 16.49 * weight) },
  { id: 'slv-johnson', ...byArea('mosteller', (area) => 722 * area ** 1.176) },
  { id: 'slv-hashimoto', ...byArea('mosteller', (area) => -404.8 + 961.3 * area) },
  { id: 'slv-heinemann', ...byArea('mosteller', (area) => 1072.8 * area - 345.7) },
  { id: 'slv-yoshizumi', ...byArea('mosteller', (area) => 772 * area) },
];
