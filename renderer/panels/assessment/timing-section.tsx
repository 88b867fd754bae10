import { texts } from '../../texts.ts';
import { useSession } from '../access.tsx';

/** The days that matter, and the published windows that follow from them. */
export function TimingSection() {
  const marks = useSession((state) => state.derived.clinical?.dateLine.marks) ?? [];
  return (
    <section className="assessment-section" aria-labelledby="timing-title">
      <h2 id="timing-title">{texts.assessment.dates}</h2>
      {marks.length === 0 ? (
        <p className="figures-hint">{texts.assessment.noDates}</p>
      ) : (
        <ol>
          {marks.map(({ id, from, to, label }) => (
            <li key={`${id} ${from}`}>
              <time dateTime={from}>{from}</time>
              {to === from ? null : (
                <>
                  –<time dateTime={to}>{to}</time>
                </>
              )}{' '}
              {label}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
