import { Circle, CircleCheck, CircleDashed, CircleDot } from 'lucide-react';
import { nextStep, workflow } from '../commands/workflow.ts';
import type { Step, StepState } from '../commands/workflow.ts';
import { goTo, homeOf } from '../commands/pages.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';

/** Each state has its own shape: colour is never needed to tell them apart. */
const icons: Readonly<Record<StepState, typeof Circle>> = {
  todo: Circle,
  progress: CircleDashed,
  review: CircleDot,
  done: CircleCheck,
};

/** The steps from series to report: how far each is, and the one thing missing next. A press leads to where it is supplied. */
export function WorkflowRail() {
  const { context } = useAccess();
  // As a text, which is the same as long as no step changes, and holds nothing of the case.
  const told = useSession((state) => JSON.stringify(workflow(state)));
  const steps = JSON.parse(told) as readonly Step[];
  const next = nextStep(steps);
  return (
    <nav className="workflow" aria-labelledby="workflow-title" data-place="workflow">
      <h2 id="workflow-title">{texts.workflow.title}</h2>
      <ol>
        {steps.map((step) => {
          const Icon = icons[step.state];
          return (
            <li key={step.id}>
              <button
                type="button"
                className={`workflow-step workflow-${step.state}`}
                data-step={step.id}
                data-state={step.state}
                aria-current={step === next ? 'step' : undefined}
                title={step.missing ?? undefined}
                aria-describedby={step === next ? 'workflow-missing' : undefined}
                onClick={() => {
                  // What the assessment still lacks may lie beside it: it is opened all the same.
                  if (step.id === 'assessment') context.session.look(homeOf('assessment'));
                  goTo(context, step.place);
                }}
              >
                <Icon size={15} aria-hidden="true" />
                <span>{texts.workflow.steps[step.id]}</span>
                <small>{texts.workflow.states[step.state]}</small>
              </button>
            </li>
          );
        })}
      </ol>
      <p className="workflow-missing" id="workflow-missing" role="status">
        {next?.missing ?? texts.workflow.allDone}
      </p>
    </nav>
  );
}
