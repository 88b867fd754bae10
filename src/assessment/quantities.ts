import { percent } from '../geometry/index.ts';
import type { Percent } from '../geometry/index.ts';
import { bodySurfaceArea, standardFormulas } from '../liver/index.ts';
import type { BodySize, Interval, StandardFormula } from '../liver/index.ts';
import type { AssessedFigures } from './assessment.ts';
import type { AssessmentInputs } from './inputs.ts';
import { ruleBase } from './rules.ts';
import { albiScore, clinicalRiskScore, tumourBurdenScore } from './scores.ts';
import type { AlbiScore, RiskScore } from './scores.ts';

/** The remnant over a published standard liver volume; the formula is taken as exact. */
export interface StandardShare {
  readonly id: string;
  readonly name: string;
  readonly formula: string;
  readonly population: string;
  readonly source: string;
  readonly address: string | null;
  readonly verified: boolean;
  /** The standard liver volume; null where the formula needs the sex, or gives nothing positive. */
  readonly volumeMl: number | null;
  readonly percent: Percent | null;
  readonly interval: Interval<Percent> | null;
}

/** Everything computed beside the volumetry; null where an input is missing. */
export interface Quantities {
  /** Body surface area in m² by both formulas. */
  readonly bsaM2: { readonly mosteller: number; readonly dubois: number } | null;
  /** Default first; the verdict uses the first only. Empty without a body size. */
  readonly standardShares: readonly StandardShare[];
  /** Smallest and largest share by a formula that was read in its source: how far the choice of formula carries. */
  readonly shareSpread: readonly [low: Percent, high: Percent] | null;
  readonly bodyWeightPercent: Percent | null;
  /** Remnant over body surface (Mosteller), mL/m². */
  readonly remnantPerBsa: { readonly value: number; readonly interval: Interval<number> | null } | null;
  readonly tumourBurdenScore: number | null;
  readonly clinicalRiskScore: RiskScore;
  readonly albi: AlbiScore | null;
}

/** The quantities of B1 of the rule base for one plan. */
export function quantitiesOf(volumetry: AssessedFigures, size: BodySize | null, inputs: AssessmentInputs): Quantities {
  const { disease, laboratory } = inputs;
  const { remnantMl } = volumetry;
  const mosteller = size === null ? null : bodySurfaceArea(size, 'mosteller');
  const standardShares =
    size === null ? [] : standardFormulas.map((formula) => shareBy(formula, volumetry, size, inputs.body.sex));
  return {
    bsaM2: size === null || mosteller === null ? null : { mosteller, dubois: bodySurfaceArea(size, 'dubois') },
    standardShares,
    shareSpread: spreadOf(standardShares),
    bodyWeightPercent: volumetry.flrBodyWeightPercent,
    remnantPerBsa:
      remnantMl === null || mosteller === null
        ? null
        : { value: remnantMl / mosteller, interval: divided(volumetry.intervals.remnantMl, mosteller) },
    tumourBurdenScore:
      disease.lesionCount === null || disease.largestCm === null
        ? null
        : tumourBurdenScore(disease.lesionCount, disease.largestCm),
    clinicalRiskScore: clinicalRiskScore(disease),
    albi:
      laboratory.bilirubin === null || laboratory.albumin === null
        ? null
        : albiScore(laboratory.bilirubin, laboratory.albumin),
  };
}

function divided(interval: Interval<number> | undefined, by: number): Interval<number> | null {
  return interval === undefined ? null : [interval[0] / by, interval[1] / by];
}

function shareBy(
  { volume, id }: StandardFormula,
  volumetry: AssessedFigures,
  size: BodySize,
  sex: AssessmentInputs['body']['sex'],
): StandardShare {
  const computed = volume(size, sex);
  // Our own words for our own formulas: a department's rules do not change how a volume is computed.
  const definition = ruleBase.definitions.find((one) => one.id === id);
  if (definition === undefined) throw new Error(`The rule base does not define ${id}`);
  const { name, formula, population, source, address, verified } = definition;
  const said = { id, name, formula, population, source, address, verified };
  // Very small bodies drive the linear formulas below zero: then they say nothing.
  if (computed === null || computed <= 0) return { ...said, volumeMl: null, percent: null, interval: null };
  const ends = divided(volumetry.intervals.remnantMl, computed / 100);
  return {
    ...said,
    volumeMl: computed,
    percent: volumetry.remnantMl === null ? null : percent((volumetry.remnantMl / computed) * 100),
    interval: volumetry.remnantMl === null || ends === null ? null : [percent(ends[0]), percent(ends[1])],
  };
}

function spreadOf(shares: readonly StandardShare[]): Quantities['shareSpread'] {
  const read = shares.flatMap(({ percent: share, verified }) => (share === null || !verified ? [] : [share]));
  return read.length === 0 ? null : [percent(Math.min(...read)), percent(Math.max(...read))];
}
