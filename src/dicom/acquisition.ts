import type { DataSet } from 'dicom-parser';
import type { Attributes } from './attributes.ts';

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
  kilovolts: null,
  kernel: null,
  protocol: null,
};

/** Reads what tells volumes apart from a data set. */
export function acquisitionOf(attributes: Attributes, dataSet: DataSet): AcquisitionFacts {
  const { code, number, text } = attributes;
  const acquisitionDay = code('x00080022') ?? code('x00080021') ?? code('x00080020');
  return {
    acquisitionNumber: number('x00200012'),
    temporalPosition: number('x00200100'),
    triggerTime: number('x00181060'),
    acquisitionTime: momentOf(code('x0008002a')) ?? seconds(acquisitionDay, code('x00080032')),
    contentTime: seconds(code('x00080023') ?? acquisitionDay, code('x00080033')),
    contrastTime: seconds(acquisitionDay, code('x00181042')),
    echoTime: number('x00180081'),
    echoNumber: number('x00180086'),
    inversionTime: number('x00180082'),
    bValue: bValueOf(attributes, dataSet),
    kilovolts: number('x00180060'),
    kernel: code('x00181210'),
    protocol: text('x00181030', 'LO'),
  };
}

/** The standard element, else the vendors' own: each only behind the name under which the vendor reserved it. */
function bValueOf({ code, number, numbers }: Attributes, dataSet: DataSet): number | null {
  if (dataSet.elements['x00189087']?.length === 8) return dataSet.double('x00189087') ?? null;
  if (code('x00190010') === 'SIEMENS MR HEADER') return number('x0019100c');
  if (code('x00430010') === 'GEMS_PARM_01') {
    const [stored] = numbers('x00431039', 1) ?? [];
    // GE adds 10⁹ to the value of some sequences.
    return stored === undefined ? null : stored % 1e9;
  }
  if (code('x20010010') === 'Philips Imaging DD 001' && dataSet.elements['x20011003']?.length === 4) {
    return dataSet.float('x20011003') ?? null;
  }
  return null;
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

function momentOf(moment: string | null): number | null {
  const parts = /^(\d{8})(\d{2}\d{2}?(?:\d{2}(?:\.\d+)?)?)/.exec(moment ?? '');
  return parts === null ? null : seconds(parts[1]!, parts[2]!);
}

/** Days since 1 March of the year 0 (Gregorian), so that a scan over midnight keeps its order. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const m = (month + 9) % 12;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day;
}
