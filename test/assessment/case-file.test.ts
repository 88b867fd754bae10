import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessCase, readCaseFile } from '../../src/assessment/index.ts';

const volumes = {
  functionalMl: 1500,
  remnantMl: 600,
  resectedMl: 850,
  tumourLeftMl: 0,
  intervals: { remnantMl: [570, 630], functionalMl: [1450, 1550] },
};
const given = { version: 1, volumes, sliceSpacingMm: 2, heightCm: 171, weightKg: 68, parenchyma: 'normal' };

function read(json: unknown) {
  const outcome = readCaseFile(json);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

describe('a case from a file', () => {
  it('computes the shares and the ends that follow from the volumes', () => {
    const { facts, remarks } = read(given);
    const { volumetry } = facts;
    expect(volumetry.flrPercent).toBeCloseTo(40, 12);
    // √(171 × 68 / 3600) = 1.797220 m²; −794.41 + 1267.28 × 1.797220 = 1483.17 mL.
    expect(volumetry.standardLiverMl).toBeCloseTo(1483.17, 2);
    expect(volumetry.sflrPercent).toBeCloseTo(40.4539, 3);
    expect(volumetry.flrBodyWeightPercent).toBeCloseTo(0.882353, 6);
    expect(volumetry.intervals.sflrPercent![0]).toBeCloseTo((570 / 1483.17) * 100, 3);
    expect(volumetry.intervals.flrPercent![0]).toBeCloseTo((570 / 1550) * 100, 12);
    expect(volumetry.intervals.flrPercent![1]).toBeCloseTo((630 / 1450) * 100, 12);
    expect(remarks.map(({ code }) => code)).toEqual(['interval_widest']);
  });

  it('gives no verdict on a denominator whose interval does not follow', () => {
    const { facts } = read({
      ...given,
      volumes: { ...volumes, intervals: {} },
      phase: 'portal-venous',
      reviewedBy: 'R',
    });
    const { assessment } = assessCase(facts);
    expect(assessment.verdicts.map(({ verdict }) => verdict)).toEqual(['none', 'none', 'none']);
    expect(assessment.overall.light).toBe('grey');
  });

  it('is never green with anything left out', () => {
    const whole = {
      ...given,
      ...{ phase: 'portal-venous', reviewedBy: 'R', confirmed: ['inflow', 'outflow', 'bile', 'segments'] },
    };
    expect(assessCase(read(whole).facts).assessment.overall.light).toBe('green');
    const parts = ['parenchyma', 'phase', 'reviewedBy', 'confirmed', 'size'] as const;
    fc.assert(
      fc.property(fc.subarray([...parts], { minLength: 1 }), (left) => {
        const names = left.flatMap((part) => (part === 'size' ? ['heightCm', 'weightKg'] : [part]));
        const rest = Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));
        expect(assessCase(read(rest).facts).assessment.overall.light).toBe('grey');
      }),
      { seed: 611, numRuns: 60 },
    );
  });

  it.each([
    [
      'litres',
      { volumes: { ...volumes, functionalMl: 1.5, remnantMl: 0.6, resectedMl: 0.85, intervals: {} } },
      'volume_implausible',
      /1\.5 mL is not plausible \(20 to 10000 mL\)/,
    ],
    [
      'a remnant over the total',
      { volumes: { ...volumes, totalMl: 1510, remnantMl: 1520, intervals: {} } },
      'figures_contradict',
      /larger than the functional/,
    ],
    [
      'parts over the total',
      { volumes: { ...volumes, totalMl: 1510, excludedMl: 71 } },
      'figures_contradict',
      /\(1521 mL\) are more than the total \(1510 mL\)/,
    ],
    [
      'a figure outside its interval, in few digits',
      { volumes: { ...volumes, intervals: { flrPercent: [41.17, 43] } } },
      'figures_contradict',
      /: 40 lies outside its own interval 41\.17 to 43/,
    ],
    [
      'a year nobody plans in',
      { inputs: { plan: { surgeryOn: '2226-04-13' } } },
      'date_implausible',
      /year 2226 is not plausible \(1900 to 2099\)/,
    ],
    [
      'a slip of the century',
      { inputs: { augmentation: { kind: 'PVE', on: '1026-03-02' } } },
      'date_implausible',
      /year 1026/,
    ],
    [
      'a count with its range',
      { inputs: { liver: { fibrosisStage: 5 } } },
      'fibrosis_implausible',
      /stage of 5 is not plausible \(0 to 4\)/,
    ],
  ])('refuses %s', (_, change, code, sentence) => {
    const outcome = readCaseFile({ ...given, ...change });
    if (outcome.ok) throw new Error('It was read');
    expect(outcome.error.code).toBe(code);
    expect(outcome.error.message).toMatch(sentence);
  });

  it('takes parts whose printed millilitres were rounded', () => {
    expect(read({ ...given, volumes: { ...volumes, totalMl: 1519, excludedMl: 71 } }).facts.volumetry.totalMl).toBe(
      1519,
    );
  });

  it('never throws: anything is read or refused with a sentence', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (one, other) => {
        for (const json of [one, { ...given, volumes: one }, { ...given, inputs: other }, { ...given, rules: other }]) {
          const outcome = readCaseFile(json);
          if (!outcome.ok) expect(outcome.error.message).not.toBe('');
        }
      }),
      { seed: 612, numRuns: 300 },
    );
  });

  it.each<[string, object, string, string]>([
    ['a key with a slip', { volumes: { ...volumes, remnantML: 3 } }, 'assessment_invalid', 'volumes'],
    ['a volume that can not be', { volumes: { ...volumes, remnantMl: -3 } }, 'volume_implausible', 'volumes.remnantMl'],
    ['text for a number', { sliceSpacingMm: 'thin' }, 'assessment_invalid', 'sliceSpacingMm'],
    ['a part above the whole', { volumes: { ...volumes, remnantMl: 1501 } }, 'figures_contradict', 'volumes.remnantMl'],
    [
      'a share that does not follow',
      { volumes: { ...volumes, flrPercent: 40.3 } },
      'figures_contradict',
      'volumes.flrPercent',
    ],
    [
      'a point outside its interval',
      { volumes: { ...volumes, intervals: { remnantMl: [610, 630] } } },
      'figures_contradict',
      'volumes.intervals.remnantMl',
    ],
    [
      'tumour in the remnant left unsaid',
      { volumes: { ...volumes, tumourLeftMl: null } },
      'figures_contradict',
      'volumes.tumourLeftMl',
    ],
    ['a height in metres', { heightCm: 1.78 }, 'height_implausible', 'heightCm'],
    ['a weight alone', { heightCm: null }, 'height_missing', 'heightCm'],
    [
      'albumin in the wrong unit',
      { inputs: { laboratory: { albumin: { value: 4, unit: 'g/L' } } } },
      'albumin_implausible',
      'inputs.laboratory.albumin',
    ],
    ['a state that is none', { parenchyma: 'fatty' }, 'assessment_invalid', 'parenchyma'],
    ['another version', { version: 2 }, 'assessment_invalid', 'version'],
  ])('refuses %s with the path of the field', (_, change, code, path) => {
    const outcome = readCaseFile({ ...given, ...change });
    expect(outcome).toMatchObject({ ok: false, error: { code, path } });
    if (!outcome.ok) expect(outcome.error.message.length).toBeGreaterThan(20);
  });

  it('names the field as it stands in the output of volumetry', () => {
    const output = { seriesInstanceUid: '1.2', units: {}, spacing: [0.7, 0.8, 2], ...volumes, remnantMl: 1700 };
    expect(readCaseFile(output)).toMatchObject({ ok: false, error: { code: 'figures_contradict', path: 'remnantMl' } });
    expect(read({ ...output, remnantMl: 600 }).facts.sliceSpacingMm).toBe(2);
  });
});
