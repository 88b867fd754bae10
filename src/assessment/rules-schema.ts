import { z } from 'zod';
import type { RuleBase } from './rules.ts';

// Without this zod compiles schemas with `new Function`, which the page's content security policy forbids and reports.
z.config({ jitless: true });

const words = z.string().trim().min(1);
const positive = z.number().positive();
const address = z.string().startsWith('https://').nullable();
const parenchyma = z.array(z.enum(['normal', 'chemotherapy', 'cirrhosis'])).min(1);
const denominator = z.enum(['functional', 'standard', 'standardUrata', 'bodyWeight', 'bodySurface']);
const ascending = z.tuple([positive, positive]).refine(([low, high]) => low <= high, 'Expected low before high');
const finiteAscending = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low <= high, 'Expected low before high');
const method = z.enum(['PVE', 'LVD', 'TSH', 'ALPPS']).nullable();

/** Where a row comes from, and whether its source itself was read. */
const sourced = {
  name: words,
  source: words,
  year: z.number().int().min(1900).max(2100).nullable(),
  address,
  evidence: words,
  verified: z.boolean(),
};

const rule = {
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  quantity: words,
  unit: words,
  parenchyma,
  population: words,
  ...sourced,
};

const growthValue = z
  .strictObject({ low: positive, central: z.union([positive, ascending]).nullable(), high: positive })
  .refine(({ low, central, high }) => {
    const inside = central === null ? [] : typeof central === 'number' ? [central] : central;
    return low <= high && inside.every((value) => low <= value && value <= high);
  }, 'Expected low ≤ central ≤ high');

/** The kinds of row that a rule base holds, each under the name of its list. */
export const rowSchemas = {
  thresholds: z.strictObject({
    ...rule,
    use: z.enum(['verdict', 'display', 'other']),
    operator: z.enum(['>=', '>']),
    value: z.union([positive, ascending]),
    denominator,
  }),
  conditions: z.strictObject({
    ...rule,
    operator: z.enum(['>=', '>', '<=']),
    value: positive,
    denominator: denominator.nullable(),
  }),
  growth: z.strictObject({
    ...rule,
    operator: z.literal('range'),
    value: growthValue,
    weeks: ascending,
    denominator: denominator.nullable(),
    note: words.nullable(),
  }),
  options: z.strictObject({
    id: z.string().regex(/^[a-z][a-z_]*$/),
    row: z.number().int().min(1).max(12).nullable(),
    title: words,
    augmentation: z.boolean(),
    light: z.array(z.enum(['green', 'amber', 'red'])).min(1),
    parenchyma,
    growth: z.string().nullable(),
    verify: z.array(words).min(1),
    source: words,
    address,
    citations: z.array(z.strictObject({ text: words, address })).min(1),
    verified: z.boolean(),
  }),
  references: z.strictObject({
    ...rule,
    topic: z.enum(['growth-cutoff', 'growth-band', 'course', 'timing', 'function', 'extent']),
    measure: z.enum(['degree', 'relative', 'kinetic', 'daily', 'share']).nullable(),
    operator: z.enum(['>=', '>', '<=', '<', 'range']),
    value: z.union([z.number(), finiteAscending]),
    central: z.number().nullable(),
    method,
    weeks: z.tuple([z.number().min(0), positive]).nullable(),
    denominator: denominator.nullable(),
    note: words.nullable(),
  }),
  definitions: z.strictObject({
    id: rule.id,
    quantity: words,
    formula: words,
    unit: words,
    population: words,
    ...sourced,
  }),
  statements: z.strictObject({
    id: rule.id,
    topic: z.enum(['definition', 'consensus', 'caution', 'disagreement']),
    statement: words,
    ...sourced,
  }),
  lights: z.strictObject({
    id: z.string().regex(/^light-(green|amber|red|grey)$/),
    light: z.enum(['green', 'amber', 'red', 'grey']),
    condition: words,
  }),
} as const;

/** What names a set of rules: its name, its version and who reviewed it for the department. */
export const headSchema = {
  format: z.literal('remnant-rules'),
  name: words,
  version: words,
  reviewer: words.nullable(),
} as const;

/** Denominators on which a verdict can be given. */
const comparable: ReadonlySet<string> = new Set(['functional', 'standard', 'bodyWeight']);
/** Id of the widest slice spacing that allows a verdict. */
export const sliceSpacingRule = 'slice-spacing-5';
/** The unit that each measure of growth has: points and percent are never mixed. */
const measureUnits = { degree: 'pp', relative: '%', kinetic: 'pp/week', daily: 'mL/day', share: '%' } as const;

const ruleBaseSchema = z
  .strictObject({
    ...headSchema,
    thresholds: z.array(rowSchemas.thresholds),
    conditions: z.array(rowSchemas.conditions),
    growth: z.array(rowSchemas.growth),
    options: z.array(rowSchemas.options),
    references: z.array(rowSchemas.references).default([]),
    lights: z.array(rowSchemas.lights).default([]),
    definitions: z.array(rowSchemas.definitions).default([]),
    statements: z.array(rowSchemas.statements).default([]),
    basis: z.strictObject({ name: words, version: words }).nullable().default(null),
  })
  .superRefine((base, context) => {
    const complain = (message: string): void => context.addIssue({ code: 'custom', message });
    const { thresholds, conditions, growth, options, references, lights, definitions, statements } = base;
    const ids = new Set<string>();
    const named = [...thresholds, ...conditions, ...growth, ...options, ...references];
    for (const { id } of [...named, ...lights, ...definitions, ...statements]) {
      if (ids.has(id)) complain(`The id ${id} is used twice`);
      ids.add(id);
    }
    for (const { id, measure, unit } of references) {
      if (measure !== null && unit !== measureUnits[measure])
        complain(`${id} is given in ${unit}, not in ${measureUnits[measure]}`);
    }
    const growths = new Set(growth.map(({ id }) => id));
    for (const option of options) {
      if (option.growth !== null && !growths.has(option.growth)) {
        complain(`Option ${option.id} names the unknown rule ${option.growth}`);
      }
    }
    const decided = new Set<string>();
    for (const threshold of thresholds.filter(({ use }) => use === 'verdict')) {
      if (typeof threshold.value !== 'number' || !comparable.has(threshold.denominator)) {
        complain(`${threshold.id} can not decide: one value of a shown denominator`);
      }
      for (const state of threshold.parenchyma) {
        const key = `${state} ${threshold.denominator}`;
        if (decided.has(key)) complain(`Two rules decide ${key}`);
        decided.add(key);
      }
    }
    if (!conditions.some(({ id }) => id === sliceSpacingRule)) complain(`The rule ${sliceSpacingRule} is missing`);
  });

/** A rule base from parsed JSON; throws a ZodError that names the rule and field at fault. */
export function readRuleBase(json: unknown): RuleBase {
  return ruleBaseSchema.parse(json) satisfies RuleBase;
}

/** The faults of a rule base from parsed JSON; none when it can be read. */
export function checkRuleBase(json: unknown): readonly z.core.$ZodIssue[] {
  return ruleBaseSchema.safeParse(json).error?.issues ?? [];
}
