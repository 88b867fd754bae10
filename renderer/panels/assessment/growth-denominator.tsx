import { Lock } from 'lucide-react';
import { useState } from 'react';
import { checkDenominator } from '../../../src/assessment/index.ts';
import type { AssessmentInputs, BaselineDenominator } from '../../../src/assessment/index.ts';
import { changeInputs, lockDenominator } from '../../commands/patient-plans.ts';
import { texts } from '../../texts.ts';
import { useAccess, useSession } from '../access.tsx';
import { CommandButton } from '../command-button.tsx';
import { printedNumber, printedRange } from '../format.ts';
import { Trouble } from '../trouble.tsx';
import { typedNumber } from './typed-number.ts';

type Given = AssessmentInputs['growth'];

/** The denominator of all growth figures: chosen once, then locked; another one is chosen only on purpose. */
export function GrowthDenominator({ given }: { readonly given: Given }) {
  return (
    <div className="growth-denominator" role="group" aria-labelledby="growth-denominator-title">
      <h3 id="growth-denominator-title">{texts.growth.denominator}</h3>
      {given === null ? <Choice /> : <Locked given={given} />}
    </div>
  );
}

function Locked({ given }: { readonly given: NonNullable<Given> }) {
  const { context } = useAccess();
  const [asks, setAsks] = useState(false);
  const { kind, volumeMl, intervalMl, countedFrom } = given.denominator;
  return (
    <>
      <p className="growth-locked" data-denominator={kind} data-value={volumeMl}>
        <Lock size={14} aria-hidden="true" />
        {texts.growth.locked(texts.growth.kinds[kind], printedNumber(volumeMl, 0))}
        {intervalMl === null ? null : <small>{printedRange(intervalMl, 0)}</small>}
      </p>
      {countedFrom === undefined ? null : (
        <p className="figures-hint">
          {texts.growth.counted(countedFrom.software, countedFrom.countedOn, countedFrom.reviewedBy)}
        </p>
      )}
      {asks ? (
        <>
          <p className="figures-hint">{texts.growth.changeWhy}</p>
          <Choice given={given} />
          <button type="button" className="control-button control-text" onClick={() => setAsks(false)}>
            {texts.growth.keep}
          </button>
        </>
      ) : (
        <button type="button" className="control-button control-text" onClick={() => setAsks(true)}>
          {texts.growth.change}
        </button>
      )}
      {given.measurements.length > 0 ? null : (
        <button
          type="button"
          className="control-button control-text"
          onClick={() => changeInputs(context, { growth: null }, 'Unlock the denominator')}
        >
          {texts.growth.unlock}
        </button>
      )}
    </>
  );
}

/** The denominators at hand. With one locked already, only typed volumes and the standard volume replace it in place. */
function Choice({ given = null }: { readonly given?: Given }) {
  const { context } = useAccess();
  const standardMl = useSession((state) => state.derived.volumetry?.standardLiverMl ?? null);
  return (
    <>
      <p className="figures-hint">{texts.growth.denominatorWhy}</p>
      <div className="growth-choice">
        {given === null ? (
          <>
            <CommandButton id="growth.lockStandard" look="text" />
            <CommandButton id="growth.lockFunctional" look="text" />
          </>
        ) : standardMl === null ? null : (
          <button
            type="button"
            className="control-button control-text"
            onClick={() => lockDenominator(context, { kind: 'standard', volumeMl: standardMl, intervalMl: null })}
          >
            {texts.growth.lockStandard(standardMl)}
          </button>
        )}
      </div>
      <TypedDenominator />
    </>
  );
}

function TypedDenominator() {
  const { context } = useAccess();
  const [kind, setKind] = useState<BaselineDenominator['kind']>('standard');
  const [volume, setVolume] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const lock = () => {
    const volumeMl = typedNumber(volume);
    if (volumeMl === null) {
      setTrouble(texts.growth.noNumber(texts.growth.volume));
      return;
    }
    const checked = checkDenominator({ kind, volumeMl, intervalMl: null });
    setTrouble(checked.ok ? null : checked.error.message);
    if (checked.ok) lockDenominator(context, checked.value);
  };
  return (
    <form
      className="growth-typed"
      onSubmit={(event) => {
        event.preventDefault();
        lock();
      }}
    >
      <span>{texts.growth.or}</span>
      <select
        aria-label={texts.growth.kind}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as BaselineDenominator['kind'])}
      >
        <option value="standard">{texts.growth.kinds.standard}</option>
        <option value="functional">{texts.growth.kinds.functional}</option>
      </select>
      <input
        inputMode="decimal"
        aria-label={texts.growth.volume}
        value={volume}
        onChange={(event) => setVolume(event.currentTarget.value)}
      />
      <span aria-hidden="true">mL</span>
      <button type="submit" className="control-button control-text">
        {texts.growth.lockTyped}
      </button>
      <Trouble said={trouble} />
    </form>
  );
}
