import { texts } from '../../texts.ts';
import { useSession } from '../access.tsx';
import { printedNumber } from '../format.ts';

/** How the remnant grew between dated scans, on the locked denominator. */
export function GrowthSection() {
  const growth = useSession((state) => state.derived.clinical?.growth) ?? null;
  return (
    <section className="assessment-section" aria-labelledby="growth-title">
      <h2 id="growth-title">{texts.assessment.growth}</h2>
      {growth === null ? (
        <p className="figures-hint">{texts.assessment.noGrowth}</p>
      ) : (
        <ol>
          {growth.measurements.map(({ on, flrMl, share }) => (
            <li key={on}>
              <time dateTime={on}>{on}</time> {printedNumber(flrMl, 0)} mL, {printedNumber(share.value, 1)} %
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
