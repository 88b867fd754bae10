import type { Remark } from '../volume/index.ts';
import type { AssessmentInput, DenominatorVerdict } from './assessment.ts';
import { printedRule } from './beside.ts';
import { printed } from './figures.ts';
import type { AssessmentInputs } from './inputs.ts';
import { stricterState } from './liver-state.ts';
import { citationOf, sourcesOf } from './rules.ts';
import type { RuleBase } from './rules.ts';
import { parenchymaLabels } from './texts.ts';

/** Whether a rapid augmentation (venous deprivation, ALPPS) was done and no function test is given: volume overstates function then. */
export function rapidWithoutTest(inputs: AssessmentInputs | null): boolean {
  const kind = inputs?.augmentation?.kind;
  if (inputs === null || (kind !== 'LVD' && kind !== 'ALPPS')) return false;
  return Object.values(inputs.functionTests).every((value) => value === null);
}

/**
 * Whether the congested part of the remnant takes its lower bound below a threshold that it reaches as a whole (C2 of the rule base):
 * all of that part is taken as lost.
 */
export function dropsByCongestion(
  inputs: AssessmentInputs | null,
  remnantMl: number | null,
  verdicts: readonly DenominatorVerdict[],
): boolean {
  const congested = inputs?.plan.congestedMl ?? 0;
  if (!(congested > 0) || remnantMl === null || !(remnantMl > 0)) return false;
  const left = Math.max(0, 1 - congested / remnantMl);
  return verdicts.some(
    ({ verdict, interval, thresholdPercent }) =>
      verdict === 'above' && interval !== null && thresholdPercent !== null && interval[0] * left < thresholdPercent,
  );
}

/** What the inputs ask to be said beside every verdict. */
export function inputRemarks(
  input: AssessmentInput,
  verdicts: readonly DenominatorVerdict[],
  rules: RuleBase,
): readonly Remark[] {
  const { inputs = null, volumetry, parenchyma, growth } = input;
  if (inputs === null) return [];
  const remarks: Remark[] = [];
  const { body, liver } = inputs;
  if (body.ascites === true && volumetry.bsaM2 !== null) {
    remarks.push({
      code: 'weight_with_ascites',
      message: `Ascites or oedema is present${body.measuredOn === null ? '' : ` (weight of ${body.measuredOn})`}: enter the dry weight, else the standard liver volume is too large and the share of body weight too small.`,
    });
  }
  if (dropsByCongestion(inputs, volumetry.remnantMl, verdicts)) {
    remarks.push({
      code: 'congested_volume',
      message: `${printed(inputs.plan.congestedMl!, 0)} mL of the remnant would be congested: without them the lower bound falls below a threshold, so there is no green.`,
    });
  }
  if (rapidWithoutTest(inputs)) {
    remarks.push({
      code: 'function_test_missing',
      message: `After ${inputs.augmentation!.kind} volume grows more than function (functional +35 %, anatomical +120 % in ALPPS, BMC Surg 2023): no green without a function test.`,
      ...sourcesOf(rules, ['volume-not-function']),
    });
  }
  if ((liver.chemotherapy?.cycles ?? 0) >= 6) {
    remarks.push({
      code: 'chemotherapy_cycles',
      message: `${liver.chemotherapy!.cycles!} cycles of chemotherapy: more morbidity in some studies, no difference in another. A flag, not a rule.`,
      ...sourcesOf(rules, ['cycles-flag']),
    });
  }
  const stricter = stricterState(input, rules);
  if (stricter !== null) {
    const { details, rule, isCleared } = stricter;
    const effect = isCleared
      ? 'The remnant clears that too.'
      : 'The remnant does not clear that, so there is no green.';
    remarks.push({
      code: 'parenchyma_contradicts',
      message: `The liver is set to ${parenchymaLabels[parenchyma]}, but ${details} ${details.includes(' and ') ? 'are' : 'is'} given, for which ${printedRule(rule)} stands (${citationOf(rule)}). ${effect} Check the state of the liver: it picks the threshold.`,
      ...sourcesOf(rules, [rule.id]),
    });
  }
  if (growth !== undefined && growth !== null) remarks.push(...growth.remarks);
  return remarks;
}
