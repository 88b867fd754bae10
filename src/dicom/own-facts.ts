import type { DataSet } from 'dicom-parser';
import { acquisitionOf } from './acquisition.ts';
import type { AcquisitionFacts } from './acquisition.ts';
import type { Attributes } from './attributes.ts';

/** What tells a slice from the others of its series. All else that is read of a header is usually the same in all of its files. */
export interface OwnFacts {
  readonly sopInstanceUid: string | null;
  /** InstanceNumber: never a place, but the order in which the scanner made its images. */
  readonly instanceNumber: number | null;
  /** ImagePositionPatient: centre of the first pixel, LPS, mm. */
  readonly position: readonly [number, number, number] | null;
  /** What tells the volumes of one series apart. */
  readonly acquisition: AcquisitionFacts;
}

/** Reads the facts of a slice of its own. */
export function ownFactsOf(attributes: Attributes, dataSet: DataSet): OwnFacts {
  return {
    sopInstanceUid: attributes.code('x00080018'),
    instanceNumber: attributes.number('x00200013'),
    position: positionOf(attributes),
    acquisition: acquisitionOf(attributes, dataSet),
  };
}

/** No scanner is so long (mm): what lies further off is no place in it. */
const farthest = 100_000;

/** ImagePositionPatient, when it has three numbers and no more, and can be a place. */
export function positionOf(attributes: Attributes): OwnFacts['position'] {
  const values = attributes.numbers('x00200032', 3);
  if (values?.length !== 3 || values.some((value) => Math.abs(value) > farthest)) return null;
  return [values[0]!, values[1]!, values[2]!];
}
