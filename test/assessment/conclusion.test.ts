import { describe, expect, it } from 'vitest';
import { assess, conclusionText, safetyWording } from '../../src/assessment/index.ts';
import type { PlanFacts } from '../../src/assessment/index.ts';
import { ample, madeInput } from './made-input.ts';
import type { MadeFigures } from './made-input.ts';

const template: MadeFigures = {
  functional: [24.1, 22.4, 25.9],
  standard: [22.5, 21.1, 24],
  bodyWeight: [0.46, 0.43, 0.49],
};

function conclude(
  figures: MadeFigures,
  change: Parameters<typeof madeInput>[1] = {},
  remnantName: string | null = null,
) {
  const input = madeInput(figures, change);
  const facts: PlanFacts = { remnantName, parenchyma: input.parenchyma, reviewedBy: input.reviewedBy };
  return conclusionText(facts, input.volumetry, assess(input)).split('\n');
}

describe('the conclusion (C4)', () => {
  it('reads as the template of the rule base', () => {
    expect(conclude(template, { parenchyma: 'chemotherapy' }, 'S2+S3+S1')).toEqual([
      'Remnant S2+S3+S1, 372 mL (90 % interval 348–396). 24.1 % of tumour-free measured TLV (22.4–25.9); 22.5 % of standardised TLV (Vauthey, Mosteller BSA 1.93) (21.1–24.0); 0.46 % of body weight (0.43–0.49). The interval of the share of measured TLV includes the error of that denominator; standardised TLV and body weight are taken as exact. Intervals are provisional.',
      'Chosen rules: chemotherapy-injured ≥ 30 % of measured TLV (AHPBA/SSO/SSAT 2013), ≥ 30 % of standardised TLV (Shindoh 2013, unverified). Below in both.',
      'Other published thresholds: ≥ 0.8 % of body weight (convention, trial criterion), ≥ 30 % of standard liver volume (Management of Liver Metastases), ≥ 30 % of measured liver (20/30/40 scheme, steatosis), ≥ 40 % of measured liver (s00268-010-0663-5), > 40 % of measured liver (Azoulay), ≥ 40 % of measured liver (DRAGON 2, trial entry), ≥ 300 mL/m² of body surface (PMC7893452), ≥ 25–40 % of measured liver (Baishideng 2014).',
      'Options to discuss at MDT: Parenchyma-sparing redesign (wedges, detachment from vessels, ablation of lesions up to 3 cm); Portal vein embolisation (with segment 4 before an extended right hepatectomy): to 27.7–38.6 % of measured TLV; Liver venous deprivation (portal and hepatic vein embolisation): to 32.5–42.2 % of measured TLV; Two-stage hepatectomy (clear the remnant, portal vein occlusion, second stage): to 27.7–38.6 % of measured TLV; ALPPS (liver partition and portal vein ligation for staged hepatectomy): to 28.9–53.0 % of measured TLV. Predicted shares are over the baseline volume: population range, not a prediction for this patient.',
      expect.stringContaining('Unverified (the source itself was not read): Shindoh 2013.'),
      'Masks reviewed by: Dr Reviewer. Rules: Remnant rule base 1.2.0.',
      safetyWording,
    ]);
  });

  it('tells denominators apart when they do not agree', () => {
    const lines = conclude(
      { functional: [34, 32, 36], standard: [26, 24.5, 27.5], bodyWeight: null },
      { parenchyma: 'chemotherapy' },
    );
    expect(lines[1]).toMatch(/Above by measured TLV, below by standardised TLV\.$/);
  });

  it('gives no verdict and no option under grey, and says what is missing', () => {
    const lines = conclude(template, { reviewedBy: null, phase: null, parenchyma: 'cirrhosis' });
    const text = lines.join('\n');
    expect(text).toContain('No overall statement.');
    expect(text).toContain('Missing: The masks are not reviewed');
    expect(text).toContain('Masks reviewed by: nobody.');
    expect(text).not.toMatch(/Below|Above|Options/);
  });

  it('withholds a would-be green without body size, but says where the functional share lies', () => {
    const text = conclude({ functional: [61, 58, 64], standard: null, bodyWeight: null }).join('\n');
    expect(text).toContain('Above in the only denominator that can be judged.');
    expect(text).toContain('No overall statement.');
    expect(text).toContain('Missing: Height and weight are missing');
    expect(text).not.toMatch(/null|undefined|NaN/);
  });

  it('says that nothing is planned', () => {
    const nothing = { functional: null, standard: null, bodyWeight: null, remnantMl: null } as const;
    const [first, second] = conclude(nothing, { parenchyma: 'unknown' });
    expect(first).toBe('No resection is planned. Total liver 1611 mL (90 % interval 1580–1642).');
    expect(second).toBe('No rule chosen: the state of the liver is unknown.');
  });

  it('says above in all three under green, and ends with the safety wording', () => {
    const lines = conclude(ample);
    expect(lines[1]).toMatch(/Above in all three\.$/);
    expect(lines.at(-1)).toBe(safetyWording);
  });
});

describe('the safety wording (C5)', () => {
  it('stands to the letter', () => {
    expect(safetyWording).toBe(
      'For use by qualified clinicians as a planning aid. Not cleared by FDA and not CE-marked; not validated for primary diagnosis. Volumes, margins and published ranges must be reviewed and confirmed by the responsible surgeon and radiologist on the source images. The listed options are general published information, not a recommendation for this patient.',
    );
    expect(safetyWording).not.toContain('not a medical device');
  });
});
