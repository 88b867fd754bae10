import { texts } from '../../texts.ts';
import { useSession } from '../access.tsx';
import { OptionsList } from './options-list.tsx';

/** What may be discussed. */
export function OptionsTab() {
  const assessment = useSession((state) => state.derived.assessment);
  return (
    <div data-place="options">
      {assessment === null ? <p>{texts.assessment.noFigures}</p> : <OptionsList options={assessment.options} />}
    </div>
  );
}
