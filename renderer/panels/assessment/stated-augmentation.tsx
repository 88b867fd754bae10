import type { AssessmentInputs } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { Lead } from './lead.tsx';

/** What was done to make the remnant grow, as the form on the patient holds it, and the way there. */
export function StatedAugmentation({ augmentation }: { readonly augmentation: AssessmentInputs['augmentation'] }) {
  const say = texts.growth;
  return (
    <div className="growth-denominator" role="group" aria-labelledby="growth-augmentation-title">
      <h3 id="growth-augmentation-title">{say.augmentation}</h3>
      <p data-augmentation={augmentation?.kind ?? 'none'} data-on={augmentation?.on}>
        {augmentation === null
          ? say.noAugmentation
          : say.augmentedOn(texts.inputs.augmentations[augmentation.kind], augmentation.on)}
      </p>
      <Lead place="augmentation" words={augmentation === null ? say.stateAugmentation : say.changeAugmentation} />
    </div>
  );
}
