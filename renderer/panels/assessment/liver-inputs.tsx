import type { AssessmentInputs, Drug, Parenchyma } from '../../../src/assessment/index.ts';
import { setInputs, setParenchyma } from '../../commands/plan-inputs.ts';
import { texts } from '../../texts.ts';
import { useAccess, useSession } from '../access.tsx';
import { Field } from './field.tsx';
import { FoldedSection } from './folded-section.tsx';
import { InputChoice, InputDate, InputNumber, InputYesNo, RemarkHere, useInputs, wire } from './wired-fields.tsx';
import type { Wire } from './wired-fields.tsx';

const say = texts.inputs;

type Chemotherapy = NonNullable<AssessmentInputs['liver']['chemotherapy']>;
const untreated: Chemotherapy = { drugs: [], cycles: null, weeksSince: null, startedOn: null };

/** Chemotherapy counts as given once anything is known of it, and as not known when the last of it is taken away. */
function withChemotherapy(inputs: AssessmentInputs, change: Partial<Chemotherapy>): AssessmentInputs {
  const next = { ...(inputs.liver.chemotherapy ?? untreated), ...change };
  const isKnown = next.drugs.length > 0 || [next.cycles, next.weeksSince, next.startedOn].some((one) => one !== null);
  return { ...inputs, liver: { ...inputs.liver, chemotherapy: isKnown ? next : null } };
}

function treatment<Key extends 'cycles' | 'weeksSince' | 'startedOn'>(key: Key): Wire<NonNullable<Chemotherapy[Key]>> {
  return {
    read: (inputs) => inputs.liver.chemotherapy?.[key] ?? null,
    write: (inputs, value) => withChemotherapy(inputs, { [key]: value }),
  };
}

const stages = { '0': 'F0', '1': 'F1', '2': 'F2', '3': 'F3', '4': 'F4' } as const;
const stage: Wire<keyof typeof stages> = {
  read: ({ liver }) => (liver.fibrosisStage === null ? null : (String(liver.fibrosisStage) as keyof typeof stages)),
  write: (inputs, value) => ({
    ...inputs,
    liver: { ...inputs.liver, fibrosisStage: value === null ? null : Number(value) },
  }),
};

/** The state of the liver, which picks the threshold, with the details that belong to it; the others stand folded below. */
export function LiverInputs() {
  const { context } = useAccess();
  const parenchyma = useSession((state) => state.openCase?.plan.parenchyma ?? 'unknown');
  const chemotherapy = (
    <>
      <Drugs />
      <InputNumber label={say.cycles} unit="" at={treatment('cycles')} />
      <RemarkHere code="chemotherapy_cycles" />
      <InputNumber label={say.weeksSince} unit={say.weeks} at={treatment('weeksSince')} />
      <InputDate label={say.startedOn} at={treatment('startedOn')} />
    </>
  );
  const steatosis = <InputNumber label={say.steatosis} unit="%" at={wire('liver', 'steatosisPercent')} />;
  const fibrosis = (
    <>
      <InputChoice label={say.fibrosis} options={stages} at={stage} />
      <InputChoice label={say.childPugh} options={{ A: 'A', B: 'B', C: 'C' }} at={wire('liver', 'childPugh')} />
    </>
  );
  const isTreated = parenchyma === 'chemotherapy';
  const isFibrotic = parenchyma === 'cirrhosis';
  return (
    <FoldedSection title={say.sections.liver} isOpen>
      <Field label={say.parenchyma} place="parenchyma">
        <select
          className="entry-choice"
          value={parenchyma}
          onChange={(event) => setParenchyma(context, event.currentTarget.value as Parenchyma)}
        >
          {(Object.keys(texts.parenchyma) as Parenchyma[]).map((one) => (
            <option key={one} value={one}>
              {texts.parenchyma[one]}
            </option>
          ))}
        </select>
      </Field>
      <RemarkHere code="parenchyma_contradicts" />
      {isTreated ? chemotherapy : null}
      {isTreated ? steatosis : null}
      {isFibrotic ? fibrosis : null}
      <InputYesNo label={say.cholestasis} at={wire('liver', 'cholestasis')} />
      <details className="entry-more">
        <summary>{say.more}</summary>
        <div className="entry-fields">
          {isTreated ? null : chemotherapy}
          {isTreated ? null : steatosis}
          {isFibrotic ? null : fibrosis}
        </div>
      </details>
    </FoldedSection>
  );
}

function Drugs() {
  const { context } = useAccess();
  const given = useInputs().liver.chemotherapy?.drugs ?? [];
  const all = Object.keys(say.drug) as Drug[];
  return (
    <fieldset className="entry-ticks">
      <legend>{say.drugs}</legend>
      {all.map((drug) => (
        <label key={drug} className="inputs-tick">
          <input
            type="checkbox"
            checked={given.includes(drug)}
            onChange={(event) => {
              const isGiven = event.currentTarget.checked;
              const drugs = all.filter((one) => (one === drug ? isGiven : given.includes(one)));
              setInputs(context, (now) => withChemotherapy(now, { drugs }), say.edit(say.drugs));
            }}
          />
          {say.drug[drug]}
        </label>
      ))}
    </fieldset>
  );
}
