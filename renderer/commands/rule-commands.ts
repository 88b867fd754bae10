import { BookMarked, BookX } from 'lucide-react';
import { mergeRuleBase, ruleBase, sayRuleSet } from '../../src/assessment/index.ts';
import { failure } from '../../src/volume/index.ts';
import type { Outcome } from '../../src/volume/index.ts';
import type { RuleBase } from '../../src/assessment/index.ts';
import { always } from './command.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { tell } from './notices.ts';

/** A department's rules from the text of a file, over our own; refused as `rules_invalid` with what is wrong and where. */
export function readDepartmentRules(text: string): Outcome<RuleBase> {
  try {
    return mergeRuleBase(ruleBase, JSON.parse(text));
  } catch (trouble) {
    const said = trouble instanceof Error ? ` ${trouble.message}.` : '';
    return failure('rules_invalid', `The file is not valid JSON.${said} Correct the file.`);
  }
}

/** Asks for a file of rules and puts them in force; refused, nothing changes. */
async function useDepartmentRules({ session, page }: CommandContext): Promise<void> {
  const [file] = await page.pickFiles('.json,application/json');
  if (file === undefined) return;
  const read = readDepartmentRules(await file.text());
  if (!read.ok) {
    tell(session, { code: read.error.code, message: `${file.name}: ${read.error.message}` }, 'error');
    return;
  }
  session.update((state) => ({ ...state, rules: read.value }));
  tell(
    session,
    { code: 'rules_in_force', message: `In force until this window closes: ${sayRuleSet(read.value)}.` },
    'info',
  );
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
    enabled: ({ rules }) => (rules === ruleBase ? 'The built-in rules are in force.' : true),
    perform: ({ session }) => session.update((state) => ({ ...state, rules: ruleBase })),
  },
];
