import type { Parenchyma } from '../../../src/assessment/index.ts';
import { setParenchyma } from '../../commands/plan-inputs.ts';
import { texts } from '../../texts.ts';
import { useAccess, useSession } from '../access.tsx';
import { BodySizeInputs } from './body-size.tsx';

/** What is known of the patient and the liver. */
export function PatientTab() {
  return (
    <>
      <ParenchymaChoice />
      <BodySizeInputs />
    </>
  );
}

function ParenchymaChoice() {
  const { context } = useAccess();
  const parenchyma = useSession((state) => state.openCase?.plan.parenchyma ?? 'unknown');
  return (
    <label className="field" data-place="parenchyma">
      <span>{texts.assessment.parenchyma}</span>
      <select value={parenchyma} onChange={(event) => setParenchyma(context, event.currentTarget.value as Parenchyma)}>
        {(Object.keys(texts.parenchyma) as Parenchyma[]).map((one) => (
          <option key={one} value={one}>
            {texts.parenchyma[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
