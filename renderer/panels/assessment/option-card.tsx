import { neededRelativeGrowth } from '../../../src/assessment/index.ts';
import type { CaseAssessment, Option, Prediction } from '../../../src/assessment/index.ts';
import { percent } from '../../../src/geometry/index.ts';
import type { Percent } from '../../../src/geometry/index.ts';
import { texts } from '../../texts.ts';
import { useSession } from '../access.tsx';
import { printedNumber } from '../format.ts';
import { Citation } from './citation.tsx';
import { PredictionPlot } from './prediction-plot.tsx';
import type { PlotScale } from './prediction-plot.tsx';

const say = texts.options;

/** How much of a published range reaches the threshold. */
export type Reached = 'all' | 'centre' | 'part' | 'none';

/** Read off the predicted range itself. */
export function reachedBy({ low, central, high }: Prediction, threshold: Percent): Reached {
  if (low >= threshold) return 'all';
  if (high < threshold) return 'none';
  return (central[0] ?? 0) >= threshold ? 'centre' : 'part';
}

/** One option to discuss: why it is listed, what is published of its growth, what to verify, and where that stands. */
export function OptionCard({
  option,
  clinical,
  scale,
}: {
  readonly option: Option;
  readonly clinical: CaseAssessment;
  readonly scale: PlotScale;
}) {
  const volumetry = useSession((state) => state.derived.volumetry);
  const { id, title, reason, expectedGrowth, prediction, verify, citations } = option;
  const { growth } = clinical;
  const remnantMl = volumetry?.remnantMl ?? null;
  const now =
    growth === null || remnantMl === null
      ? (volumetry?.flrPercent ?? null)
      : percent((remnantMl / growth.denominator.volumeMl) * 100);
  return (
    <article className="option-card" data-option={id} aria-labelledby={`option-${id}`}>
      <h2 id={`option-${id}`}>{title}</h2>
      <p data-reason>{reason}</p>
      <div>
        {prediction === null || now === null ? (
          expectedGrowth === null ? null : (
            <p className="sheet-quiet">{expectedGrowth}</p>
          )
        ) : (
          <Predicted prediction={prediction} now={now} scale={scale} title={title} expectedGrowth={expectedGrowth} />
        )}
      </div>
      <div>
        {verify.length === 0 ? null : (
          <>
            <h3>{say.verify}</h3>
            <ul className="option-verify">
              {verify.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div>
        <h3>{say.citations}</h3>
        <ul className="option-citations">
          {citations.map(({ text, address }) => (
            <li key={text}>
              <Citation text={text} address={address} />
            </li>
          ))}
        </ul>
      </div>
    </article>
  );
}

function Predicted({
  prediction,
  now,
  scale,
  title,
  expectedGrowth,
}: {
  readonly prediction: Prediction;
  readonly now: Percent;
  readonly scale: PlotScale;
  readonly title: string;
  readonly expectedGrowth: string | null;
}) {
  const { low, high, central, weeks, over, thresholdPercent: threshold } = prediction;
  const reached = threshold === null ? null : reachedBy(prediction, threshold);
  const needed = threshold === null || !(now > 0) ? null : neededRelativeGrowth(threshold, now);
  return (
    <div className="option-predicted">
      <PredictionPlot prediction={prediction} now={now} scale={scale} title={title} />
      <p className="sheet-quiet">{expectedGrowth ?? prediction.caveat}</p>
      <dl className="option-figures">
        <dt>{say.predicted}</dt>
        <dd data-predicted={`${low} ${high}`}>
          {printedNumber(low, 0)}–{printedNumber(high, 0)} %
          {central.length === 0
            ? ''
            : `, ${say.central(central.map((one) => `${printedNumber(one, 1)} %`).join(say.or))}`}{' '}
          {weeks[0] === weeks[1] ? say.inWeeks(String(weeks[0])) : say.inWeeks(`${weeks[0]}–${weeks[1]}`)},{' '}
          {say.over(over)}
        </dd>
        {needed === null || threshold === null || reached === null ? null : (
          <>
            <dt>{say.needed}</dt>
            <dd data-reached={reached}>
              {needed <= 0 ? say.reachedNow(String(threshold)) : say.needs(printedNumber(needed, 0), String(threshold))}{' '}
              {say.reached[reached]}
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
