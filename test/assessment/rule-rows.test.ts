import { describe, expect, it } from 'vitest';
import { ruleBase } from '../../src/assessment/index.ts';
import { standardFormulas } from '../../src/liver/index.ts';

/**
 * Every row of the tables of the clinical rule base, quoted, with the ids that hold it. A row without an id, an id without a row, and a
 * figure of the data that its row does not quote all fail.
 */
type Row = readonly [quoted: string, ...ids: readonly string[]];

const b1: readonly Row[] = [
  ['TLV | whole liver, extrahepatic vessels (IVC, main PV) and gallbladder excluded', 'tlv'],
  ['TFLV / mTLV | TLV − tumour volume (− previously ablated/necrotic; state it)', 'functional-tlv'],
  ['FLR % (measured) | FLR / mTLV ×100. FLR itself must exclude tumour lying in the remnant', 'flr-percent'],
  ['sTLV Vauthey | −794.41 + 1267.28 × BSA', 'slv-vauthey-mosteller', 'slv-vauthey-dubois'],
  ['sFLR | FLR / sTLV ×100 | FLR 26→36 % after PVE; ≤25 % → more major complications, P=.02', 'sflr'],
  ['Vauthey by weight | 191.80 + 18.51 × W(kg)', 'slv-vauthey-weight'],
  ['SLV Urata | 706.2 × BSA + 2.4', 'slv-urata'],
  ['SLV Chinese (Feng 2017, n=369) | 758.259 × BSA − 124.272 (R² 0.30 …)', 'slv-feng'],
  [
    'SLV Korean (n=1,000) | 908.204 × BSA(DuBois) − 464.728 ; 893.485 × BSA(Mosteller) − 439.169; 15 published formulae err 4.8–5.4 %',
    'slv-korean-dubois',
    'slv-korean-mosteller',
  ],
  ['ESLW Hong Kong (n=159) | 218 + 12.3 × BW + 51 × (male)', 'slv-hong-kong'],
  ['SLV Thai (n=20 autopsy) | 19.59 × W; or 721.31 × BSA', 'slv-thai-weight', 'slv-thai-area'],
  ['PTLV (Tu 2007, China) | 121.75 + 16.49 × W', 'slv-tu'],
  [
    'Others | Johnson 0.722×BSA^1.176 L; Hashimoto −404.8+961.3×BSA; Heinemann 1072.8×BSA−345.7; Yoshizumi 772×BSA; Choukèr age/sex bands',
    ...['slv-johnson', 'slv-hashimoto', 'slv-heinemann', 'slv-yoshizumi', 'slv-chouker'],
  ],
  [
    'Caveat cirrhosis | formulae correlate poorly with real weight; cirrhotic density ≈ 1.1 g/mL',
    'formulas-in-cirrhosis',
  ],
  ['BSA Mosteller | √(h cm × W kg / 3600)', 'bsa-mosteller'],
  ['BSA DuBois | 0.007184 × h^0.725 × W^0.425', 'bsa-dubois'],
  ['FLR/BW | FLR(mL≈g) / BW(g) ×100', 'flr-body-weight'],
  ['RLV/BSA | FLR / BSA', 'flr-body-surface'],
  ['DH | sFLR_post − sFLR_pre | pp', 'degree-of-hypertrophy'],
  ['Relative hypertrophy | (FLR_post − FLR_pre)/FLR_pre ×100', 'relative-hypertrophy'],
  ['KGR | DH at first volume assessment ÷ weeks since embolisation', 'kinetic-growth-rate'],
  ['KGR mL/day; %/day | ΔFLR/days; relative/day', 'growth-per-day'],
  ['CT→specimen | exsanguinated specimen vol = 0.906 × CT vol (hemihepatectomy)', 'ct-to-specimen'],
  ['TBS | √( max diameter(cm)² + number² ) (zones <3, 3–<9, ≥9 M)', 'tumour-burden-score'],
  [
    'ALBI | 0.66·log10(bili µmol/L) − 0.085·alb g/L; grade 1 ≤ −2.60; 2 > −2.60 to −1.39; 3 > −1.39',
    'albi',
    'albi-grade',
  ],
  ['keep the baseline functional TLV or sTLV as denominator at both time points and say which', 'baseline-denominator'],
];

const b2: readonly Row[] = [
  ['Normal | ≥20 % | TLV | AHPBA/SSO/SSAT consensus; also OncoSurge >20 %', 'flr-functional-normal-20'],
  ['Normal | ≥20 % | sTLV | Kishi 2009', 'flr-standard-normal-20'],
  [
    'Normal | 25 % | SLV Urata (= 19–24 % of Vauthey sTLV, CALC) | Vauthey 2000, n=20, preliminary',
    'flr-urata-normal-25',
  ],
  ['Normal | 25 % | CT non-tumour | Shoup 2003', 'flr-functional-normal-25-shoup'],
  ['Normal | 26.6 % | CT functional | Schindl 2005 Gut, n=104', 'flr-functional-normal-26.6'],
  ['Normal | 25–30 % | FLR/TLV | s00270-021-02877-3 and s11605-009-1085-2', 'flr-functional-normal-25-30'],
  ['Any (page) | ≥30 % "of standard hepatic volume" (~2 segments) | SLV | S1', 'flr-standard-any-30'],
  ['Chemotherapy injury | ≥30 % | TLV | S3 Box 1', 'flr-functional-chemotherapy-30'],
  ['Chemo > 3 months (12 wk) | 30 % | sTLV | Shindoh 2013', 'flr-standard-chemotherapy-30'],
  ['Steatosis | 30 % | TLV | s00261-021-03262-x (20/30/40 scheme)', 'flr-functional-steatosis-30'],
  [
    'High-grade steatosis / after oxali- or irinotecan | 40 % | functional TLV | s00268-010-0663-5',
    'flr-functional-chemotherapy-40',
  ],
  [
    '"High-volume" pre-op chemo | >40 % (vs >25 % healthy) | S4 (Azoulay [54])',
    'flr-functional-chemotherapy-40-azoulay',
  ],
  [
    'Fibrosis / cirrhosis | ≥40 % | TLV | S3 Box 1; s00261-021-03262-x; PMC6422720 Azoulay 40 %',
    ...['flr-functional-cirrhosis-40', 'flr-standard-cirrhosis-40'],
  ],
  ['Cirrhosis | ≥30 % (!) | TLV | S4 [11] … flag as outlier', 'flr-functional-cirrhosis-30'],
  ['Cirrhosis | 40 % or 50 % by ICG-R15 | CT non-tumour | Kubota 1997', 'flr-functional-cirrhosis-40-50'],
  ['HCC, hemihepatectomy | 42.7 % (AUC 0.90) | functional | BSR20190088', 'flr-functional-hcc-42.7'],
  ['HCC/injured | 250 mL/m² | BSA | Shirabe 1999', 'flr-body-surface-injured-250'],
  [
    'Biliary (hepatectomy + bile-duct resection) | RLV/BSA ≥300 mL/m² (PHLF 22 % vs 6.4 %) | PMC7893452 (n=289)',
    'flr-body-surface-biliary-300',
  ],
  ['PVE indicated when | <25–40 % | TLV | S4', 'flr-functional-pve-25-40'],
  ['Normal, FLR/BW | >0.5 % (≤0.5 = risk) | body weight | Truant 2007', 'flr-body-weight-normal-0.5'],
  ['Injured/cirrhosis, FLR/BW | ≥0.8 % (convention and trial criterion; display only)', 'flr-body-weight-injured-0.8'],
  [
    'HCC, right hepatectomy | RLV/BW <0.55 % and platelets <140×10⁹/L: PHLF B/C 75 % | PMC7002877 (n=90)',
    'flr-body-weight-hcc-0.55',
  ],
  [
    'CRLM trial entry (DRAGON 2) | insufficient <30 %; <40 % chemotherapy-damaged | tumour-free TLV',
    ...['flr-functional-normal-30-dragon2', 'flr-functional-chemotherapy-40-dragon2'],
  ],
  ['Consensus 2023 | Innsbruck: 21 statements ≥85 % agreement, 271 publications', 'innsbruck-2023'],
  ['Review 2024 | Boubaddi et al. Ann Surg Oncol 2024, doi 10.1245/s10434-024-16108-9', 'boubaddi-2024'],
  [
    'Evidence caution: in 547 patients (6 centres) AUC for PHLF was 0.66 function vs 0.63 volume',
    'no-threshold-is-safe',
  ],
];

const b3: readonly Row[] = [
  ['DH adequate after PVE | DH >5 pp AND sFLR >20 % | Ribero 2007', 'degree-5-ribero', 'share-20-ribero'],
  ['DH best cut-off (small FLR, CRLM) | 7.5 pp', 'degree-7.5-shindoh'],
  ['sFLR best cut-off after PVE | 29.6 %', 'share-29.6-shindoh'],
  ['KGR | ≥2 pp/week → insufficiency 0 vs 21.6 %; AUC 0.83', 'kinetic-2-shindoh'],
  [
    'KGR decays | 5.4±4 (week 1) → 1.5±2; resected patients 2.2 vs ~0 in 2nd interval | 1.4–9.4, −0.5–3.5',
    ...['kinetic-first-week', 'kinetic-later'],
  ],
  ['PVE, relative | +20–40 % in 2–4 weeks | S4', 'pve-relative-20-40'],
  ['PVE, systematic review (1,791 pts) | +37.9 ± 0.1 % (37.8–38)', 'pve-relative-37.9'],
  ['PVE, one centre | median +33.9 % (16.5–60.4); 36.5 % "non-responders" (<25 %)', 'pve-relative-33.9'],
  [
    'PVE, ALPPS comparison | +36.0 ± 27.2 % (8.8–63.2), 4.4 ± 3.2 mL/day (1.2–7.6) (0.98 %/day)',
    ...['pve-relative-36', 'pve-daily-4.4'],
  ],
  ['PVE median "up to 50 %"', 'pve-relative-50'],
  ['Seg 4 embolisation | S2+3 +54 % vs +26 % without', 'pve-segment-4'],
  ['PVE conversion | 62.6 % of patients with inadequate sFLR resected; curative resection 46→79 %', 'pve-conversion'],
  [
    'PVE/HVE (LVD) vs PVE | relative hypertrophy 59 vs 48 %; resectability 90 vs 68 %; 90-d mortality 3 vs 16 % (ns)',
    'lvd-relative-59',
  ],
  ['LVD meta-analysis (9 studies, 557 pts) | larger FLR, faster KGR, fewer failures', 'lvd-meta-557'],
  ['LVD meta-analyses disagree on PHLF | 588 pts: PHLF OR 0.45 (0.22–0.91)', 'lvd-liver-failure-disagree'],
  ['DRAGON 1 | KGR 8.3 %/week', 'dragon1-kinetic'],
  ['Waiting dropout PVE/PVL | 20–40 %', 'waiting-dropout'],
  [
    'ALPPS | interval 7–14 d; 22–35 mL/day vs 3–5 TSH; median hypertrophy 160 % (90–250)',
    ...['alpps-interval', 'alpps-daily-22-35', 'two-stage-daily-3-5', 'alpps-relative-160'],
  ],
  [
    'ALPPS, measured | +84.3 ± 7.8 % (76.5–92.1); 32.7 ± 13.6 mL/day (19.1–46.3); 10.8 %/day',
    ...['alpps-relative-84', 'alpps-daily-32.7'],
  ],
  ['Rescue ALPPS after failed PVO | +209 mL (87–314), +61.8 % (19.3–120) at day 6', 'rescue-alpps'],
  ['ALPPS vs TSH (LIGRO RCT) | resection 92 vs 57 %; 90-d mortality 8.3 vs 6.1 %', 'ligro'],
  ['TSH drop-out | ~30 % S4 (20–30 %); 35.2 % S3', 'two-stage-dropout'],
  ['Fast-track TSH (hybrid room) | stage 2 within 4 weeks vs 2–4 months', 'two-stage-fast', 'two-stage-interval'],
  ['Volume ≠ function | functional +35 % vs anatomical +120 %', 'volume-not-function'],
  ['Bevacizumab ≥6 cycles | impaired post-PVE hypertrophy (Aussilhou)', 'bevacizumab-6-cycles'],
];

const b4to6: readonly Row[] = [
  [
    'B4: R0 achievable; ≥2 contiguous functional segments with portal+arterial inflow, venous outflow, biliary drainage',
    'contiguous-segments-2',
  ],
  ['B4: Unresectable: >70 % of liver involved, or >6 segments', 'involved-70', 'involved-6-segments'],
  ['B4: Ablation: ≤3 cm … COLLISION RCT', 'ablation-3-cm'],
  ['B5: Bevacizumab → surgery: 6–8 weeks', 'bevacizumab-washout'],
  ['B5: Resect after 2–4 months of chemo', 'chemotherapy-length'],
  ['B5: "cycles ≥6" = flag, not a rule', 'cycles-flag'],
  ['B5: HBS: FLR function cut-off 2.69 %/min/m²', 'hbs-2.69'],
  ['B5: multicentre 2.7 (PHLF 12 %) and 4.5 %/min/m² for biliary tumours', 'hbs-biliary'],
  ['B5: LiMAx >315 high, 140–315 medium, <140 low', 'limax-315', 'limax-140'],
  ['B5: ICG-R15 <10 % → up to right hepatectomy/trisectionectomy', 'icg-10'],
  ['B6: Normal liver minimum | 20 / 25 / 26.6 / 30 %', 'normal-minimum-disagrees'],
  ['B6: After chemo | 30 (AHPBA, Shindoh) / 40 (Azoulay, s00268-010-0663-5)', 'chemotherapy-minimum-disagrees'],
  ['B6: Cirrhosis | 30 (S4) / 40 / 50', 'cirrhosis-minimum-disagrees'],
  ['B6: Denominator | measured vs sTLV; Ribero 2013 compared both (243 pts, PHLF 11.5 %)', 'denominator-disagrees'],
  ['C5: No option list … when scan thickness >5 mm', 'slice-spacing-5'],
];

const c2: readonly Row[] = [
  ['GREEN: lower bound of the 90 % interval ≥ threshold in every chosen denominator', 'light-green'],
  [
    'AMBER: any interval crosses the threshold; denominators disagree; congested volume would drop it below; rapid augmentation without functional test',
    'light-amber',
  ],
  ['RED: upper bound < threshold in all denominators', 'light-red'],
  [
    'GREY: data missing, parenchyma unknown, mask unreviewed → no statement, and the list of what is missing',
    'light-grey',
  ],
  ['The colour follows the interval against the chosen rule only', 'colour-by-chosen-rule'],
];

const c3: readonly Row[] = [
  ['1 | GREEN, unilobar | upfront one-stage; compare PSH', 'upfront_one_stage'],
  ['2 | AMBER/RED but a smaller operation gives R0 | parenchyma-sparing redesign', 'parenchyma_sparing'],
  [
    '3 | AMBER/RED, PV patent, no portal HT | PVE (± seg 4) | FLR × 1.15–1.60 (central 1.36) over 2–6 wk',
    'pve',
    'growth-pve',
    'first-ct',
    'embolisation-wait',
  ],
  [
    '4 | RED (very small FLR) or short window | LVD / PVE+HVE | FLR × 1.35–1.75 (central 1.59) ~3 wk | HYPER-LIV01 excluded platelets <100 000 (100)',
    'lvd',
    'growth-lvd',
    'platelets-100',
  ],
  [
    '5 | Bilobar, tumour in FLR | two-stage: clear FLR → PVE/PVL → stage 2 | as row 3 (1.15–1.60, central 1.36; 3–5 mL/day)',
    'two_stage',
    'growth-two-stage',
  ],
  [
    '6 | Prior PVE failed | (a) wait/re-measure; (b) add HVE; (c) rescue ALPPS; (d) redesign; (e) systemic/HAI',
    'remeasure',
    'add_hepatic_vein_embolisation',
    'rescue_alpps',
    'systemic_therapy',
  ],
  [
    '7 | Bilobar, RED, young/fit, no time | ALPPS | as row 6: FLR × 1.2–2.2 (measured central 1.6–1.85) in 7–14 d',
    'alpps',
    'growth-alpps',
  ],
  [
    '8 | Cirrhosis + RED | limited resection/ablation; PVE as stress test; transplant referral in HCC | FLR × 1.05–1.35',
    'limited_resection',
    'pve_stress_test',
    'transplant_referral',
    'growth-pve-cirrhosis',
  ],
  ['9 | PV thrombosis/invasion of the side to be resected', 'natural_portal_occlusion'],
  [
    '10 | PV thrombosis of FLR, overt portal hypertension, uncorrectable coagulopathy | no augmentation suggestion',
    'no_augmentation',
  ],
  [
    '11 | >70 % liver, >6 segments, both PV or all HV invaded | re-assess 2–3 monthly',
    'systemic_conversion',
    'restaging',
  ],
  ['12 | biliary dilatation in FLR | drain FLR first, re-measure', 'drain_first'],
  ['FLR_pred = FLR_now × factor, divided by the baseline denominator', 'predicted-share'],
  ['needed relative growth = threshold/FLR% − 1', 'needed-growth'],
];

/** Read later than the tables, and quoted from its own source. */
const beyond: readonly Row[] = [
  [
    'Clinician overconfidence … (abstract): over by 22 % for right hepatectomy; liver surgeons over by 25 and 34 %',
    'guess-overestimate',
  ],
];

const sections = { B1: b1, B2: b2, B3: b3, 'B4 to B6': b4to6, C2: c2, C3: c3, 'beyond the tables': beyond } as const;

interface Entry {
  readonly id: string;
  readonly verified?: boolean;
  readonly value?: unknown;
  readonly central?: number | null;
  readonly row?: number | null;
  readonly address?: string | null;
  readonly citations?: readonly { readonly text: string; readonly address: string | null }[];
}
const lists = [
  'thresholds',
  'conditions',
  'growth',
  'options',
  'references',
  'lights',
  'definitions',
  'statements',
] as const;
const entries = new Map(lists.flatMap((list) => ruleBase[list].map((entry): [string, Entry] => [entry.id, entry])));

/** Every number of an entry, in the digits it is printed with. */
function figures(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(figures) : [];
}

describe.each(Object.entries(sections))('section %s of the clinical rule base, row by row', (section, rows) => {
  it.each(rows)('%s', (quoted, ...ids) => {
    expect(ids.length).toBeGreaterThan(0);
    const numbers = (quoted.match(/[-−]?\d+(?:\.\d+)?/g) ?? []).map((text) => Math.abs(Number(text.replace('−', '-'))));
    for (const id of ids) {
      const entry = entries.get(id);
      expect(entry, id).toBeDefined();
      for (const figure of figures(entry!.value)) expect(numbers, `${id} holds ${figure}`).toContain(Math.abs(figure));
      if (section === 'C3' && entry!.row !== undefined) expect(quoted.startsWith(`${entry!.row} |`)).toBe(true);
    }
  });
});

describe('the rows and the data', () => {
  const claimed = Object.values(sections).flatMap((rows) => rows.flatMap(([, ...ids]) => ids));

  it('meet in both directions: nothing in the data is without a row', () => {
    expect([...entries.keys()].filter((id) => !claimed.includes(id))).toEqual([]);
    expect(entries.size).toBe(lists.reduce((sum, list) => sum + ruleBase[list].length, 0));
  });

  it('compute every formula that is defined, but the bands that nobody has read', () => {
    const defined = ruleBase.definitions.filter(({ id }) => id.startsWith('slv-')).map(({ id }) => id);
    expect(defined.filter((id) => !standardFormulas.some((formula) => formula.id === id))).toEqual(['slv-chouker']);
    expect(ruleBase.definitions.find(({ id }) => id === 'slv-chouker')).toMatchObject({ verified: false });
    expect(standardFormulas.filter(({ id }) => !defined.includes(id))).toEqual([]);
  });

  it('mark as unverified what the list “Still unverified” names, and what is from memory', () => {
    expect([...entries.values()].filter(({ verified }) => verified === false).map(({ id }) => id)).toEqual([
      ...['flr-standard-normal-20', 'flr-standard-chemotherapy-30', 'flr-standard-cirrhosis-40'],
      'growth-pve-cirrhosis',
      ...['drain_first', 'natural_portal_occlusion', 'limited_resection', 'pve_stress_test', 'transplant_referral'],
      'no_augmentation',
      ...['dragon1-kinetic', 'bevacizumab-6-cycles', 'icg-10', 'albi-grade'],
      ...['tlv', 'flr-percent', 'slv-vauthey-weight', 'slv-urata'],
      ...['slv-johnson', 'slv-hashimoto', 'slv-heinemann', 'slv-yoshizumi', 'slv-chouker'],
      ...['bsa-mosteller', 'bsa-dubois', 'flr-body-weight', 'tumour-burden-score', 'albi'],
      ...['baseline-denominator', 'boubaddi-2024', 'denominator-disagrees'],
    ]);
  });

  it('do not ship what must not be shipped: 1.4 % of body weight', () => {
    const bodyWeight = ruleBase.thresholds.filter(({ denominator }) => denominator === 'bodyWeight');
    expect(bodyWeight.map(({ value }) => value)).toEqual([0.5, 0.8, 0.55]);
  });
});

describe('what opens', () => {
  it.each(ruleBase.options.map((option) => [option.id, option] as const))(
    '%s cites a DOI, PMID or PMC address',
    (_, option) => {
      const opening = option.citations.filter(({ address }) => address !== null);
      expect(opening.length).toBeGreaterThan(0);
      for (const { address } of opening)
        expect(address).toMatch(
          /^https:\/\/(doi\.org\/10\.\d{4,5}\/\S+|pubmed\.ncbi\.nlm\.nih\.gov\/\d+\/|pmc\.ncbi\.nlm\.nih\.gov\/articles\/PMC\d+\/)$/,
        );
      expect(option.address).not.toBeNull();
    },
  );

  it('names what has no address: slides and a review without one', () => {
    const without = ruleBase.options.flatMap(({ citations }) => citations.filter(({ address }) => address === null));
    expect([...new Set(without.map(({ text }) => text))]).toEqual([
      'Rojawat 2024, slides on colorectal liver metastasis',
      'Baishideng 2014, review of colorectal liver metastasis management',
    ]);
  });

  it('keeps the trials and the consensus at their own addresses', () => {
    const all = new Map(
      ruleBase.options.flatMap(({ citations }) => citations.map(({ text, address }) => [text, address])),
    );
    expect(all.get('COLLISION: van der Lei 2025, Lancet Oncol 26:187–99')).toBe(
      'https://doi.org/10.1016/S1470-2045(24)00660-0',
    );
    expect(all.get('LIGRO: Sandström 2018, Ann Surg 267:833')).toBe('https://doi.org/10.1097/SLA.0000000000002511');
    expect(all.get('DRAGON 1: Korenblik 2025, Lancet Reg Health Eur 53:101284')).toBe(
      'https://doi.org/10.1016/j.lanepe.2025.101284',
    );
    expect(all.get('AHPBA/SSO/SSAT consensus: Adams 2013, HPB 15:91; with Schwarz 2013, HPB 15:89')).toBe(
      'https://doi.org/10.1111/j.1477-2574.2012.00557.x',
    );
  });
});

describe('the figures of the founding documents, as they stand there', () => {
  const band = (id: string) => ruleBase.references.find((rule) => rule.id === id)!;

  it.each([
    ['PVE +20–40 % in 2–4 weeks', 'pve-relative-20-40', [20, 40], null, '%', [2, 4]],
    ['two-stage 3–5 mL/day', 'two-stage-daily-3-5', [3, 5], null, 'mL/day', [2, 6]],
    ['ALPPS 22–35 mL/day', 'alpps-daily-22-35', [22, 35], null, 'mL/day', [1, 2]],
    ['ALPPS 160 % (90–250)', 'alpps-relative-160', [90, 250], 160, '%', [1, 2]],
    ['ALPPS measured 84.3 ± 7.8 %', 'alpps-relative-84', [84.3 - 7.8, 84.3 + 7.8], 84.3, '%', [1, 2]],
  ])('%s', (_, id, value, central, unit, weeks) => {
    const { value: held, ...rest } = band(id);
    expect(rest).toMatchObject({ central, unit, weeks });
    (held as readonly number[]).forEach((end, place) => expect(end).toBeCloseTo(value[place]!, 9));
  });

  it('shows both figures of ALPPS beside each other wherever one stands', () => {
    const alpps = ruleBase.growth.find(({ id }) => id === 'growth-alpps')!;
    expect(`${alpps.population} ${alpps.note}`).toMatch(/84\.3 ± 7\.8 %.*160 % \(90–250\)/);
    expect(ruleBase.growth.find(({ id }) => id === 'growth-pve')!.population).toContain('+20–40 % in 2–4 weeks');
    expect(ruleBase.growth.find(({ id }) => id === 'growth-two-stage')!.note).toContain('3–5 mL/day');
  });
});
