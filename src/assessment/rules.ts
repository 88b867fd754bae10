import data from './rules.json' with { type: 'json' };
import type { SaidIn } from '../volume/index.ts';
import type { Light, Parenchyma } from './assessment.ts';
import { readRuleBase, sliceSpacingRule } from './rules-schema.ts';

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
  /** Row of the decision table (C3 of the rule base); null for options a department adds. */
  readonly row: number | null;
  readonly title: string;
  /** Whether it makes the remnant grow: never listed against a contraindication. */
  readonly augmentation: boolean;
  readonly light: readonly Light[];
  readonly parenchyma: readonly KnownParenchyma[];
  /** Id of the growth rule, null where no growth is modelled. */
  readonly growth: string | null;
  readonly verify: readonly string[];
  readonly source: string;
  readonly address: string | null;
  readonly citations: readonly Citation[];
  readonly verified: boolean;
}

/** A source with where it can be opened, https; for display only, nothing is fetched. */
export interface Citation {
  readonly text: string;
  readonly address: string | null;
}

/** What a published figure of growth measures; points and percent are different measures. */
export type GrowthMeasure = 'degree' | 'relative' | 'kinetic' | 'daily' | 'share';

/** A published figure that is compared with or shown beside the patient's: cut-offs, bands, windows of time, function tests, extent. */
export interface ReferenceRule extends Omit<Rule, 'operator'> {
  readonly topic: 'growth-cutoff' | 'growth-band' | 'course' | 'timing' | 'function' | 'extent';
  readonly measure: GrowthMeasure | null;
  readonly operator: Rule['operator'] | '<';
  readonly value: number | readonly [low: number, high: number];
  readonly central: number | null;
  readonly method: 'PVE' | 'LVD' | 'TSH' | 'ALPPS' | null;
  /** Weeks after augmentation that the figure is published for. */
  readonly weeks: readonly [from: number, to: number] | null;
  readonly note: string | null;
}

/** Where a row comes from, and whether its source itself was read. */
export type Sourced = Pick<Rule, 'name' | 'source' | 'year' | 'address' | 'evidence' | 'verified'>;

/** How a quantity is defined or computed (B1 of the rule base). */
export interface DefinitionRule extends Sourced {
  readonly id: string;
  readonly quantity: string;
  readonly formula: string;
  readonly unit: string;
  readonly population: string;
}

/** What is published or agreed without a figure to compare with. */
export interface StatementRule extends Sourced {
  readonly id: string;
  readonly topic: 'definition' | 'consensus' | 'caution' | 'disagreement';
  readonly statement: string;
}

/** What a light means (C2 of the rule base). */
export interface LightRule {
  readonly id: string;
  readonly light: Light;
  readonly condition: string;
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
  readonly references: readonly ReferenceRule[];
  readonly lights: readonly LightRule[];
  readonly definitions: readonly DefinitionRule[];
  readonly statements: readonly StatementRule[];
  /** The set that a department's rules extend, null for a set of its own. */
  readonly basis: { readonly name: string; readonly version: string } | null;
}

/** The rules in force unless a department replaces them. */
export const ruleBase: RuleBase = readRuleBase(data);

export { readRuleBase, sliceSpacingRule };

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

/** The sources of rules that a sentence names, by the ids of their rows; those without an address can not be opened and are left out. */
export function sourcesOf(rules: RuleBase, ids: readonly string[]): { readonly sources?: readonly SaidIn[] } {
  // A threshold is called in a sentence by the short name of its source, the others by the source itself.
  const rows = [
    ...rules.thresholds.map(({ id, name, address }) => ({ id, text: name, address })),
    ...[...rules.references, ...rules.statements].map(({ id, source, address }) => ({ id, text: source, address })),
  ];
  const sources = ids.flatMap((wanted): readonly SaidIn[] => {
    const row = rows.find(({ id }) => id === wanted);
    return row === undefined || row.address === null ? [] : [{ text: row.text, address: row.address }];
  });
  return sources.length === 0 ? {} : { sources };
}

/** The source as printed beside a figure; a rule whose source was not read says so. */
export function citationOf(cited: { readonly source: string; readonly verified: boolean }): string {
  return cited.verified ? cited.source : `${cited.source} (unverified)`;
}
