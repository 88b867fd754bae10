import { z } from 'zod';
import data from './rules.json' with { type: 'json' };
import type { Light, Parenchyma } from './assessment.ts';

/** The states of the liver that have rules; there is none for `unknown`. */
export type KnownParenchyma = Exclude<Parenchyma, 'unknown'>;
/** What a published remnant is related to. `standard` is Vauthey's formula. */
export type RuleDenominator = 'functional' | 'standard' | 'standardUrata' | 'bodyWeight' | 'bodySurface';

/** What every rule carries: scope, source and whether the source itself was read. */
export interface Rule {
  readonly id: string;
  readonly quantity: string;
  readonly operator: '>=' | '>' | '<=' | 'range';
  readonly unit: string;
  readonly parenchyma: readonly KnownParenchyma[];
  readonly denominator: RuleDenominator | null;
  readonly population: string;
  /** Short name of the source, as in "AHPBA/SSO/SSAT 2013". */
  readonly name: string;
  /** The source as cited. */
  readonly source: string;
  readonly year: number | null;
  /** Where the source can be opened, https. */
  readonly address: string | null;
  readonly evidence: string;
  /** False for rules from memory or from secondary sources: shown as such, never the only ground of red or green. */
  readonly verified: boolean;
}

/** A published minimum of the remnant. `verdict` decides, `display` and `other` are only shown. */
export interface ThresholdRule extends Rule {
  readonly use: 'verdict' | 'display' | 'other';
  readonly operator: '>=' | '>';
  readonly denominator: RuleDenominator;
  /** One value, or the range that a source gives. */
  readonly value: number | readonly [low: number, high: number];
}

/** A condition of the scan or of the remnant beside its volume. */
export interface ConditionRule extends Rule {
  readonly value: number;
}

/** Published growth as factors of the FLR volume (1.36 = +36 % relative growth). */
export interface GrowthRule extends Rule {
  readonly value: {
    readonly low: number;
    /** One value, the range of published central values, or null. */
    readonly central: number | readonly [low: number, high: number] | null;
    readonly high: number;
  };
  readonly weeks: readonly [from: number, to: number];
  readonly note: string | null;
}

/** What may be discussed, and when it is listed. */
export interface OptionRule {
  readonly id: string;
  readonly title: string;
  readonly light: readonly Light[];
  readonly parenchyma: readonly KnownParenchyma[];
  /** Id of the growth rule, null where no growth is modelled. */
  readonly growth: string | null;
  readonly verify: readonly string[];
  readonly source: string;
  readonly address: string | null;
  readonly verified: boolean;
}

/** A named, versioned set of rules. */
export interface RuleBase {
  readonly format: 'remnant-rules';
  readonly name: string;
  readonly version: string;
  /** Who reviewed this set for a department, or null. */
  readonly reviewer: string | null;
  readonly thresholds: readonly ThresholdRule[];
  readonly conditions: readonly ConditionRule[];
  readonly growth: readonly GrowthRule[];
  /** In the order in which options are listed: least invasive first. */
  readonly options: readonly OptionRule[];
}

// Without this zod compiles schemas with `new Function`, which the page's content security policy forbids and reports.
z.config({ jitless: true });

const words = z.string().trim().min(1);
const positive = z.number().positive();
const address = z.string().startsWith('https://').nullable();
const parenchyma = z.array(z.enum(['normal', 'chemotherapy', 'cirrhosis'])).min(1);
const denominator = z.enum(['functional', 'standard', 'standardUrata', 'bodyWeight', 'bodySurface']);
const ascending = z.tuple([positive, positive]).refine(([low, high]) => low <= high, 'Expected low before high');

const rule = {
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  quantity: words,
  unit: words,
  parenchyma,
  population: words,
  name: words,
  source: words,
  year: z.number().int().min(1900).max(2100).nullable(),
  address,
  evidence: words,
  verified: z.boolean(),
};

const growthValue = z
  .strictObject({ low: positive, central: z.union([positive, ascending]).nullable(), high: positive })
  .refine(({ low, central, high }) => {
    const inside = central === null ? [] : typeof central === 'number' ? [central] : central;
    return low <= high && inside.every((value) => low <= value && value <= high);
  }, 'Expected low ≤ central ≤ high');

const ruleBaseSchema = z
  .strictObject({
    format: z.literal('remnant-rules'),
    name: words,
    version: words,
    reviewer: words.nullable(),
    thresholds: z.array(
      z.strictObject({
        ...rule,
        use: z.enum(['verdict', 'display', 'other']),
        operator: z.enum(['>=', '>']),
        value: z.union([positive, ascending]),
        denominator,
      }),
    ),
    conditions: z.array(
      z.strictObject({
        ...rule,
        operator: z.enum(['>=', '>', '<=']),
        value: positive,
        denominator: denominator.nullable(),
      }),
    ),
    growth: z.array(
      z.strictObject({
        ...rule,
        operator: z.literal('range'),
        value: growthValue,
        weeks: ascending,
        denominator: denominator.nullable(),
        note: words.nullable(),
      }),
    ),
    options: z.array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z_]*$/),
        title: words,
        light: z.array(z.enum(['green', 'amber', 'red'])).min(1),
        parenchyma,
        growth: z.string().nullable(),
        verify: z.array(words).min(1),
        source: words,
        address,
        verified: z.boolean(),
      }),
    ),
  })
  .superRefine((base, context) => {
    const all = [...base.thresholds, ...base.conditions, ...base.growth, ...base.options];
    const ids = new Set<string>();
    for (const { id } of all) {
      if (ids.has(id)) context.addIssue({ code: 'custom', message: `The id ${id} is used twice` });
      ids.add(id);
    }
    const growths = new Set(base.growth.map(({ id }) => id));
    for (const option of base.options) {
      if (option.growth !== null && !growths.has(option.growth)) {
        context.addIssue({ code: 'custom', message: `Option ${option.id} names the unknown rule ${option.growth}` });
      }
    }
    const decided = new Set<string>();
    for (const threshold of base.thresholds.filter(({ use }) => use === 'verdict')) {
      if (typeof threshold.value !== 'number' || !comparable.has(threshold.denominator)) {
        context.addIssue({
          code: 'custom',
          message: `${threshold.id} can not decide: one value of a shown denominator`,
        });
      }
      for (const state of threshold.parenchyma) {
        const key = `${state} ${threshold.denominator}`;
        if (decided.has(key)) context.addIssue({ code: 'custom', message: `Two rules decide ${key}` });
        decided.add(key);
      }
    }
    if (!base.conditions.some(({ id }) => id === sliceSpacingRule)) {
      context.addIssue({ code: 'custom', message: `The rule ${sliceSpacingRule} is missing` });
    }
  });

/** Denominators on which a verdict can be given. */
const comparable: ReadonlySet<string> = new Set(['functional', 'standard', 'bodyWeight']);
/** Id of the widest slice spacing that allows a verdict. */
export const sliceSpacingRule = 'slice-spacing-5';

/** A rule base from parsed JSON; throws a ZodError that names the rule and field at fault. */
export function readRuleBase(json: unknown): RuleBase {
  return ruleBaseSchema.parse(json) satisfies RuleBase;
}

/** The rules in force unless a department replaces them. */
export const ruleBase: RuleBase = readRuleBase(data);

/** The rule that decides for this state of the liver on this denominator, or null. */
export function decidingRule(
  rules: RuleBase,
  state: KnownParenchyma,
  of: RuleDenominator,
): (ThresholdRule & { readonly value: number }) | null {
  const found = rules.thresholds.find(
    (threshold) => threshold.use === 'verdict' && threshold.denominator === of && threshold.parenchyma.includes(state),
  );
  return found !== undefined && typeof found.value === 'number' ? { ...found, value: found.value } : null;
}

/** The source as printed beside a figure; a rule whose source was not read says so. */
export function citationOf(cited: { readonly source: string; readonly verified: boolean }): string {
  return cited.verified ? cited.source : `${cited.source} (unverified)`;
}
