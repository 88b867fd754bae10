import { useState } from 'react';
import { checkInputs } from '../../../src/assessment/index.ts';
import type { AssessmentInputs, AugmentationKind } from '../../../src/assessment/index.ts';
import { setInputs } from '../../commands/plan-inputs.ts';
import { texts } from '../../texts.ts';
import { useAccess } from '../access.tsx';
import { ChoiceField, DateField } from './field.tsx';
import { FoldedSection } from './folded-section.tsx';
import { InputDate, InputNumber, InputYesNo, RemarkHere, useInputs, wire } from './wired-fields.tsx';
import type { Wire } from './wired-fields.tsx';

const say = texts.inputs;

/** What is planned, and how much time there is. */
export function PlanInputs({ isOpen }: { readonly isOpen: boolean }) {
  const given = Object.values(useInputs().plan);
  const known = given.filter((one) => one !== null).length;
  return (
    <FoldedSection
      title={say.sections.course}
      note={say.given(known, given.length)}
      isOpen={isOpen || known > 0}
      place="course"
    >
      <InputYesNo label={say.smaller} at={wire('plan', 'smallerOperationPossible')} />
      <InputYesNo label={say.extendedRight} at={wire('plan', 'extendedRight')} />
      <InputNumber label={say.congested} unit="mL" at={wire('plan', 'congestedMl')} />
      <RemarkHere code="congested_volume" />
      <InputNumber label={say.weeksAvailable} unit={say.weeks} at={wire('plan', 'weeksAvailable')} />
      <InputDate label={say.surgeryOn} at={wire('plan', 'surgeryOn')} />
      <InputDate label={say.asOf} at={wire('plan', 'asOf')} />
    </FoldedSection>
  );
}

type Bevacizumab = NonNullable<AssessmentInputs['bevacizumab']>;

function bevacizumab<Key extends keyof Bevacizumab>(key: Key): Wire<NonNullable<Bevacizumab[Key]>> {
  return {
    read: (inputs) => inputs.bevacizumab?.[key] ?? null,
    write: (inputs, value) => {
      const next: Bevacizumab = { ...(inputs.bevacizumab ?? { lastDoseOn: null, cycles: null }), [key]: value };
      return { ...inputs, bevacizumab: next.lastDoseOn === null && next.cycles === null ? null : next };
    },
  };
}

const firstStage: Wire<string> = {
  read: ({ firstStageOn }) => firstStageOn,
  write: (inputs, firstStageOn) => ({ ...inputs, firstStageOn }),
};

/** What was done before: bevacizumab, an embolisation or a first stage. */
export function TreatmentInputs() {
  const { bevacizumab: given, augmentation, firstStageOn } = useInputs();
  const known = [given, augmentation, firstStageOn].filter((one) => one !== null).length;
  return (
    <FoldedSection title={say.sections.treatment} note={say.given(known, 3)} isOpen={known > 0} place="treatment">
      <InputDate label={say.bevacizumabOn} at={bevacizumab('lastDoseOn')} />
      <InputNumber label={say.bevacizumabCycles} unit="" at={bevacizumab('cycles')} />
      <AugmentationInputs />
      <InputDate label={say.firstStage} at={firstStage} />
    </FoldedSection>
  );
}

/** Kind and day belong together: until both are known, nothing is taken. */
function AugmentationInputs() {
  const { context } = useAccess();
  const inputs = useInputs();
  const given = inputs.augmentation;
  const [half, setHalf] = useState<{ readonly kind: AugmentationKind | null; readonly on: string | null }>({
    kind: null,
    on: null,
  });
  const kind = given?.kind ?? half.kind;
  const on = given?.on ?? half.on;
  const give = (next: typeof half) => {
    setHalf(next);
    const augmentation = next.kind === null || next.on === null ? null : { kind: next.kind, on: next.on };
    if (augmentation === null && given === null) return;
    setInputs(context, (now) => ({ ...now, augmentation }), say.edit(say.augmentation));
  };
  return (
    <>
      <ChoiceField
        label={say.augmentation}
        options={say.augmentations}
        value={kind}
        onGive={(value) => give({ kind: value, on })}
        place="augmentation"
      />
      <DateField
        label={say.augmentationOn}
        value={on}
        check={(day) => checkInputs({ ...inputs, augmentation: { kind: kind ?? 'PVE', on: day } })}
        onGive={(day) => give({ kind, on: day })}
      />
      {kind !== null && on === null ? <p className="entry-remark">{say.augmentationNeedsDay}</p> : null}
    </>
  );
}
