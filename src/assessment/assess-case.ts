import type { BodySize } from '../liver/index.ts';
import { assess } from './assess.ts';
import type { Assessment, AssessmentInput } from './assessment.ts';
import type { IsoDate } from './calendar.ts';
import { dateLine } from './date-line.ts';
import type { DateLine } from './date-line.ts';
import type { AssessmentInputs } from './inputs.ts';
import { measureGrowth } from './measured-growth.ts';
import type { MeasuredGrowth } from './measured-growth.ts';
import { quantitiesOf } from './quantities.ts';
import type { Quantities } from './quantities.ts';
import { ruleBase } from './rules.ts';
import type { RuleBase } from './rules.ts';
import { verdictSheet } from './verdict-sheet.ts';
import type { VerdictSheet } from './verdict-sheet.ts';

/** A case as it is assessed: figures, what was confirmed, the clinical inputs and the body size; growth follows from the inputs. */
export interface CaseFacts extends Omit<AssessmentInput, 'inputs' | 'growth'> {
  readonly inputs: AssessmentInputs;
  readonly size: BodySize | null;
  /** Days of loaded series, for the date line. */
  readonly scans?: readonly IsoDate[];
}

/** Everything the rules in force say of a case: what the screen, the command line and the report show. */
export interface CaseAssessment {
  readonly rules: RuleBase;
  readonly inputs: AssessmentInputs;
  readonly assessment: Assessment;
  readonly quantities: Quantities;
  readonly sheet: VerdictSheet;
  readonly dateLine: DateLine;
  /** Null with fewer than two dated measurements. */
  readonly growth: MeasuredGrowth | null;
}

/** The one way from a case to its assessment, growth and dates included. Pure: same case and rules, same answer. */
export function assessCase(facts: CaseFacts, rules: RuleBase = ruleBase): CaseAssessment {
  const { inputs, size, scans, ...input } = facts;
  const growth =
    inputs.growth === null
      ? null
      : measureGrowth(inputs.growth.measurements, inputs.growth.denominator, inputs.augmentation, rules);
  const assessed: AssessmentInput = { ...input, inputs, growth };
  const assessment = assess(assessed, rules);
  const quantities = quantitiesOf(facts.volumetry, size, inputs);
  return {
    ...{ rules, inputs, assessment, quantities, growth },
    sheet: verdictSheet(assessed, assessment, quantities, rules),
    dateLine: dateLine(inputs, rules, scans),
  };
}
