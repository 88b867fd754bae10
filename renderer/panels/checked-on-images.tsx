import { Circle, CircleCheck } from 'lucide-react';
import type { Confirmation, Missing, Phase } from '../../src/assessment/index.ts';
import { confirm, setPhase } from '../commands/plan-inputs.ts';
import type { Place } from '../commands/workflow.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';
import { CommandButton } from './command-button.tsx';

const noneMissing: readonly Missing[] = [];
const ofRemnant = ['inflow', 'outflow', 'bile', 'segments'] as const satisfies readonly Confirmation[];

/** What somebody checks on the pictures themselves: the contrast phase, the masks, and the remnant's supply. */
export function CheckedOnImages() {
  const { context } = useAccess();
  const missing = useSession((state) => state.derived.assessment?.overall.missing) ?? noneMissing;
  const plan = useSession((state) => state.openCase?.plan);
  if (plan === undefined) return null;
  const { reviewedBy } = plan.segmentation;
  return (
    <section className="figures-section inputs">
      <h2>{texts.assessment.checked}</h2>
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
        {ofRemnant.map((item) => (
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
      <WideSlices />
    </section>
  );
}

/** On slices too far apart for a verdict: the one tick with which it is given all the same. */
function WideSlices() {
  const { context } = useAccess();
  const spacing = useSession((state) => state.openCase?.volume.grid.spacing[2]);
  const isConfirmed = useSession((state) => state.openCase?.plan.confirmed.includes('slice_spacing')) === true;
  const isMissing = useSession((state) => state.derived.assessment?.overall.missing.includes('slice_spacing')) === true;
  if (spacing === undefined || (!isMissing && !isConfirmed)) return null;
  return (
    <fieldset className="inputs-confirm" data-place="spacing">
      <legend>{texts.wideSlices(spacing.toFixed(1))}</legend>
      <label className={isMissing ? 'inputs-tick inputs-open' : 'inputs-tick'}>
        <input
          type="checkbox"
          checked={isConfirmed}
          onChange={(event) => confirm(context, 'slice_spacing', event.currentTarget.checked)}
        />
        {texts.confirmations.slice_spacing}
      </label>
    </fieldset>
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
