import type { Light } from '../../src/assessment/index.ts';
import { missingLabels } from '../../src/assessment/index.ts';
import { goTo } from '../commands/pages.ts';
import { suppliedAt } from '../commands/workflow.ts';
import type { SessionState } from '../session.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';

/** Whether the state of the liver is given that thresholds are published for. */
export function isParenchymaStated({ derived }: SessionState): boolean {
  return derived.assessment !== null && !derived.assessment.overall.missing.includes('parenchyma');
}

/** The overall light with its words and shape, and what is missing for it; each leads to where it is supplied. */
export function Overall() {
  const { context } = useAccess();
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
                <li key={code} data-missing={code}>
                  <button
                    type="button"
                    className="light-lead"
                    title={missingLabels[code]}
                    onClick={() => goTo(context, suppliedAt[code])}
                  >
                    {texts.missing[code]}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}

/**
 * Each light has the shape that it has in the report: a triangle up lies above, a diamond across, a triangle down below, an open ring says
 * nothing. They are told apart without colour at the size of a letter, and none of them is a tick.
 */
export function LightShape({ light }: { readonly light: Light }) {
  return (
    <svg className="light-shape" viewBox="0 0 32 32" aria-hidden="true">
      {light === 'green' ? <path d="M16 4 29 27H3Z" /> : null}
      {light === 'amber' ? <path d="M16 2 30 16 16 30 2 16Z" /> : null}
      {light === 'red' ? <path d="M16 28 3 5H29Z" /> : null}
      {light === 'grey' ? <circle cx="16" cy="16" r="11" className="light-open" /> : null}
    </svg>
  );
}
