import { texts } from '../../texts.ts';
import { useSession } from '../access.tsx';
import { OtherThresholds } from './options-list.tsx';

/** The verdict sheet. */
export function VerdictTab() {
  const assessment = useSession((state) => state.derived.assessment);
  return (
    <div data-place="verdict">
      {assessment === null ? <p>{texts.assessment.noFigures}</p> : <OtherThresholds assessment={assessment} />}
    </div>
  );
}
