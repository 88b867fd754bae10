/** Bilirubin as laboratories give it: 1 mg/dL = 17.1 µmol/L. */
export interface Bilirubin {
  readonly value: number;
  readonly unit: 'µmol/L' | 'mg/dL';
}

/** Albumin as laboratories give it: 1 g/dL = 10 g/L. */
export interface Albumin {
  readonly value: number;
  readonly unit: 'g/L' | 'g/dL';
}

/** Bilirubin in µmol/L. */
export function bilirubinMicromolar({ value, unit }: Bilirubin): number {
  return unit === 'mg/dL' ? value * 17.1 : value;
}

/** Albumin in g/L. */
export function albuminGramsPerLitre({ value, unit }: Albumin): number {
  return unit === 'g/dL' ? value * 10 : value;
}

/** The albumin-bilirubin score with its grade. */
export interface AlbiScore {
  readonly score: number;
  readonly grade: 1 | 2 | 3;
}

/** ALBI: 0.66 · log10(bilirubin µmol/L) − 0.085 · albumin g/L; grade 1 up to −2.60, 2 up to −1.39, else 3. Johnson 2015, JCO. */
export function albiScore(bilirubin: Bilirubin, albumin: Albumin): AlbiScore {
  const score = 0.66 * Math.log10(bilirubinMicromolar(bilirubin)) - 0.085 * albuminGramsPerLitre(albumin);
  return { score, grade: score <= -2.6 ? 1 : score <= -1.39 ? 2 : 3 };
}

/** Tumour burden score: √(largest diameter cm² + number²). Sasaki 2018, Ann Surg 267:132 (formula from memory). Shown, never acted on. */
export function tumourBurdenScore(count: number, largestCm: number): number {
  return Math.hypot(largestCm, count);
}

/** What the clinical risk score of Fong asks; null = not given. */
export interface RiskScoreFacts {
  readonly nodePositivePrimary: boolean | null;
  /** From the primary to the liver metastases. */
  readonly diseaseFreeMonths: number | null;
  readonly lesionCount: number | null;
  readonly largestCm: number | null;
  readonly ceaNanogramsPerMl: number | null;
}

/** Points of the clinical risk score with the criteria that are not known; the score lies between `points` and `points + unknown`. */
export interface RiskScore {
  readonly points: number;
  readonly unknown: number;
  readonly criteria: readonly { readonly name: string; readonly met: boolean | null }[];
}

/** Fong's clinical risk score: one point for each of five criteria, as in the footnote of Rojawat 2024. */
export function clinicalRiskScore(facts: RiskScoreFacts): RiskScore {
  const when = (value: number | null, met: (value: number) => boolean): boolean | null =>
    value === null ? null : met(value);
  const criteria = [
    { name: 'node-positive primary', met: facts.nodePositivePrimary },
    { name: 'disease-free interval under 12 months', met: when(facts.diseaseFreeMonths, (months) => months < 12) },
    { name: 'more than one metastasis', met: when(facts.lesionCount, (count) => count > 1) },
    { name: 'largest metastasis over 5 cm', met: when(facts.largestCm, (size) => size > 5) },
    { name: 'CEA over 200 ng/mL', met: when(facts.ceaNanogramsPerMl, (cea) => cea > 200) },
  ];
  return {
    points: criteria.filter(({ met }) => met === true).length,
    unknown: criteria.filter(({ met }) => met === null).length,
    criteria,
  };
}
