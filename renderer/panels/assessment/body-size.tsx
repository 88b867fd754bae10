import { useState } from 'react';
import { bodySize, plausibleHeight, plausibleWeight } from '../../../src/liver/index.ts';
import type { Outcome } from '../../../src/volume/index.ts';
import { setBodySize } from '../../commands/plan-inputs.ts';
import { texts } from '../../texts.ts';
import { useAccess, useSession } from '../access.tsx';
import { printedNumber } from '../format.ts';

/** Height and weight: typed by the user, or offered from the image header for confirmation; never taken silently. */
export function BodySizeInputs() {
  const { context } = useAccess();
  const plan = useSession((state) => state.openCase?.plan);
  const header = useSession((state) => state.openCase?.entry.header);
  const standardMl = useSession((state) => state.derived.volumetry?.standardLiverMl ?? null);
  const bsaM2 = useSession((state) => state.derived.volumetry?.bsaM2 ?? null);
  const [refusal, setRefusal] = useState<string | null>(null);
  if (plan === undefined || header === undefined) return null;
  const { heightCm, weightKg } = plan;
  const checked = bodySize(heightCm, weightKg);
  const { patientHeightCm, patientWeightKg } = header;
  const isOffered = heightCm === null && weightKg === null && patientHeightCm !== null && patientWeightKg !== null;
  return (
    <section className="figures-section inputs" data-place="size">
      <h2>Height and weight</h2>
      <div className="inputs-size">
        <SizeInput
          label="Height"
          unit="cm"
          value={heightCm}
          check={plausibleHeight}
          onRefuse={setRefusal}
          onGive={(value) => setBodySize(context, { heightCm: value })}
        />
        <SizeInput
          label="Weight"
          unit="kg"
          value={weightKg}
          check={plausibleWeight}
          onRefuse={setRefusal}
          onGive={(value) => setBodySize(context, { weightKg: value })}
        />
      </div>
      {refusal === null && checked.ok ? null : (
        <p className="inputs-trouble" role="alert" ref={bringIntoView}>
          {refusal ?? (checked.ok ? '' : checked.error.message)}
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

/** The fields may stand at the lower edge of the panel, and the sentence below it. */
function bringIntoView(line: HTMLElement | null): void {
  line?.scrollIntoView({ block: 'nearest' });
}

function SizeInput({
  label,
  unit,
  value,
  check,
  onRefuse,
  onGive,
}: {
  readonly label: string;
  readonly unit: string;
  readonly value: number | null;
  readonly check: (value: number) => Outcome<number>;
  /** What is typed was not taken, and why; null takes that back. */
  readonly onRefuse: (message: string | null) => void;
  readonly onGive: (value: number | null) => void;
}) {
  const shown = value === null ? '' : String(value);
  const [typed, setTyped] = useState(shown);
  const [last, setLast] = useState(shown);
  const [isRefused, setIsRefused] = useState(false);
  if (last !== shown) {
    // Undo, or a plan opened: what is in the plan wins over what stands in the field.
    setLast(shown);
    setTyped(shown);
  }
  const give = () => {
    const text = typed.trim().replace(',', '.');
    const checked = text === '' ? null : check(Number(text));
    const isWrong = checked?.ok === false;
    setIsRefused(isWrong);
    if (isWrong) {
      const reason = Number.isNaN(Number(text)) ? `“${typed}” is not a number.` : checked.error.message;
      onRefuse(`${reason} It was not taken.`);
      return;
    }
    if (isRefused) onRefuse(null);
    const number = checked?.value ?? null;
    if (number !== value) onGive(number);
  };
  return (
    <label className="inputs-number">
      <span>{label}</span>
      <input
        inputMode="decimal"
        value={typed}
        aria-label={`${label} in ${unit}`}
        aria-invalid={isRefused}
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
