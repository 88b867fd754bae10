import { safetyWording } from '../../../src/assessment/index.ts';
import type { CaseAssessment, Missing } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { unbroken } from '../../unbroken-text.ts';
import { useSession } from '../access.tsx';
import { Citation } from './citation.tsx';
import { MissingList } from './missing-list.tsx';
import { OptionCard } from './option-card.tsx';

const say = texts.options;

/** What only withholds green does not withhold the options. */
const notWithholding: readonly Missing[] = [
  'body_size',
  'tumour_in_remnant',
  'liver_state',
  'inflow',
  'outflow',
  'bile',
  'segments',
];

/** What may be discussed, least invasive first, and what is not listed and why. Listed, never chosen. */
export function OptionsTab() {
  const clinical = useSession((state) => state.derived.clinical);
  return (
    <div className="sheet" data-place="options">
      {clinical === null ? (
        <p>{texts.assessment.noFigures}</p>
      ) : clinical.assessment.options.length === 0 ? (
        <NoOptions clinical={clinical} />
      ) : (
        <Options clinical={clinical} />
      )}
      <p className="sheet-quiet">{safetyWording}</p>
    </div>
  );
}

/** No list where the rules forbid one: it says why, and where that is mended. */
function NoOptions({ clinical }: { readonly clinical: CaseAssessment }) {
  const { overall, remarks } = clinical.assessment;
  const reasons = overall.missing.filter((code) => !notWithholding.includes(code));
  const wide = remarks.find(({ code }) => code === 'slice_spacing_confirmed');
  return (
    <section className="sheet-section" data-no-options>
      <h2>{say.none}</h2>
      <p>{wide !== undefined ? unbroken(wide.message) : reasons.length > 0 ? say.because : say.noVerdict}</p>
      <MissingList missing={reasons.length > 0 ? reasons : overall.missing} label={texts.sheet.missing} />
    </section>
  );
}

function Options({ clinical }: { readonly clinical: CaseAssessment }) {
  const { options, withheld } = clinical.assessment;
  const predictions = options.flatMap(({ prediction }) => (prediction === null ? [] : [prediction]));
  const scale = {
    percent: Math.max(...predictions.flatMap(({ high, thresholdPercent }) => [high, thresholdPercent ?? 0]), 0) * 1.12,
    weeks: Math.max(...predictions.map(({ weeks }) => weeks[1]), 1) + 0.6,
  };
  return (
    <>
      <p className="sheet-quiet">{say.lead}</p>
      <ol className="option-cards">
        {options.map((option) => (
          <li key={option.id}>
            <OptionCard option={option} clinical={clinical} scale={scale} />
          </li>
        ))}
      </ol>
      {withheld.length === 0 ? null : (
        <section className="sheet-section">
          <h2>{say.withheld}</h2>
          <ul className="sheet-says">
            {withheld.map(({ id, title, reason, citations }) => (
              <li key={id} data-withheld={id}>
                <strong>{title}</strong> {reason}{' '}
                {citations.map(({ text, address }) => (
                  <Citation key={text} text={text} address={address} />
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
