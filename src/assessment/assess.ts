import { percent } from '../geometry/index.ts';
import type { Remark } from '../volume/index.ts';
import type { Assessment, AssessmentInput, Confirmation, DenominatorVerdict, Light, Missing } from './assessment.ts';
import { denominatorDisagreement, otherThresholds, sourceDisagreement } from './beside.ts';
import { printed } from './figures.ts';
import { dropsByCongestion, inputRemarks, rapidWithoutTest } from './input-remarks.ts';
import { stricterState } from './liver-state.ts';
import { optionsFor } from './options.ts';
import { decidingRule, ruleBase, sliceSpacingRule, sourcesOf } from './rules.ts';
import type { RuleBase } from './rules.ts';
import { judgeDenominators } from './verdicts.ts';

/** What green needs of the remnant. */
const ofRemnant = ['inflow', 'outflow', 'bile', 'segments'] as const satisfies readonly Confirmation[];
/** What takes away every verdict and option; anything else that is missing only withholds green. */
const silencing: ReadonlySet<Missing> = new Set(['liver', 'plan', 'parenchyma', 'review', 'phase', 'slice_spacing']);

/** Positions are written with few digits: slices that are 5 mm apart may come out a hair further. */
const positionToleranceMm = 0.0005;

/** The figures against the rule base: verdicts, light, what is missing, options to discuss. Pure: same input, same answer. */
export function assess(input: AssessmentInput, rules: RuleBase = ruleBase): Assessment {
  const { parenchyma, volumetry } = input;
  const missing = missingOf(input, rules);
  const silent = missing.some((code) => silencing.has(code));
  const verdicts = judgeDenominators(input, rules, silent);
  const light = withheldGreen(input, verdicts, lightOf(verdicts, missing, rules));
  const functional = parenchyma === 'unknown' ? null : decidingRule(rules, parenchyma, 'functional');
  return {
    thresholdPercent: functional === null ? null : percent(functional.value),
    verdicts,
    overall: { light, missing },
    // C5 of the rule base: no options on slices this far apart, whatever was confirmed.
    ...(isTooWide(input, rules) ? { options: [], withheld: [] } : optionsFor(input, light, verdicts, rules)),
    otherThresholds: parenchyma === 'unknown' ? [] : otherThresholds(rules, parenchyma, volumetry),
    remarks: [
      ...unverifiedRemarks(verdicts, rules),
      ...(parenchyma === 'unknown'
        ? []
        : [denominatorDisagreement(verdicts), sourceDisagreement(rules, parenchyma, volumetry, verdicts)]),
      wideSlicesRemark(input, rules),
      ...clinicalRemarks(input, light, rules),
      ...inputRemarks(input, verdicts, rules),
    ].filter((remark) => remark !== null),
    rules: `${rules.name} ${rules.version}`,
  };
}

/** Everything that is missing, always whole and always in the order of `Missing`. */
function missingOf(input: AssessmentInput, rules: RuleBase): readonly Missing[] {
  const { volumetry } = input;
  const missing: Missing[] = [];
  if (!(volumetry.functionalMl > 0)) missing.push('liver');
  // Cuts beside the liver resect nothing: there is no plan to judge, and above all none to call green.
  if (volumetry.remnantMl === null || volumetry.resectedMl === 0) missing.push('plan');
  if (input.parenchyma === 'unknown') missing.push('parenchyma');
  if (input.reviewedBy === null || input.reviewedBy.trim() === '') missing.push('review');
  if (input.phase !== 'portal-venous') missing.push('phase');
  const isKnown = Number.isFinite(input.sliceSpacingMm);
  if (!isKnown || (isTooWide(input, rules) && !input.confirmed.includes('slice_spacing')))
    missing.push('slice_spacing');
  if (volumetry.bsaM2 === null || volumetry.standardLiverMl === null) missing.push('body_size');
  if ((volumetry.tumourLeftMl ?? 0) > 0) missing.push('tumour_in_remnant');
  // C2 of the rule base: no statement on a state of the liver that is not known; details that contradict it leave it open.
  if (stricterState(input, rules)?.isCleared === false) missing.push('liver_state');
  return [...missing, ...ofRemnant.filter((part) => !input.confirmed.includes(part))];
}

function isTooWide({ sliceSpacingMm }: AssessmentInput, rules: RuleBase): boolean {
  const widest = rules.conditions.find(({ id }) => id === sliceSpacingRule)!.value;
  return !(sliceSpacingMm <= widest + positionToleranceMm);
}

function wideSlicesRemark(input: AssessmentInput, rules: RuleBase): Remark | null {
  if (!isTooWide(input, rules) || !input.confirmed.includes('slice_spacing')) return null;
  return {
    code: 'slice_spacing_confirmed',
    message: `The slices are ${printed(input.sliceSpacingMm, 1)} mm apart, too far for a verdict by the rules; the user confirmed that it is given all the same. No options are listed on such slices.`,
  };
}

/** C2 of the rule base: the light follows the intervals against the deciding rules only, and never rests on unverified rules alone. */
function lightOf(verdicts: readonly DenominatorVerdict[], missing: readonly Missing[], rules: RuleBase): Light {
  const counted = verdicts.filter(({ verdict }) => verdict !== 'none');
  if (counted.length === 0) return 'grey';
  const all = (wanted: 'above' | 'below'): boolean => counted.every(({ verdict }) => verdict === wanted);
  if (!all('above') && !all('below')) return 'amber';
  if (!counted.some((line) => restsOnVerified(line, rules))) return 'grey';
  if (all('below')) return 'red';
  const judged = verdicts.every(({ verdict, thresholdPercent }) => thresholdPercent === null || verdict !== 'none');
  return judged && missing.length === 0 ? 'green' : 'grey';
}

/** C2 of the rule base: no green after a rapid augmentation without a function test, nor where congestion takes it below. */
function withheldGreen(
  { inputs = null, volumetry }: AssessmentInput,
  verdicts: readonly DenominatorVerdict[],
  light: Light,
): Light {
  if (light !== 'green') return light;
  return rapidWithoutTest(inputs) || dropsByCongestion(inputs, volumetry.remnantMl, verdicts) ? 'amber' : 'green';
}

function restsOnVerified({ ruleId }: DenominatorVerdict, rules: RuleBase): boolean {
  return rules.thresholds.some(({ id, verified }) => id === ruleId && verified);
}

function unverifiedRemarks(verdicts: readonly DenominatorVerdict[], rules: RuleBase): readonly Remark[] {
  const given = verdicts.filter(({ verdict }) => verdict !== 'none');
  const unread = given.filter((line) => !restsOnVerified(line, rules));
  if (unread.length === 0) return [];
  const rows = rules.thresholds.filter(({ id }) => unread.some(({ ruleId }) => ruleId === id));
  const alone =
    unread.length === given.length ? ' No verified rule stands beside it, so there is no red or green.' : '';
  return [
    {
      code: 'rule_unverified',
      message: `Unverified (the source itself was not read): ${rows.map(({ name }) => name).join(', ')}. Check the paper before relying on it.${alone}`,
      ...sourcesOf(
        rules,
        rows.map(({ id }) => id),
      ),
    },
  ];
}

function clinicalRemarks(input: AssessmentInput, light: Light, rules: RuleBase): readonly Remark[] {
  const { volumetry, parenchyma } = input;
  const remarks: Remark[] = [];
  const tumourLeft = volumetry.tumourLeftMl ?? 0;
  if (tumourLeft > 0) {
    remarks.push({
      code: 'tumour_in_remnant',
      message: `This plan leaves ${printed(tumourLeft, 1)} mL of tumour on the side that stays. It does not count as remnant; clearing it takes further parenchyma.`,
    });
  }
  if (volumetry.resectedMl === 0) {
    remarks.push({
      code: 'nothing_resected',
      message: 'The cuts do not touch the liver: nothing is resected. Check the place and the side of the cuts.',
    });
  }
  if (light !== 'grey') {
    remarks.push({
      code: 'no_threshold_is_safe',
      message:
        'No threshold is safe by itself: in 547 patients of 6 centres, volume predicted liver failure with an area under the curve of 0.63 and function with 0.66 (HPB, S1365-182X(22)01680-X).',
      ...sourcesOf(rules, ['no-threshold-is-safe']),
    });
  }
  if (parenchyma === 'cirrhosis' && (light === 'amber' || light === 'red')) {
    remarks.push({
      code: 'alpps_avoided',
      message:
        'ALPPS and venous deprivation are not listed: ALPPS is avoided in cirrhosis (unverified), and HYPER-LIV01, a trial of venous deprivation, excluded it.',
    });
  }
  return remarks;
}
