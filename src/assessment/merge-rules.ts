import { z } from 'zod';
import { failure, success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';
import { placeOf } from './input-checks.ts';
import { checkRuleBase, headSchema, readRuleBase, rowSchemas } from './rules-schema.ts';
import { ruleBase } from './rules.ts';
import type { RuleBase, ThresholdRule } from './rules.ts';

type RowList = keyof typeof rowSchemas;
const lists = Object.keys(rowSchemas) as readonly RowList[];

/** A department's file: rows that replace those of the same id or join them, ids to leave out, or a whole set of its own. */
const ownSchema = z.strictObject({
  ...headSchema,
  mode: z.enum(['extend', 'replace']),
  leaveOut: z.array(z.string()).default([]),
  thresholds: z.array(rowSchemas.thresholds).default([]),
  conditions: z.array(rowSchemas.conditions).default([]),
  growth: z.array(rowSchemas.growth).default([]),
  options: z.array(rowSchemas.options).default([]),
  references: z.array(rowSchemas.references).default([]),
  lights: z.array(rowSchemas.lights).default([]),
  definitions: z.array(rowSchemas.definitions).default([]),
  statements: z.array(rowSchemas.statements).default([]),
});

/** One fault of a department's rules: the row it lies in (its id where it has one) and what is wrong. */
export interface RuleFault {
  readonly row: string;
  readonly message: string;
}

/**
 * A department's rules over the given ones. `extend` replaces rows of the same id and adds the others; a verdict row of the department
 * takes the place of the one that decided before, which stays beside it as text. `replace` stands alone. Refused as `rules_invalid`
 * with the rows at fault.
 */
export function mergeRuleBase(base: RuleBase, own: unknown): Outcome<RuleBase> {
  const checked = ownSchema.safeParse(own);
  if (!checked.success) return refuse(checked.error.issues.map((issue) => faultAt(issue, own)));
  const { mode, leaveOut, ...set } = checked.data;
  const unknown = mode === 'replace' ? leaveOut : leaveOut.filter((id) => !idsOf(base).has(id));
  if (unknown.length > 0) {
    return refuse(unknown.map((id) => ({ row: id, message: 'is left out, but there is no such row' })));
  }
  const merged =
    mode === 'replace'
      ? { ...set, basis: null }
      : { ...joined(base, set, new Set(leaveOut)), basis: { name: base.name, version: base.version } };
  const issues = checkRuleBase(merged);
  if (issues.length > 0) return refuse(issues.map((issue) => faultAt(issue, merged)));
  return success(readRuleBase(merged));
}

/** A department's rules from the text of its file, over the built-in ones; refused as `rules_invalid` with what is wrong and where. */
export function readDepartmentRules(text: string): Outcome<RuleBase> {
  let own: unknown;
  try {
    own = JSON.parse(text);
  } catch (trouble) {
    const said = trouble instanceof Error ? ` ${trouble.message}.` : '';
    return failure('rules_invalid', `The file is not valid JSON.${said} Correct the file.`);
  }
  return mergeRuleBase(ruleBase, own);
}

function idsOf(base: RuleBase): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => base[list].map(({ id }) => id)));
}

function joined(base: RuleBase, own: Omit<RuleBase, 'basis'>, leaveOut: ReadonlySet<string>): Omit<RuleBase, 'basis'> {
  const join = <Row extends { readonly id: string }>(given: readonly Row[], rows: readonly Row[]): readonly Row[] => {
    const byId = new Map(rows.map((row) => [row.id, row]));
    const known = new Set(given.map(({ id }) => id));
    const kept = given.filter(({ id }) => byId.has(id) || !leaveOut.has(id)).map((row) => byId.get(row.id) ?? row);
    return [...kept, ...rows.filter(({ id }) => !known.has(id))];
  };
  return {
    format: own.format,
    name: own.name,
    version: own.version,
    reviewer: own.reviewer,
    thresholds: join(
      base.thresholds.flatMap((rule) => stepBack(rule, own.thresholds)),
      own.thresholds,
    ),
    conditions: join(base.conditions, own.conditions),
    growth: join(base.growth, own.growth),
    options: join(base.options, own.options),
    references: join(base.references, own.references),
    lights: join(base.lights, own.lights),
    definitions: join(base.definitions, own.definitions),
    statements: join(base.statements, own.statements),
  };
}

/** A rule that decided is only shown for the states in which a rule of the department decides now. */
function stepBack(rule: ThresholdRule, own: readonly ThresholdRule[]): readonly ThresholdRule[] {
  if (rule.use !== 'verdict') return [rule];
  const deciding = own.filter(({ use, denominator }) => use === 'verdict' && denominator === rule.denominator);
  const decides = (state: ThresholdRule['parenchyma'][number]): boolean =>
    deciding.some(({ parenchyma }) => parenchyma.includes(state));
  const shown = rule.parenchyma.filter(decides);
  const kept = rule.parenchyma.filter((state) => !decides(state));
  if (shown.length === 0) return [rule];
  const beside: ThresholdRule = { ...rule, use: 'other', parenchyma: shown };
  return kept.length === 0
    ? [beside]
    : [
        { ...rule, parenchyma: kept },
        { ...beside, id: `${rule.id}-beside` },
      ];
}

function faultAt(issue: z.core.$ZodIssue, file: unknown): RuleFault {
  const [list, index, ...field] = issue.path;
  const message = issue.message.replace(/^Invalid input: /, '');
  if (typeof list !== 'string' || typeof index !== 'number') {
    return { row: issue.path.length === 0 ? 'the set' : placeOf(issue.path), message };
  }
  const rows = (file as Readonly<Record<string, unknown>>)[list];
  const row: unknown = Array.isArray(rows) ? rows[index] : undefined;
  const id =
    typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string'
      ? `${row.id} (${list}[${index}])`
      : `${list}[${index}]`;
  return { row: id, message: field.length === 0 ? message : `${placeOf(field)}: ${message}` };
}

function refuse(faults: readonly RuleFault[]): ReturnType<typeof failure> {
  const said = faults.slice(0, 5).map(({ row, message }) => `${row}: ${message}`);
  const more = faults.length > 5 ? ` (${faults.length - 5} more)` : '';
  return failure('rules_invalid', `The rules can not be used. ${said.join('; ')}${more}. Correct these rows.`);
}

/** A set of rules by name: set, version and what it extends. */
export function nameRuleSet({ name, version, basis }: Pick<RuleBase, 'name' | 'version' | 'basis'>): string {
  return `${name} ${version}${basis === null ? '' : `, extending ${basis.name} ${basis.version}`}`;
}

/** Which rules are in force, as printed: set, version, what it extends, and its reviewer. */
export function sayRuleSet({ reviewer, ...set }: RuleBase): string {
  return `${nameRuleSet(set)}; ${reviewer === null ? 'not reviewed by a department' : `reviewed by ${reviewer}`}`;
}
