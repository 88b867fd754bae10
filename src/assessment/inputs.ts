import { z } from 'zod';
import { plausibleHeight, plausibleWeight } from '../liver/index.ts';
import type { Sex } from '../liver/index.ts';
import { failure, success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';
import type { Parenchyma } from './assessment.ts';
import type { IsoDate } from './calendar.ts';
import { dayNumber, daysBetween } from './calendar.ts';
import { albumin, bilirubin, calendarDay, countInRange, faultOf, inRange, optional, sayFault } from './input-checks.ts';
import type { Albumin, Bilirubin } from './scores.ts';

/** A way to make the remnant grow that was done already. */
export type AugmentationKind = 'PVE' | 'LVD' | 'PVL' | 'ALPPS';
export type Drug = 'fluorouracil' | 'oxaliplatin' | 'irinotecan' | 'other';
/** Which side a portal thrombus or an invasion of the portal vein lies on, seen from the plan. */
export type Side = 'none' | 'resected' | 'remnant' | 'both';
export type Diagnosis = 'colorectal' | 'hepatocellular' | 'biliary' | 'other';

/** The record of a figure that was counted from a plan and taken over: what was counted, by which version, and when. */
export interface CountedFrom {
  readonly seriesInstanceUid: string;
  /** Digest of the masks and cuts that were counted: another one means that the plan was changed since. */
  readonly planDigest: string;
  readonly software: string;
  readonly countedOn: IsoDate;
  /** Who had reviewed the masks. */
  readonly reviewedBy: string | null;
}

/** One scan's remnant with its 90 % interval where it is known. */
export interface DatedRemnant {
  readonly on: IsoDate;
  readonly flrMl: number;
  readonly intervalMl: readonly [low: number, high: number] | null;
  /** Absent where the figure was typed in. */
  readonly countedFrom?: CountedFrom | undefined;
}

/** The denominator of all growth figures: measured or computed once, before augmentation, and locked. */
export interface BaselineDenominator {
  readonly kind: 'functional' | 'standard';
  readonly volumeMl: number;
  readonly intervalMl: readonly [low: number, high: number] | null;
  /** Absent where the volume was typed in, or computed from height and weight. */
  readonly countedFrom?: CountedFrom | undefined;
}

/** All that the assessment may use beside the figures. Null = not known: never a guess, and nothing is required. */
export interface AssessmentInputs {
  readonly liver: {
    readonly chemotherapy: {
      readonly drugs: readonly Drug[];
      readonly cycles: number | null;
      readonly weeksSince: number | null;
      readonly startedOn: IsoDate | null;
    } | null;
    readonly steatosisPercent: number | null;
    /** Histology or elastography, F0 to F4. */
    readonly fibrosisStage: number | null;
    readonly childPugh: 'A' | 'B' | 'C' | null;
    readonly cholestasis: boolean | null;
  };
  readonly body: {
    /** When height and weight were measured. */
    readonly measuredOn: IsoDate | null;
    /** Clinical ascites or oedema: the weight given should be the dry weight. */
    readonly ascites: boolean | null;
    readonly sex: Sex | null;
    readonly ageYears: number | null;
  };
  readonly laboratory: {
    readonly bilirubin: Bilirubin | null;
    readonly albumin: Albumin | null;
    /** × 10⁹/L */
    readonly platelets: number | null;
  };
  readonly functionTests: {
    /** Indocyanine green retention after 15 minutes, %. */
    readonly icgR15Percent: number | null;
    /** Hepatobiliary scintigraphy of the remnant, %/min/m². */
    readonly hbsPercentPerMinPerM2: number | null;
    /** LiMAx of the whole liver, µg/kg/h. */
    readonly limaxMicrogramsPerKgPerHour: number | null;
  };
  readonly disease: {
    readonly diagnosis: Diagnosis | null;
    readonly bilobar: boolean | null;
    readonly lesionCount: number | null;
    readonly largestCm: number | null;
    readonly involvedPercent: number | null;
    readonly involvedSegments: number | null;
    readonly bothPortalVeins: boolean | null;
    readonly allHepaticVeins: boolean | null;
    readonly nodePositivePrimary: boolean | null;
    readonly diseaseFreeMonths: number | null;
    readonly ceaNanogramsPerMl: number | null;
  };
  readonly plan: {
    /** Whether a smaller operation would remove all tumour, as the surgeon judges. */
    readonly smallerOperationPossible: boolean | null;
    /** Whether segment 4 is resected with the right side. */
    readonly extendedRight: boolean | null;
    /** Part of the remnant whose venous outflow the operation takes, mL. */
    readonly congestedMl: number | null;
    readonly weeksAvailable: number | null;
    readonly surgeryOn: IsoDate | null;
    /** The day the assessment is made for. */
    readonly asOf: IsoDate | null;
  };
  readonly contraindications: {
    readonly portalVeinThrombosis: Side | null;
    readonly portalVeinInvasion: Side | null;
    /** Clinically relevant portal hypertension. */
    readonly portalHypertension: boolean | null;
    /** Dilated bile ducts in the remnant. */
    readonly biliaryDilatation: boolean | null;
    /** Coagulopathy that can not be corrected. */
    readonly coagulopathy: boolean | null;
    /** Thrombosed hepatic veins or missing collaterals: no venous deprivation. */
    readonly hepaticVeinsUnsuitable: boolean | null;
    /** Renal function that speaks against contrast medium. */
    readonly renalImpairment: boolean | null;
  };
  readonly bevacizumab: { readonly lastDoseOn: IsoDate | null; readonly cycles: number | null } | null;
  readonly augmentation: { readonly kind: AugmentationKind; readonly on: IsoDate } | null;
  /** The first stage of a two-stage hepatectomy. */
  readonly firstStageOn: IsoDate | null;
  readonly growth: {
    readonly denominator: BaselineDenominator;
    readonly measurements: readonly DatedRemnant[];
  } | null;
}

const yesOrNo = optional(z.boolean());
const day = optional(calendarDay);
const cycles = optional(countInRange('the number of cycles', 'cycles_implausible', 0, 100));
const volume = inRange('a liver volume', 'volume_implausible', 1, 10_000, 'mL');
const interval = z.tuple([volume, volume]).refine(([low, high]) => low <= high, 'expected the lower end first');

/** A group of fields of which each may be missing, and which may be missing as a whole. */
function group<Shape extends z.ZodRawShape>(shape: Shape) {
  const fields = z.strictObject(shape);
  return z.preprocess((value) => value ?? {}, fields);
}

const countedFrom = z
  .strictObject({
    seriesInstanceUid: z.string().min(1),
    planDigest: z.string().min(1),
    software: z.string().min(1),
    countedOn: calendarDay,
    reviewedBy: optional(z.string().min(1)),
  })
  .optional();

/** The dated remnants of a patient: ascending dates, each once, each inside its interval. */
export const measurementsSchema = z
  .array(
    z
      .strictObject({ on: calendarDay, flrMl: volume, intervalMl: optional(interval), countedFrom })
      .refine(
        ({ flrMl, intervalMl }) => intervalMl === null || (intervalMl[0] <= flrMl && flrMl <= intervalMl[1]),
        'the volume lies outside its own interval',
      ),
  )
  .max(100)
  .check((context) => {
    for (const [index, { on }] of context.value.entries()) {
      const before = context.value[index - 1];
      // Days that do not exist are reported where they stand.
      if (before === undefined || dayNumber(before.on) === null || dayNumber(on) === null) continue;
      if (daysBetween(before.on, on) > 0) continue;
      context.issues.push({
        code: 'custom',
        input: on,
        path: [index, 'on'],
        message: `${on} does not come after ${before.on}; give the measurements by date, each date once`,
        params: { code: 'dates_not_ascending' },
      });
    }
  });

/** The locked denominator as it stands in a file. */
export const denominatorSchema = z
  .strictObject({
    kind: z.enum(['functional', 'standard']),
    volumeMl: volume,
    intervalMl: optional(interval),
    countedFrom,
  })
  .refine(
    ({ volumeMl, intervalMl }) => intervalMl === null || (intervalMl[0] <= volumeMl && volumeMl <= intervalMl[1]),
    'the volume lies outside its own interval',
  );

/** An augmentation as it stands in a file. */
export const augmentationSchema = z.strictObject({ kind: z.enum(['PVE', 'LVD', 'PVL', 'ALPPS']), on: calendarDay });

const side = optional(z.enum(['none', 'resected', 'remnant', 'both']));

const fields = {
  liver: group({
    chemotherapy: optional(
      z.strictObject({
        drugs: z.array(z.enum(['fluorouracil', 'oxaliplatin', 'irinotecan', 'other'])).default([]),
        cycles,
        weeksSince: optional(inRange('the time since chemotherapy', 'weeks_implausible', 0, 1000, 'weeks')),
        startedOn: day,
      }),
    ),
    steatosisPercent: optional(inRange('steatosis', 'steatosis_implausible', 0, 100, '%')),
    fibrosisStage: optional(countInRange('the fibrosis stage', 'fibrosis_implausible', 0, 4)),
    childPugh: optional(z.enum(['A', 'B', 'C'])),
    cholestasis: yesOrNo,
  }),
  body: group({
    measuredOn: day,
    ascites: yesOrNo,
    sex: optional(z.enum(['male', 'female'])),
    ageYears: optional(inRange('an age', 'age_implausible', 0, 120, 'years')),
  }),
  laboratory: group({
    bilirubin: optional(bilirubin),
    albumin: optional(albumin),
    platelets: optional(inRange('platelets', 'platelets_implausible', 1, 2000, '× 10⁹/L')),
  }),
  functionTests: group({
    icgR15Percent: optional(inRange('ICG-R15', 'icg_implausible', 0, 100, '%')),
    hbsPercentPerMinPerM2: optional(inRange('scintigraphy', 'hbs_implausible', 0.1, 25, '%/min/m²')),
    limaxMicrogramsPerKgPerHour: optional(inRange('LiMAx', 'limax_implausible', 1, 1000, 'µg/kg/h')),
  }),
  disease: group({
    diagnosis: optional(z.enum(['colorectal', 'hepatocellular', 'biliary', 'other'])),
    bilobar: yesOrNo,
    lesionCount: optional(countInRange('the number of lesions', 'lesions_implausible', 1, 200)),
    largestCm: optional(inRange('the largest lesion', 'lesions_implausible', 0.1, 40, 'cm')),
    involvedPercent: optional(inRange('the involved share', 'involvement_implausible', 0, 100, '%')),
    involvedSegments: optional(countInRange('the number of involved segments', 'involvement_implausible', 0, 9)),
    bothPortalVeins: yesOrNo,
    allHepaticVeins: yesOrNo,
    nodePositivePrimary: yesOrNo,
    diseaseFreeMonths: optional(inRange('the disease-free interval', 'interval_implausible', 0, 600, 'months')),
    ceaNanogramsPerMl: optional(inRange('CEA', 'cea_implausible', 0, 1_000_000, 'ng/mL')),
  }),
  plan: group({
    smallerOperationPossible: yesOrNo,
    extendedRight: yesOrNo,
    congestedMl: optional(inRange('the congested volume', 'volume_implausible', 0, 10_000, 'mL')),
    weeksAvailable: optional(inRange('the time available', 'weeks_implausible', 0, 200, 'weeks')),
    surgeryOn: day,
    asOf: day,
  }),
  contraindications: group({
    portalVeinThrombosis: side,
    portalVeinInvasion: side,
    portalHypertension: yesOrNo,
    biliaryDilatation: yesOrNo,
    coagulopathy: yesOrNo,
    hepaticVeinsUnsuitable: yesOrNo,
    renalImpairment: yesOrNo,
  }),
  bevacizumab: optional(z.strictObject({ lastDoseOn: day, cycles })),
  augmentation: optional(augmentationSchema),
  firstStageOn: day,
  growth: optional(z.strictObject({ denominator: denominatorSchema, measurements: measurementsSchema })),
} as const;

/** The inputs as they stand in a plan or a file; fields that are missing become null, unknown ones are refused. */
export const inputsSchema = z.strictObject(fields);
inputsSchema satisfies z.ZodType<AssessmentInputs>;

/** Nothing known. */
export const emptyInputs: AssessmentInputs = inputsSchema.parse({});

/** A file of inputs: the size and the state of the liver, which the plan holds itself, and the rest. */
export interface InputsFile {
  readonly heightCm: number | null;
  readonly weightKg: number | null;
  readonly parenchyma: Parenchyma | null;
  readonly inputs: AssessmentInputs;
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  heightCm: optional(z.number()),
  weightKg: optional(z.number()),
  parenchyma: optional(z.enum(['normal', 'chemotherapy', 'cirrhosis', 'unknown'])),
  ...fields,
});

/** Reads a parsed file of inputs. Refused as `inputs_invalid`, or by the code of the value that can not be (`albumin_implausible` …). */
export function readInputs(json: unknown): Outcome<InputsFile> {
  const checked = fileSchema.safeParse(json);
  if (!checked.success) return faultOf(checked.error, 'inputs_invalid', 'the inputs');
  const { heightCm, weightKg, parenchyma, liver, body, laboratory, functionTests, disease } = checked.data;
  const { plan, contraindications, bevacizumab, augmentation, firstStageOn, growth } = checked.data;
  if (heightCm !== null) {
    const height = plausibleHeight(heightCm);
    if (!height.ok) return height;
  }
  if (weightKg !== null) {
    const weight = plausibleWeight(weightKg);
    if (!weight.ok) return weight;
  }
  const patient = { liver, body, laboratory, functionTests, disease };
  const course = { plan, contraindications, bevacizumab, augmentation, firstStageOn, growth };
  return success({ heightCm, weightKg, parenchyma, inputs: { ...patient, ...course } });
}

/**
 * The inputs when every value is one that a patient can have; else the sentence about the first that is not, for the field it was
 * typed into, under the code that `readInputs` gives it.
 */
export function checkInputs(inputs: AssessmentInputs): Outcome<AssessmentInputs> {
  const checked = inputsSchema.safeParse(inputs);
  if (checked.success) return success(checked.data);
  const { code, sentence } = sayFault(checked.error, 'inputs_invalid');
  return failure(code, `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`);
}
