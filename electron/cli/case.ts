import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { assessCase, emptyInputs } from '../../src/assessment/index.ts';
import type { CaseAssessment } from '../../src/assessment/index.ts';
import type { Assembly } from '../../src/dicom/index.ts';
import { mergeMasks, placeMask, readMaskFile } from '../../src/exchange/index.ts';
import type { Grid } from '../../src/geometry/index.ts';
import {
  bodySize,
  fieldOfViewRemark,
  kindOf,
  measure,
  mostTumours,
  prepareMeasurement,
  structureName,
} from '../../src/liver/index.ts';
import type { Volumetry } from '../../src/liver/index.ts';
import { checkMasks, checkSeries, createPlan, openPlan, otherRulesRemark, scanFactsOf } from '../../src/plan/index.ts';
import type { Plan, PlanFile } from '../../src/plan/index.ts';
import { labelHistogram } from '../../src/volume/index.ts';
import type { Labels, Remark } from '../../src/volume/index.ts';
import { loadFolder } from './folder.ts';
import { readClinical, readRules } from './clinical.ts';
import type { CaseOptions, MaskArgument } from './options.ts';
import { Refusal, valueOf } from './refusal.ts';

/** A case as the command line gave it: series, labels, plan, and all that follows from them. */
export interface MeasuredCase {
  readonly series: Extract<Assembly, { kind: 'volume' }>;
  readonly labels: Labels;
  readonly plan: Plan;
  readonly volumetry: Volumetry;
  readonly assessed: CaseAssessment;
  readonly remarks: readonly Remark[];
}

/** Reads, checks and measures a case; every trouble is a Refusal, and nothing was written before it. */
export async function measureCase(options: CaseOptions): Promise<MeasuredCase> {
  const rules = await readRules(options.rules);
  const clinical = await readClinical(options.inputs);
  const given = valueOf(
    bodySize(options.heightCm ?? clinical?.heightCm ?? null, options.weightKg ?? clinical?.weightKg ?? null),
  );
  const planFile = options.plan === null ? null : valueOf(openPlan(await readInput(options.plan, 'plan')));
  const series = await loadFolder(options.folder, options.series, options);
  const reference = {
    seriesInstanceUid: series.entry.header.seriesInstanceUid,
    volumeId: series.entry.volumeId,
    fingerprint: series.fingerprint,
    description: series.entry.header.description,
    scan: scanFactsOf(series.entry.header),
  };
  if (planFile !== null) valueOf(checkSeries(planFile, reference));
  const masks = await labelsOf(options, planFile, series.volume.grid);
  const stored = storedPlan(planFile?.plan ?? createPlan(reference), masks);
  const plan: Plan = {
    ...stored,
    cuts: planFile?.cuts ?? [],
    heightCm: given?.heightCm ?? stored.heightCm,
    weightKg: given?.weightKg ?? stored.weightKg,
    parenchyma: options.parenchyma ?? clinical?.parenchyma ?? stored.parenchyma,
    phase: options.phase ?? stored.phase,
    confirmed: options.confirmed ?? stored.confirmed,
  };
  const reviewedBy = options.reviewedBy ?? plan.segmentation.reviewedBy;
  const reviewed: Plan = { ...plan, segmentation: { ...plan.segmentation, reviewedBy } };
  const size = valueOf(bodySize(reviewed.heightCm, reviewed.weightKg));
  const volumetry = measure(prepareMeasurement(masks.labels), reviewed.cuts, size);
  if (volumetry.units.total === 0)
    throw new Refusal('mask_empty', 'The masks leave no liver to measure: every voxel is outside.');
  const inputs = clinical?.inputs ?? reviewed.inputs ?? emptyInputs;
  const assessed = assessCase(
    {
      volumetry,
      sliceSpacingMm: series.volume.grid.spacing[2],
      parenchyma: reviewed.parenchyma,
      reviewedBy,
      phase: reviewed.phase,
      confirmed: reviewed.confirmed,
      inputs,
      size,
    },
    rules,
  );
  const cutOff = fieldOfViewRemark(masks.labels);
  const otherRules = otherRulesRemark(reviewed, rules);
  const remarks = [
    ...(otherRules === null ? [] : [otherRules]),
    ...series.entry.remarks,
    // The labels that a plan keeps beside its remarks are its own affair.
    ...reviewed.remarks.map(({ code, message }) => ({ code, message })),
    ...masks.remarks,
    ...(cutOff === null ? [] : [cutOff]),
    ...assessed.assessment.remarks,
  ];
  return {
    series,
    labels: masks.labels,
    plan: inputs === emptyInputs ? reviewed : { ...reviewed, inputs },
    volumetry,
    assessed,
    remarks: [...remarks, ...assessed.dateLine.remarks],
  };
}

/** The plan as it is stored, without what was said of its own masks (names, author, review, remarks) when others take their place. */
function storedPlan(plan: Plan, { author, labels }: CaseMasks): Plan {
  if (author === null) return plan;
  const usual = createPlan(plan.series).structures;
  const structures = [...labelHistogram(labels.values)].flatMap((count, label): Plan['structures'] => {
    const own = usual.find((one) => one.label === label);
    if (own !== undefined) return [own];
    return count > 0 && kindOf(label) !== null ? [{ label, name: structureName(label) }] : [];
  });
  return { ...plan, structures, remarks: [], segmentation: { author, edited: false, reviewedBy: null } };
}

interface CaseMasks {
  readonly labels: Labels;
  /** Null when the masks are the plan's own. */
  readonly author: string | null;
  readonly remarks: readonly Remark[];
}

/** The masks named by options, or else the ones inside the plan. */
async function labelsOf(options: CaseOptions, planFile: PlanFile | null, grid: Grid): Promise<CaseMasks> {
  const others = [...options.tumours, options.vessels, options.outside, options.nonFunctional];
  if (options.liver === null) {
    if (others.some((mask) => mask !== null))
      throw new Refusal('liver_missing', 'Masks were named without --liver. Name the liver mask too, or none of them.');
    const stored = planFile === null ? null : valueOf(checkMasks(planFile, grid));
    if (stored === null)
      throw new Refusal('liver_missing', 'Name the liver mask with --liver FILE, or a plan that holds its masks.');
    return { labels: stored, author: null, remarks: [] };
  }
  const remarks: Remark[] = [];
  const place = async (mask: MaskArgument, labels: readonly number[] | null): Promise<Uint8Array> => {
    const placed = valueOf(placeMask(await readMask(mask.file), labels, grid));
    remarks.push(...placed.remarks);
    return placed.inside;
  };
  const optional = async (mask: MaskArgument | null): Promise<{ readonly inside: Uint8Array } | null> =>
    mask === null ? null : { inside: await place(mask, mask.labels) };
  const liver = await place(options.liver, options.liver.labels);
  const tumours: Uint8Array[] = [];
  // Each label chosen is a tumour of its own number.
  for (const mask of options.tumours) {
    for (const label of mask.labels ?? [null]) tumours.push(await place(mask, label === null ? null : [label]));
  }
  if (tumours.length > mostTumours)
    throw new Refusal('bad_option', `${tumours.length} tumours were named; at most ${mostTumours} can be told apart.`);
  const vessels = await optional(options.vessels);
  const outside = await optional(options.outside);
  const nonFunctional = await optional(options.nonFunctional);
  const merged = mergeMasks(grid, {
    liver,
    tumours,
    ...(vessels === null ? {} : { vessels: vessels.inside }),
    ...(outside === null ? {} : { outside: outside.inside }),
    ...(nonFunctional === null ? {} : { nonFunctional: nonFunctional.inside }),
  });
  const files = [options.liver, ...others];
  const names = files.flatMap((mask) => (mask === null ? [] : [basename(mask.file)]));
  return {
    labels: merged.labels,
    author: [...new Set(names)].join('; '),
    remarks: unique([...remarks, ...merged.remarks]),
  };
}

function unique(remarks: readonly Remark[]): readonly Remark[] {
  return [...new Map(remarks.map((remark) => [`${remark.code} ${remark.message}`, remark])).values()];
}

/** Reads a mask file; throws a Refusal when it is not there or not a mask. */
export async function readMask(file: string): Promise<Extract<ReturnType<typeof readMaskFile>, { ok: true }>['value']> {
  return valueOf(readMaskFile(basename(file), await readInput(file, 'mask')));
}

async function readInput(file: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    throw new Refusal(`${what}_not_found`, `The ${what} ${file} can not be read: is the name right?`);
  }
}
