import { z } from 'zod';
import { confirmations, dayNumber, guessSchema, inputsSchema } from '../assessment/index.ts';
import { direction, worldPoint } from '../geometry/index.ts';
import { structureColourNames } from '../liver/index.ts';
import type { Direction, WorldPoint } from '../geometry/index.ts';
import type { Cut, PlaneCut } from '../liver/index.ts';
import type { StoredMasks } from './masks.ts';
import type { Plan } from './plan.ts';
import { ruleSetSchema } from './rule-set.ts';

// Without this zod compiles schemas with `new Function`, which the page's content security policy forbids and reports.
z.config({ jitless: true });

/** How deep cuts may lie inside one another, and how many there may be: far beyond any operation, far below a full stack. */
export const deepestCuts = 16;
export const mostCuts = 256;
/** Patient coordinates beyond ten metres are a slip of units. */
const farthestMm = 10_000;

const finite = z.number({ error: ({ input }) => `expected a finite number, got ${sayInput(input)}` });

function sayInput(input: unknown): string {
  if (input === undefined) return 'nothing';
  return typeof input === 'number' || typeof input === 'string' ? String(input) : JSON.stringify(input);
}

const triple = z.tuple([finite, finite, finite]);

const tooFar = `expected patient coordinates within ${farthestMm} mm`;
const coordinate = finite.min(-farthestMm, tooFar).max(farthestMm, tooFar);

const point = z.tuple([coordinate, coordinate, coordinate]).transform((place): WorldPoint => worldPoint(...place));

const normal = triple.transform((along, context): Direction => {
  const length = Math.hypot(...along);
  if (!(length > 1e-9) || !Number.isFinite(length)) {
    context.addIssue({ code: 'custom', message: `Expected a direction, got [${along.join(', ')}]` });
    return z.NEVER;
  }
  // A stored unit vector stays as it is to the last bit; dividing again by a length of 1 ± 2⁻⁵³ would move it.
  return Math.abs(length - 1) < 1e-12 ? (along as unknown as Direction) : direction(...along);
});

const planeCut = z.object({
  kind: z.literal('plane'),
  point,
  normal,
  resect: z.enum(['positive', 'negative']),
});

const cut: z.ZodType<Cut> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    planeCut,
    z.object({ kind: z.literal('all'), cuts: z.array(cut).min(1, 'Expected at least one cut') }),
  ]),
);

const words = z.string();
const name = words.nullable();
const day = words.refine((date) => dayNumber(date) !== null, 'expected a day as 2026-03-02').nullable();
const label = z.number().int().min(1).max(255);
const remark = z.object({ code: words, message: words, labels: z.array(label).optional() });

/** What the command line needs of a plan: the cuts alone. */
export const bareSchema = z.object({ version: z.literal(1), cuts: z.array(cut).max(mostCuts) });

const gridSchema = z.object({
  size: z.tuple([finite, finite, finite]),
  spacing: triple,
  origin: triple,
  axes: z.tuple([triple, triple, triple]),
});

/** A whole plan file of the present version. */
export const planFileSchema = z.object({
  format: z.literal('remnant-plan'),
  version: z.literal(1),
  cuts: z.array(cut).max(mostCuts),
  series: z.object({
    seriesInstanceUid: words.min(1),
    volumeId: words.optional(),
    fingerprint: words.min(1),
    description: name,
    scan: z.object({ patientId: name, patientBirthDate: day, takenOn: day }).optional(),
  }),
  structures: z
    .array(
      z.object({
        label,
        name: words.min(1),
        colour: z.enum(structureColourNames).optional(),
        isLocked: z.boolean().optional(),
      }),
    )
    .refine((all) => new Set(all.map(({ label }) => label)).size === all.length, 'Expected each label once'),
  heightCm: finite.positive().nullable(),
  weightKg: finite.positive().nullable(),
  parenchyma: z.enum(['normal', 'chemotherapy', 'cirrhosis', 'unknown']),
  phase: z.enum(['portal-venous', 'other']).nullable(),
  confirmed: z
    .array(z.enum(confirmations))
    .refine((all) => new Set(all).size === all.length, 'Expected each confirmation once'),
  segmentation: z.object({ author: name, edited: z.boolean(), reviewedBy: name }),
  plannedBy: name,
  remarks: z.array(remark),
  // Optional, so that plans saved before they existed open as they are.
  inputs: inputsSchema.optional(),
  guess: guessSchema.optional(),
  rules: ruleSetSchema.optional(),
  masks: z.object({
    encoding: z.literal('deflate-runs-base64'),
    grid: gridSchema,
    checksum: z.string().regex(/^[0-9a-f]{8}$/),
    data: z.string(),
  }),
});

/** A plan file as it is stored: the plan, its format and its masks. */
export interface StoredPlan extends Plan {
  readonly format: 'remnant-plan';
  readonly masks: StoredMasks;
}

// A field that the schema forgets, or types otherwise, does not compile here.
planFileSchema satisfies z.ZodType<StoredPlan>;
planeCut satisfies z.ZodType<PlaneCut>;
