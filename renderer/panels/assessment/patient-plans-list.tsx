import type { AssessmentInputs } from '../../../src/assessment/index.ts';
import { lockFunctional, takeMeasurement } from '../../commands/patient-plans.ts';
import type { PatientPlan } from '../../session.ts';
import { texts } from '../../texts.ts';
import { useAccess, useSession } from '../access.tsx';
import { printedNumber } from '../format.ts';

type Given = AssessmentInputs['growth'];

/** The stored plans of the patient with what was counted from each, offered as measurements; nothing before they were looked for. */
export function PatientPlansList({ given }: { readonly given: Given }) {
  const plans = useSession((state) => state.patientPlans);
  if (plans === null) return null;
  if (plans.length === 0) return <p className="figures-hint">{texts.growth.noPlans}</p>;
  return (
    <div role="group" aria-labelledby="growth-plans-title" className="growth-plans">
      <h4 id="growth-plans-title">{texts.growth.plans}</h4>
      <p className="figures-hint">{texts.growth.plansWhy}</p>
      <ul>
        {plans.map((plan) => (
          <Offer key={`${plan.title} ${plan.savedAt}`} plan={plan} given={given} />
        ))}
      </ul>
    </div>
  );
}

function Offer({ plan: { title, counted }, given }: { readonly plan: PatientPlan; readonly given: Given }) {
  const { context } = useAccess();
  const on = counted.plan.series.scan?.takenOn ?? null;
  const { remnantMl, flrPercent, functionalMl, digest } = counted;
  const before = given?.measurements.find((one) => one.on === on);
  const isTaken = before?.countedFrom?.planDigest === digest;
  return (
    <li data-offer={on ?? ''}>
      <div>
        <strong>{on ?? texts.growth.noDay}</strong> {title}
        <br />
        <small>
          {remnantMl === null || flrPercent === null
            ? texts.growth.noRemnant
            : texts.growth.plan(printedNumber(flrPercent, 1), printedNumber(remnantMl, 0))}
        </small>
      </div>
      {given === null && on !== null && functionalMl >= 1 ? (
        <button type="button" className="control-button control-text" onClick={() => lockFunctional(context, counted)}>
          {texts.growth.lockIts(on, printedNumber(functionalMl, 0))}
        </button>
      ) : null}
      {given === null || on === null || remnantMl === null ? null : isTaken ? (
        <span className="growth-taken">{texts.growth.taken}</span>
      ) : (
        <button type="button" className="control-button control-text" onClick={() => takeMeasurement(context, counted)}>
          {before === undefined ? texts.growth.take(on) : texts.growth.takeAgain(on)}
        </button>
      )}
    </li>
  );
}
