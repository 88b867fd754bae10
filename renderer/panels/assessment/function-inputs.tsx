import { useState } from 'react';
import type { AssessmentInputs } from '../../../src/assessment/index.ts';
import { checkInputs } from '../../../src/assessment/index.ts';
import { setInputs } from '../../commands/plan-inputs.ts';
import { texts } from '../../texts.ts';
import { useAccess } from '../access.tsx';
import { Trouble } from '../trouble.tsx';
import { NumberField } from './field.tsx';
import { FoldedSection } from './folded-section.tsx';
import { InputNumber, RemarkHere, useInputs, wire } from './wired-fields.tsx';

const say = texts.inputs;

/** Laboratory values and function tests, each with its unit. */
export function FunctionInputs() {
  const { laboratory, functionTests } = useInputs();
  const all = [...Object.values(laboratory), ...Object.values(functionTests)];
  const given = all.filter((one) => one !== null).length;
  return (
    <FoldedSection
      title={say.sections.function}
      note={say.given(given, all.length)}
      isOpen={given > 0}
      place="function"
    >
      <LaboratoryNumber label={say.bilirubin} name="bilirubin" units={['µmol/L', 'mg/dL']} />
      <LaboratoryNumber label={say.albumin} name="albumin" units={['g/L', 'g/dL']} />
      <InputNumber label={say.platelets} unit="× 10⁹/L" at={wire('laboratory', 'platelets')} />
      <InputNumber label={say.icg} unit="%" at={wire('functionTests', 'icgR15Percent')} />
      <InputNumber label={say.hbs} unit="%/min/m²" at={wire('functionTests', 'hbsPercentPerMinPerM2')} />
      <InputNumber label={say.limax} unit="µg/kg/h" at={wire('functionTests', 'limaxMicrogramsPerKgPerHour')} />
      <RemarkHere code="function_test_missing" />
    </FoldedSection>
  );
}

type Measured<Name extends 'bilirubin' | 'albumin'> = NonNullable<AssessmentInputs['laboratory'][Name]>;

/** A value in one of the two units in which laboratories give it; another unit is another value, so it is checked anew. */
function LaboratoryNumber<Name extends 'bilirubin' | 'albumin'>({
  label,
  name,
  units,
}: {
  readonly label: string;
  readonly name: Name;
  readonly units: readonly Measured<Name>['unit'][];
}) {
  const { context } = useAccess();
  const inputs = useInputs();
  const given = inputs.laboratory[name];
  const [chosen, setChosen] = useState(units[0]!);
  const unit = given?.unit ?? chosen;
  const withValue = (now: AssessmentInputs, value: number | null, of = unit): AssessmentInputs => ({
    ...now,
    laboratory: { ...now.laboratory, [name]: value === null ? null : { value, unit: of } },
  });
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <>
      <NumberField
        label={label}
        unit={unit}
        value={given?.value ?? null}
        check={(value) => checkInputs(withValue(inputs, value))}
        onGive={(value) => setInputs(context, (now) => withValue(now, value), say.edit(label))}
        unitControl={
          <select
            className="entry-unit-choice"
            aria-label={say.unitOf(label)}
            value={unit}
            onChange={(event) => {
              const wanted = event.currentTarget.value as Measured<Name>['unit'];
              const checked = given === null ? null : checkInputs(withValue(inputs, given.value, wanted));
              setRefusal(checked?.ok === false ? `${checked.error.message} ${say.notTaken}` : null);
              if (checked?.ok === false) return;
              setChosen(wanted);
              if (given !== null) setInputs(context, (now) => withValue(now, given.value, wanted), say.edit(label));
            }}
          >
            {units.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        }
      />
      <Trouble said={refusal} />
    </>
  );
}
