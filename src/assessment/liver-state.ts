import type { AssessmentInput, Parenchyma } from './assessment.ts';
import type { AssessmentInputs } from './inputs.ts';
import { decidingRule } from './rules.ts';
import type { KnownParenchyma, RuleBase, ThresholdRule } from './rules.ts';
import { compare } from './verdicts.ts';

/** A state of the liver that its details speak for, with the threshold of that state over the measured liver. */
export interface StateByDetails {
  readonly details: string;
  readonly rule: ThresholdRule & { readonly value: number };
  /** Whether the interval clears that threshold too: then the contradiction decides nothing. */
  readonly isCleared: boolean;
}

const injuries: readonly [
  state: KnownParenchyma,
  details: string,
  isGiven: (liver: AssessmentInputs['liver']) => boolean,
][] = [
  ['cirrhosis', 'fibrosis of stage 3 or more', ({ fibrosisStage }) => (fibrosisStage ?? 0) >= 3],
  ['cirrhosis', 'a Child-Pugh class', ({ childPugh }) => childPugh !== null],
  ['chemotherapy', 'chemotherapy', ({ chemotherapy }) => chemotherapy !== null],
  ['chemotherapy', 'steatosis', ({ steatosisPercent }) => (steatosisPercent ?? 0) > 0],
];

/**
 * The state that the details of the liver speak for, where its threshold is stricter than that of the state given; null where they
 * agree. Only the threshold whose source was read counts: an unread one is never the only ground.
 */
export function stricterState(
  { inputs = null, parenchyma, volumetry }: Pick<AssessmentInput, 'inputs' | 'parenchyma' | 'volumetry'>,
  rules: RuleBase,
): StateByDetails | null {
  if (inputs === null || parenchyma === 'unknown') return null;
  const chosen = thresholdOf(parenchyma, rules);
  const stricter = injuries.flatMap(([state, details, isGiven]) => {
    const rule = isGiven(inputs.liver) ? thresholdOf(state, rules) : null;
    return rule === null || !rule.verified || rule.value <= (chosen?.value ?? 0) ? [] : [{ details, rule }];
  });
  const found = stricter[0];
  if (found === undefined) return null;
  const interval = volumetry.intervals.flrPercent;
  const strictest = stricter.filter(({ rule }) => rule.id === found.rule.id);
  return {
    details: strictest.map(({ details }) => details).join(' and '),
    rule: found.rule,
    isCleared: interval !== undefined && compare(interval, found.rule) === 'above',
  };
}

function thresholdOf(state: Exclude<Parenchyma, 'unknown'>, rules: RuleBase): StateByDetails['rule'] | null {
  return decidingRule(rules, state, 'functional');
}
