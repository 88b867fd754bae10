import { plausibleHeight, plausibleWeight } from '../../../src/liver/index.ts';
import { setBodySize } from '../../commands/plan-inputs.ts';
import { texts } from '../../texts.ts';
import { useAccess, useSession } from '../access.tsx';
import { printedNumber } from '../format.ts';
import { NumberField } from './field.tsx';

/** Height and weight: typed by the user, or offered from the image header for confirmation; never taken silently. */
export function BodySizeInputs() {
  const { context } = useAccess();
  const heightCm = useSession((state) => state.openCase?.plan.heightCm ?? null);
  const weightKg = useSession((state) => state.openCase?.plan.weightKg ?? null);
  const header = useSession((state) => state.openCase?.entry.header);
  const standardMl = useSession((state) => state.derived.volumetry?.standardLiverMl ?? null);
  const bsaM2 = useSession((state) => state.derived.volumetry?.bsaM2 ?? null);
  if (header === undefined) return null;
  const { patientHeightCm, patientWeightKg } = header;
  const isOffered = heightCm === null && weightKg === null && patientHeightCm !== null && patientWeightKg !== null;
  return (
    <>
      <NumberField
        label={texts.inputs.height}
        unit="cm"
        value={heightCm}
        check={plausibleHeight}
        place="size"
        onGive={(value) => setBodySize(context, { heightCm: value })}
      />
      <NumberField
        label={texts.inputs.weight}
        unit="kg"
        value={weightKg}
        check={plausibleWeight}
        onGive={(value) => setBodySize(context, { weightKg: value })}
      />
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
    </>
  );
}
