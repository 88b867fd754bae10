import { useState } from 'react';
import { dayNumber } from '../../../src/assessment/index.ts';
import type { AssessmentInputs, AugmentationKind } from '../../../src/assessment/index.ts';
import { changeInputs } from '../../commands/patient-plans.ts';
import { texts } from '../../texts.ts';
import { useAccess } from '../access.tsx';

const kinds = Object.keys(texts.growth.augmentationKinds) as (AugmentationKind | 'none')[];

const earliestDay = '1980-01-01';

/** What was done to make the remnant grow, and when: kept once both are known. */
export function AugmentationInputs({ augmentation }: { readonly augmentation: AssessmentInputs['augmentation'] }) {
  const { context } = useAccess();
  const [chosen, setChosen] = useState<AugmentationKind | 'none'>(augmentation?.kind ?? 'none');
  const [day, setDay] = useState(augmentation?.on ?? '');
  const [last, setLast] = useState(augmentation);
  if (last !== augmentation) {
    // Undo, or stated elsewhere: what is in the plan wins over what stands in the fields.
    setLast(augmentation);
    setChosen(augmentation?.kind ?? 'none');
    setDay(augmentation?.on ?? '');
  }
  const give = (kind: AugmentationKind | 'none', on: string) => {
    setChosen(kind);
    setDay(on);
    const given = kind === 'none' || dayNumber(on) === null ? null : { kind, on };
    if (given?.kind === augmentation?.kind && given?.on === augmentation?.on) return;
    setLast(given);
    changeInputs(context, { augmentation: given }, 'State the augmentation');
  };
  return (
    <div className="growth-fields">
      <label className="field">
        <span>{texts.growth.augmentation}</span>
        <select value={chosen} onChange={(event) => give(event.currentTarget.value as AugmentationKind | 'none', day)}>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {texts.growth.augmentationKinds[kind]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{texts.growth.augmentationOn}</span>
        <input
          type="date"
          value={day}
          onChange={(event) => {
            const on = event.currentTarget.value;
            // While a year is typed digit by digit the field names days of other centuries.
            if (on === '' || on >= earliestDay) give(chosen, on);
            else setDay(on);
          }}
        />
      </label>
    </div>
  );
}
