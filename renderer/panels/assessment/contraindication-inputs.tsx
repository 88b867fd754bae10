import { texts } from '../../texts.ts';
import { FoldedSection } from './folded-section.tsx';
import { InputChoice, InputYesNo, useInputs, wire } from './wired-fields.tsx';

const say = texts.inputs;

/** What forbids an augmentation, or one way of it. */
export function ContraindicationInputs({ isOpen }: { readonly isOpen: boolean }) {
  const given = Object.values(useInputs().contraindications);
  const known = given.filter((one) => one !== null).length;
  return (
    <FoldedSection
      title={say.sections.contraindications}
      note={say.given(known, given.length)}
      isOpen={isOpen || known > 0}
      place="contraindications"
    >
      <InputChoice label={say.thrombosis} options={say.sides} at={wire('contraindications', 'portalVeinThrombosis')} />
      <InputChoice label={say.invasion} options={say.sides} at={wire('contraindications', 'portalVeinInvasion')} />
      <InputYesNo label={say.hypertension} at={wire('contraindications', 'portalHypertension')} />
      <InputYesNo label={say.biliary} at={wire('contraindications', 'biliaryDilatation')} />
      <InputYesNo label={say.coagulopathy} at={wire('contraindications', 'coagulopathy')} />
      <InputYesNo label={say.hepaticVeins} at={wire('contraindications', 'hepaticVeinsUnsuitable')} />
      <InputYesNo label={say.renal} at={wire('contraindications', 'renalImpairment')} />
    </FoldedSection>
  );
}
