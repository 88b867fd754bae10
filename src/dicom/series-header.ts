import type { Attributes } from './attributes.ts';
import type { SeriesHeader } from './series.ts';
import { displayPersonName } from './text.ts';

/** A number between two bounds (exclusive), or null: scanners write 0 or nonsense where nothing was entered. */
function between(value: number | null, low: number, high: number): number | null {
  return value !== null && value > low && value < high ? value : null;
}

/** The facts of a slice's header that belong to its whole series. PatientSize is in metres in the file and in cm here. */
export function seriesHeaderOf(attributes: Attributes, seriesInstanceUid: string): SeriesHeader {
  const { text, code, date, number, numbers } = attributes;
  const metres = between(number('x00101020'), 0, 3);
  // A file may name several windows: the first is the one to begin with.
  const centre = numbers('x00281050', 1)?.[0] ?? null;
  const width = numbers('x00281051', 1)?.[0] ?? null;
  const name = text('x00100010', 'PN');
  return {
    seriesInstanceUid,
    studyInstanceUid: code('x0020000d'),
    frameOfReferenceUid: code('x00200052'),
    modality: code('x00080060') ?? '',
    description: text('x0008103e', 'LO'),
    studyDescription: text('x00081030', 'LO'),
    seriesNumber: number('x00200011'),
    patientName: name === null ? null : displayPersonName(name),
    patientId: text('x00100020', 'LO'),
    patientBirthDate: date('x00100030'),
    patientSex: code('x00100040'),
    // Tenths of a millimetre are kept: 1.725 m × 100 would otherwise read 172.50000000000003 cm.
    patientHeightCm: metres === null ? null : Math.round(metres * 10_000) / 100,
    patientWeightKg: between(number('x00101030'), 0, 700),
    studyDate: date('x00080020'),
    acquisitionDate: date('x00080022'),
    contrastAgent: text('x00180010', 'LO'),
    window: centre === null || width === null || width <= 0 ? null : { centre, width },
  };
}
