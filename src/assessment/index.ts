export * from './assessment.ts';
export { citationOf, readRuleBase, ruleBase } from './rules.ts';
export type {
  Citation,
  ConditionRule,
  DefinitionRule,
  GrowthMeasure,
  LightRule,
  ReferenceRule,
  GrowthRule,
  KnownParenchyma,
  OptionRule,
  Rule,
  RuleBase,
  RuleDenominator,
  StatementRule,
  ThresholdRule,
} from './rules.ts';
export { assess } from './assess.ts';
export { assessCase } from './assess-case.ts';
export type { CaseAssessment, CaseFacts } from './assess-case.ts';
export { readCaseFile } from './case-file.ts';
export type { CaseFile } from './case-file.ts';
export { neededRelativeGrowth, predictGrowth, reachOf } from './growth.ts';
export type { Reach } from './growth.ts';
export { decimalsFor } from './figures.ts';
export { conclusionText } from './conclusion.ts';
export type { PlanFacts } from './conclusion.ts';
export { figuresText } from './figures-text.ts';
export * from './texts.ts';
export { addDays, dateOf, dayNumber, daysBetween } from './calendar.ts';
export type { IsoDate } from './calendar.ts';
export * from './scores.ts';
export { checkInputs, emptyInputs, inputsSchema, readInputs } from './inputs.ts';
export { isCited } from './addresses.ts';
export type {
  AssessmentInputs,
  AugmentationKind,
  BaselineDenominator,
  CountedFrom,
  DatedRemnant,
  Diagnosis,
  Drug,
  InputsFile,
  Side,
} from './inputs.ts';
export { mergeRuleBase, nameRuleSet, readDepartmentRules, sayRuleSet } from './merge-rules.ts';
export { growthMethod, measureGrowth } from './measured-growth.ts';
export type {
  GrowthJudgement,
  GrowthStep,
  MeasuredGrowth,
  MillilitresPerDay,
  PointsPerWeek,
  Ranged,
} from './measured-growth.ts';
export { quantitiesOf } from './quantities.ts';
export type { Quantities, StandardShare } from './quantities.ts';
export { verdictSheet } from './verdict-sheet.ts';
export type { SheetFinding, SheetLine, SheetThreshold, VerdictSheet } from './verdict-sheet.ts';
export { dateLine } from './date-line.ts';
export type { DateLine, DateMark } from './date-line.ts';
export { calibrateGuesses, guessedCase, guessSchema } from './surgeon-guess.ts';
export type { Calibration, GuessedCase, SurgeonGuess } from './surgeon-guess.ts';
export { readGrowthFile } from './growth-file.ts';
export type { GrowthFile } from './growth-file.ts';
export { growthPlot, sayEarlierScans, usualMethods } from './growth-plot.ts';
export type {
  GrowthMethod,
  GrowthPlot,
  PlotBand,
  PlotCutoff,
  PlotPlace,
  PlotPoint,
  PlotSource,
} from './growth-plot.ts';
export { gathered, roundTicks, spread } from './plot-scale.ts';
export type { Tick } from './plot-scale.ts';
export { checkDenominator, checkMeasurement, withMeasurement } from './dated-remnants.ts';
export { dateAxis, placeOnAxis } from './date-axis.ts';
export type { DateAxis, DatePiece, DateTick } from './date-axis.ts';
