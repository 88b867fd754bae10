import { BookMarked, BookX } from 'lucide-react';
import { readDepartmentRules, ruleBase, sayRuleSet } from '../../src/assessment/index.ts';
import type { RuleBase } from '../../src/assessment/index.ts';
import { otherRulesRemark } from '../../src/plan/index.ts';
import { texts } from '../texts.ts';
import { always } from './command.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { tell } from './notices.ts';

const say = texts.rules;

function putInForce({ session }: CommandContext, rules: RuleBase): void {
  session.update((state) => ({ ...state, rules, rulesTrouble: null }));
}

/** Asks for a file of rules, puts them in force and keeps them on this computer; refused, nothing changes. */
async function useDepartmentRules(context: CommandContext): Promise<void> {
  const { session, page, host } = context;
  const [file] = await page.pickFiles('.json,application/json');
  if (file === undefined) return;
  const text = await file.text();
  const read = readDepartmentRules(text);
  if (!read.ok) {
    tell(session, { code: read.error.code, message: `${file.name}: ${read.error.message}` }, 'error');
    return;
  }
  putInForce(context, read.value);
  const kept = await host.api.keepRules({ text });
  const named = sayRuleSet(read.value);
  if (kept.ok) tell(session, { code: 'rules_in_force', message: say.inForce(named) }, 'info');
  else tell(session, { code: 'rules_not_kept', message: say.notKept(named, kept.error.message) }, 'error');
}

/** Puts the built-in rules in force and keeps no others. */
async function useBuiltInRules(context: CommandContext): Promise<void> {
  const { session, host } = context;
  putInForce(context, ruleBase);
  const forgotten = await host.api.forgetRules({});
  if (!forgotten.ok) {
    const message = say.notForgotten(forgotten.error.message);
    tell(session, { code: 'rules_not_forgotten', message }, 'error');
  }
}

/**
 * Puts the rules kept on this computer in force again, read and checked anew. Those that can not be used are said, and the built-in
 * rules stay in force.
 */
export async function restoreRules(context: CommandContext): Promise<void> {
  const { session, host } = context;
  const kept = await host.api.keptRules({});
  if (kept.ok && kept.value === null) return;
  const read = kept.ok ? readDepartmentRules(kept.value ?? '') : kept;
  if (read.ok) {
    putInForce(context, read.value);
    tell(session, { code: 'rules_in_force', message: say.stillInForce(sayRuleSet(read.value)) }, 'info');
    return;
  }
  const rulesTrouble = say.notUsable(read.error.message);
  session.update((state) => ({ ...state, rulesTrouble }));
  tell(session, { code: 'kept_rules_not_used', message: rulesTrouble }, 'error');
}

/** Says of a plan just opened that it was stored under other rules than those in force; it stands under the remarks as well. */
export function sayOtherRules({ session }: CommandContext): void {
  const { openCase, rules } = session.get();
  const other = openCase === null ? null : otherRulesRemark(openCase.plan, rules);
  if (other !== null) tell(session, other, 'info');
}

/** Which rules the verdict follows. */
export const ruleCommands: readonly Command[] = [
  {
    id: 'rules.department',
    group: 'Assessment',
    label: 'Use department rules …',
    keys: [],
    icon: BookMarked,
    enabled: always,
    perform: useDepartmentRules,
  },
  {
    id: 'rules.builtIn',
    group: 'Assessment',
    label: 'Go back to the built-in rules',
    keys: [],
    icon: BookX,
    enabled: ({ rules, rulesTrouble }) =>
      rules === ruleBase && rulesTrouble === null ? 'The built-in rules are in force.' : true,
    perform: useBuiltInRules,
  },
];
