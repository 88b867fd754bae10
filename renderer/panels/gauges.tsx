import type { DenominatorVerdict } from '../../src/assessment/index.ts';
import { decimalsFor, verdictLabels } from '../../src/assessment/index.ts';
import { texts } from '../texts.ts';
import { useSession } from './access.tsx';
import { Citation } from './assessment/citation.tsx';
import { printedNumber, printedRange } from './format.ts';
import { isParenchymaStated } from './overall.tsx';

/** One gauge per denominator: the interval as a bar, the figure as a line, the threshold as a mark. */
export function Gauges() {
  const assessment = useSession((state) => state.derived.assessment);
  if (assessment === null || assessment.verdicts.every((verdict) => verdict.percent === null)) return null;
  return (
    <section className="figures-section">
      <h2>Against the thresholds</h2>
      {assessment.verdicts.map((verdict) => (
        <Gauge key={verdict.denominator} verdict={verdict} />
      ))}
    </section>
  );
}

/** The functional share stands large above the gauges already. */
const figureOf = { functional: undefined, standard: 'sflrPercent', bodyWeight: 'flrBodyWeightPercent' } as const;

function Gauge({ verdict }: { readonly verdict: DenominatorVerdict }) {
  const address = useSession(({ rules }) => rules.thresholds.find(({ id }) => id === verdict.ruleId)?.address ?? null);
  const isStated = useSession(isParenchymaStated);
  const { denominator, percent, interval, thresholdPercent, verdict: side } = verdict;
  const decimals = decimalsFor(verdict);
  const name = texts.denominators[denominator];
  if (percent === null) {
    return (
      <div className="gauge" data-denominator={denominator} data-verdict={side}>
        <div className="gauge-head">
          <span>{name}</span>
          <span className="gauge-missing">{texts.needsBodySize}</span>
        </div>
      </div>
    );
  }
  // A fixed scale, so that the bar moves and not the ruler; a large remnant stretches it.
  const usual = denominator === 'bodyWeight' ? 1.5 : 60;
  const end = Math.max(usual, percent * 1.1, (interval?.[1] ?? 0) * 1.05);
  const at = (value: number) => `${Math.min(100, Math.max(0, (100 * value) / end)).toFixed(2)}%`;
  const word = side === 'none' ? (isStated ? texts.gauge.none : texts.gauge.parenchyma) : verdictLabels[side];
  const label = `${name}: ${printedNumber(percent, decimals)} %, ${word}`;
  return (
    <div className="gauge" data-denominator={denominator} data-verdict={side}>
      <div className="gauge-head">
        <span>{name}</span>
        <span className="gauge-value">
          <output data-figure={figureOf[denominator]} data-value={percent}>
            {printedNumber(percent, decimals)}
          </output>{' '}
          %{interval === null ? null : <span className="gauge-interval">{printedRange(interval, decimals)}</span>}
        </span>
      </div>
      <div className="gauge-track" role="img" aria-label={label}>
        {interval === null ? null : (
          <span
            className={`gauge-bar gauge-${side}`}
            style={{ left: at(interval[0]), width: `calc(${at(interval[1])} - ${at(interval[0])})` }}
          />
        )}
        <span className="gauge-point" style={{ left: at(percent) }} />
        {thresholdPercent === null ? null : (
          <span className="gauge-threshold" style={{ left: at(thresholdPercent) }} aria-hidden="true" />
        )}
      </div>
      <p className="gauge-foot">
        <span className={`gauge-word gauge-word-${side}`}>{word}</span>
        {thresholdPercent === null
          ? ''
          : ` (${denominator === 'bodyWeight' ? 'over' : 'at least'} ${thresholdPercent} %)`}
        {verdict.citation === null ? null : (
          <>
            {' · '}
            <Citation text={verdict.citation} address={address} />
          </>
        )}
      </p>
    </div>
  );
}
