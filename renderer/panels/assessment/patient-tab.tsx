import { texts } from '../../texts.ts';
import { useSession } from '../access.tsx';
import { BodySizeInputs } from './body-size.tsx';
import { ContraindicationInputs } from './contraindication-inputs.tsx';
import { PlanInputs, TreatmentInputs } from './course-inputs.tsx';
import { DiseaseInputs } from './disease-inputs.tsx';
import { FoldedSection } from './folded-section.tsx';
import { FunctionInputs } from './function-inputs.tsx';
import { LiverInputs } from './liver-inputs.tsx';
import { InputChoice, InputDate, InputNumber, InputYesNo, RemarkHere, wire } from './wired-fields.tsx';

const say = texts.inputs;

/** What is known of the patient and the liver: first what the verdict rests on, then what the options rest on. */
export function PatientTab() {
  // What bears on the options stands open as soon as there are any to discuss.
  const isShort = useSession((state) => ['amber', 'red'].includes(state.derived.assessment?.overall.light ?? 'grey'));
  return (
    <>
      <p className="assessment-lead">{say.lead}</p>
      <div className="entry-columns">
        <div className="entry-column">
          <LiverInputs />
          <BodyInputs />
        </div>
        <div className="entry-column">
          <DiseaseInputs />
          <FunctionInputs />
        </div>
        <div className="entry-column">
          <PlanInputs isOpen={isShort} />
          <ContraindicationInputs isOpen={isShort} />
          <TreatmentInputs />
        </div>
      </div>
    </>
  );
}

function BodyInputs() {
  return (
    <FoldedSection title={say.sections.body} isOpen>
      <BodySizeInputs />
      <InputDate label={say.measuredOn} at={wire('body', 'measuredOn')} />
      <InputYesNo label={say.ascites} at={wire('body', 'ascites')} />
      <RemarkHere code="weight_with_ascites" />
      <InputChoice label={say.sex} options={say.sexes} at={wire('body', 'sex')} />
      <InputNumber label={say.age} unit={say.years} at={wire('body', 'ageYears')} />
    </FoldedSection>
  );
}
