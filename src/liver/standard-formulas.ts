import { millilitres, squareMetres } from '../geometry/index.ts';
import type { Millilitres, SquareMetres } from '../geometry/index.ts';
import { mostellerArea, vautheyVolume } from './standard-liver.ts';
import type { BodySize } from './volumetry.ts';

/** Sex as two of the published formulas need it. */
export type Sex = 'male' | 'female';
/** How the body surface area is computed; `null` for formulas by weight alone. */
export type AreaFormula = 'mosteller' | 'dubois';

/** A published estimate of the whole liver from body size (B1 of the rule base). */
export interface StandardFormula {
  readonly id: string;
  readonly name: string;
  /** The formula as published, with its variables. */
  readonly formula: string;
  readonly area: AreaFormula | null;
  readonly population: string;
  readonly source: string;
  readonly year: number | null;
  /** Where the source can be opened, https. */
  readonly address: string | null;
  /** False where the paper itself was not read. */
  readonly verified: boolean;
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

const table1 = 'https://pmc.ncbi.nlm.nih.gov/articles/PMC6422720/';
const koreans = {
  population: '1,000 Koreans; 15 published formulas err by 4.8–5.4 % in the mean here',
  source: 'synapse.koreamed.org/articles/1040650',
  year: null,
  address: 'https://synapse.koreamed.org/articles/1040650',
  verified: true,
} as const;

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
  {
    id: 'slv-vauthey-mosteller',
    name: 'Vauthey (Mosteller)',
    formula: '−794.41 + 1267.28 × BSA',
    population: 'Western adults',
    source: 'Vauthey 2002, Liver Transpl 8:233; formula read in Ribero 2013, Ann Surg',
    year: 2002,
    address: table1,
    verified: true,
    ...byArea('mosteller', vautheyVolume),
  },
  {
    id: 'slv-vauthey-dubois',
    name: 'Vauthey (DuBois)',
    formula: '−794.41 + 1267.28 × BSA',
    population: 'Western adults; DuBois shifts it by up to 4 %, which matters only in obesity',
    source: 'Vauthey 2002, Liver Transpl 8:233; formula read in Ribero 2013, Ann Surg',
    year: 2002,
    address: table1,
    verified: true,
    ...byArea('dubois', vautheyVolume),
  },
  {
    id: 'slv-vauthey-weight',
    name: 'Vauthey by weight',
    formula: '191.80 + 18.51 × weight',
    population: 'Western adults',
    source: 'Vauthey 2002, Liver Transpl 8:233',
    year: 2002,
    address: null,
    verified: false,
    ...byWeight((weight) => 191.8 + 18.51 * weight),
  },
  {
    id: 'slv-urata',
    name: 'Urata (Mosteller)',
    formula: '706.2 × BSA + 2.4',
    population: 'Japanese',
    source: 'Urata, as listed in PMC6422720, table 1',
    year: null,
    address: table1,
    verified: true,
    ...byArea('mosteller', urataVolume),
  },
  {
    id: 'slv-feng',
    name: 'Feng, Chinese (Mosteller)',
    formula: '758.259 × BSA − 124.272',
    population: '369 Chinese adults, R² 0.30; too high above 70 years, too low above 1,800 mL',
    source: 'Feng 2017, World J Gastroenterol 23:4968',
    year: 2017,
    address: 'https://www.wjgnet.com/1007-9327/full/v23/i27/4968.htm',
    verified: true,
    ...byArea('mosteller', (area) => 758.259 * area - 124.272),
  },
  {
    id: 'slv-korean-dubois',
    name: 'Korean (DuBois)',
    formula: '908.204 × BSA − 464.728',
    ...koreans,
    ...byArea('dubois', (area) => 908.204 * area - 464.728),
  },
  {
    id: 'slv-korean-mosteller',
    name: 'Korean (Mosteller)',
    formula: '893.485 × BSA − 439.169',
    ...koreans,
    ...byArea('mosteller', (area) => 893.485 * area - 439.169),
  },
  {
    id: 'slv-hong-kong',
    name: 'Hong Kong',
    formula: '218 + 12.3 × weight + 51 for men (g)',
    area: null,
    population: '159 Chinese adults; grams taken as mL',
    source: 'World J Gastroenterol 2006 (estimated standard liver weight)',
    year: 2006,
    address: null,
    verified: true,
    volume: ({ weightKg }, sex) =>
      sex === null ? null : millilitres(218 + 12.3 * weightKg + (sex === 'male' ? 51 : 0)),
  },
  {
    id: 'slv-thai-weight',
    name: 'Thai by weight',
    formula: '19.59 × weight',
    population: '20 autopsies in Thailand (tiny)',
    source: 'he02.tci-thaijo.org 242412',
    year: null,
    address: null,
    verified: true,
    ...byWeight((weight) => 19.59 * weight),
  },
  {
    id: 'slv-thai-area',
    name: 'Thai by body surface (Mosteller)',
    formula: '721.31 × BSA',
    population: '20 autopsies in Thailand (tiny)',
    source: 'he02.tci-thaijo.org 242412',
    year: null,
    address: null,
    verified: true,
    ...byArea('mosteller', (area) => 721.31 * area),
  },
  {
    id: 'slv-tu',
    name: 'Tu, Chinese',
    formula: '121.75 + 16.49 × weight',
    population: 'Chinese adults',
    source: 'Tu 2007 (PMC4171167)',
    year: 2007,
    address: 'https://pmc.ncbi.nlm.nih.gov/articles/PMC4171167/',
    verified: true,
    ...byWeight((weight) => 121.75 + 16.49 * weight),
  },
  {
    id: 'slv-johnson',
    name: 'Johnson (Mosteller)',
    formula: '722 × BSA^1.176',
    population: 'not stated here',
    source: 'Johnson, from memory',
    year: null,
    address: null,
    verified: false,
    ...byArea('mosteller', (area) => 722 * area ** 1.176),
  },
  {
    id: 'slv-hashimoto',
    name: 'Hashimoto (Mosteller)',
    formula: '−404.8 + 961.3 × BSA',
    population: 'not stated here',
    source: 'Hashimoto, from memory',
    year: null,
    address: null,
    verified: false,
    ...byArea('mosteller', (area) => -404.8 + 961.3 * area),
  },
  {
    id: 'slv-heinemann',
    name: 'Heinemann (Mosteller)',
    formula: '1072.8 × BSA − 345.7',
    population: 'not stated here',
    source: 'Heinemann, from memory',
    year: null,
    address: null,
    verified: false,
    ...byArea('mosteller', (area) => 1072.8 * area - 345.7),
  },
  {
    id: 'slv-yoshizumi',
    name: 'Yoshizumi (Mosteller)',
    formula: '772 × BSA',
    population: 'not stated here',
    source: 'Yoshizumi, from memory',
    year: null,
    address: null,
    verified: false,
    ...byArea('mosteller', (area) => 772 * area),
  },
];
