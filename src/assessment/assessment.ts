import type { Percent } from '../geometry/index.ts';
import type { Interval, Volumetry } from '../liver/index.ts';
import type { Remark } from '../volume/index.ts';
import type { AssessmentInputs } from './inputs.ts';
import type { MeasuredGrowth } from './measured-growth.ts';
import type { Citation } from './rules.ts';

/** The state of the liver that picks the threshold. */
export type Parenchyma = 'normal' | 'chemotherapy' | 'cirrhosis' | 'unknown';
export type Phase = 'portal-venous' | 'other';
/** What a user has confirmed of the remnant by eye; and that slices too far apart for a verdict are to be judged all the same. */
export type Confirmation = 'inflow' | 'outflow' | 'bile' | 'segments' | 'slice_spacing';
export const confirmations: readonly Confirmation[] = ['inflow', 'outflow', 'bile', 'segments', 'slice_spacing'];
export type Denominator = 'functional' | 'standard' | 'bodyWeight';
/** Where the interval lies against the threshold; `none` = no statement. */
export type Verdict = 'above' | 'crosses' | 'below' | 'none';
export type Light = 'green' | 'amber' | 'red' | 'grey';

/** What is missing for a verdict or for green, in the order in which it is listed. */
export type Missing =
  | 'liver'
  | 'plan'
  | 'parenchyma'
  | 'review'
  | 'phase'
  | 'slice_spacing'
  | 'body_size'
  | 'tumour_in_remnant'
  | 'liver_state'
  | 'inflow'
  | 'outflow'
  | 'bile'
  | 'segments';

/** The figures that an assessment looks at; a whole volumetry holds them, and so may a file. */
export type AssessedFigures = Pick<
  Volumetry,
  | 'totalMl'
  | 'functionalMl'
  | 'remnantMl'
  | 'resectedMl'
  | 'tumourLeftMl'
  | 'flrPercent'
  | 'sflrPercent'
  | 'flrBodyWeightPercent'
  | 'bsaM2'
  | 'standardLiverMl'
  | 'intervals'
>;

/** All that the assessment rests on. Null means not given: never a guess. */
export interface AssessmentInput {
  readonly volumetry: AssessedFigures;
  /** Distance between slice positions in mm. */
  readonly sliceSpacingMm: number;
  readonly parenchyma: Parenchyma;
  /** Who reviewed the masks; null = unreviewed. */
  readonly reviewedBy: string | null;
  readonly phase: Phase | null;
  readonly confirmed: readonly Confirmation[];
  /** What else is known of the patient; what is left out counts as not known. */
  readonly inputs?: AssessmentInputs | null;
  /** Growth measured after an augmentation. */
  readonly growth?: MeasuredGrowth | null;
}

/** One denominator against its threshold. */
export interface DenominatorVerdict {
  readonly denominator: Denominator;
  readonly percent: Percent | null;
  readonly interval: Interval<Percent> | null;
  readonly thresholdPercent: Percent | null;
  readonly verdict: Verdict;
  /** The rule applied (id in the rule base) and its source as printed. */
  readonly ruleId: string | null;
  readonly citation: string | null;
}

/** A possibility to discuss; options are listed with their sources, never chosen. */
export interface Option {
  readonly id: string;
  readonly title: string;
  /** Why it is listed for this plan. */
  readonly reason: string;
  /** Published range of growth as text, null where none is modelled. */
  readonly expectedGrowth: string | null;
  /** FLR % of the functional volume after published growth over the baseline denominator, null where none is modelled. */
  readonly predictedPercent: { readonly low: Percent; readonly central: Percent | null; readonly high: Percent } | null;
  readonly verify: readonly string[];
  readonly citation: string;
  readonly citations: readonly Citation[];
  /** Row of the decision table (C3 of the rule base), null for a department's own option. */
  readonly row: number | null;
  readonly augmentation: boolean;
  /** The predicted range for a bar against the threshold, null where none is modelled. */
  readonly prediction: Prediction | null;
}

/** A published range of growth applied to this remnant: a population range, not a prediction for this patient. */
export interface Prediction {
  readonly low: Percent;
  /** One published centre, or the lowest and highest of several. */
  readonly central: readonly Percent[];
  readonly high: Percent;
  readonly weeks: readonly [from: number, to: number];
  /** The baseline denominator that the shares are of, as printed. */
  readonly over: string;
  readonly thresholdPercent: Percent | null;
  readonly caveat: string;
}

/** An option that is not listed, and why not. */
export interface WithheldOption {
  readonly id: string;
  readonly row: number | null;
  readonly title: string;
  readonly reason: string;
  readonly citations: readonly Citation[];
}

/** A published threshold beside the chosen one: text, never colour. */
export interface OtherThreshold {
  readonly ruleId: string;
  readonly text: string;
  readonly citation: string;
  readonly verified: boolean;
}

/** The verdict as a function of the figures and the rule base. */
export interface Assessment {
  readonly thresholdPercent: Percent | null;
  readonly verdicts: readonly DenominatorVerdict[];
  readonly overall: { readonly light: Light; readonly missing: readonly Missing[] };
  readonly options: readonly Option[];
  /** What the decision table does not list here, with the reason. Empty where there is no statement. */
  readonly withheld: readonly WithheldOption[];
  readonly otherThresholds: readonly OtherThreshold[];
  readonly remarks: readonly Remark[];
  /** Name and version of the rule base applied. */
  readonly rules: string;
}
