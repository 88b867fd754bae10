import type { Volumetry } from '../liver/index.ts';
import type { Remark } from '../volume/index.ts';
import type { Denominator, DenominatorVerdict, OtherThreshold, Verdict } from './assessment.ts';
import { listed, printed, printedInterval, printedValue, decimalsOf } from './figures.ts';
import { citationOf } from './rules.ts';
import type { KnownParenchyma, RuleBase, RuleDenominator, ThresholdRule } from './rules.ts';
import { verdictLabels } from './texts.ts';
import { compare, relatedRemnant } from './verdicts.ts';

const related: Readonly<Record<RuleDenominator, string>> = {
  functional: 'measured liver',
  standard: 'standard liver volume',
  standardUrata: 'standard liver volume by Urata',
  bodyWeight: 'body weight',
  bodySurface: 'body surface',
};

/** The sign of a rule as printed. */
export function printedOperator(operator: ThresholdRule['operator']): string {
  return operator === '>' ? '>' : '≥';
}

/** Thresholds of the same parenchyma that do not decide: shown as text with their scope, never as colour. */
export function otherThresholds(rules: RuleBase, state: KnownParenchyma): readonly OtherThreshold[] {
  return besideRules(rules, state).map((rule) => ({
    ruleId: rule.id,
    text: `${printedOperator(rule.operator)} ${printedValue(rule.value)} ${rule.unit} of ${related[rule.denominator]}: ${rule.population}`,
    citation: citationOf(rule),
    verified: rule.verified,
  }));
}

function besideRules(rules: RuleBase, state: KnownParenchyma): readonly ThresholdRule[] {
  return rules.thresholds.filter((rule) => rule.use !== 'verdict' && rule.parenchyma.includes(state));
}

/** Says that denominators fall on different sides; null when none does. Said, never averaged. */
export function denominatorDisagreement(verdicts: readonly DenominatorVerdict[]): Remark | null {
  const sides = verdicts.filter(({ verdict }) => verdict === 'above' || verdict === 'below');
  if (new Set(sides.map(({ verdict }) => verdict)).size < 2) return null;
  const each = verdicts.filter(({ verdict }) => verdict !== 'none').map(sayVerdict);
  return {
    code: 'denominators_disagree',
    message: `The denominators disagree: ${listed(each)}. Decide which denominator suits this patient; they are not averaged.`,
  };
}

function sayVerdict({ denominator, percent, interval, thresholdPercent, verdict }: DenominatorVerdict): string {
  const decimals = decimalsOf(denominator);
  const figure = percent === null ? '' : ` ${printed(percent, decimals)} %`;
  const range = interval === null ? '' : ` (${printedInterval(interval, decimals)})`;
  const threshold = thresholdPercent === null ? '' : ` of ${printedValue(thresholdPercent)} %`;
  return `of ${related[denominator]}${figure}${range}: ${verdictLabels[verdict]}${threshold}`;
}

/** Which published threshold the chosen rule's verdict is compared with on which figure. */
const counterpart: Readonly<Partial<Record<RuleDenominator, Denominator>>> = {
  functional: 'functional',
  standard: 'standard',
  bodyWeight: 'bodyWeight',
  bodySurface: 'functional',
};

/** Says which published thresholds of the same parenchyma the figures fall on another side of than on the chosen one. */
export function sourceDisagreement(
  rules: RuleBase,
  state: KnownParenchyma,
  volumetry: Volumetry,
  verdicts: readonly DenominatorVerdict[],
): Remark | null {
  const chosen = (denominator: RuleDenominator): Verdict => {
    const beside = counterpart[denominator];
    const own = verdicts.find((line) => line.denominator === beside)?.verdict ?? 'none';
    // A denominator without a deciding rule of its own is compared with the functional verdict.
    return own !== 'none' ? own : (verdicts.find((line) => line.denominator === 'functional')?.verdict ?? 'none');
  };
  const others = besideRules(rules, state).flatMap((rule) => {
    const { interval } = relatedRemnant(volumetry, rule.denominator);
    if (interval === null || chosen(rule.denominator) === 'none') return [];
    const verdict = compare(interval, rule);
    if (verdict === chosen(rule.denominator)) return [];
    const threshold = `${printedOperator(rule.operator)} ${printedValue(rule.value)} ${rule.unit} of ${related[rule.denominator]}`;
    return [`${verdictLabels[verdict]} ${threshold} (${rule.name})`];
  });
  if (others.length === 0) return null;
  return {
    code: 'sources_disagree',
    message: `Sources disagree. By other published thresholds the remnant falls otherwise: ${others.join('; ')}.`,
  };
}
