import { dayNumber } from '../assessment/index.ts';
import type { IsoDate } from '../assessment/index.ts';
import type { SeriesHeader } from '../dicom/index.ts';

/** Whose scan a plan was made on, and of which day: what joins the plans of one patient over time. Names are not kept. */
export interface ScanFacts {
  readonly patientId: string | null;
  readonly patientBirthDate: IsoDate | null;
  /** The day of acquisition, else of the study. */
  readonly takenOn: IsoDate | null;
}

/** The facts of a scan as its header gives them. */
export function scanFactsOf({ patientId, patientBirthDate, acquisitionDate, studyDate }: SeriesHeader): ScanFacts {
  const day = (date: string | null): IsoDate | null => (date !== null && dayNumber(date) !== null ? date : null);
  return {
    patientId: patientId === null || patientId.trim() === '' ? null : patientId.trim(),
    patientBirthDate: day(patientBirthDate),
    takenOn: day(acquisitionDate) ?? day(studyDate),
  };
}

/**
 * Whether two scans are of one patient as far as their headers say: the same patient ID, and no birth date that speaks against it. A
 * missing ID matches nothing.
 */
export function isSamePatient(one: ScanFacts, other: ScanFacts): boolean {
  if (one.patientId === null || one.patientId !== other.patientId) return false;
  const [born, otherBorn] = [one.patientBirthDate, other.patientBirthDate];
  return born === null || otherBorn === null || born === otherBorn;
}
