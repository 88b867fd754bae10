import { useMemo } from 'react';
import { emptyInputs, measureGrowth } from '../../../src/assessment/index.ts';
import { texts } from '../../texts.ts';
import { useSession } from '../access.tsx';
import { GrowthDenominator } from './growth-denominator.tsx';
import { GrowthFigures } from './growth-figures.tsx';
import { GrowthMeasurements } from './growth-measurements.tsx';
import { GrowthPlotSection } from './growth-plot-section.tsx';
import { StatedAugmentation } from './stated-augmentation.tsx';

/** How the remnant grew between dated scans: what it rests on, the figures, and the plot against what is published. */
export function GrowthSection() {
  const plan = useSession((state) => state.openCase?.plan);
  const rules = useSession((state) => state.rules);
  const { growth: given, augmentation } = plan?.inputs ?? emptyInputs;
  // Not taken from the verdict's figures: growth needs no liver on the screen.
  const growth = useMemo(
    () => (given === null ? null : measureGrowth(given.measurements, given.denominator, augmentation, rules)),
    [given, augmentation, rules],
  );
  return (
    <section className="assessment-section growth" aria-labelledby="growth-title">
      <h2 id="growth-title">{texts.growth.title}</h2>
      <div className="growth-given">
        <StatedAugmentation augmentation={augmentation} />
        <GrowthDenominator key={String(given?.denominator.volumeMl)} given={given} />
      </div>
      <GrowthMeasurements given={given} />
      {growth === null ? (
        <p className="figures-hint">{texts.growth.none}</p>
      ) : (
        <>
          <GrowthFigures growth={growth} />
          <GrowthPlotSection growth={growth} />
        </>
      )}
    </section>
  );
}
