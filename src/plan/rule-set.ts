import { z } from 'zod';
import { nameRuleSet } from '../assessment/index.ts';
import type { RuleBase } from '../assessment/index.ts';
import type { Remark } from '../volume/index.ts';
import { checksum } from './checksum.ts';
import type { Plan } from './plan.ts';

const words = z.string().trim().min(1).max(1000);

/** How a plan file records the rules in force when it was stored. */
export const ruleSetSchema = z.object({
  name: words,
  version: words,
  basis: z.object({ name: words, version: words }).nullable(),
  digest: z.string().regex(/^[0-9a-f]{8}$/),
});

/** The rules that a plan was assessed with: their names, and a digest of every row, since a file can change under one version. */
export type RuleSetRecord = Readonly<z.infer<typeof ruleSetSchema>>;

const digests = new WeakMap<RuleBase, string>();

function digestOf(rules: RuleBase): string {
  const known = digests.get(rules);
  if (known !== undefined) return known;
  const digest = checksum(new TextEncoder().encode(JSON.stringify(rules)));
  digests.set(rules, digest);
  return digest;
}

/** The plan as it is stored while these rules are in force. */
export function assessedWith(plan: Plan, rules: RuleBase): Plan {
  const { name, version, basis } = rules;
  return { ...plan, rules: { name, version, basis, digest: digestOf(rules) } };
}

/** What is said of a plan that was stored under other rules than those in force now; null when they are the same or not recorded. */
export function otherRulesRemark({ rules: then }: Plan, rules: RuleBase): Remark | null {
  if (then === undefined || then.digest === digestOf(rules)) return null;
  const [before, now] = [nameRuleSet(then), nameRuleSet(rules)];
  const said =
    before === now
      ? `The rules of this plan, ${now}, have changed since it was stored, under the same name and version.`
      : `This plan was stored under other rules: ${before}. In force now: ${now}.`;
  return { code: 'other_rules', message: `${said} Its verdict and options may differ from those shown before.` };
}
