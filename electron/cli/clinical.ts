import { readFile } from 'node:fs/promises';
import { mergeRuleBase, readInputs, ruleBase } from '../../src/assessment/index.ts';
import type { InputsFile, RuleBase } from '../../src/assessment/index.ts';
import { Refusal, valueOf } from './refusal.ts';

/** The rules in force: Remnant's own, or with the file of a department over them. */
export async function readRules(file: string | null): Promise<RuleBase> {
  return file === null ? ruleBase : valueOf(mergeRuleBase(ruleBase, await readJson(file, 'rules')));
}

/** The clinical inputs in a file, or null without one. */
export async function readClinical(file: string | null): Promise<InputsFile | null> {
  return file === null ? null : valueOf(readInputs(await readJson(file, 'inputs')));
}

/** Which rules an answer rests on. */
export function ruleSetOf({ name, version, reviewer, basis }: RuleBase): Record<string, unknown> {
  return { name, version, reviewer, basis };
}

/** Parsed JSON of a file; refused as `<what>_not_found` or `<what>_invalid`. */
export async function readJson(file: string, what: 'rules' | 'inputs' | 'growth' | 'assessment'): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new Refusal(`${what}_not_found`, `The file ${file} can not be read: is the name right?`);
  }
  try {
    // Editors on Windows put a mark of the byte order before the text.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (trouble) {
    const said = trouble instanceof Error ? ` ${trouble.message}.` : '';
    throw new Refusal(`${what}_invalid`, `${file} is not valid JSON.${said} Correct the file.`);
  }
}
