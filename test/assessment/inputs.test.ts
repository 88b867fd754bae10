import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  albiScore,
  clinicalRiskScore,
  dateOf,
  daysBetween,
  dayNumber,
  emptyInputs,
  readInputs,
  tumourBurdenScore,
} from '../../src/assessment/index.ts';

function codeOf(json: unknown): string {
  const read = readInputs(json);
  return read.ok ? 'read' : read.error.code;
}

describe('inputs', () => {
  it('requires nothing but the version', () => {
    const read = readInputs({ version: 1 });
    expect(read.ok && read.value).toEqual({ heightCm: null, weightKg: null, parenchyma: null, inputs: emptyInputs });
  });

  it('reads everything that can be given', () => {
    const given = {
      liver: {
        chemotherapy: { drugs: ['oxaliplatin'], cycles: 7, weeksSince: 5, startedOn: '2026-01-05' },
        steatosisPercent: 25,
        fibrosisStage: 2,
        childPugh: 'A',
        cholestasis: false,
      },
      body: { measuredOn: '2026-03-01', ascites: true, sex: 'female', ageYears: 63 },
      laboratory: {
        bilirubin: { value: 0.9, unit: 'mg/dL' },
        albumin: { value: 41, unit: 'g/L' },
        platelets: 163,
      },
      functionTests: { icgR15Percent: 8.1, hbsPercentPerMinPerM2: 3.2, limaxMicrogramsPerKgPerHour: 377 },
      disease: {
        diagnosis: 'colorectal',
        bilobar: true,
        lesionCount: 6,
        largestCm: 4.4,
        involvedPercent: 22,
        involvedSegments: 5,
        bothPortalVeins: false,
        allHepaticVeins: false,
        nodePositivePrimary: true,
        diseaseFreeMonths: 9,
        ceaNanogramsPerMl: 57,
      },
      plan: {
        smallerOperationPossible: false,
        extendedRight: true,
        congestedMl: 31,
        weeksAvailable: 8,
        surgeryOn: '2026-05-11',
        asOf: '2026-03-12',
      },
      contraindications: {
        portalVeinThrombosis: 'none',
        portalVeinInvasion: 'none',
        portalHypertension: false,
        biliaryDilatation: false,
        coagulopathy: false,
        hepaticVeinsUnsuitable: false,
        renalImpairment: true,
      },
      bevacizumab: { lastDoseOn: '2026-02-20', cycles: 4 },
      augmentation: { kind: 'PVE', on: '2026-03-02' },
      firstStageOn: '2026-02-27',
      growth: {
        denominator: { kind: 'standard', volumeMl: 1640, intervalMl: null },
        measurements: [{ on: '2026-02-25', flrMl: 361, intervalMl: [340, 382] }],
      },
    };
    const read = readInputs({ version: 1, heightCm: 168, weightKg: 74, parenchyma: 'chemotherapy', ...given });
    expect(read.ok && read.value).toEqual({ heightCm: 168, weightKg: 74, parenchyma: 'chemotherapy', inputs: given });
  });

  it.each<[string, unknown]>([
    ['inputs_invalid', {}],
    ['inputs_invalid', { version: 1, liver: { steatosis: 20 } }],
    ['inputs_invalid', { version: 1, disease: { bilobar: 'yes' } }],
    ['height_implausible', { version: 1, heightCm: 1.71 }],
    ['weight_implausible', { version: 1, weightKg: 700 }],
    ['bilirubin_implausible', { version: 1, laboratory: { bilirubin: { value: 0.8, unit: 'µmol/L' } } }],
    ['bilirubin_implausible', { version: 1, laboratory: { bilirubin: { value: 70, unit: 'mg/dL' } } }],
    ['albumin_implausible', { version: 1, laboratory: { albumin: { value: 4.1, unit: 'g/L' } } }],
    ['albumin_implausible', { version: 1, laboratory: { albumin: { value: 41, unit: 'g/dL' } } }],
    ['inputs_invalid', { version: 1, laboratory: { albumin: { value: 41 } } }],
    ['platelets_implausible', { version: 1, laboratory: { platelets: 163_000 } }],
    ['icg_implausible', { version: 1, functionTests: { icgR15Percent: 101 } }],
    ['hbs_implausible', { version: 1, functionTests: { hbsPercentPerMinPerM2: 60 } }],
    ['limax_implausible', { version: 1, functionTests: { limaxMicrogramsPerKgPerHour: 0 } }],
    ['steatosis_implausible', { version: 1, liver: { steatosisPercent: -3 } }],
    ['fibrosis_implausible', { version: 1, liver: { fibrosisStage: 5 } }],
    ['inputs_invalid', { version: 1, liver: { fibrosisStage: 2.5 } }],
    ['cycles_implausible', { version: 1, liver: { chemotherapy: { cycles: 400 } } }],
    ['age_implausible', { version: 1, body: { ageYears: 150 } }],
    ['lesions_implausible', { version: 1, disease: { lesionCount: 0 } }],
    ['lesions_implausible', { version: 1, disease: { largestCm: 55 } }],
    ['involvement_implausible', { version: 1, disease: { involvedPercent: 120 } }],
    ['weeks_implausible', { version: 1, plan: { weeksAvailable: -1 } }],
    ['date_invalid', { version: 1, bevacizumab: { lastDoseOn: '2026-02-30' } }],
    ['date_invalid', { version: 1, augmentation: { kind: 'PVE', on: '2.3.2026' } }],
  ])('refuses with %s: %j', (code, json) => {
    expect(codeOf(json)).toBe(code);
  });

  it('says where the fault is and what to do', () => {
    const read = readInputs({ version: 1, laboratory: { albumin: { value: 4.1, unit: 'g/L' } } });
    expect(!read.ok && read.error.message).toBe(
      'In the inputs, at laboratory.albumin: albumin of 4.1 g/L is not plausible (8 to 70 g/L, 0.8 to 7 g/dL): check the unit. Correct it, or leave the field out.',
    );
  });

  it('wants the measurements by date and inside their intervals', () => {
    const growth = (...measurements: unknown[]) => ({
      version: 1,
      growth: { denominator: { kind: 'standard', volumeMl: 1640 }, measurements },
    });
    const first = { on: '2026-02-25', flrMl: 361, intervalMl: [340, 382] };
    expect(codeOf(growth(first, { on: '2026-02-25', flrMl: 402 }))).toBe('dates_not_ascending');
    expect(codeOf(growth({ ...first, flrMl: 400 }))).toBe('inputs_invalid');
    expect(codeOf(growth({ on: '2026-02-31', flrMl: 400 }, first))).toBe('date_invalid');
    expect(codeOf(growth({ on: '2026-02-25', flrMl: 0 }))).toBe('volume_implausible');
  });
});

describe('the calendar', () => {
  it('agrees with the host’s calendar over four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60_000, max: 90_000 }), (days) => {
        const date = new Date(days * 86_400_000).toISOString().slice(0, 10);
        expect(dateOf(days)).toBe(date);
        expect(dayNumber(date)).toBe(days);
      }),
      { seed: 31, numRuns: 2000 },
    );
  });

  it('counts days over a leap day and knows what is no day', () => {
    expect(daysBetween('2028-02-27', '2028-03-02')).toBe(4);
    expect(addDays('2026-12-24', 14)).toBe('2027-01-07');
    expect(['2027-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '', '1900-02-29'].map(dayNumber)).toEqual(
      Array(6).fill(null),
    );
    expect(() => daysBetween('2026-02-30', '2026-03-01')).toThrow(RangeError);
  });
});

describe('scores', () => {
  it.each([
    [{ value: 20.52, unit: 'µmol/L' }, { value: 35, unit: 'g/L' }, -2.109, 2],
    [{ value: 17.1, unit: 'µmol/L' }, { value: 40, unit: 'g/L' }, -2.586, 2],
    [{ value: 10, unit: 'µmol/L' }, { value: 42, unit: 'g/L' }, -2.91, 1],
    [{ value: 1.2, unit: 'mg/dL' }, { value: 3.5, unit: 'g/dL' }, -2.109, 2],
    [{ value: 100, unit: 'µmol/L' }, { value: 26, unit: 'g/L' }, -0.89, 3],
  ] as const)('ALBI of %j and %j is %f, grade %i', (bilirubin, albumin, score, grade) => {
    const albi = albiScore(bilirubin, albumin);
    expect(Number(albi.score.toFixed(3))).toBe(score);
    expect(albi.grade).toBe(grade);
  });

  it('puts the grades’ bounds where they are published: −2.60 is grade 1, −1.39 grade 2', () => {
    // log10(1) = 0, so the albumin alone makes the score.
    const at = (score: number) => albiScore({ value: 1, unit: 'µmol/L' }, { value: score / -0.085, unit: 'g/L' }).grade;
    expect([at(-2.6001), at(-2.5999), at(-1.3901), at(-1.3899)]).toEqual([1, 2, 2, 3]);
  });

  it('computes the tumour burden score as a hypotenuse', () => {
    expect(tumourBurdenScore(4, 3)).toBe(5);
    expect(tumourBurdenScore(12, 5)).toBe(13);
  });

  it('counts the clinical risk score, its bounds excluded, and says what is not known', () => {
    const none = {
      nodePositivePrimary: false,
      diseaseFreeMonths: 12,
      lesionCount: 1,
      largestCm: 5,
      ceaNanogramsPerMl: 200,
    };
    expect(clinicalRiskScore(none)).toMatchObject({ points: 0, unknown: 0 });
    const all = {
      nodePositivePrimary: true,
      diseaseFreeMonths: 11,
      lesionCount: 2,
      largestCm: 5.1,
      ceaNanogramsPerMl: 201,
    };
    expect(clinicalRiskScore(all)).toMatchObject({ points: 5, unknown: 0 });
    expect(clinicalRiskScore({ ...all, diseaseFreeMonths: null, ceaNanogramsPerMl: null })).toMatchObject({
      points: 3,
      unknown: 2,
    });
  });
});
