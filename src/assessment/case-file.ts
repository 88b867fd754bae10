import { z } from 'zod';
import { millilitres, percent } from '../geometry/index.ts';
import { bodySize, bodyWeightShare, mostellerArea, vautheyVolume } from '../liver/index.ts';
import type { BodySize, Figure, Interval } from '../liver/index.ts';
import { failure, success } from '../volume/index.ts';
import type { Outcome, Remark } from '../volume/index.ts';
import type { CaseFacts } from './assess-case.ts';
import { confirmations } from './assessment.ts';
import type { AssessedFigures } from './assessment.ts';
import { faultOf, inRange, optional } from './input-checks.ts';
import { inputsSchema } from './inputs.ts';

/** A case read from a file: its facts, what was said of them on the way, and the file of a department's rules where one is named. */
export interface CaseFile {
  readonly facts: CaseFacts;
  readonly remarks: readonly Remark[];
  readonly rules: string | null;
}

const volume = inRange('a volume', 'volume_implausible', 0, 10_000, 'mL');
const share = inRange('a share', 'share_implausible', 0, 100, '%');
const ends = (value: z.ZodNumber) =>
  z.tuple([value, value]).refine(([low, high]) => low <= high, 'expected the lower end first');
const volumeEnds = ends(volume).optional();
const shareEnds = ends(share).optional();

const volumesSchema = z.strictObject({
  totalMl: optional(volume),
  tumourMl: optional(volume),
  // Less is no liver but litres.
  functionalMl: inRange('the functional liver', 'volume_implausible', 20, 10_000, 'mL'),
  remnantMl: volume.nullable(),
  resectedMl: optional(volume),
  excludedMl: optional(volume),
  tumourLeftMl: volume.nullable(),
  flrPercent: optional(share),
  sflrPercent: optional(z.number()),
  flrBodyWeightPercent: optional(share),
  intervals: z
    .strictObject({
      totalMl: volumeEnds,
      tumourMl: volumeEnds,
      functionalMl: volumeEnds,
      remnantMl: volumeEnds,
      resectedMl: volumeEnds,
      excludedMl: volumeEnds,
      flrPercent: shareEnds,
      sflrPercent: ends(z.number()).optional(),
      flrBodyWeightPercent: shareEnds,
    })
    .default({}),
});
type Volumes = z.infer<typeof volumesSchema>;

const fileSchema = z.strictObject({
  version: z.literal(1),
  volumes: volumesSchema,
  sliceSpacingMm: inRange('the slice spacing', 'spacing_implausible', 0.01, 50, 'mm'),
  heightCm: optional(z.number()),
  weightKg: optional(z.number()),
  parenchyma: z.enum(['normal', 'chemotherapy', 'cirrhosis', 'unknown']).default('unknown'),
  phase: optional(z.enum(['portal-venous', 'other'])),
  reviewedBy: optional(z.string().trim().min(1, 'expected a name')),
  confirmed: z.array(z.enum(confirmations)).default([]),
  inputs: z.preprocess((value) => value ?? {}, inputsSchema),
  rules: optional(z.string().min(1)),
});

/**
 * Reads a parsed case: one that was written for it, the output of `volumetry --json`, or the one with the other as its volumes. Shares
 * are computed from the volumes; given ones must agree. Refused as `assessment_invalid` or by the code of the value at fault, with its path.
 */
export function readCaseFile(json: unknown): Outcome<CaseFile> {
  const { file, whole } = unfolded(json);
  const checked = fileSchema.safeParse(file);
  if (!checked.success) return atTop(faultOf(checked.error, 'assessment_invalid', 'the case'), whole);
  const { volumes, heightCm, weightKg, rules, sliceSpacingMm, parenchyma, phase, reviewedBy, confirmed, inputs } =
    checked.data;
  const size = bodySize(heightCm, weightKg);
  if (!size.ok) {
    const { code, message } = size.error;
    return failure(code, message, code.startsWith('height') ? 'heightCm' : 'weightKg');
  }
  const wrong = contradiction(volumes, size.value);
  if (wrong !== null) return atTop(wrong, whole);
  const { figures, remarks } = figuresOf(volumes, size.value);
  const stated = { sliceSpacingMm, parenchyma, phase, reviewedBy, confirmed, inputs };
  return success({ facts: { volumetry: figures, size: size.value, ...stated }, remarks, rules });
}

type Fields = Readonly<Record<string, unknown>>;
type Refused = Extract<Outcome<never>, { ok: false }>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What `volumetry --json` prints names its series and counts parts of voxels; nobody types that. */
function isOutput(value: unknown): value is Fields {
  return isFields(value) && 'seriesInstanceUid' in value && 'units' in value;
}

/** The output of `volumetry --json` in the place of the volumes; `whole` when the file is nothing else. */
function unfolded(json: unknown): { readonly file: unknown; readonly whole: boolean } {
  if (isOutput(json)) return { file: { version: 1, ...statedIn(json), volumes: volumesIn(json) }, whole: true };
  if (!isFields(json) || !isOutput(json['volumes'])) return { file: json, whole: false };
  const output = json['volumes'];
  return { file: { ...statedIn(output), ...json, volumes: volumesIn(output) }, whole: false };
}

function volumesIn(output: Fields): Fields {
  const names = Object.keys(volumesSchema.shape);
  return Object.fromEntries(Object.entries(output).filter(([name]) => names.includes(name)));
}

function statedIn(output: Fields): Fields {
  const { spacing } = output;
  const stated = ['heightCm', 'weightKg', 'parenchyma', 'phase', 'reviewedBy', 'confirmed', 'inputs'];
  return {
    ...Object.fromEntries(Object.entries(output).filter(([name]) => stated.includes(name))),
    ...(Array.isArray(spacing) ? { sliceSpacingMm: spacing[2] as unknown } : {}),
  };
}

/** Where the file is the output of `volumetry`, its volumes stand at the top. */
function atTop(refused: Refused, whole: boolean): Refused {
  const { code, message, path = '' } = refused.error;
  if (!whole || !path.startsWith('volumes.')) return refused;
  const plain = path.slice('volumes.'.length);
  return failure(code, message.replace(path, plain), plain);
}

/** Three parts and their total printed in whole mL may differ by so much. */
const roundedPartsMl = 2;

/** Printed shares are rounded: a given one may lie so far from the computed one, in points. */
const roundingPoints = 0.06;

/** The first figure that can not stand beside the others: a part larger than the whole, a point outside its interval, a share that is none. */
function contradiction(volumes: Volumes, size: BodySize | null): Refused | null {
  const refuse = (name: string, message: string): Refused =>
    failure(
      'figures_contradict',
      `In the case, at volumes.${name}: ${message}. Correct one of them.`,
      `volumes.${name}`,
    );
  const { functionalMl, totalMl, remnantMl, intervals } = volumes;
  if (totalMl !== null && functionalMl > totalMl + roundingPoints)
    return refuse('functionalMl', `the functional liver (${functionalMl} mL) is larger than the total (${totalMl} mL)`);
  if (remnantMl !== null && remnantMl > functionalMl + roundingPoints)
    return refuse(
      'remnantMl',
      `the remnant (${remnantMl} mL) is larger than the functional liver (${functionalMl} mL)`,
    );
  const parts = [remnantMl, volumes.resectedMl, volumes.excludedMl].map((part) => part ?? 0);
  const sum = parts.reduce((before, part) => before + part, 0);
  if (totalMl !== null && sum > totalMl + roundedPartsMl)
    return refuse(
      'resectedMl',
      `remnant, resected and excluded parts (${Number(sum.toFixed(1))} mL) are more than the total (${totalMl} mL)`,
    );
  if (remnantMl !== null && volumes.tumourLeftMl === null)
    return refuse('tumourLeftMl', 'say how much tumour lies in the remnant, 0 for none');
  const shares = sharesOf(volumes, size);
  for (const name of ['flrPercent', 'sflrPercent', 'flrBodyWeightPercent'] as const) {
    const [given, computed] = [volumes[name], shares[name]];
    if (given === null || computed === null) continue;
    if (Math.abs(given - computed) > roundingPoints)
      return refuse(name, `${given} % does not follow from the volumes, which give ${computed.toFixed(2)} %`);
  }
  for (const [name, interval] of Object.entries(intervals) as [Figure, Interval<number> | undefined][]) {
    const value = shares[name as keyof typeof shares] ?? volumes[name];
    if (interval === undefined || value === null) continue;
    if (value < interval[0] - roundingPoints || value > interval[1] + roundingPoints)
      return refuse(
        `intervals.${name}`,
        `${Number(value.toFixed(2))} lies outside its own interval ${interval[0]} to ${interval[1]}`,
      );
  }
  return null;
}

function sharesOf(
  { remnantMl, functionalMl }: Volumes,
  size: BodySize | null,
): Readonly<Record<'flrPercent' | 'sflrPercent' | 'flrBodyWeightPercent', number | null>> {
  if (remnantMl === null) return { flrPercent: null, sflrPercent: null, flrBodyWeightPercent: null };
  return {
    flrPercent: (remnantMl / functionalMl) * 100,
    sflrPercent: size === null ? null : overStandard(remnantMl, size),
    flrBodyWeightPercent: size === null ? null : bodyWeightShare(millilitres(remnantMl), size),
  };
}

/** Null for a body so small that the formula falls below zero. */
function overStandard(remnantMl: number, size: BodySize): number | null {
  const standard = vautheyVolume(mostellerArea(size));
  return standard > 0 ? (remnantMl / standard) * 100 : null;
}

function figuresOf(
  volumes: Volumes,
  size: BodySize | null,
): { readonly figures: AssessedFigures; readonly remarks: readonly Remark[] } {
  const { functionalMl, remnantMl, resectedMl, tumourLeftMl } = volumes;
  const shares = sharesOf(volumes, size);
  const bsaM2 = size === null ? null : mostellerArea(size);
  const standard = bsaM2 === null ? null : vautheyVolume(bsaM2);
  const standardLiverMl = standard !== null && standard > 0 ? standard : null;
  const given = Object.fromEntries(Object.entries(volumes.intervals).filter(([, value]) => value !== undefined));
  const intervals: Partial<Record<Figure, Interval<number>>> = { ...given };
  const remnant = intervals.remnantMl;
  const remarks: Remark[] = [];
  if (remnant !== undefined && size !== null) {
    if (standardLiverMl !== null)
      intervals.sflrPercent ??= [(remnant[0] / standardLiverMl) * 100, (remnant[1] / standardLiverMl) * 100];
    const grams = size.weightKg * 1000;
    intervals.flrBodyWeightPercent ??= [(remnant[0] / grams) * 100, (remnant[1] / grams) * 100];
  }
  const functional = intervals.functionalMl;
  if (intervals.flrPercent === undefined && remnant !== undefined && functional !== undefined && remnant[0] > 0) {
    intervals.flrPercent = [(remnant[0] / functional[1]) * 100, Math.min(100, (remnant[1] / functional[0]) * 100)];
    remarks.push({
      code: 'interval_widest',
      message:
        'The interval of the share of functional liver was not given: its ends are those of the two volumes set against each other, which is the widest it can be.',
    });
  }
  // A share that was given is the more exact one where the volumes were rounded for print.
  const shareOf = (name: keyof typeof shares) => {
    const value = volumes[name] ?? shares[name];
    return value === null ? null : percent(value);
  };
  const figures: AssessedFigures = {
    totalMl: millilitres(volumes.totalMl ?? functionalMl),
    functionalMl: millilitres(functionalMl),
    remnantMl: remnantMl === null ? null : millilitres(remnantMl),
    resectedMl: resectedMl === null ? null : millilitres(resectedMl),
    tumourLeftMl: tumourLeftMl === null ? null : millilitres(tumourLeftMl),
    flrPercent: shareOf('flrPercent'),
    sflrPercent: shareOf('sflrPercent'),
    flrBodyWeightPercent: shareOf('flrBodyWeightPercent'),
    ...{ bsaM2, standardLiverMl, intervals },
  };
  return { figures, remarks };
}
