import { Circle, CircleCheck } from 'lucide-react';
import type { Confirmation, Light, Missing, Parenchyma, Phase } from '../../src/assessment/index.ts';
import { missingLabels, safetyWording } from '../../src/assessment/index.ts';
import { allRemarks } from '../commands/reporting.ts';
import { confirm, setParenchyma, setPhase } from '../commands/plan-inputs.ts';
import type { Place } from '../commands/workflow.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';
import { BodySizeInputs } from './body-size.tsx';
import { CommandButton } from './command-button.tsx';
import { OptionsList, OtherThresholds } from './options-list.tsx';

/** The controls that supply what a verdict needs, then the options, the other thresholds and the remarks. */
export function AssessmentPanel() {
  const assessment = useSession((state) => state.derived.assessment);
  const hasLiver = useSession((state) => (state.derived.volumetry?.totalMl ?? 0) > 0);
  return (
    <>
      <Inputs missing={assessment?.overall.missing ?? []} />
      <BodySizeInputs />
      {assessment === null || !hasLiver ? null : (
        <>
          <OptionsList options={assessment.options} />
          <OtherThresholds assessment={assessment} />
        </>
      )}
      <Remarks />
      <p className="figures-safety">{safetyWording}</p>
    </>
  );
}

/** The overall light with its words and shape, and what is missing for it. */
export function Overall() {
  const assessment = useSession((state) => state.derived.assessment);
  if (assessment === null) return null;
  const { light, missing } = assessment.overall;
  return (
    <section className={`light light-${light}`} data-light={light} aria-label="Overall verdict">
      <LightShape light={light} />
      <div>
        <strong>{texts.lights[light]}</strong>
        {texts.lightNotes[light] === '' ? null : <p>{texts.lightNotes[light]}</p>}
        {missing.length === 0 ? null : (
          <div className="light-missing">
            <span id="light-missing">{light === 'grey' ? texts.missingForVerdict : texts.stillMissing}</span>{' '}
            <ul aria-labelledby="light-missing">
              {missing.map((code) => (
                <li key={code} data-missing={code} title={missingLabels[code]}>
                  {texts.missing[code]}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}

/** Each light has its own shape, so that colour is never needed to tell them apart. None of them is a tick. */
function LightShape({ light }: { readonly light: Light }) {
  return (
    <svg className="light-shape" viewBox="0 0 32 32" aria-hidden="true">
      {light === 'green' ? <circle cx="16" cy="16" r="11" /> : null}
      {light === 'amber' ? <path d="M16 4 29 27H3Z" /> : null}
      {light === 'red' ? <path d="M10.5 4h11L28 10.5v11L21.5 28h-11L4 21.5v-11Z" /> : null}
      {light === 'grey' ? <circle cx="16" cy="16" r="11" className="light-open" /> : null}
    </svg>
  );
}

const confirmations: readonly Confirmation[] = ['inflow', 'outflow', 'bile', 'segments'];

function Inputs({ missing }: { readonly missing: readonly Missing[] }) {
  const { context } = useAccess();
  const plan = useSession((state) => state.openCase?.plan);
  if (plan === undefined) return null;
  const { reviewedBy } = plan.segmentation;
  return (
    <section className="figures-section inputs" data-place="assessment">
      <h2>What the verdict rests on</h2>
      <Input isMissing={missing.includes('parenchyma')} label="Parenchyma">
        <select
          value={plan.parenchyma}
          aria-label="Parenchyma"
          onChange={(event) => setParenchyma(context, event.currentTarget.value as Parenchyma)}
        >
          {(Object.keys(texts.parenchyma) as Parenchyma[]).map((parenchyma) => (
            <option key={parenchyma} value={parenchyma}>
              {texts.parenchyma[parenchyma]}
            </option>
          ))}
        </select>
      </Input>
      <Input isMissing={missing.includes('phase')} label="Contrast phase" place="phase">
        <select
          value={plan.phase ?? 'none'}
          aria-label="Contrast phase"
          onChange={(event) => {
            const { value } = event.currentTarget;
            setPhase(context, value === 'none' ? null : (value as Phase));
          }}
        >
          {(Object.keys(texts.phase) as (keyof typeof texts.phase)[]).map((phase) => (
            <option key={phase} value={phase}>
              {texts.phase[phase]}
            </option>
          ))}
        </select>
      </Input>
      <Input isMissing={missing.includes('review')} label="Masks reviewed" place="review">
        {reviewedBy === null ? (
          <CommandButton id="plan.review" look="text" short="Mark as reviewed" />
        ) : (
          <span className="inputs-value" data-reviewed={reviewedBy}>
            by {reviewedBy}
          </span>
        )}
      </Input>
      <fieldset className="inputs-confirm" data-place="confirm">
        <legend>{texts.confirmLegend}</legend>
        {confirmations.map((item) => (
          <label key={item} className={missing.includes(item) ? 'inputs-tick inputs-open' : 'inputs-tick'}>
            <input
              type="checkbox"
              checked={plan.confirmed.includes(item)}
              onChange={(event) => confirm(context, item, event.currentTarget.checked)}
            />
            {texts.confirmations[item]}
          </label>
        ))}
      </fieldset>
    </section>
  );
}

function Input({
  isMissing,
  label,
  place,
  children,
}: {
  readonly isMissing: boolean;
  readonly label: string;
  readonly place?: Place;
  readonly children: React.ReactNode;
}) {
  const Icon = isMissing ? Circle : CircleCheck;
  return (
    <div className={isMissing ? 'inputs-row inputs-open' : 'inputs-row'} data-place={place}>
      <Icon size={15} aria-hidden="true" className="inputs-mark" />
      <span className="inputs-label">{label}</span>
      {children}
    </div>
  );
}

/** What was said of the series, the masks and the assessment: it stands beside the figures as long as they do. */
function Remarks() {
  const openCase = useSession((state) => state.openCase);
  const assessment = useSession((state) => state.derived.assessment);
  const volumetry = useSession((state) => state.derived.volumetry);
  if (openCase === null) return null;
  const remarks = allRemarks(openCase, assessment, volumetry);
  if (remarks.length === 0) return null;
  return (
    <section className="figures-section">
      <h2>Remarks</h2>
      <ul className="figures-remarks">
        {remarks.map((remark) => (
          <li key={remark.message} data-code={remark.code}>
            {remark.message}
          </li>
        ))}
      </ul>
    </section>
  );
}
