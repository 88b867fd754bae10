import { useState } from 'react';
import { bodySize } from '../../src/liver/index.ts';
import { setBodySize } from '../commands/plan-inputs.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';
import { printedNumber } from './format.ts';

/** Height and weight: typed by the user, or offered from the image header for confirmation; never taken silently. */
export function BodySizeInputs() {
  const { context } = useAccess();
  const plan = useSession((state) => state.openCase?.plan);
  const header = useSession((state) => state.openCase?.entry.header);
  const standardMl = useSession((state) => state.derived.volumetry?.standardLiverMl ?? null);
  const bsaM2 = useSession((state) => state.derived.volumetry?.bsaM2 ?? null);
  if (plan === undefined || header === undefined) return null;
  const { heightCm, weightKg } = plan;
  const checked = bodySize(heightCm, weightKg);
  const { patientHeightCm, patientWeightKg } = header;
  const isOffered = heightCm === null && weightKg === null && patientHeightCm !== null && patientWeightKg !== null;
  return (
    <section className="figures-section inputs">
      <h2>Height and weight</h2>
      <div className="inputs-size">
        <SizeInput
          label="Height"
          unit="cm"
          value={heightCm}
          onGive={(value) => setBodySize(context, { heightCm: value })}
        />
        <SizeInput
          label="Weight"
          unit="kg"
          value={weightKg}
          onGive={(value) => setBodySize(context, { weightKg: value })}
        />
      </div>
      {checked.ok ? null : (
        <p className="inputs-trouble" role="alert">
          {checked.error.message}
        </p>
      )}
      {isOffered ? (
        <button
          type="button"
          className="control-button control-text inputs-offer"
          onClick={() => setBodySize(context, { heightCm: patientHeightCm, weightKg: patientWeightKg })}
        >
          {texts.offerSize(printedNumber(patientHeightCm, 0), printedNumber(patientWeightKg, 0))}
        </button>
      ) : null}
      {standardMl === null || bsaM2 === null ? null : (
        <p className="figures-hint">
          BSA <output data-figure="bsaM2">{printedNumber(bsaM2, 2)}</output> m² (Mosteller) · standard liver{' '}
          <output data-figure="standardLiverMl">{printedNumber(standardMl, 0)}</output> mL (Vauthey)
        </p>
      )}
    </section>
  );
}

function SizeInput({
  label,
  unit,
  value,
  onGive,
}: {
  readonly label: string;
  readonly unit: string;
  readonly value: number | null;
  readonly onGive: (value: number | null) => void;
}) {
  const shown = value === null ? '' : String(value);
  const [typed, setTyped] = useState(shown);
  const [last, setLast] = useState(shown);
  if (last !== shown) {
    // Undo, or a plan opened: what is in the plan wins over what stands in the field.
    setLast(shown);
    setTyped(shown);
  }
  const give = () => {
    const text = typed.trim().replace(',', '.');
    const number = Number(text);
    if (text === '') {
      if (value !== null) onGive(null);
    } else if (!Number.isFinite(number) || number <= 0) setTyped(shown);
    else if (number !== value) onGive(number);
  };
  return (
    <label className="inputs-number">
      <span>{label}</span>
      <input
        inputMode="decimal"
        value={typed}
        aria-label={`${label} in ${unit}`}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={give}
        onKeyDown={(event) => {
          if (event.key === 'Enter') give();
        }}
      />
      <span>{unit}</span>
    </label>
  );
}
