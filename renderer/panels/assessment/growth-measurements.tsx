import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { checkMeasurement } from '../../../src/assessment/index.ts';
import type { AssessmentInputs, DatedRemnant } from '../../../src/assessment/index.ts';
import { addMeasurement, removeMeasurement } from '../../commands/patient-plans.ts';
import { texts } from '../../texts.ts';
import { useAccess, useSession } from '../access.tsx';
import { CommandButton } from '../command-button.tsx';
import { printedNumber, printedRange } from '../format.ts';
import { Trouble } from '../trouble.tsx';
import { PatientPlansList } from './patient-plans-list.tsx';
import { typedNumber } from './typed-number.ts';

type Given = AssessmentInputs['growth'];

/** The dated remnants: typed in, taken from the open plan, from a plan file, or from the saved plans of the patient. */
export function GrowthMeasurements({ given }: { readonly given: Given }) {
  return (
    <div role="group" aria-labelledby="growth-measurements-title">
      <h3 id="growth-measurements-title">{texts.growth.measurements}</h3>
      {given === null || given.measurements.length === 0 ? null : <Measurements given={given} />}
      {given === null ? <p className="figures-hint">{texts.growth.denominatorFirst}</p> : <TypedMeasurement />}
      <div className="growth-choice">
        <CommandButton id="growth.takeThis" look="text" short={texts.growth.takeThis} />
        <CommandButton id="growth.takeFile" look="text" short={texts.growth.takeFile} />
        <CommandButton id="growth.find" look="text" />
      </div>
      <PatientPlansList given={given} />
    </div>
  );
}

function Measurements({ given: { denominator, measurements } }: { readonly given: NonNullable<Given> }) {
  const { headings } = texts.growth;
  return (
    <table className="growth-table" aria-labelledby="growth-measurements-title">
      <thead>
        <tr>
          <th scope="col">{headings.on}</th>
          <th scope="col">{headings.flr}</th>
          <th scope="col">{headings.interval}</th>
          <th scope="col">{headings.share}</th>
          <th scope="col">{headings.from}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {measurements.map((one) => (
          <Measurement key={one.on} one={one} denominatorMl={denominator.volumeMl} />
        ))}
      </tbody>
    </table>
  );
}

function Measurement({ one, denominatorMl }: { readonly one: DatedRemnant; readonly denominatorMl: number }) {
  const { context } = useAccess();
  const { on, flrMl, intervalMl, countedFrom } = one;
  const digestNow = useSession(
    (state) =>
      state.patientPlans?.find(({ counted }) => {
        const { seriesInstanceUid, scan } = counted.plan.series;
        return scan?.takenOn === on && seriesInstanceUid === countedFrom?.seriesInstanceUid;
      })?.counted.digest ?? null,
  );
  const isChanged = countedFrom !== undefined && digestNow !== null && digestNow !== countedFrom.planDigest;
  return (
    <tr data-measurement={on} data-value={flrMl}>
      <th scope="row">{on}</th>
      <td>{printedNumber(flrMl, 0)}</td>
      <td>{intervalMl === null ? '—' : printedRange(intervalMl, 0)}</td>
      <td>{printedNumber((flrMl / denominatorMl) * 100, 1)} %</td>
      <td className="growth-from">
        {countedFrom === undefined
          ? texts.growth.typed
          : texts.growth.counted(countedFrom.software, countedFrom.countedOn, countedFrom.reviewedBy)}
        {isChanged ? <strong>{texts.growth.changedSince}</strong> : null}
      </td>
      <td>
        <button
          type="button"
          className="control-button control-icon"
          aria-label={texts.growth.remove(on)}
          onClick={() => removeMeasurement(context, on)}
        >
          <X size={15} aria-hidden="true" />
        </button>
      </td>
    </tr>
  );
}

const blank = { on: '', flr: '', low: '', high: '' };

function TypedMeasurement() {
  const { context } = useAccess();
  const [typed, setTyped] = useState(blank);
  const [trouble, setTrouble] = useState<string | null>(null);
  const add = () => {
    const read = readTyped(typed);
    setTrouble(typeof read === 'string' ? read : null);
    if (typeof read === 'string') return;
    addMeasurement(context, read);
    setTyped(blank);
  };
  const field = (name: keyof typeof blank, label: string, type: 'date' | 'text') => (
    <label className="field">
      <span>{label}</span>
      <input
        type={type}
        inputMode={type === 'date' ? undefined : 'decimal'}
        value={typed[name]}
        onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <form
      className="growth-fields"
      data-place="measurement"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      {field('on', texts.growth.on, 'date')}
      {field('flr', texts.growth.flr, 'text')}
      {field('low', texts.growth.low, 'text')}
      {field('high', texts.growth.high, 'text')}
      <button type="submit" className="control-button control-text growth-add">
        <Plus size={15} aria-hidden="true" />
        {texts.growth.add}
      </button>
      <Trouble said={trouble} />
    </form>
  );
}

/** A measurement as typed, or the sentence why it is none. */
function readTyped({ on, flr, low, high }: typeof blank): DatedRemnant | string {
  const flrMl = typedNumber(flr);
  if (flrMl === null) return texts.growth.noNumber(texts.growth.flr);
  const [isLow, isHigh] = [low.trim() !== '', high.trim() !== ''];
  if (isLow !== isHigh) return texts.growth.bothEnds;
  const [lowMl, highMl] = [typedNumber(low), typedNumber(high)];
  if (isLow && (lowMl === null || highMl === null)) return texts.growth.noNumber(texts.growth.headings.interval);
  const intervalMl = lowMl === null || highMl === null ? null : ([lowMl, highMl] as const);
  const checked = checkMeasurement({ on, flrMl, intervalMl });
  return checked.ok ? checked.value : checked.error.message;
}
