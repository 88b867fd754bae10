import type { Volumetry } from '../../../src/liver/index.ts';
import { setInputs } from '../../commands/plan-inputs.ts';
import { texts } from '../../texts.ts';
import { useAccess, useSession } from '../access.tsx';
import { printedNumber } from '../format.ts';
import { FoldedSection } from './folded-section.tsx';
import { InputChoice, InputNumber, InputYesNo, useInputs, wire } from './wired-fields.tsx';

const say = texts.inputs;

/** Which disease, how much of it, and where; what the clinical risk score asks stands only where it applies. */
export function DiseaseInputs() {
  const { diagnosis } = useInputs().disease;
  const isColorectal = diagnosis === null || diagnosis === 'colorectal';
  return (
    <FoldedSection title={say.sections.disease} isOpen place="disease">
      <InputChoice label={say.diagnosis} options={say.diagnoses} at={wire('disease', 'diagnosis')} />
      <InputYesNo label={say.bilobar} at={wire('disease', 'bilobar')} />
      <InputNumber label={say.lesionCount} unit="" at={wire('disease', 'lesionCount')} />
      <InputNumber label={say.largest} unit="cm" at={wire('disease', 'largestCm')} />
      <LesionOffer />
      <InputNumber label={say.involved} unit="%" at={wire('disease', 'involvedPercent')} />
      <InputNumber label={say.involvedSegments} unit="" at={wire('disease', 'involvedSegments')} />
      <InputYesNo label={say.bothPortalVeins} at={wire('disease', 'bothPortalVeins')} />
      <InputYesNo label={say.allHepaticVeins} at={wire('disease', 'allHepaticVeins')} />
      {isColorectal ? (
        <>
          <InputYesNo label={say.nodePositive} at={wire('disease', 'nodePositivePrimary')} />
          <InputNumber label={say.diseaseFree} unit={say.months} at={wire('disease', 'diseaseFreeMonths')} />
          <InputNumber label={say.cea} unit="ng/mL" at={wire('disease', 'ceaNanogramsPerMl')} />
        </>
      ) : null}
    </FoldedSection>
  );
}

/** The lesions of the masks, or null without any: their number, and the largest diameter among them in cm. */
export function lesionsOf(volumetry: Volumetry | null): { readonly count: number; readonly largestCm: number } | null {
  const lesions = (volumetry?.tumours ?? []).filter(({ volumeMl }) => volumeMl > 0);
  if (lesions.length === 0) return null;
  const largestMm = Math.max(...lesions.map(({ diameterMm }) => diameterMm));
  return { count: lesions.length, largestCm: Math.round(largestMm) / 10 };
}

/** Offered for confirmation, never taken silently: a mask is not yet a count of lesions. */
function LesionOffer() {
  const { context } = useAccess();
  const volumetry = useSession((state) => state.derived.volumetry);
  const { lesionCount, largestCm } = useInputs().disease;
  const found = lesionsOf(volumetry);
  if (found === null || found.largestCm < 0.1 || lesionCount !== null || largestCm !== null) return null;
  return (
    <button
      type="button"
      className="control-button control-text inputs-offer"
      data-offer="lesions"
      onClick={() =>
        setInputs(
          context,
          (now) => ({ ...now, disease: { ...now.disease, lesionCount: found.count, largestCm: found.largestCm } }),
          say.edit(say.lesionCount),
        )
      }
    >
      {say.offerLesions(found.count, printedNumber(found.largestCm, 1))}
    </button>
  );
}
