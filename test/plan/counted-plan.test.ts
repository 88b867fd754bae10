import { describe, expect, it } from 'vitest';
import { createGrid, direction, worldPoint } from '../../src/geometry/index.ts';
import {
  changeCuts,
  countPlan,
  createPlan,
  datedRemnant,
  functionalDenominator,
  isSamePatient,
  openPlan,
  savePlan,
  scanFactsOf,
} from '../../src/plan/index.ts';
import type { CountedPlan, Plan } from '../../src/plan/index.ts';

// 40 × 30 × 20 voxels of 2 × 3 × 5 mm: 0.03 mL each. The liver fills it but for a column of tumour (label 16) at i = 33.
const grid = createGrid({
  size: [40, 30, 20],
  spacing: [2, 3, 5],
  origin: [1, 1.5, 2.5],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
});
const labels = (tumour = 16) => ({
  grid,
  values: Uint8Array.from({ length: 40 * 30 * 20 }, (_, offset) => (offset % 40 === 33 ? tumour : 1)),
});
const scan = { patientId: 'P-17', patientBirthDate: '1961-04-03', takenOn: '2026-02-26' };
const empty = createPlan({ seriesInstanceUid: '1.2.3', fingerprint: 'f', description: 'Portal venous', scan });
const cutAt = (x: number): Plan =>
  changeCuts(
    { ...empty, segmentation: { ...empty.segmentation, reviewedBy: 'Dr R' } },
    [{ kind: 'plane', point: worldPoint(x, 0, 0), normal: direction(1, 0, 0), resect: 'positive' }],
    'Cut',
  ).after;
const count = (plan: Plan, tumour?: number): CountedPlan => {
  const counted = countPlan(savePlan(plan, labels(tumour)));
  if (!counted.ok || counted.value === null) throw new Error('not counted');
  return counted.value;
};
const counting = { software: '0.1.0', countedOn: '2026-03-24' };

describe('a plan file', () => {
  it('is counted from its masks and cuts alone', () => {
    // The plane at x = 25 mm keeps 12.5 of 40 columns of 30 × 20 voxels: 225 mL; functional is 39 columns: 702 mL.
    const counted = count(cutAt(25));
    expect(counted.remnantMl).toBeCloseTo(225, 3);
    expect(counted.functionalMl).toBeCloseTo(702, 9);
    expect(counted.flrPercent).toBeCloseTo((225 / 702) * 100, 3);
    expect(counted.remnantIntervalMl![0]).toBeLessThan(225);
    expect(counted.remnantIntervalMl![1]).toBeGreaterThan(225);
  });

  it('has a digest that changes with masks and cuts, and with nothing else', () => {
    const { digest } = count(cutAt(25));
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
    expect(count({ ...cutAt(25), heightCm: 171, plannedBy: 'Dr P' }).digest).toBe(digest);
    expect(count(cutAt(26)).digest).not.toBe(digest);
    expect(count(cutAt(25), 17).digest).not.toBe(digest);
  });

  it('gives a dated remnant and a denominator with the record of what was counted', () => {
    const counted = count(cutAt(25));
    const record = {
      seriesInstanceUid: '1.2.3',
      planDigest: counted.digest,
      software: '0.1.0',
      countedOn: '2026-03-24',
      reviewedBy: 'Dr R',
    };
    expect(datedRemnant(counted, counting)).toEqual({
      on: '2026-02-26',
      flrMl: counted.remnantMl,
      intervalMl: counted.remnantIntervalMl,
      countedFrom: record,
    });
    expect(functionalDenominator(counted, counting)).toEqual({
      kind: 'functional',
      volumeMl: counted.functionalMl,
      intervalMl: counted.functionalIntervalMl,
      countedFrom: record,
    });
  });

  it('gives none without a resection, without a day, or where nothing remains', () => {
    expect(count(empty)).toMatchObject({ remnantMl: null, remnantIntervalMl: null, flrPercent: null });
    expect(datedRemnant(count(empty), counting)).toBe(null);
    // The plane beside the liver resects nothing: that is no remnant either.
    expect(datedRemnant(count(cutAt(500)), counting)).toBe(null);
    expect(datedRemnant(count(cutAt(-500)), counting)).toBe(null);
    const undated = { ...cutAt(25), series: { ...empty.series, scan: { ...scan, takenOn: null } } };
    expect(datedRemnant(count(undated), counting)).toBe(null);
    const before = { ...cutAt(25), series: { ...empty.series, scan: undefined } };
    expect(datedRemnant(count(before), counting)).toBe(null);
  });

  it('is refused as when it is opened; cuts alone are no plan', () => {
    const bare = new TextEncoder().encode('{"version":1,"cuts":[]}');
    expect(countPlan(bare)).toEqual({ ok: true, value: null });
    expect(countPlan(new Uint8Array([1, 2, 3]))).toMatchObject({ ok: false, error: { code: 'plan_broken' } });
  });

  it('keeps whose scan it is, and refuses a day that is none', () => {
    const opened = openPlan(savePlan(empty, labels()));
    expect(opened.ok && opened.value.plan?.series.scan).toEqual(scan);
    const wrong = { ...empty, series: { ...empty.series, scan: { ...scan, takenOn: '2026-02-30' } } };
    expect(openPlan(savePlan(wrong, labels()))).toMatchObject({ ok: false, error: { code: 'plan_invalid' } });
  });
});

describe('patients', () => {
  const header = {
    ...{ seriesInstanceUid: '1', studyInstanceUid: null, frameOfReferenceUid: null, modality: 'CT', description: null },
    ...{ studyDescription: null, seriesNumber: null, patientName: 'A^B', patientId: ' P-17 ', patientSex: null },
    ...{ patientBirthDate: '1961-04-03', patientHeightCm: null, patientWeightKg: null, studyDate: '2026-02-25' },
    ...{ acquisitionDate: '2026-02-26', contrastAgent: null, window: null },
  };

  it('are known by their ID and birth date, and the scan by its acquisition', () => {
    expect(scanFactsOf(header)).toEqual(scan);
    expect(scanFactsOf({ ...header, acquisitionDate: null }).takenOn).toBe('2026-02-25');
    expect(scanFactsOf({ ...header, patientId: '  ' }).patientId).toBe(null);
  });

  it('are the same by ID unless the birth date speaks against it', () => {
    const later = { ...scan, takenOn: '2026-03-23' };
    expect(isSamePatient(scan, later)).toBe(true);
    expect(isSamePatient(scan, { ...later, patientBirthDate: null })).toBe(true);
    expect(isSamePatient(scan, { ...later, patientBirthDate: '1961-04-04' })).toBe(false);
    expect(isSamePatient(scan, { ...later, patientId: 'P-18' })).toBe(false);
    const nameless = { ...scan, patientId: null };
    expect(isSamePatient(nameless, nameless)).toBe(false);
  });
});
