import type { AssessmentInput, Light } from './assessment.ts';
import { daysBetween } from './calendar.ts';
import type { MeasuredGrowth } from './measured-growth.ts';
import { emptyInputs } from './inputs.ts';
import type { AssessmentInputs } from './inputs.ts';
import type { OptionRule, RuleBase } from './rules.ts';

/** What the decision table (C3 of the rule base) looks at. */
export interface Situation {
  readonly light: Light;
  readonly parenchyma: OptionRule['parenchyma'][number];
  readonly inputs: AssessmentInputs;
  readonly growth: MeasuredGrowth | null;
  readonly tumourLeftMl: number;
  readonly rules: RuleBase;
}

/** Listed with what speaks for it; or withheld with the reason; or not a matter here at all. */
export type Decision =
  | { readonly kind: 'listed'; readonly because: readonly string[]; readonly verify: readonly string[] }
  | { readonly kind: 'withheld'; readonly reason: string }
  | { readonly kind: 'silent' };

const silent: Decision = { kind: 'silent' };
const listed = (...because: readonly string[]): Decision => ({ kind: 'listed', because, verify: [] });
const withheld = (reason: string): Decision => ({ kind: 'withheld', reason });

/** The situation of a case; inputs that are not given count as not known. */
export function situationOf(
  input: AssessmentInput,
  parenchyma: Situation['parenchyma'],
  light: Light,
  rules: RuleBase,
): Situation {
  const { inputs, growth, volumetry } = input;
  return {
    light,
    parenchyma,
    inputs: inputs ?? emptyInputs,
    growth: growth ?? null,
    tumourLeftMl: volumetry.tumourLeftMl ?? 0,
    rules,
  };
}

/** What forbids every augmentation (rows 10, 11 and 12 of the table), as sentences; none when nothing does. */
export function contraindicationsOf({ contraindications: c }: AssessmentInputs): readonly string[] {
  const remnant = (side: typeof c.portalVeinThrombosis): boolean => side === 'remnant' || side === 'both';
  return [
    remnant(c.portalVeinThrombosis) ? 'Thrombosis of the portal vein of the remnant.' : null,
    remnant(c.portalVeinInvasion) ? 'Tumour invades the portal vein of the remnant.' : null,
    c.portalHypertension === true ? 'Clinically relevant portal hypertension.' : null,
    c.coagulopathy === true ? 'Coagulopathy that can not be corrected.' : null,
  ].filter((reason) => reason !== null);
}

/** What makes the disease not resectable by extent (row 11), as sentences. */
export function extentOf({ disease }: AssessmentInputs, rules: RuleBase): readonly string[] {
  const limit = (id: string): number => {
    const value = rules.references.find((rule) => rule.id === id)?.value;
    return typeof value === 'number' ? value : Infinity;
  };
  const share = limit('involved-70');
  const segments = limit('involved-6-segments');
  return [
    (disease.involvedPercent ?? 0) > share ? `More than ${share} % of the liver is involved.` : null,
    (disease.involvedSegments ?? 0) > segments ? `More than ${segments} segments are involved.` : null,
    disease.bothPortalVeins === true ? 'Both portal veins are invaded.' : null,
    disease.allHepaticVeins === true ? 'All hepatic veins are invaded.' : null,
  ].filter((reason) => reason !== null);
}

/** Whether one option is listed in this situation, by row of the decision table. Options a department adds follow light and liver alone. */
export function decide(rule: OptionRule, situation: Situation): Decision {
  const own = rows[rule.id]?.(situation) ?? listed();
  if (own.kind === 'silent') return own;
  const { inputs, parenchyma, light } = situation;
  if (!rule.light.includes(light))
    return withheld(`Listed under ${rule.light.join(' or ')} only; the light is ${light}.`);
  const extent = extentOf(inputs, situation.rules);
  const resection = rule.id === 'upfront_one_stage' || rule.id === 'parenchyma_sparing';
  if (extent.length > 0 && (rule.augmentation || resection)) {
    return withheld(`${extent.join(' ')} Not resectable by extent: more volume does not change it.`);
  }
  if (rule.augmentation) {
    const against = contraindicationsOf(inputs);
    if (against.length > 0) return withheld(`${against.join(' ')} No augmentation is suggested.`);
    if (inputs.contraindications.biliaryDilatation === true) {
      return withheld('Bile ducts of the remnant are dilated: drain first and measure again.');
    }
  }
  if (!rule.parenchyma.includes(parenchyma)) {
    return withheld(
      `Not listed for this state of the liver (${parenchyma}); listed for ${rule.parenchyma.join(', ')}.`,
    );
  }
  if (own.kind === 'withheld') return own;
  const contrast = rule.augmentation && inputs.contraindications.renalImpairment === true;
  return contrast ? { ...own, verify: ['renal function is impaired: contrast medium'] } : own;
}

const rows: Readonly<Record<string, (situation: Situation) => Decision>> = {
  upfront_one_stage: ({ inputs }) =>
    inputs.disease.bilobar === true
      ? listed('Disease on both sides: confirm that this plan removes all of it.')
      : listed(),
  parenchyma_sparing: ({ inputs }) =>
    inputs.plan.smallerOperationPossible === false
      ? withheld('A smaller operation is judged not to remove all tumour.')
      : listed(),
  drain_first: ({ inputs }) =>
    inputs.contraindications.biliaryDilatation === true ? listed('Bile ducts of the remnant are dilated.') : silent,
  natural_portal_occlusion: ({ inputs }) =>
    diverted(inputs) && contraindicationsOf(inputs).length === 0
      ? listed('The portal vein of the side to be resected is closed: its flow goes to the remnant already.')
      : silent,
  pve: (situation) => embolise(situation, true),
  lvd: ({ inputs, light }) => {
    if (inputs.augmentation !== null) return withheld(already(inputs.augmentation));
    const { platelets } = inputs.laboratory;
    if (inputs.contraindications.hepaticVeinsUnsuitable === true)
      return withheld('The hepatic veins are not suitable.');
    if (inputs.body.ascites === true) return withheld('Clinical ascites (excluded from HYPER-LIV01).');
    if (platelets !== null && platelets < 100) {
      return withheld(`Platelets ${platelets} × 10⁹/L, under 100 (excluded from HYPER-LIV01).`);
    }
    const weeks = inputs.plan.weeksAvailable;
    return light === 'amber' && weeks !== null && weeks >= 6
      ? withheld(`For a very small remnant or a short window: the light is amber and ${weeks} weeks are available.`)
      : listed();
  },
  two_stage: (situation) => {
    const { inputs, tumourLeftMl } = situation;
    if (inputs.disease.bilobar === false && tumourLeftMl === 0) return withheld('Disease on one side only.');
    return embolise(situation, false);
  },
  alpps: ({ inputs }) => {
    if (inputs.augmentation !== null) return withheld(already(inputs.augmentation));
    if (inputs.disease.bilobar === false) return withheld('Disease on one side only.');
    const against = againstAlpps(inputs);
    if (against !== null) return withheld(against);
    const weeks = inputs.plan.weeksAvailable;
    return weeks !== null && weeks >= 6 ? withheld(`${weeks} weeks are available: time for a slower way.`) : listed();
  },
  remeasure: ({ inputs, growth }) => {
    if (inputs.augmentation === null) return silent;
    const latest = growth?.judged ?? null;
    if (latest === null) return listed(`${already(inputs.augmentation)} No later measurement is given.`);
    if (growthReached(growth) === true) return silent;
    const low = latest.kinetic.interval?.[0] ?? latest.kinetic.value;
    const days = daysBetween(inputs.augmentation.on, latest.on);
    return days < 28 && low > 0
      ? listed(`The last scan was ${days} days after the augmentation and the remnant grows.`)
      : withheld(
          days >= 28
            ? 'The last scan was four weeks or more after the augmentation.'
            : 'The remnant is not shown to grow.',
        );
  },
  add_hepatic_vein_embolisation: ({ inputs, growth }) => {
    if (!failedPortal(inputs, growth)) return silent;
    return inputs.contraindications.hepaticVeinsUnsuitable === true
      ? withheld('The hepatic veins are not suitable.')
      : listed('Growth after portal vein occlusion did not reach the published cut-offs.');
  },
  rescue_alpps: ({ inputs, growth }) => {
    if (!failedPortal(inputs, growth)) return silent;
    const against = againstAlpps(inputs);
    return against === null
      ? listed('Growth after portal vein occlusion did not reach the published cut-offs.')
      : withheld(against);
  },
  systemic_therapy: ({ inputs, growth }) =>
    failedPortal(inputs, growth)
      ? listed('Growth after portal vein occlusion did not reach the published cut-offs.')
      : silent,
  pve_stress_test: (situation) => embolise(situation, true),
  transplant_referral: ({ inputs: { disease } }) =>
    disease.diagnosis !== null && disease.diagnosis !== 'hepatocellular'
      ? withheld('The diagnosis is not hepatocellular carcinoma.')
      : listed(),
  systemic_conversion: ({ inputs, rules }) => {
    const extent = extentOf(inputs, rules);
    return extent.length > 0 ? listed(...extent) : silent;
  },
  no_augmentation: ({ inputs }) => {
    const against = contraindicationsOf(inputs);
    return against.length > 0 ? listed(...against) : silent;
  },
};

/** Portal vein embolisation or ligation needs time, and a portal vein that is still open where it is to be closed. */
function embolise({ inputs }: Situation, single: boolean): Decision {
  if (inputs.augmentation !== null) return withheld(already(inputs.augmentation));
  if (single && diverted(inputs)) return withheld('The portal vein of the side to be resected is closed already.');
  const weeks = inputs.plan.weeksAvailable;
  return weeks !== null && weeks < 3 ? withheld(`Growth takes at least 3–6 weeks; ${weeks} are available.`) : listed();
}

function diverted({ contraindications }: AssessmentInputs): boolean {
  return contraindications.portalVeinThrombosis === 'resected' || contraindications.portalVeinInvasion === 'resected';
}

function already({ kind, on }: { readonly kind: string; readonly on: string }): string {
  return `${kind} was done on ${on}.`;
}

function againstAlpps({ liver, disease }: AssessmentInputs): string | null {
  if (liver.cholestasis === true) return 'Cholestasis (ALPPS is avoided; unverified).';
  return disease.diagnosis === 'biliary' ? 'Biliary cancer (ALPPS is avoided in perihilar disease; unverified).' : null;
}

/** The cut-offs whose failure counts as failed growth (row 6); the other cut-offs are shown beside them. */
const failing: ReadonlySet<string> = new Set(['degree-5-ribero', 'share-20-ribero', 'kinetic-2-shindoh']);

/** Whether the judged growth reached every one of them; null when there is none. */
function growthReached(growth: MeasuredGrowth | null): boolean | null {
  const judged = growth?.judgements.filter(({ ruleId }) => failing.has(ruleId)) ?? [];
  return judged.length === 0 ? null : judged.every(({ pointReaches }) => pointReaches);
}

function failedPortal(inputs: AssessmentInputs, growth: MeasuredGrowth | null): boolean {
  const kind = inputs.augmentation?.kind;
  return (kind === 'PVE' || kind === 'PVL') && growthReached(growth) === false;
}
