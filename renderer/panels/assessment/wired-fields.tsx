import { checkInputs, emptyInputs } from '../../../src/assessment/index.ts';
import type { AssessmentInputs } from '../../../src/assessment/index.ts';
import { setInputs } from '../../commands/plan-inputs.ts';
import { texts } from '../../texts.ts';
import { unbroken } from '../../unbroken-text.ts';
import { useAccess, useSession } from '../access.tsx';
import { ChoiceField, DateField, NumberField } from './field.tsx';

const say = texts.inputs;

/** What is known of the patient, as the plan holds it. */
export function useInputs(): AssessmentInputs {
  return useSession((state) => state.openCase?.plan.inputs) ?? emptyInputs;
}

/** One value among the inputs: how it is read, and how inputs with another one are made. */
export interface Wire<Value> {
  readonly read: (inputs: AssessmentInputs) => Value | null;
  readonly write: (inputs: AssessmentInputs, value: Value | null) => AssessmentInputs;
}

type Group = 'liver' | 'body' | 'laboratory' | 'functionTests' | 'disease' | 'plan' | 'contraindications';

/** The wire of a field that lies in a group. */
export function wire<Name extends Group, Key extends keyof AssessmentInputs[Name]>(
  group: Name,
  key: Key,
): Wire<NonNullable<AssessmentInputs[Name][Key]>> {
  type Value = NonNullable<AssessmentInputs[Name][Key]>;
  return {
    read: (inputs) => (inputs[group][key] as Value | null) ?? null,
    write: (inputs, value) => ({ ...inputs, [group]: { ...inputs[group], [key]: value } }),
  };
}

interface WiredProps<Value> {
  readonly label: string;
  readonly at: Wire<Value>;
  readonly place?: string;
}

function useWire<Value>({ label, at, place }: WiredProps<Value>) {
  const { context } = useAccess();
  const inputs = useInputs();
  return {
    label,
    place,
    value: at.read(inputs),
    check: (value: Value) => checkInputs(at.write(inputs, value)),
    onGive: (value: Value | null) => setInputs(context, (now) => at.write(now, value), say.edit(label)),
  };
}

/** A number among the inputs. */
export function InputNumber({ unit, unitControl, ...props }: WiredProps<number> & UnitProps) {
  return <NumberField {...useWire(props)} unit={unit} unitControl={unitControl} />;
}

interface UnitProps {
  readonly unit: string;
  readonly unitControl?: React.ReactNode;
}

/** A day among the inputs. */
export function InputDate(props: WiredProps<string>) {
  return <DateField {...useWire(props)} />;
}

/** One of several words among the inputs. */
export function InputChoice<Value extends string>({
  options,
  ...props
}: WiredProps<Value> & { readonly options: Readonly<Record<Value, string>> }) {
  const { label, place, value, onGive } = useWire(props);
  return <ChoiceField label={label} place={place} value={value} onGive={onGive} options={options} />;
}

const yesOrNo = { yes: say.yes, no: say.no } as const;

/** Yes, no, or not stated. */
export function InputYesNo(props: WiredProps<boolean>) {
  const { label, place, value, onGive } = useWire(props);
  const word = value === null ? null : value ? 'yes' : 'no';
  return (
    <ChoiceField
      label={label}
      place={place}
      value={word}
      options={yesOrNo}
      onGive={(given) => onGive(given === null ? null : given === 'yes')}
    />
  );
}

/** What the assessment says about an input, at the input. */
export function RemarkHere({ code }: { readonly code: string }) {
  const message = useSession(
    (state) => state.derived.assessment?.remarks.find((remark) => remark.code === code)?.message ?? null,
  );
  return message === null ? null : (
    <p className="entry-remark" data-remark={code}>
      {unbroken(message)}
    </p>
  );
}
