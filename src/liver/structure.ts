/** What a label means. Definitions: B0 of the clinical rule base. */

export type StructureKind = 'liver' | 'vessel' | 'outside' | 'nonFunctional' | 'tumour';

/** Codes of the anatomy layer. Tumour n (from 1) has code `firstTumour + n − 1`; 0 is background. */
export const background = 0;
export const liverLabel = 1;
/** Intrahepatic vessels: part of the total and of the remnant. */
export const vesselLabel = 2;
/** Gallbladder, IVC, extrahepatic portal vein: never part of the total. */
export const outsideLabel = 3;
/** Old ablation, necrosis, cysts: in the total, not in the functional volume. */
export const nonFunctionalLabel = 4;
export const firstTumourLabel = 16;
export const mostTumours = 240;

/** The label of tumour `number` (1 … 240); throws RangeError outside. */
export function tumourLabel(number: number): number {
  if (!Number.isInteger(number) || number < 1 || number > mostTumours) {
    throw new RangeError(`Tumours are numbered 1 to ${mostTumours}, got ${number}`);
  }
  return firstTumourLabel + number - 1;
}

/** What kind of structure a label is, or null for background and codes without a meaning. */
export function kindOf(label: number): StructureKind | null {
  if (label >= firstTumourLabel) return 'tumour';
  if (label === liverLabel) return 'liver';
  if (label === vesselLabel) return 'vessel';
  if (label === outsideLabel) return 'outside';
  if (label === nonFunctionalLabel) return 'nonFunctional';
  return null;
}

/** The number of a tumour label (1 for the first). */
export function tumourNumber(label: number): number {
  return label - firstTumourLabel + 1;
}

/** The name shown for a label unless the user gave another. */
export function structureName(label: number): string {
  switch (kindOf(label)) {
    case 'liver':
      return 'Liver';
    case 'vessel':
      return 'Vessels';
    case 'outside':
      return 'Outside';
    case 'nonFunctional':
      return 'Non-functional';
    case 'tumour':
      return `Tumour ${tumourNumber(label)}`;
    case null:
      return 'Background';
  }
}

/** Red, green, blue, 0 … 255. */
export type Colour = readonly [number, number, number];

/**
 * Fixed colours (Okabe–Ito, colour-blind safe), the same in 2D, 3D, plots and PDF. The grey is a dark one: a middle grey is purple to an
 * eye without green.
 */
export const colours = {
  liver: [230, 159, 0],
  vessel: [0, 114, 178],
  outside: [110, 110, 110],
  nonFunctional: [204, 121, 167],
  tumour: [240, 228, 66],
  remnant: [0, 158, 115],
  resected: [213, 94, 0],
  excluded: [204, 121, 167],
} as const satisfies Record<string, Colour>;

/**
 * Colours a user may give a structure (Okabe–Ito again, and grey). Green and vermilion are not among them: they say what stays and what
 * is resected.
 */
export const structureColours = {
  orange: [230, 159, 0],
  yellow: [240, 228, 66],
  sky: [86, 180, 233],
  blue: [0, 114, 178],
  purple: [204, 121, 167],
  grey: [110, 110, 110],
} as const satisfies Record<string, Colour>;

export type StructureColour = keyof typeof structureColours;

/** The names of the colours, in the order they are offered. */
export const structureColourNames = Object.keys(structureColours) as readonly StructureColour[];

/** The usual colour of a label's kind by its name. */
export function colourName(label: number): StructureColour {
  switch (kindOf(label)) {
    case 'liver':
      return 'orange';
    case 'vessel':
      return 'blue';
    case 'nonFunctional':
      return 'purple';
    case 'tumour':
      return 'yellow';
    case 'outside':
    case null:
      return 'grey';
  }
}

/** The colour of a label of the anatomy layer unless the user chose another, or null for background. */
export function labelColour(label: number): Colour | null {
  const kind = kindOf(label);
  return kind === null ? null : colours[kind];
}
