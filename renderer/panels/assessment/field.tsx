import { useId, useRef, useState } from 'react';
import type { Outcome } from '../../../src/volume/index.ts';
import { texts } from '../../texts.ts';
import { unbroken } from '../../unbroken-text.ts';

const say = texts.inputs;

/** One line of the form: label, control, unit, and below them what was wrong with what was typed. */
export function Field({
  label,
  unit,
  trouble,
  troubleId,
  place,
  children,
}: {
  readonly label: string;
  readonly unit?: React.ReactNode;
  readonly trouble?: string | null;
  readonly troubleId?: string;
  readonly place?: string | undefined;
  readonly children: React.ReactNode;
}) {
  return (
    <div className="entry" data-place={place}>
      <label className="entry-line">
        <span className="entry-label">{label}</span>
        {children}
        {unit === undefined ? null : <span className="entry-unit">{unit}</span>}
      </label>
      {trouble === undefined || trouble === null ? null : (
        <p className="inputs-trouble" role="alert" id={troubleId} ref={bringIntoView}>
          {unbroken(trouble)}
        </p>
      )}
    </div>
  );
}

/** The field may stand at the lower edge of the page, and the sentence below it. */
function bringIntoView(line: HTMLElement | null): void {
  line?.scrollIntoView({ block: 'nearest' });
}

/** What stands in a field while it is typed; what the plan holds wins as soon as it changes (undo, another plan). */
function useTyped(shown: string): [string, (text: string) => void] {
  const [typed, setTyped] = useState(shown);
  const [last, setLast] = useState(shown);
  if (last !== shown) {
    setLast(shown);
    setTyped(shown);
  }
  return [typed, setTyped];
}

/** Keys that act on the text itself, with Ctrl or ⌘. */
const editingKeys = 'acvxyz';

/**
 * Whether a key press takes what was typed: Enter, and a shortcut, because a report or a saved plan that leaves out what stands in the
 * field would be wrong without a word.
 */
function takesTyped({ key, ctrlKey, metaKey }: React.KeyboardEvent): boolean {
  const isShortcut = (ctrlKey || metaKey) && key.length === 1 && !editingKeys.includes(key.toLowerCase());
  return key === 'Enter' || isShortcut;
}

interface TypedProps<Value> {
  readonly label: string;
  readonly value: Value | null;
  /** Says why a value can not be. */
  readonly check: (value: Value) => Outcome<unknown>;
  readonly onGive: (value: Value | null) => void;
  readonly place?: string | undefined;
}

/** A number with its unit, taken on Enter and on leaving the field; what can not be is said at the field and not taken. */
export function NumberField({
  label,
  unit,
  unitControl,
  value,
  check,
  onGive,
  place,
}: TypedProps<number> & { readonly unit: string; readonly unitControl?: React.ReactNode }) {
  const [typed, setTyped] = useTyped(value === null ? '' : String(value));
  const [trouble, setTrouble] = useState<string | null>(null);
  const troubleId = useId();
  const give = () => {
    const text = typed.trim().replace(',', '.');
    const number = text === '' ? null : Number(text);
    const checked = number === null || Number.isNaN(number) ? null : check(number);
    const reason = Number.isNaN(number) ? say.notNumber(typed) : checked?.ok === false ? checked.error.message : null;
    setTrouble(reason === null ? null : `${reason} ${say.notTaken}`);
    if (reason === null && number !== value) onGive(number);
  };
  return (
    <Field label={label} unit={unitControl ?? unit} trouble={trouble} troubleId={troubleId} place={place}>
      <input
        className="entry-number"
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        aria-label={unit === '' ? label : say.withUnit(label, unit)}
        aria-invalid={trouble !== null}
        aria-describedby={trouble === null ? undefined : troubleId}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={give}
        onKeyDown={(event) => {
          if (takesTyped(event)) give();
        }}
      />
    </Field>
  );
}

/**
 * A day. Typed, it is taken on Enter and on leaving the field: while its parts are typed the browser gives other whole days, and each
 * would be a step to undo. Picked in the calendar, it is taken at once. Half a date is not taken, and said to be half.
 */
export function DateField({ label, value, check, onGive, place }: TypedProps<string>) {
  const [typed, setTyped] = useTyped(value ?? '');
  const [trouble, setTrouble] = useState<string | null>(null);
  const troubleId = useId();
  const isTyping = useRef(false);
  const take = (input: HTMLInputElement) => {
    isTyping.current = false;
    const day = input.value;
    // A year of two figures is a date of the first century to the browser.
    const isWhole = day === '' ? !input.validity.badInput : day >= '1900';
    const checked = isWhole && day !== '' ? check(day) : null;
    if (!isWhole || checked?.ok === false) {
      const reason = checked?.ok === false ? checked.error.message : say.notDay;
      setTrouble(`${reason} ${say.notTaken}`);
      return;
    }
    setTrouble(null);
    const given = day === '' ? null : day;
    if (given !== value) onGive(given);
  };
  return (
    <Field label={label} trouble={trouble} troubleId={troubleId} place={place}>
      <input
        type="date"
        className="entry-date"
        value={typed}
        aria-invalid={trouble !== null}
        aria-describedby={trouble === null ? undefined : troubleId}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          if (!isTyping.current) take(event.currentTarget);
        }}
        onBlur={(event) => take(event.currentTarget)}
        onKeyDown={(event) => {
          if (takesTyped(event)) take(event.currentTarget);
          else isTyping.current = true;
        }}
      />
    </Field>
  );
}

/** One of several words, or not stated. */
export function ChoiceField<Value extends string>({
  label,
  options,
  value,
  onGive,
  place,
}: {
  readonly label: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly value: Value | null;
  readonly onGive: (value: Value | null) => void;
  readonly place?: string | undefined;
}) {
  return (
    <Field label={label} place={place}>
      <select
        className="entry-choice"
        value={value ?? ''}
        onChange={(event) => onGive(event.currentTarget.value === '' ? null : (event.currentTarget.value as Value))}
      >
        <option value="">{say.unknown}</option>
        {(Object.keys(options) as Value[]).map((option) => (
          <option key={option} value={option}>
            {options[option]}
          </option>
        ))}
      </select>
    </Field>
  );
}
