import type { z } from 'zod';
import { sameGrid } from '../geometry/index.ts';
import type { Grid } from '../geometry/index.ts';
import type { Cut } from '../liver/index.ts';
import { failure, success } from '../volume/index.ts';
import type { Labels, Outcome, Trouble } from '../volume/index.ts';
import { restoreMasks, storeMasks } from './masks.ts';
import { migrate, newestVersion } from './migrations.ts';
import type { Plan } from './plan.ts';
import { bareSchema, deepestCuts, mostCuts, planFileSchema } from './schema.ts';
import type { StoredPlan } from './schema.ts';

/** What a plan file holds. A bare `{ "version": 1, "cuts": [ … ] }` has cuts alone and belongs to no series. */
export interface PlanFile {
  readonly cuts: readonly Cut[];
  readonly plan: Plan | null;
  readonly masks: Labels | null;
}

/** The plan and its labels as the bytes of a plan file: readable JSON, `version` and `cuts` at its top, masks inside. */
export function savePlan(plan: Plan, labels: Labels): Uint8Array<ArrayBuffer> {
  const { version, cuts, series, ...rest } = plan;
  const stored: StoredPlan = { format: 'remnant-plan', version, series, cuts, ...rest, masks: storeMasks(labels) };
  return new TextEncoder().encode(`${JSON.stringify(stored, null, 1)}\n`);
}

/**
 * Reads a plan file of any known version, or a bare list of cuts. Refused as `plan_broken` (not readable, damaged masks),
 * `plan_version` (made by a newer version) or `plan_invalid` (the message says where).
 */
export function openPlan(bytes: Uint8Array): Outcome<PlanFile> {
  const parsed = parse(bytes);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (!isRecord(value)) return invalid('the file', 'expected a plan, an object with version and cuts');
  const version = value['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return invalid('version', 'expected a whole number from 1');
  }
  if (version > newestVersion) {
    return failure(
      'plan_version',
      `The plan was made by a newer version of Remnant (plan version ${version}, this one reads up to ${newestVersion}). Update Remnant to open it.`,
    );
  }
  const crowd = crowdOfCuts(value['cuts']);
  if (crowd !== null) return invalid('cuts', crowd);
  const file = migrate(value, version);
  const isWhole = ['format', 'series', 'masks'].some((key) => key in file);
  return isWhole ? readWhole(file) : readBare(file);
}

/**
 * The plan file, when it belongs to this series (or to none); else refused as `plan_other_series`. A plan stored before fingerprints had
 * their present length is known by the UID of the series, and by the grid of its masks, alone.
 */
export function checkSeries(
  file: PlanFile,
  series: { readonly seriesInstanceUid: string; readonly fingerprint: string },
): Outcome<PlanFile> {
  if (file.plan === null) return success(file);
  const { seriesInstanceUid, fingerprint } = file.plan.series;
  if (seriesInstanceUid !== series.seriesInstanceUid) {
    return failure(
      'plan_other_series',
      `The plan belongs to another series (${seriesInstanceUid}). Open that series, or another plan.`,
    );
  }
  if (fingerprint.length === series.fingerprint.length && fingerprint !== series.fingerprint) {
    return failure(
      'plan_other_series',
      'The plan belongs to a series with the same UID but other images. Open the series as it was when the plan was made.',
    );
  }
  return success(file);
}

/** The masks of the plan on the series' own grid (null for bare cuts); refused as `plan_masks_mismatch` on any other grid. */
export function checkMasks(file: PlanFile, grid: Grid): Outcome<Labels | null> {
  if (file.masks === null) return success(null);
  if (!sameGrid(file.masks.grid, grid)) {
    return failure(
      'plan_masks_mismatch',
      `The masks of the plan lie on another grid (${file.masks.grid.size.join(' × ')} voxels) than the series (${grid.size.join(' × ')}). Open the series the plan was made on.`,
    );
  }
  return success({ grid, values: file.masks.values });
}

function readWhole(file: Readonly<Record<string, unknown>>): Outcome<PlanFile> {
  const checked = planFileSchema.safeParse(file);
  if (!checked.success) return failure('plan_invalid', firstFault(checked.error));
  const labels = restoreMasks(checked.data.masks);
  return labels.ok ? success({ cuts: checked.data.cuts, plan: planOf(checked.data), masks: labels.value }) : labels;
}

function planOf(stored: StoredPlan): Plan {
  const { version, series, structures, cuts, heightCm, weightKg, parenchyma, phase, confirmed } = stored;
  const { segmentation, plannedBy, remarks, inputs, guess, rules } = stored;
  const known = { version, series, structures, cuts, heightCm, weightKg, parenchyma, phase, confirmed };
  return {
    ...{ ...known, segmentation, plannedBy, remarks },
    ...(inputs === undefined ? {} : { inputs }),
    ...(guess === undefined ? {} : { guess }),
    ...(rules === undefined ? {} : { rules }),
  };
}

function readBare(file: Readonly<Record<string, unknown>>): Outcome<PlanFile> {
  const checked = bareSchema.safeParse(file);
  if (!checked.success) return failure('plan_invalid', firstFault(checked.error));
  return success({ cuts: checked.data.cuts, plan: null, masks: null });
}

function parse(bytes: Uint8Array): Outcome<unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return failure('plan_broken', 'The plan file is not text (UTF-8). Choose a plan saved by Remnant.');
  }
  try {
    return success(JSON.parse(text));
  } catch (error) {
    return (
      notANumber(text) ??
      failure('plan_broken', `The plan file is damaged (no valid JSON: ${said(error)}). Open another copy of it.`)
    );
  }
}

/** JSON has no NaN, but some programs write it: then the place is worth more than "unexpected token". Null when it is not that. */
function notANumber(text: string): { readonly ok: false; readonly error: Trouble } | null {
  const marked = text.replace(/(?<=[[,:\s])-?(?:NaN|Infinity)(?=[\s,\]}])/g, '"$&"');
  if (marked === text) return null;
  try {
    const value: unknown = JSON.parse(marked);
    const checked = bareSchema.safeParse(value);
    const place = checked.success ? 'In the plan: NaN or Infinity is no number.' : firstFault(checked.error);
    return failure('plan_invalid', place);
  } catch {
    return null;
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

/** Cuts too many or too deep for any operation, found without recursion before the schema descends into them. */
function crowdOfCuts(cuts: unknown): string | null {
  let level = Array.isArray(cuts) ? (cuts as readonly unknown[]) : [];
  let count = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    count += level.length;
    if (depth > deepestCuts) return `cuts lie more than ${deepestCuts} deep inside one another`;
    if (count > mostCuts) return `there are more than ${mostCuts} cuts`;
    level = level.flatMap((cut) => (isRecord(cut) && Array.isArray(cut['cuts']) ? (cut['cuts'] as unknown[]) : []));
  }
  return null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(place: string, message: string): ReturnType<typeof failure> {
  return failure('plan_invalid', `At ${place}: ${message}. Correct the plan file, or use another copy.`);
}

function firstFault(error: z.ZodError): string {
  const issue = error.issues[0]!;
  const path = issue.path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
  const plain = issue.message.replace(/^Invalid input: /, '');
  const message = plain.charAt(0).toLowerCase() + plain.slice(1);
  return `At ${path === '' ? 'the file' : path}: ${message}. Correct the plan file, or use another copy.`;
}
