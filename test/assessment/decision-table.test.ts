import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, measureGrowth, readInputs, ruleBase } from '../../src/assessment/index.ts';
import type { AssessmentInputs } from '../../src/assessment/index.ts';
import { ample, madeInput } from './made-input.ts';

const red = { functional: [18, 16.5, 19.5], standard: [17, 15.6, 18.4], bodyWeight: null } as const;
const amber = { functional: [30, 28, 32], standard: [31, 29, 33], bodyWeight: null } as const;

function given(json: Record<string, unknown>): AssessmentInputs {
  const read = readInputs({ version: 1, ...json });
  if (!read.ok) throw new Error(read.error.message);
  return read.value.inputs;
}

function decided(
  json: Record<string, unknown>,
  figures: Parameters<typeof madeInput>[0] = red,
  parenchyma = 'chemotherapy',
) {
  const inputs = given(json);
  const growth =
    inputs.growth === null
      ? null
      : measureGrowth(inputs.growth.measurements, inputs.growth.denominator, inputs.augmentation, ruleBase);
  return assess(madeInput(figures, { parenchyma: parenchyma as 'chemotherapy', inputs, growth }));
}

const listed = (...parts: Parameters<typeof decided>) => decided(...parts).options.map(({ id }) => id);
const why = (id: string, ...parts: Parameters<typeof decided>) =>
  decided(...parts).withheld.find((option) => option.id === id)?.reason;

const all = ['parenchyma_sparing', 'pve', 'lvd', 'two_stage', 'alpps'];
const pve = { augmentation: { kind: 'PVE', on: '2026-03-02' } };
const grown = (on: string, flrMl: number) => ({
  ...pve,
  growth: {
    denominator: { kind: 'standard', volumeMl: 1600 },
    measurements: [
      { on: '2026-02-26', flrMl: 288, intervalMl: [280, 296] },
      { on, flrMl, intervalMl: [flrMl - 8, flrMl + 8] },
    ],
  },
});

describe('the decision table (C3), row by row', () => {
  it('is as before where nothing more is known', () => {
    expect(listed({})).toEqual(all);
    expect(assess(madeInput(red, { parenchyma: 'chemotherapy' })).options).toEqual(decided({}).options);
  });

  it('1: upfront under green, with both sides to be confirmed', () => {
    expect(listed({ disease: { bilobar: true } }, ample)).toEqual(['upfront_one_stage']);
    expect(decided({ disease: { bilobar: true } }, ample).options[0]!.reason).toMatch(/^Disease on both sides/);
    expect(why('pve', {}, ample)).toBe('Listed under amber or red only; the light is green.');
  });

  it('2: redesign first, unless a smaller operation is judged not to do', () => {
    expect(listed({ plan: { smallerOperationPossible: true } })[0]).toBe('parenchyma_sparing');
    expect(why('parenchyma_sparing', { plan: { smallerOperationPossible: false } })).toContain(
      'not to remove all tumour',
    );
  });

  it('3: embolisation needs three weeks', () => {
    expect(listed({ plan: { weeksAvailable: 3 } })).toContain('pve');
    expect(why('pve', { plan: { weeksAvailable: 2.9 } })).toBe('Growth takes at least 3–6 weeks; 2.9 are available.');
  });

  it('4: venous deprivation for a very small remnant or a short window, within the trial’s exclusions', () => {
    expect(listed({ plan: { weeksAvailable: 4 } }, amber)).toContain('lvd');
    expect(why('lvd', { plan: { weeksAvailable: 6 } }, amber)).toContain('short window');
    expect(listed({ plan: { weeksAvailable: 6 } })).toContain('lvd');
    expect(why('lvd', { laboratory: { platelets: 99 } })).toContain('under 100');
    expect(listed({ laboratory: { platelets: 100 } })).toContain('lvd');
    expect(why('lvd', { body: { ascites: true } })).toContain('ascites');
    expect(why('lvd', { contraindications: { hepaticVeinsUnsuitable: true } })).toContain('not suitable');
  });

  it('5 and 7: two stages and ALPPS for disease on both sides', () => {
    expect(why('two_stage', { disease: { bilobar: false } })).toBe('Disease on one side only.');
    expect(listed({ disease: { bilobar: false } }, { ...red, tumourLeftMl: 3 })).toContain('two_stage');
    expect(why('alpps', { disease: { bilobar: false } })).toBe('Disease on one side only.');
    expect(why('alpps', { plan: { weeksAvailable: 8 } })).toContain('time for a slower way');
    expect(why('alpps', { liver: { cholestasis: true } })).toContain('Cholestasis');
    expect(why('alpps', { disease: { diagnosis: 'biliary' } })).toContain('perihilar');
  });

  it('6: after embolisation, wait, add, rescue or redesign by what was measured', () => {
    expect(listed(pve)).toEqual(['parenchyma_sparing', 'remeasure']);
    expect(why('pve', pve)).toBe('PVE was done on 2026-03-02.');
    // 288 → 320 mL in 14 days: 2 points, 1 point a week.
    expect(listed(grown('2026-03-16', 320))).toEqual([
      'parenchyma_sparing',
      'remeasure',
      'add_hepatic_vein_embolisation',
      'rescue_alpps',
      'systemic_therapy',
    ]);
    expect(why('remeasure', grown('2026-03-30', 320))).toContain('four weeks or more');
    expect(why('remeasure', grown('2026-03-16', 290))).toContain('not shown to grow');
    // 288 → 416 mL: 8 points in 14 days.
    expect(listed(grown('2026-03-16', 416))).toEqual(['parenchyma_sparing']);
    expect(why('rescue_alpps', { ...grown('2026-03-30', 320), liver: { cholestasis: true } })).toContain('Cholestasis');
  });

  it('8: cirrhosis has its own rows; transplantation only for hepatocellular carcinoma', () => {
    expect(listed({}, red, 'cirrhosis')).toEqual([
      'parenchyma_sparing',
      'limited_resection',
      'pve_stress_test',
      'transplant_referral',
    ]);
    expect(why('transplant_referral', { disease: { diagnosis: 'colorectal' } }, red, 'cirrhosis')).toContain(
      'not hepatocellular',
    );
    expect(why('alpps', {}, red, 'cirrhosis')).toContain('Not listed for this state of the liver');
  });

  it('9: a portal vein closed on the side to be resected makes embolisation useless', () => {
    const closed = { contraindications: { portalVeinThrombosis: 'resected' } };
    expect(listed(closed)).toEqual(['parenchyma_sparing', 'natural_portal_occlusion', 'lvd', 'two_stage', 'alpps']);
    expect(why('pve', closed)).toContain('closed already');
  });

  it.each([
    [{ portalVeinThrombosis: 'remnant' }, 'Thrombosis of the portal vein'],
    [{ portalVeinInvasion: 'both' }, 'invades the portal vein'],
    [{ portalHypertension: true }, 'portal hypertension'],
    [{ coagulopathy: true }, 'Coagulopathy'],
  ])('10: %j means no augmentation', (contraindications, said) => {
    const { options, withheld } = decided({ contraindications });
    expect(options.map(({ id }) => id)).toEqual(['parenchyma_sparing', 'no_augmentation']);
    expect(options[1]!.reason).toContain(said);
    expect(options[1]!.title).toContain('No augmentation suggested');
    for (const id of ['pve', 'lvd', 'two_stage', 'alpps'])
      expect(withheld.find((one) => one.id === id)!.reason).toContain(said);
  });

  it.each([
    [{ involvedPercent: 71 }, true],
    [{ involvedPercent: 70 }, false],
    [{ involvedSegments: 7 }, true],
    [{ involvedSegments: 6 }, false],
    [{ bothPortalVeins: true }, true],
    [{ allHepaticVeins: true }, true],
  ])('11: extent %j: not resectable is %s', (disease, beyond) => {
    expect(listed({ disease })).toEqual(beyond ? ['systemic_conversion'] : all);
    expect(listed({ disease }, ample)).toEqual([beyond ? 'systemic_conversion' : 'upfront_one_stage']);
  });

  it('12: dilated ducts of the remnant are drained first', () => {
    const dilated = { contraindications: { biliaryDilatation: true } };
    expect(listed(dilated)).toEqual(['parenchyma_sparing', 'drain_first']);
    expect(why('pve', dilated)).toContain('drain first');
  });

  it('lists nothing and withholds nothing where there is no statement', () => {
    const grey = assess(madeInput(red, { parenchyma: 'unknown' }));
    expect([grey.options, grey.withheld]).toEqual([[], []]);
  });
});

describe('what is said of an option', () => {
  it('predicts over the locked baseline, with weeks, caveat and the threshold for the bar', () => {
    const pveOption = decided({}).options.find(({ id }) => id === 'pve')!;
    expect(pveOption.prediction).toEqual({
      low: 18 * 1.15,
      central: [18 * 1.36],
      high: 18 * 1.6,
      weeks: [2, 6],
      over: 'functional liver of this scan',
      thresholdPercent: 30,
      caveat: 'population range, not a prediction for this patient',
    });
    const rescue = decided(grown('2026-03-30', 320)).options.find(({ id }) => id === 'rescue_alpps')!;
    expect(rescue.prediction).toMatchObject({
      low: (372 / 1600) * 100 * 1.2,
      over: 'baseline standard liver volume of 1600 mL',
    });
  });

  it('lowers the lower end, and nothing else, after much bevacizumab or in fibrosis', () => {
    const plain = decided({}).options.find(({ id }) => id === 'pve')!;
    for (const impaired of [{ bevacizumab: { cycles: 6 } }, { liver: { fibrosisStage: 3 } }]) {
      const option = decided(impaired).options.find(({ id }) => id === 'pve')!;
      expect(option.prediction).toEqual({ ...plain.prediction, low: 18 * 1.05 });
      expect(option.expectedGrowth).toContain('(unverified)');
    }
    expect(decided({ bevacizumab: { cycles: 5 } }).options).toEqual(decided({}).options);
  });

  it('cites with addresses that can be opened', () => {
    for (const { citations } of decided({}).options) {
      expect(citations.length).toBeGreaterThan(0);
      for (const { address } of citations) expect(address ?? 'https://').toMatch(/^https:\/\//);
    }
  });

  it('asks for a function test before green after a rapid augmentation', () => {
    const rapid = { augmentation: { kind: 'LVD', on: '2026-03-02' } };
    expect(decided(rapid, ample).overall.light).toBe('amber');
    expect(decided({ ...rapid, functionTests: { hbsPercentPerMinPerM2: 3.1 } }, ample).overall.light).toBe('green');
    expect(decided(rapid, ample).remarks.map(({ code }) => code)).toContain('function_test_missing');
  });
});

describe('what holds for every patient', () => {
  const yes = fc.constantFrom(true, false, null);
  const side = fc.constantFrom('none', 'resected', 'remnant', 'both', null);
  const contraindications = fc.record({
    portalVeinThrombosis: side,
    portalVeinInvasion: side,
    portalHypertension: yes,
    biliaryDilatation: yes,
    coagulopathy: yes,
    hepaticVeinsUnsuitable: yes,
  });
  const rest = fc.record({
    disease: fc.record({ bilobar: yes, bothPortalVeins: yes, involvedPercent: fc.constantFrom(null, 40, 90) }),
    plan: fc.record({ weeksAvailable: fc.constantFrom(null, 1, 3, 9), smallerOperationPossible: yes }),
    liver: fc.record({ cholestasis: yes, fibrosisStage: fc.constantFrom(null, 0, 4) }),
    augmentation: fc.constantFrom(null, { kind: 'PVE', on: '2026-03-02' }, { kind: 'LVD', on: '2026-03-02' }),
  });
  const figures = fc.constantFrom(red, amber, ample);
  const parenchyma = fc.constantFrom('normal', 'chemotherapy', 'cirrhosis');

  it('a contraindication more never adds an augmentation', () => {
    const worse = [
      { portalVeinThrombosis: 'remnant' },
      { portalVeinThrombosis: 'both' },
      { portalVeinInvasion: 'remnant' },
      { portalHypertension: true },
      { biliaryDilatation: true },
      { coagulopathy: true },
      { hepaticVeinsUnsuitable: true },
    ];
    fc.assert(
      fc.property(
        contraindications,
        rest,
        figures,
        parenchyma,
        fc.constantFrom(...worse),
        (given, other, made, state, more) => {
          const augmentations = (json: Record<string, unknown>): readonly string[] =>
            decided({ ...other, contraindications: json }, made, state)
              .options.filter(({ augmentation }) => augmentation)
              .map(({ id }) => id);
          const before = augmentations(given);
          for (const id of augmentations({ ...given, ...more })) expect(before).toContain(id);
        },
      ),
      { seed: 91, numRuns: 300 },
    );
  });

  it('a larger remnant never worsens the light, whatever else is known', () => {
    const rank = { red: 0, grey: 1, amber: 1, green: 2 } as const;
    fc.assert(
      fc.property(
        contraindications,
        rest,
        parenchyma,
        fc.double({ min: 5, max: 60, noNaN: true }),
        (given, other, state, share) => {
          const light = (percent: number) => {
            const made = [percent, percent - 1.5, percent + 1.5] as const;
            const { overall } = decided(
              { ...other, contraindications: given },
              { functional: made, standard: made, bodyWeight: null },
              state,
            );
            return rank[overall.light];
          };
          expect(light(share + 0.7)).toBeGreaterThanOrEqual(light(share));
        },
      ),
      { seed: 92, numRuns: 300 },
    );
  });

  it('never chooses: no option says that it is the one', () => {
    fc.assert(
      fc.property(contraindications, rest, figures, parenchyma, (given, other, made, state) => {
        const { options, withheld } = decided({ ...other, contraindications: given }, made, state);
        expect(JSON.stringify([options, withheld])).not.toMatch(
          /recommend|best option|should be done|adequate|probability of/i,
        );
        const ids = [...options, ...withheld].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { seed: 93, numRuns: 200 },
    );
  });
});
