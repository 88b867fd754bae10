import type { DataSet } from 'dicom-parser';
import type { Attributes } from './attributes.ts';

/** A dimension of an enhanced object by its label (else its tag), and the index of a frame in it. */
export interface Dimension {
  readonly name: string;
  readonly index: number | null;
}

/** What tells the volumes inside one series apart: phases, echoes, weightings. Null where the file does not say. */
export interface AcquisitionFacts {
  readonly acquisitionNumber: number | null;
  /** TemporalPositionIdentifier: the phase of a dynamic scan. */
  readonly temporalPosition: number | null;
  /** ms after the trigger. */
  readonly triggerTime: number | null;
  /** Seconds since midnight of the first day of the calendar. */
  readonly acquisitionTime: number | null;
  readonly contentTime: number | null;
  /** When the injection of contrast began, on the same clock. */
  readonly contrastTime: number | null;
  readonly echoTime: number | null;
  readonly echoNumber: number | null;
  readonly inversionTime: number | null;
  /** Diffusion weighting, s/mm². */
  readonly bValue: number | null;
  /** The direction of diffusion weighting, or that it is of none or of all of them. */
  readonly diffusion: string | null;
  /** SequenceName; some scanners write the weighting only here. */
  readonly sequence: string | null;
  /** Magnitude, phase, real or imaginary part of an MR signal. */
  readonly component: string | null;
  /** The stack of frames that a frame of an enhanced object belongs to. */
  readonly stack: string | null;
  /** ConcatenationUID: the enhanced object of which this file is a part. */
  readonly concatenation: string | null;
  /** Where a frame of an enhanced object lies in each of the dimensions that the object names. */
  readonly dimensions: readonly Dimension[];
  readonly kilovolts: number | null;
  readonly kernel: string | null;
  readonly protocol: string | null;
}

/** Nothing is known. */
export const noAcquisition: AcquisitionFacts = {
  acquisitionNumber: null,
  temporalPosition: null,
  triggerTime: null,
  acquisitionTime: null,
  contentTime: null,
  contrastTime: null,
  echoTime: null,
  echoNumber: null,
  inversionTime: null,
  bValue: null,
  diffusion: null,
  sequence: null,
  component: null,
  stack: null,
  concatenation: null,
  dimensions: [],
  kilovolts: null,
  kernel: null,
  protocol: null,
};

/** Reads what tells volumes apart from a data set. */
export function acquisitionOf(attributes: Attributes, dataSet: DataSet): AcquisitionFacts {
  const { code, number, numbers, text } = attributes;
  const acquisitionDay = code('x00080022') ?? code('x00080021') ?? code('x00080020');
  return {
    acquisitionNumber: number('x00200012'),
    temporalPosition: number('x00200100'),
    triggerTime: number('x00181060'),
    acquisitionTime: momentOf(code('x0008002a')) ?? seconds(acquisitionDay, code('x00080032')),
    contentTime: seconds(code('x00080023') ?? acquisitionDay, code('x00080033')),
    contrastTime: seconds(acquisitionDay, code('x00181042')),
    echoTime: number('x00180081'),
    echoNumber: numbers('x00180086', 1)?.[0] ?? null,
    inversionTime: number('x00180082'),
    bValue: bValueOf(attributes, dataSet),
    diffusion: diffusionOf(attributes),
    sequence: code('x00180024'),
    component: code('x00089208'),
    stack: code('x00209056'),
    concatenation: null,
    dimensions: [],
    kilovolts: number('x00180060'),
    kernel: code('x00181210'),
    protocol: text('x00181030', 'LO'),
  };
}

/** The standard element, else the vendors' own, wherever in their group these were put. */
function bValueOf(attributes: Attributes, dataSet: DataSet): number | null {
  if (dataSet.elements['x00189087']?.length === 8) return dataSet.double('x00189087') ?? null;
  const siemens = privateTag(attributes, dataSet, siemensBValue);
  if (siemens !== null) return attributes.number(siemens);
  const general = privateTag(attributes, dataSet, generalBValue);
  if (general !== null) {
    const [stored] = attributes.numbers(general, 1) ?? [];
    // GE adds 10⁹ to the value of some sequences.
    return stored === undefined ? null : stored % 1e9;
  }
  const philips = privateTag(attributes, dataSet, philipsBValue);
  return philips !== null && dataSet.elements[philips]?.length === 4 ? (dataSet.float(philips) ?? null) : null;
}

/** An element behind the name under which its vendor reserved one of the blocks of a private group. */
interface PrivateElement {
  readonly creator: string;
  /** For each block the tag of the name, and that of the element. */
  readonly blocks: readonly (readonly [reserved: string, tag: string])[];
}

/** Blocks beyond these were never seen in use. */
const blockNumbers = ['10', '11', '12', '13', '14', '15', '16', '17'];

function privateElement(group: string, creator: string, element: string): PrivateElement {
  return { creator, blocks: blockNumbers.map((block) => [`${group}00${block}`, `${group}${block}${element}`]) };
}

const siemensBValue = privateElement('x0019', 'SIEMENS MR HEADER', '0c');
const generalBValue = privateElement('x0043', 'GEMS_PARM_01', '39');
const philipsBValue = privateElement('x2001', 'Philips Imaging DD 001', '03');

/** The tag that a private element has in a data set; null where there is none. */
function privateTag({ code }: Attributes, { elements }: DataSet, { creator, blocks }: PrivateElement): string | null {
  for (const [reserved, tag] of blocks) if (elements[reserved] !== undefined && code(reserved) === creator) return tag;
  return null;
}

const gradient = 'x00189089';

/** DiffusionDirectionality and DiffusionGradientOrientation. */
function diffusionOf({ code, has, double }: Attributes): string | null {
  const kind = code('x00189075');
  const direction = has(gradient) ? [0, 1, 2].map((at) => Number(double(gradient, at)?.toFixed(3))).join(', ') : null;
  return kind === null && direction === null ? null : [kind, direction].filter((part) => part !== null).join(' ');
}

/** A DA and a TM as seconds of the calendar; without a day only the clock counts. */
function seconds(day: string | null, time: string | null): number | null {
  const parts = /^(\d{2}):?(\d{2})?:?(\d{2}(?:\.\d+)?)?$/.exec(time ?? '');
  if (parts === null) return null;
  const clock = Number(parts[1]) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0);
  const date = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(day ?? '');
  if (date === null) return clock;
  return dayNumber(Number(date[1]), Number(date[2]), Number(date[3])) * 86_400 + clock;
}

/** A DT as seconds of the calendar. */
export function momentOf(moment: string | null): number | null {
  const parts = /^(\d{8})(\d{2}\d{2}?(?:\d{2}(?:\.\d+)?)?)/.exec(moment ?? '');
  return parts === null ? null : seconds(parts[1]!, parts[2]!);
}

/** Days since 1 March of the year 0 (Gregorian), so that a scan over midnight keeps its order. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const m = (month + 9) % 12;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day;
}
